/** The parameters of throw-away orders: everything a call of V1.0 has but testFlag, timeStamp and authToken (saas-v1.md 6.0). */
import { formatUtc14 } from '@jishi/protocol';
import type { Session } from '../case.ts';

export type Parameters = Readonly<Record<string, string>>;

/** What every throw-away id begins with. */
export const MARK = 'CSTEST';

const DAY_MS = 86_400_000;
const ID_CHARACTERS = 14;

/** Nobody's: fresh for each call, so that runs never meet. */
export function freshId(session: Session): string {
  return MARK + session.randomText(ID_CHARACTERS);
}

/** 0 pay-per-use, 1 yearly/monthly, 3 one-time, 5 package (6.0.1). */
export type ChargingMode = '0' | '1' | '3' | '5';

/** An order with the parameters that the marketplace always sends, none of which needs percent-encoding. */
export function purchase(
  session: Session,
  { mode }: { readonly mode: ChargingMode },
  more: Parameters = {},
): Parameters {
  return {
    activity: 'newInstance',
    businessId: session.uuid(),
    chargingMode: mode,
    customerId: freshId(session),
    customerName: 'jishi-conformance',
    orderId: freshId(session),
    productId: 'OFFI000000000000000001',
    skuCode: session.uuid(),
    ...(mode === '1' ? { periodNumber: '1', periodType: 'year' } : {}),
    ...(mode === '1' || mode === '5' ? { expireTime: daysFromNow(session, 365) } : {}),
    ...more,
  };
}

/** The same order as the marketplace sends it again: another businessId (6.0.1). */
export function again(session: Session, order: Parameters): Parameters {
  return 'businessId' in order ? { ...order, businessId: session.uuid() } : order;
}

export function omit(parameters: Parameters, ...names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}

export function renewal(session: Session, instanceId: string, more: Parameters = {}): Parameters {
  return {
    activity: 'refreshInstance',
    expireTime: daysFromNow(session, 730),
    instanceId,
    orderId: freshId(session),
    productId: 'OFFI000000000000000001',
    ...more,
  };
}

export function expiry(instanceId: string, orderId: string): Parameters {
  return { activity: 'expireInstance', instanceId, orderId };
}

export function release(instanceId: string, orderId: string): Parameters {
  return { activity: 'releaseInstance', instanceId, orderId };
}

export function upgrade(session: Session, instanceId: string): Parameters {
  return {
    activity: 'upgrade',
    amount: '20',
    instanceId,
    orderId: freshId(session),
    productId: 'OFFI000000000000000002',
    skuCode: session.uuid(),
  };
}

export function status(instanceId: string, instanceStatus: 'FREEZE' | 'NORMAL'): Parameters {
  return { activity: 'instanceStatus', instanceId, instanceStatus };
}

export function query(...instanceIds: readonly string[]): Parameters {
  return { activity: 'queryInstance', instanceId: instanceIds.join(',') };
}

/** `yyyyMMddHHmmss`, UTC (Q7) */
export function daysFromNow(session: Session, days: number): string {
  return formatUtc14(new Date(session.now() + days * DAY_MS));
}
