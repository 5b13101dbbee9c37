/** Service supervision (settlement.md 6): requirement, review, appeal, evidence. Delivering and accepting are in delivery-routes.ts. */
import {
  appealDelivery,
  confirmRequirement,
  type Delivery,
  decideAppeal,
  deliveryById,
  operationsOf,
  planMilestones,
  rejectDelivery,
  rejectRequirement,
  reviewDelivery,
  setTrack,
  stateOnAppeal,
} from '../../delivery/index.ts';
import { buyersByIds } from '../../directory/index.ts';
import { unsubscribe } from '../../instances/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { workingCalendar } from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { deliveryDone, deliveryId, deliveryOf } from './delivery-answers.ts';
import * as deliveries from './delivery-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import { decisionDueAt } from './supervision-deadline.ts';
import { sideOf } from './supervision-present.ts';
import * as schemas from './supervision-schemas.ts';

const notFound = refuse('NOT_FOUND', 'there is no such delivery');

export const supervisionRoutes: ConsoleRoute[] = [
  read({
    path: '/deliveries/{deliveryId}/operations',
    summary: 'Everything that was done in the supervision of a delivery, oldest first: the evidence (S6-1, S-44)',
    action: 'delivery.view',
    query: noQuery,
    response: schemas.operationList,
    async run(call) {
      const { db } = call.platform;
      const delivery = await deliveryById(db, deliveryId(call), { scope: call.scope });
      if (!delivery) return notFound;
      const found = await operationsOf(db, delivery.deliveryId);
      return ok({
        items: found.map(({ operationId, at, by, what, from, to, text, files }) => {
          // a licence code is the buyer's and its seller's business, both of whom read this; user ids are not
          return { operationId, at, by, what, from, to, text, files: [...files] };
        }),
      });
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/requirement-confirmation',
    summary: 'The seller takes the requirement on (S-41)',
    action: 'delivery.make',
    body: nothing,
    response: deliveries.orderDelivery,
    run: (call, _, tx) =>
      deliveryDone(call, tx, 'confirm', confirmRequirement(call.platform, tx, deliveryOf(call), call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/requirement-rejection',
    summary: 'Back to the buyer with a reason; the buyer writes it anew (S-41)',
    action: 'delivery.make',
    body: schemas.rejectionRequest,
    response: deliveries.orderDelivery,
    run: (call, { reason }, tx) =>
      deliveryDone(
        call,
        tx,
        'reject-requirement',
        rejectRequirement(call.platform, tx, { ...deliveryOf(call), reason }, call.now),
      ),
  }),
  command({
    path: '/deliveries/{deliveryId}/milestones',
    summary: 'The seller divides the order into parts that are delivered and accepted one by one (3.5, S6-6)',
    action: 'delivery.make',
    body: schemas.milestonesRequest,
    response: deliveries.orderDelivery,
    run: (call, { milestones }, tx) =>
      deliveryDone(call, tx, 'plan', planMilestones(call.platform, tx, { ...deliveryOf(call), milestones }, call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/rejection',
    summary: 'The buyer does not accept: back to the seller with a reason (B-93)',
    action: 'delivery.receive',
    body: schemas.rejectionRequest,
    response: deliveries.orderDelivery,
    run: (call, { reason }, tx) =>
      deliveryDone(call, tx, 'reject', rejectDelivery(call.platform, tx, { ...deliveryOf(call), reason }, call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/review',
    summary: 'The platform’s review of the acceptance report of enabling-cloud and base-cloud orders (O-22)',
    action: 'supervision.decide',
    body: schemas.reviewRequest,
    response: deliveries.orderDelivery,
    run: (call, body, tx) =>
      deliveryDone(
        call,
        tx,
        body.approve ? 'approve' : 'return',
        reviewDelivery(call.platform, tx, { ...deliveryOf(call), ...body }, call.now),
      ),
  }),
  command({
    path: '/deliveries/{deliveryId}/appeal',
    summary: 'Asks the operator to decide; the flow freezes (B-94, S-43)',
    action: 'supervision.act',
    body: schemas.appealRequest,
    response: deliveries.orderDelivery,
    async run(call, body, tx) {
      const found = await concerned(call, tx);
      if (!found.ok) return found;
      const { delivery, by } = found.value;
      const dueAt = decisionDueAt(call.now, delivery.supervision?.site ?? 'CN', await workingCalendar(tx));
      const asked = { ...deliveryOf(call), ...body, by, dueAt };
      return deliveryDone(call, tx, 'appeal', appealDelivery(call.platform, tx, asked, call.now));
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/appeal-statements',
    summary: 'A side adds a statement and files to an open appeal (O-20)',
    action: 'supervision.act',
    body: schemas.statementRequest,
    response: deliveries.orderDelivery,
    async run(call, body, tx) {
      const found = await concerned(call, tx);
      if (!found.ok) return found;
      const asked = { ...deliveryOf(call), ...body, by: found.value.by };
      return deliveryDone(call, tx, 'appeal-statement', stateOnAppeal(call.platform, tx, asked, call.now));
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/appeal-decision',
    summary: 'Completes the step for the idle side, sends back, refunds in full or in part, or dismisses (O-21)',
    action: 'supervision.decide',
    body: schemas.appealDecisionRequest,
    response: deliveries.orderDelivery,
    async run(call, body, tx) {
      const { platform, now, principal } = call;
      const { reason, ...decision } = body;
      const decided = decideAppeal(platform, tx, { ...deliveryOf(call), decision, reason }, now);
      const done = await decided;
      if (!done.ok || body.outcome !== 'REFUND') return deliveryDone(call, tx, 'appeal-decision', decided);
      const { resourceId, traceId } = done.value;
      const asked = { scope: call.scope, resourceId, kind: 'NEGOTIATED' as const, amount: body.amount, reason };
      const refund = await unsubscribe(
        platform,
        tx,
        { ...asked, contactConsent: false, userId: principal.userId, traceId, decided: { comment: reason } },
        now,
      );
      return refund.ok ? deliveryDone(call, tx, 'appeal-decision', decided) : refund;
    },
  }),
  command({
    path: '/buyer-tracks',
    summary: 'The track of a buyer: its joint-operation deliveries are reviewed by the platform (S-48); null = none',
    action: 'supervision.decide',
    body: schemas.trackRequest,
    response: schemas.trackView,
    async run(call, { buyerId, track }, tx) {
      const [buyer] = await buyersByIds(tx, [buyerId]);
      if (!buyer) return refuse('UNKNOWN_BUYER', 'there is no such buyer');
      await setTrack(tx, buyerId, track, call.now);
      await auditDone(call, tx, { action: 'buyer.track', object: `buyer:${buyerId}`, traceId: null });
      return ok({ buyerId, track });
    },
  }),
];

/** Who appeals is a side of this delivery; for anybody else it is not there (P-2). */
async function concerned(
  call: Call,
  tx: Tx,
): Promise<Result<{ readonly delivery: Delivery; readonly by: 'BUYER' | 'SELLER' }>> {
  const delivery = await deliveryById(tx, deliveryId(call), { scope: call.scope });
  const by = delivery && sideOf(delivery, call.principal);
  return delivery && by ? ok({ delivery, by }) : notFound;
}
