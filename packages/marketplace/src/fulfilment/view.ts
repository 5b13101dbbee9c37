/**
 * A customer opens the resource details: the seller is asked live, once (saas-v2.md 5.2 b, saas-v1.md 6.0.1, B-45).
 * When it does not answer, the last known values are shown, marked as such.
 */
import { ordersByIds } from '../ordering/index.ts';
import type { Platform } from '../platform/platform.ts';
import { accessDataOf } from './access.ts';
import { ask, protocolOf } from './ask.ts';
import type { AccessData } from './protocol/index.ts';
import { sharedAnswers } from './shared-answer.ts';
import type { Caller } from './worker.ts';

export interface ViewSubject {
  readonly sellerId: string;
  readonly buyerId: string;
  /** of the purchase */
  readonly orderId: string;
  /** the resource */
  readonly orderLineId: string;
  readonly goodsId: string;
  readonly instanceId: string;
  readonly productName: { zh: string; en: string };
  readonly traceId: string;
}
export interface ViewedAccess {
  readonly access: AccessData;
  readonly fetchedAt: Date;
  readonly stale: boolean;
}

// Opening the page again within this time shows what was just fetched, so that a reload storm does not reach the seller.
const FRESH_MS = 3_000;

export async function viewAccess(
  platform: Platform,
  caller: Caller,
  subject: ViewSubject,
  freshMs = FRESH_MS,
): Promise<ViewedAccess | null> {
  const now = platform.clock.now();
  const known = await accessDataOf(platform, platform.db, subject.orderLineId);
  if (known && now.getTime() - known.fetchedAt.getTime() < freshMs) return { ...known, stale: false };
  const answered = await askOnce(platform, caller, subject);
  const latest = await accessDataOf(platform, platform.db, subject.orderLineId);
  return latest ? { ...latest, stale: !answered } : null;
}

const shared = sharedAnswers<boolean>();
const askOnce = (platform: Platform, caller: Caller, subject: ViewSubject): Promise<boolean> =>
  shared(`${caller.owner} ${subject.orderLineId}`, () => askNow(platform, caller, subject));

/** @returns false = not answered, or not asked because as many people as may already wait for this seller */
async function askNow(platform: Platform, caller: Caller, subject: ViewSubject): Promise<boolean> {
  const { sellerId, buyerId, orderId, orderLineId, goodsId, instanceId, productName, traceId } = subject;
  const protocol = await protocolOf(platform, goodsId);
  if (!SHOWING.has(protocol)) return false;
  const record = await ask(platform, caller, {
    ...{ sellerId, buyerId, orderId, goodsId, instanceId, productName, traceId },
    occasion: 'view',
    resourceId: orderLineId,
    protocol,
    activity: protocol === 'saas-v1' ? await viewActivityV1(platform, subject) : 'queryInstance',
    details: null,
  });
  return record?.outcome === 'ok';
}

/** What is delivered as a licence or a code has no access data to ask for (license-and-other-types.md 3, 4). */
const SHOWING = new Set(['saas-v2', 'saas-v1', 'license-provisioning']);

/** V1.0 shows the answer of newInstance again; what is metered has queryInstance (saas-v1.md 1.2). */
async function viewActivityV1(platform: Platform, { orderId, orderLineId }: ViewSubject): Promise<string> {
  const [order] = await ordersByIds(platform.db, [orderId], { scope: { kind: 'all' } });
  const mode = order?.lines.find((line) => line.orderLineId === orderLineId)?.chargingMode;
  return mode === 'ON_DEMAND' || mode === 'ON_DEMAND_PKG' ? 'queryInstance' : 'newInstance';
}
