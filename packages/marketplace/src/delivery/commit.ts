/** Writes what happened to deliveries, tells it, and moves their order lines: a few statements for a batch. */
import { linesFailed, linesFulfilled, linesOpened, linesOpening, startTimes } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import type { Delivery, DeliveryStatus } from './definition.ts';
import { saveDeliveries } from './store.ts';

/** One delivery's way in a transaction. */
export interface Step {
  /** where it stood; null = it is new */
  readonly from: DeliveryStatus | null;
  readonly delivery: Delivery;
  readonly opensNow?: boolean;
  /** its seller's server has opened it: the line goes on being supervised, or is done */
  readonly opened?: boolean;
  readonly required?: boolean;
  readonly accepted?: { readonly by: 'BUYER' | 'SYSTEM'; readonly effectiveAt: Date; readonly opensNow: boolean };
}

export async function commitSteps(platform: Platform, tx: Tx, steps: readonly Step[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  await saveDeliveries(
    tx,
    steps.map(({ delivery }) => delivery),
  );
  const ends = await timesOf(tx, steps);
  await platform.events.publish(
    tx,
    steps.flatMap((step) => newsOf(step, ends)),
    now,
  );
  // After the events: what people read in the timeline is delivered first, completed then.
  const idsOf = (having: (step: Step) => boolean) => steps.filter(having).map(({ delivery }) => delivery.orderLineId);
  const opening = idsOf((step) => step.opensNow === true || step.accepted?.opensNow === true);
  const done = idsOf(isDone);
  const gone = idsOf(({ from, delivery }) => from !== 'FAILED' && delivery.status === 'FAILED');
  const open = idsOf((step) => step.opened === true);
  if (open.length > 0) await linesOpened(platform, tx, open, now);
  if (opening.length > 0) await linesOpening(tx, opening);
  if (done.length > 0) await linesFulfilled(platform, tx, done, now);
  if (gone.length > 0) await linesFailed(platform, tx, gone, now);
}

/** Accepted and nothing left to open; or delivered for the first time without supervision. */
const isDone = ({ from, delivery, accepted }: Step): boolean =>
  accepted
    ? !accepted.opensNow
    : !delivery.supervised && delivery.status === 'DELIVERED' && (from === null || from === 'PENDING');

async function timesOf(tx: Tx, steps: readonly Step[]): Promise<ReadonlyMap<string, Date | null>> {
  const begun = steps.flatMap(({ delivery, accepted }) =>
    accepted ? [{ orderLineId: delivery.orderLineId, effectiveAt: accepted.effectiveAt }] : [],
  );
  return begun.length > 0 ? startTimes(tx, begun) : new Map();
}

function newsOf(step: Step, ends: ReadonlyMap<string, Date | null>): NewEvent[] {
  const { from, delivery, opensNow, accepted, required } = step;
  const { status, payload, supervised, reason } = delivery;
  const news: NewEvent[] = [];
  if (required) news.push(event('delivery.required', delivery));
  const reached = (to: DeliveryStatus) => status === to && from !== to;
  if (reached('DELIVERED') && from === 'REVOKED') news.push(event('delivery.restored', delivery));
  else if (reached('DELIVERED')) {
    const { carrier, trackingNo } = payload.kind === 'PARCEL' ? payload : { carrier: null, trackingNo: null };
    news.push(event('delivery.delivered', delivery, { supervised, carrier, trackingNo }));
  }
  if (accepted) {
    const expireAt = ends.get(delivery.orderLineId)?.toISOString() ?? null;
    const effectiveAt = accepted.effectiveAt.toISOString();
    news.push(event('delivery.accepted', delivery, { by: accepted.by, effectiveAt, expireAt }));
  }
  if (opensNow || accepted?.opensNow) news.push(event('delivery.open-requested', delivery));
  if (reached('FAILED')) news.push(event('delivery.failed', delivery, { reason }));
  if (reached('REVOKED')) news.push(event('delivery.revoked', delivery, { reason }));
  return news;
}

const event = (type: string, delivery: Delivery, more: Readonly<Record<string, unknown>> = {}): NewEvent => {
  const { orderId, orderLineId, resourceId, deliveryId, payload, buyerId, placedBy } = delivery;
  const { sellerId, goodsId, productName } = delivery;
  return {
    type,
    aggregate: `order:${orderId}`,
    payload: {
      ...{ orderId, orderLineId, resourceId, deliveryId, kind: payload.kind, buyerId, placedBy },
      ...{ sellerId, goodsId, productName },
      ...more,
    },
    traceId: delivery.traceId,
  };
};
