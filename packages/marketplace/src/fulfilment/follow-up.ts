/** What follows from the ends of calls: set-wise, few statements, none for what a batch does not hold (`activities.ts`). */
import { licencesRefused } from '../licensing/index.ts';
import { linesFulfilled, linesQuerying } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { type SealedAccess, saveAccess } from './access-store.ts';
import { type Consequence, CREATE, followUpOf, isAnsweredAtOnce } from './activities.ts';
import type { AttemptRecord } from './call.ts';
import {
  type Holder,
  insertCalls,
  insertTaken,
  type NewCall,
  resolveOlder,
  resolveOpen,
  type SellerCall,
} from './store.ts';

export const ACCESS_PURPOSE = 'fulfilment.access-data';
/** Of licence texts on their way to the delivery, which keeps them sealed under the same purpose. */
export const LICENCE_PURPOSE = 'delivery.licence';

export interface Outcome {
  readonly call: SellerCall;
  /** null = no attempt: a person closed or stopped the call */
  readonly record: AttemptRecord | null;
  /** `again`: it will be repeated; `still-over`: restarted after its window and failed once more */
  readonly fate: 'done' | 'over' | 'again' | 'still-over';
  /** of the next attempt, with `again` */
  readonly dueAt?: Date;
}

/** @param holder takes the calls that follow at once; absent = they wait for a lease. `taken` hears before the commit which follows which */
export async function followUp(
  platform: Platform,
  tx: Tx,
  outcomes: readonly Outcome[],
  now: Date,
  holder?: Holder & { taken(call: SellerCall, after: SellerCall): void },
): Promise<void> {
  const due = outcomes.map((outcome) => ({ outcome, consequences: consequencesOf(outcome) }));
  const having = (wanted: Consequence): Outcome[] =>
    due.filter(({ consequences }) => consequences.includes(wanted)).map(({ outcome }) => outcome);
  const idsOf = (wanted: Consequence, id: (call: SellerCall) => string) => having(wanted).map(({ call }) => id(call));

  const asking = having('ask-access');
  const queries = asking.map((outcome) => accessQuery(platform, outcome, now));
  if (!holder) await insertCalls(tx, queries, now);
  else {
    const before = new Map(asking.map(({ call }, place) => [queries[place]?.id, call]));
    await insertTaken(tx, queries, holder, now, (call) => {
      const after = before.get(call.id);
      if (after) holder.taken(call, after);
    });
  }
  const accepted = idsOf('accepted', (call) => call.order_line_id);
  if (accepted.length > 0) await linesQuerying(tx, accepted);
  await saveAccess(
    tx,
    outcomes.flatMap((outcome) => sealedAccess(platform, outcome, now)),
  );
  await licencesRefused(
    platform,
    tx,
    outcomes.flatMap(({ call, record }) =>
      call.details?.purpose === 'licence'
        ? [{ eventId: call.details.eventId, resultCode: record?.resultCode ?? null }]
        : [],
    ),
    now,
  );
  const older = idsOf('resolve-older', (call) => call.id);
  if (older.length > 0) await resolveOlder(tx, older, now);
  const released = idsOf('resolve-all', (call) => call.resource_id);
  if (released.length > 0) await resolveOpen(tx, released, null, now);
  await platform.events.publish(
    tx,
    [
      ...EVENTS.flatMap(([wanted, build]) => having(wanted).map(build)),
      ...having('handed-over').map((outcome) => handedOver(platform, outcome)),
      ...outcomes.flatMap(failureOf),
    ],
    now,
  );
  // After the events: what people read in the timeline is delivered first, completed then.
  const done = having('line-done').filter(({ call }) => call.occasion === CREATE || hasOwnLine(call));
  if (done.length > 0)
    await linesFulfilled(
      platform,
      tx,
      done.map(({ call }) => call.order_line_id),
      now,
    );
}

function consequencesOf({ call, fate }: Outcome): readonly Consequence[] {
  if (fate !== 'done' && fate !== 'over') return [];
  return followUpOf(call)[fate];
}

/** A release after expiry has no order line of its own; one after an unsubscription has. */
const hasOwnLine = (call: SellerCall): boolean => call.order_line_id !== call.resource_id;

/** The marketplace asks until the seller gives the access data; the window runs from the accepted newInstance (saas-v2.md 9). */
function accessQuery(platform: Platform, { call, record }: Outcome, now: Date): NewCall {
  return {
    id: uuid(platform.random),
    pool: call.pool,
    protocol: call.protocol,
    activity: 'queryInstance',
    occasion: CREATE,
    resourceId: call.resource_id,
    sellerId: call.seller_id,
    buyerId: call.buyer_id,
    orderId: call.order_id,
    orderLineId: call.order_line_id,
    goodsId: call.goods_id,
    productName: call.product_name,
    instanceId: record?.instanceId ?? null,
    details: call.details,
    dueAt: now,
    traceId: call.trace_id,
  };
}

/** The text is in no other event, record or log. */
function handedOver(platform: Platform, outcome: Outcome): NewEvent {
  const { call, record } = outcome;
  return ofOrder('fulfilment.licence-delivered', outcome, {
    instanceId: record?.instanceId ?? call.instance_id,
    sealedLicence: record?.license ? platform.keys.seal(record.license, LICENCE_PURPOSE) : null,
  });
}

function sealedAccess(platform: Platform, { call, record, fate }: Outcome, now: Date): SealedAccess[] {
  const instanceId = record?.instanceId ?? call.instance_id;
  if (fate !== 'done' || !record?.access || instanceId === null) return [];
  return [
    {
      orderLineId: call.resource_id,
      buyerId: call.buyer_id,
      sellerId: call.seller_id,
      instanceId,
      sealed: platform.keys.seal(JSON.stringify(record.access), ACCESS_PURPOSE),
      fetchedAt: now,
    },
  ];
}

// --- news, in the order in which people read them --------------------------------------------------------------

const ofOrder = (type: string, { call }: Outcome, payload: Record<string, unknown>): NewEvent => ({
  type,
  aggregate: `order:${call.order_id}`,
  payload: {
    orderId: call.order_id,
    orderLineId: call.order_line_id,
    resourceId: call.resource_id,
    callId: call.id,
    ...payload,
  },
  traceId: call.trace_id,
});

const findings = ({ record }: Outcome) => ({
  resultCode: record?.resultCode ?? null,
  diagnosis: record?.diagnosis[0]?.code ?? null,
});

const ofInstance = (type: string, outcome: Outcome): NewEvent => {
  const { call } = outcome;
  return {
    type,
    aggregate: `instance:${call.resource_id}`,
    payload: {
      resourceId: call.resource_id,
      callId: call.id,
      activity: call.activity,
      occasion: call.occasion,
      orderId: call.order_id,
      orderLineId: call.order_line_id,
      sellerId: call.seller_id,
      buyerId: call.buyer_id,
      instanceId: call.instance_id,
      productName: call.product_name,
      ...findings(outcome),
    },
    traceId: call.trace_id,
  };
};

const named = (outcome: Outcome): NewEvent =>
  ofOrder('fulfilment.instance-accepted', outcome, {
    instanceId: outcome.record?.instanceId ?? outcome.call.instance_id,
    asynchronous: outcome.record?.outcome === 'accepted',
  });

const EVENTS: readonly (readonly [Consequence, (outcome: Outcome) => NewEvent])[] = [
  ['accepted', named],
  ['named', named],
  [
    'delivered',
    (outcome) =>
      ofOrder('fulfilment.instance-delivered', outcome, {
        instanceId: outcome.record?.instanceId ?? outcome.call.instance_id,
      }),
  ],
  [
    'line-failed',
    (outcome) =>
      ofOrder('fulfilment.line-failed', outcome, {
        sellerId: outcome.call.seller_id,
        goodsId: outcome.call.goods_id,
        activity: outcome.call.activity,
        ...findings(outcome),
      }),
  ],
  ['call-done', (outcome) => ofInstance('fulfilment.call-done', outcome)],
  ['call-stopped', (outcome) => ofInstance('fulfilment.call-stopped', outcome)],
  ['compared', compared],
];

function compared({ call, record }: Outcome): NewEvent {
  const asked = call.details?.purpose === 'compare' ? call.details.instanceIds : [];
  // Asked for one alone, "does not exist" is an answer too.
  const gone = asked.length === 1 && record?.resultCode === '000003' && record.httpStatus === 200;
  return {
    type: 'fulfilment.instances-compared',
    aggregate: `comparison:${call.goods_id}`,
    payload: {
      sellerId: call.seller_id,
      goodsId: call.goods_id,
      occasion: call.occasion.replace(/^compare:/, ''),
      asked,
      seen: record?.seen ?? [],
      complete: (record?.seen ?? null) !== null || gone,
    },
    traceId: call.trace_id,
  };
}

/**
 * Each failed attempt is told to the seller (N-16), but for those that a person saw fail, and for comparisons: those belong
 * to no order, and their answer – also "does not exist" – stands on the page of differences.
 */
function failureOf({ call, record, fate, dueAt }: Outcome): NewEvent[] {
  if (record?.outcome !== 'failed' || isAnsweredAtOnce(call) || call.details?.purpose === 'compare') return [];
  const worst = record.diagnosis.find((each) => each.severity === 'error') ?? record.diagnosis[0];
  return [
    {
      type: 'fulfilment.attempt-failed',
      aggregate: `call:${call.id}`,
      payload: {
        callId: call.id,
        sellerId: call.seller_id,
        goodsId: call.goods_id,
        orderId: call.order_id,
        resourceId: call.resource_id,
        activity: call.activity,
        attempt: call.attempts,
        nextAt: fate === 'again' ? (dueAt?.toISOString() ?? null) : null,
        resultCode: record.resultCode,
        summary: worst?.summary ?? { zh: '调用失败', en: 'The call failed' },
        productName: call.product_name,
      },
      traceId: call.trace_id,
    },
  ];
}
