/** The two sellers that a life is played against, seen alike: what they heard, and what they know of an instance. */
import { startDemoSeller } from '@jishi/demo-seller';
import type { VirtualClock } from '../../../packages/marketplace/src/platform/clock.ts';
import { type PlainCall, startPlainSeller } from '../plain-seller.ts';
import type { Protocol } from './stage.ts';

/** One call, as one side has it on record; null = it does not have such a member. */
export interface LoggedCall {
  readonly at: string;
  readonly activity: string;
  readonly orderId: string | null;
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  readonly businessId: string | null;
  readonly nonce: string | null;
  readonly timeStamp: string | null;
  readonly resultCode: string | null;
}

/** An instance as its seller sees it; null = this seller was never told. */
export interface SellersView {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  readonly expireAt: string | null;
  readonly quantity: number | null;
}

export interface LifeSeller {
  readonly url: string;
  /** in the order of arrival */
  heard(): LoggedCall[];
  /** calls that it took for a stranger's */
  refused(): number;
  instance(instanceId: string): SellersView | null;
  close(): Promise<void>;
}
export const SELLERS = ['demo', 'plain'] as const;
export type SellerName = (typeof SELLERS)[number];

export interface SellerFacts {
  readonly protocol: Protocol;
  readonly clock: VirtualClock;
  readonly accessKey: string;
  /** where the demo seller asks for orders */
  readonly openApi: { readonly baseUrl: string; readonly ak: string; readonly sk: string };
}

export const startLifeSeller = (name: SellerName, facts: SellerFacts): Promise<LifeSeller> =>
  name === 'demo' ? demo(facts) : plain(facts);

/** Built on our SDK: reads each order back over the Open API. */
async function demo({ clock, accessKey, openApi, protocol }: SellerFacts): Promise<LifeSeller> {
  const seller = await startDemoSeller({ port: 0, accessKey, openApi, clock: () => clock.now().getTime() });
  return {
    url: seller.productionUrl,
    heard: () =>
      seller.control.calls().map(({ protocol: spoken, activity, test, fault, ...call }) => {
        if (test || fault || spoken !== protocol) throw new Error(`not a plain ${protocol} call: ${activity}`);
        return { ...call, activity: activity ?? '' };
      }),
    refused: () => seller.control.calls().filter(({ resultCode }) => resultCode === '000001').length,
    instance(instanceId) {
      const found = seller.control.tenants().find((tenant) => tenant.instanceId === instanceId);
      if (!found) return null;
      const { phase, expiresAt: expireAt, userLimit: quantity } = found;
      const status = phase === 'frozen' ? 'FROZEN' : phase === 'released' ? 'RELEASED' : 'ACTIVE';
      return { status, expireAt, quantity };
    },
    close: () => seller.close(),
  };
}

/** By hand, from the specification alone. */
async function plain({ clock, accessKey }: SellerFacts): Promise<LifeSeller> {
  const seller = await startPlainSeller(accessKey, () => clock.now().getTime());
  return {
    url: seller.url,
    heard: () => seller.received.map(loggedCall),
    refused: () => seller.refused.length,
    instance(instanceId) {
      const found = seller.instances.get(instanceId);
      if (!found) return null;
      const { status, expireTime, amount } = found;
      return { status, expireAt: expireTime === null ? null : instantOf(expireTime), quantity: amount };
    },
    close: () => seller.close(),
  };
}

function loggedCall({ members, nonce, timeStamp, atMs, resultCode }: PlainCall): LoggedCall {
  const stamps = { at: new Date(atMs).toISOString(), nonce, timeStamp, resultCode };
  return { ...callMembers(members), ...stamps };
}

/** What names a call in either protocol: members of the body, or of the query. */
export function callMembers(members: Readonly<Record<string, unknown>>) {
  const member = (name: string) => (typeof members[name] === 'string' ? members[name] : null);
  return {
    activity: member('activity') ?? '',
    orderId: member('orderId'),
    orderLineId: member('orderLineId'),
    instanceId: member('instanceId'),
    businessId: member('businessId'),
  };
}

/** `yyyyMMddHHmmss`, with or without milliseconds, UTC */
const instantOf = (digits: string): string =>
  new Date(digits.replace(/^(....)(..)(..)(..)(..)(..)(...)?$/, '$1-$2-$3T$4:$5:$6.000Z')).toISOString();
