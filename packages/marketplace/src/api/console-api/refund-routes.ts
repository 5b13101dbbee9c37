/** Refund applications: what buyers asked back, what sellers and the operator decide (consoles-and-processes.md 7.9). */
import { scopeOf, tenantContacts } from '../../directory/index.ts';
import { decideOnRefund } from '../../instances/index.ts';
import { inspectReturn, listRefunds, type Refund, refundById, sendBack, withdrawRefund } from '../../ordering/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { fileLink } from '../../platform/files/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { downloadLink, downloadRequest } from './delivery-schemas.ts';
import { namesFor } from './names.ts';
import { presentRefund } from './present-subscription.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import * as schemas from './subscription-schemas.ts';

export const refundRoutes: ConsoleRoute[] = [
  read({
    path: '/refunds',
    summary: 'Refund applications, newest first',
    action: 'refund.view',
    query: schemas.refundListQuery,
    response: schemas.refundPage,
    async run(call, query) {
      const { db } = call.platform;
      const found = await listRefunds(db, {
        scope: call.scope,
        state: query.state,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (refund) => ({ at: refund.requestedAt, id: refund.refundId }));
      return ok({ items: await presentRefunds(call, db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/refunds/{refundId}',
    summary: 'One refund application',
    action: 'refund.view',
    query: noQuery,
    response: schemas.refund,
    async run(call) {
      const id = call.params.refundId;
      const refund = isUuid(id) ? await refundById(call.platform.db, id, call.scope) : null;
      return refund ? shown(call, call.platform.db, ok(refund)) : unknown;
    },
  }),
  command({
    path: '/refunds/{refundId}/withdrawal',
    summary: 'Take an application back while it waits for the seller (B-82)',
    action: 'instance.unsubscribe',
    body: nothing,
    response: schemas.refund,
    async run(call, _body, tx) {
      const { platform, params, scope, now } = call;
      if (!isUuid(params.refundId)) return unknown;
      return audited(
        call,
        tx,
        'withdraw',
        await withdrawRefund(platform, tx, { refundId: params.refundId, scope }, now),
      );
    },
  }),
  command({
    path: '/refunds/{refundId}/decision',
    summary: 'Agree or reject: the seller a negotiated refund, the operator a large one (S-53, O-23)',
    action: 'refund.decide',
    body: schemas.refundDecision,
    response: schemas.refund,
    async run(call, body, tx) {
      const { platform, params, scope, principal, now } = call;
      if (!isUuid(params.refundId)) return unknown;
      const decision = {
        refundId: params.refundId,
        scope,
        userId: principal.userId,
        as: scope.kind === 'all' ? ('OPERATOR' as const) : ('SELLER' as const),
        ...body,
      };
      const decided = await decideOnRefund(platform, tx, decision, now);
      // agreed to too late is rejected by the system (S7-8)
      const agreed = body.agree && !(decided.ok && decided.value.state === 'REJECTED');
      return audited(call, tx, agreed ? 'agree' : 'reject', decided);
    },
  }),
  command({
    path: '/refunds/{refundId}/return',
    summary: 'The buyer has sent received hardware back, within 10 days (settlement.md 7.4)',
    action: 'instance.unsubscribe',
    body: schemas.returnRequest,
    response: schemas.refund,
    async run(call, body, tx) {
      const { platform, params, scope, now } = call;
      if (!isUuid(params.refundId)) return unknown;
      const sent = await sendBack(platform, tx, { refundId: params.refundId, scope, ...body }, now);
      return audited(call, tx, 'return', sent);
    },
  }),
  command({
    path: '/refunds/{refundId}/inspection',
    summary: 'The seller has inspected what came back, within 15 days: refunded, or rejected (settlement.md 7.4)',
    action: 'refund.decide',
    body: schemas.inspectionRequest,
    response: schemas.refund,
    async run(call, body, tx) {
      const { platform, params, scope, now } = call;
      if (!isUuid(params.refundId)) return unknown;
      if (scope.kind !== 'seller') return refuse('REFUND_STATE', '7.4: the seller inspects what came back');
      const seen = await inspectReturn(platform, tx, { refundId: params.refundId, scope, ...body }, now);
      return audited(call, tx, body.accept ? 'inspect' : 'reject-return', seen);
    },
  }),
  command({
    path: '/refunds/{refundId}/document-links',
    summary: 'A link to what the seller’s answer rests on, for both sides and the operator (7.4)',
    action: 'refund.view',
    body: downloadRequest,
    response: downloadLink,
    replay: false,
    async run(call, { fileId }, tx) {
      const { platform, params, scope, principal, now } = call;
      const refund = isUuid(params.refundId) ? await refundById(tx, params.refundId, scope) : null;
      if (!refund) return unknown;
      const file = refund.proofs.find((each) => each.fileId === fileId);
      if (!file) return refuse('FILE_UNKNOWN', 'this application has no such file', { fileId });
      const link = fileLink(platform, fileId, { forUser: principal.userId, now });
      const { name, size, sha256 } = file;
      return ok({ url: link.url, expiresAt: link.expiresAt.toISOString(), name, size, sha256 });
    },
  }),
];

const unknown = refuse('NOT_FOUND', 'there is no such refund application');

/** Of many applications at once: names and, where the buyer agreed (B-82), contact data are asked for once. */
export async function presentRefunds({ principal }: Call, executor: Executor, refunds: readonly Refund[]) {
  const names = await namesFor(
    executor,
    refunds.map((refund) => ({ buyerIds: [refund.buyerId], sellerIds: [refund.sellerId] })),
  );
  const agreed = refunds.filter((refund) => refund.contactConsent && principal.buyerId === null);
  const contacts = await tenantContacts(executor, { buyers: agreed.map((refund) => refund.buyerId) });
  const may = {
    withdraw: scopeOf(principal, 'instance.unsubscribe') !== null,
    decide: scopeOf(principal, 'refund.decide') !== null,
    operator: principal.buyerId === null && principal.sellerId === null,
    buyer: principal.buyerId !== null,
  };
  return refunds.map((refund) => {
    const contact = refund.contactConsent ? contacts.get(`buyer:${refund.buyerId}`) : undefined;
    return presentRefund(
      refund,
      names,
      contact ? { phone: contact.phone ?? '', email: contact.email ?? '' } : null,
      may,
    );
  });
}

async function shown(call: Call, executor: Executor, refund: Result<Refund>) {
  if (!refund.ok) return refund;
  const [view] = await presentRefunds(call, executor, [refund.value]);
  return view ? ok(view) : unknown;
}

async function audited(call: Call, tx: Tx, what: string, refund: Result<Refund>) {
  if (refund.ok)
    await auditDone(call, tx, {
      action: `refund.${what}`,
      object: `refund:${refund.value.refundId}`,
      traceId: refund.value.traceId,
      // what an operator decides here is the seller's to decide (P-4)
      onBehalfOf: `seller:${refund.value.sellerId}`,
    });
  return shown(call, tx, refund);
}
