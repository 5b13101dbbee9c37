/** Paying out: what is due, runs that one person makes and another approves (O-7), files for the bank. */
import { scopeOf } from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { decimal } from '../../platform/money.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import {
  approveRun,
  type Due,
  dropRun,
  exportRun,
  failPayment,
  listDue,
  listRuns,
  makeRun,
  mediaTypeOf,
  ownWork,
  proposeRun,
  readPayoutFile,
  runDetail,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { accountOf } from './payout-account-routes.ts';
import { presentDue, presentFile, presentRun, presentRunDetail } from './payout-present.ts';
import * as schemas from './payout-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const unknownRun = refuse('NOT_FOUND', 'there is no such pay-out run');

export const payoutRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/payout/due',
    summary: 'Requisitions that passed their reviews and are not paid yet, oldest first',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.payoutDueList,
    async run({ platform: { db, config } }) {
      const due = await listDue(db, config.site);
      return ok({
        items: await shownDue(db, due),
        total: due.reduce((sum, { amount }) => sum.plus(amount), decimal('0')).toFixed(2),
        currency: SITES[config.site].currency,
        payer: await accountOf(db, { kind: 'PLATFORM', id: config.site }),
      });
    },
  }),
  command({
    path: '/operator/payout/preview',
    summary: 'A dry run: whom a run would pay what, or what stands in the way; nothing is written',
    action: 'settlement.run',
    body: schemas.newPayout,
    response: schemas.payoutPreview,
    replay: false,
    async run({ platform, now }, body, tx) {
      const proposed = await proposeRun(platform, tx, body, now);
      if (!proposed.ok) return proposed;
      const { payments, ...rest } = proposed.value;
      return ok({ ...rest, payments: await shownDue(tx, payments) });
    },
  }),
  command({
    path: '/operator/payout/runs',
    summary: 'Make a run; nobody is paid before another person approves it (O-7)',
    action: 'settlement.run',
    body: schemas.newPayout,
    response: schemas.payoutRunDetail,
    status: 201,
    async run(call, body, tx) {
      const { platform, principal, now } = call;
      return after(call, tx, 'payout.make', await makeRun(platform, tx, body, principal, now));
    },
  }),
  read({
    path: '/operator/payout/runs',
    summary: 'Pay-out runs with their progress, newest first',
    action: 'settlement.inspect',
    query: schemas.payoutRunQuery,
    response: schemas.payoutRunPage,
    async run({ platform: { db, config } }, { cursor, limit }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listRuns(db, { site: config.site, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ madeAt, runId }) => ({ at: madeAt, id: runId }));
      return ok({ items: page.items.map(presentRun), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/operator/payout/runs/{runId}',
    summary: 'One run: payments by state, files, and whether whoever looks may approve it',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.payoutRunDetail,
    run: (call) => shownRun(call, call.platform.db, call.params.runId ?? ''),
  }),
  command({
    path: '/operator/payout/runs/{runId}/approval',
    summary: 'The second person approves; bills become PAYING (O-7)',
    action: 'settlement.decide',
    body: nothing,
    response: schemas.payoutRunDetail,
    async run(call, _body, tx) {
      const { platform, principal: by, params, now } = call;
      return after(call, tx, 'payout.approve', await approveRun(platform, tx, { runId: params.runId ?? '', by }, now));
    },
  }),
  command({
    path: '/operator/payout/runs/{runId}/rejection',
    summary: 'Reject a run, or withdraw one’s own; its requisitions are due again',
    action: 'settlement.decide',
    body: schemas.payoutReason,
    response: schemas.payoutRunDetail,
    async run(call, { reason }, tx) {
      const { platform, principal: by, params, now } = call;
      const dropped = await dropRun(platform, tx, { runId: params.runId ?? '', by, reason }, now);
      return after(call, tx, 'payout.reject', dropped);
    },
  }),
  command({
    path: '/operator/payout/runs/{runId}/files',
    summary: 'A file for the bank, made once and kept; asked again, the same file',
    action: 'settlement.run',
    body: schemas.newPayoutFile,
    response: schemas.payoutFile,
    async run(call, { form }, tx) {
      const { platform, principal: by, params, now } = call;
      const made = await exportRun(platform, tx, { runId: params.runId ?? '', form, by }, now);
      if (!made.ok) return made;
      await auditDone(call, tx, { action: 'payout.export', object: `payout-file:${made.value.fileId}`, traceId: null });
      return ok(presentFile(made.value));
    },
  }),
  read({
    path: '/operator/payout/files/{fileId}',
    summary: 'The bytes of such a file; each download is written down',
    action: 'settlement.run',
    query: noQuery,
    response: nothing,
    async run({ platform, params, principal, now, ip, requestId }) {
      const file = await readPayoutFile(platform, params.fileId ?? '');
      if (!file) return refuse('NOT_FOUND', 'there is no such file');
      const entry = {
        actor: principal.userId,
        role: principal.role,
        action: 'payout.download',
        result: 'done' as const,
      };
      await writeAudit(
        platform.db,
        { ...entry, object: `payout-file:${file.fileId}`, ip, requestId, traceId: null },
        now,
      );
      return new Response(new Uint8Array(file.content), {
        headers: {
          'content-type': mediaTypeOf(file.form),
          'content-disposition': `attachment; filename="${file.name}"`,
          'content-length': String(file.bytes),
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      });
    },
  }),
  command({
    path: '/operator/payout/payments/{paymentId}/failure',
    summary: 'The bank refused a payment, or it never left: its requisition is due again',
    action: 'settlement.decide',
    body: schemas.payoutReason,
    response: schemas.payoutRunDetail,
    async run(call, { reason }, tx) {
      const { platform, principal: by, params, now } = call;
      const failed = await failPayment(platform, tx, { paymentId: params.paymentId ?? '', reason, by }, now);
      return after(call, tx, 'payout.fail', failed, `payment:${params.paymentId}`);
    },
  }),
];

const shownDue = async (executor: Executor, due: readonly Due[]) => {
  const names = await namesOfPayees(executor, due);
  return due.map((each) => presentDue(each, names));
};

const namesOfPayees = (executor: Executor, of: readonly { readonly payee: Due['payee'] }[]) =>
  namesFor(
    executor,
    of.map(({ payee }) => ({ buyerIds: [], sellerIds: [payee.id] })),
  );

/** @param done with the id of the run */
async function after(
  call: Call,
  tx: Parameters<typeof auditDone>[1],
  action: string,
  done: Result<string>,
  object?: string,
) {
  if (!done.ok) return done;
  await auditDone(call, tx, { action, object: object ?? `payout:${done.value}`, traceId: null });
  return shownRun(call, tx, done.value);
}

async function shownRun({ platform, principal }: Call, executor: Executor, runId: string) {
  const run = await runDetail(executor, platform.config.site, runId);
  if (!run) return unknownRun;
  return ok(
    presentRunDetail(run, await namesOfPayees(executor, run.items), {
      decides: scopeOf(principal, 'settlement.decide') !== null,
      ownWork: await ownWork(executor, runId, principal.userId),
    }),
  );
}
