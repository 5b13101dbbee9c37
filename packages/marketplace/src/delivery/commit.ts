/** Writes what happened to deliveries, tells it, and moves their order lines: a few statements for a batch. */
import { linesFailed, linesFulfilled, linesOpened, linesOpening, startTimes } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import type { DeliveredFile, Delivery, DeliveryStatus } from './definition.ts';
import { saveDeliveries } from './store.ts';
import type { Operation } from './supervision/definition.ts';
import type { SupervisionState } from './supervision/flows.ts';
import { remindLater } from './supervision/reminder-times.ts';
import { insertOperations } from './supervision/store.ts';

/** What is written into the log of a supervised delivery (S6-1). */
export interface Done {
  readonly by: Operation['by'];
  readonly userId?: string | null | undefined;
  /** a move of the flow, or an act beside it */
  readonly what: string;
  readonly text?: string | undefined;
  readonly files?: readonly DeliveredFile[] | undefined;
}

/** One delivery's way in a transaction. */
export interface Step {
  /** where it stood; null = it is new */
  readonly from: DeliveryStatus | null;
  readonly delivery: Delivery;
  readonly opensNow?: boolean;
  /** its seller's server has opened it: the line goes on being supervised, or is done */
  readonly opened?: boolean;
  readonly required?: boolean;
  /** the step it stood at, and what was done: into the log of operations */
  readonly step?: SupervisionState | undefined;
  readonly done?: Done | undefined;
  /** told besides: `delivery.<type>` with these members */
  readonly news?: readonly { readonly type: string; readonly more: Readonly<Record<string, unknown>> }[];
  readonly accepted?: { readonly by: 'BUYER' | 'SYSTEM'; readonly effectiveAt: Date; readonly opensNow: boolean };
}

export async function commitSteps(platform: Platform, tx: Tx, steps: readonly Step[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  await saveDeliveries(
    tx,
    steps.map(({ delivery }) => delivery),
  );
  await insertOperations(
    tx,
    steps.flatMap((step) => operationOf(platform, step, now)),
  );
  await remindLater(
    platform,
    tx,
    steps
      .filter(({ step, delivery }) => step !== undefined && step !== delivery.supervision?.step)
      .map(({ delivery }) => delivery),
    now,
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

function operationOf({ random }: Platform, { step, done, delivery }: Step, now: Date): Operation[] {
  const { supervision, deliveryId } = delivery;
  if (done === undefined || supervision === null) return [];
  const { by, userId = null, what, text = '', files = [] } = done;
  const at = now.toISOString();
  const [from, to] = [step ?? supervision.step, supervision.step];
  return [{ operationId: uuid(random), deliveryId, at, by, userId, what, from, to, text, files: [...files] }];
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
    const step = delivery.supervision?.step ?? null;
    news.push(event('delivery.delivered', delivery, { supervised, carrier, trackingNo, step }));
  }
  if (accepted) {
    const expireAt = ends.get(delivery.orderLineId)?.toISOString() ?? null;
    const effectiveAt = accepted.effectiveAt.toISOString();
    news.push(event('delivery.accepted', delivery, { by: accepted.by, effectiveAt, expireAt }));
  }
  for (const { type, more } of step.news ?? []) news.push(event(`delivery.${type}`, delivery, more));
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
