/** Debugging, cases, probes (S-22, S-23, O-10): for the seller its own, for operators all. */

import type { z } from 'zod';
import {
  type DebugInput,
  debugBench,
  debugProducts,
  freezeByHand,
  generateRequest,
  lastRunsOfCases,
  listCases,
  type ProbedProduct,
  probeBoard,
  probeNow,
  type Run,
  release,
  removeCase,
  runById,
  runCase,
  startDebugging,
} from '../../debugging/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { actorsFor } from './actors.ts';
import { addressRoutes } from './address-routes.ts';
import { auditDone } from './audit.ts';
import * as schemas from './debugging-schemas.ts';
import { namesFor } from './names.ts';
import { presentCase, presentDebugProduct, presentProbed, presentRound, presentRun } from './present-debugging.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const benchRoutes: ConsoleRoute[] = [
  read({
    path: '/debugging/products',
    summary: 'Products that can be debugged, with the cases that they need',
    action: 'debug.use',
    query: noQuery,
    response: schemas.debugProducts,
    async run({ platform: { db }, scope }) {
      return ok({ items: (await debugProducts(db, scope)).map(presentDebugProduct) });
    },
  }),
  read({
    path: '/debugging/products/{goodsId}',
    summary: 'Interfaces of a product with their preset parameters',
    action: 'debug.use',
    query: noQuery,
    response: schemas.debugBench,
    async run({ platform: { db }, params, scope }) {
      const bench = await debugBench(db, scope, params.goodsId ?? '');
      if (!bench.ok) return bench;
      const { forms, addresses } = bench.value;
      const interfaces = forms.map(({ activity, fields }) => ({
        activity,
        fields: fields.map((field) => ({ ...field, choices: field.choices && [...field.choices] })),
      }));
      return ok({ ...presentDebugProduct(bench.value), interfaces, addresses: [...addresses] });
    },
  }),
  command({
    path: '/debugging/products/{goodsId}/requests',
    summary: 'Generate a request with a fresh signature and testFlag 1',
    action: 'debug.use',
    body: schemas.debugInput,
    response: schemas.generatedRequest,
    // a stored signature would be stale
    replay: false,
    run: (call, body, tx) => generateRequest(call.platform, tx, inputOf(call, body)),
  }),
  command({
    path: '/debugging/products/{goodsId}/runs',
    summary: 'Debug an interface; with `save`, keep the case when it passes',
    action: 'debug.use',
    body: schemas.startRun,
    response: schemas.debugRun,
    status: 201,
    async run(call, body, tx) {
      const wanted = { ...inputOf(call, body), save: body.save, actor: call.principal.loginName };
      const run = await startDebugging(call.platform, tx, wanted, call.now);
      return run.ok ? ok(await shownRun(call, tx, run.value)) : run;
    },
  }),
  read({
    path: '/debugging/runs/{runId}',
    summary: 'One run of debugging or of a probe: checks, diagnosis, messages',
    action: 'probe.view',
    query: noQuery,
    response: schemas.debugRun,
    async run(call) {
      const { platform, params, scope } = call;
      const run = isUuid(params.runId) ? await runById(platform.db, params.runId, scope) : null;
      return run ? ok(await shownRun(call, platform.db, run)) : refuse('NOT_FOUND', 'there is no such run');
    },
  }),
];

const caseRoutes: ConsoleRoute[] = [
  read({
    path: '/debugging/cases',
    summary: 'Saved cases, newest first',
    action: 'debug.use',
    query: schemas.caseQuery,
    response: schemas.casePage,
    async run({ platform: { db }, scope }, query) {
      const before = query.cursor ? decodeCursor(query.cursor) : null;
      const cases = await listCases(db, { scope, goodsId: query.goodsId, before, limit: query.limit + 1 });
      const page = toPage(cases, query.limit, (each) => ({ at: each.savedAt, id: each.caseId }));
      const goodsIds = [...new Set(page.items.map((each) => each.goodsId))];
      const names = new Map(
        (await debugProducts(db, scope, goodsIds)).map((each) => [each.product.goodsId, each.name]),
      );
      const last = await lastRunsOfCases(
        db,
        page.items.map((each) => each.caseId),
      );
      const actorOf = await actorsFor(
        db,
        scope,
        page.items.map((each) => each.savedBy),
      );
      const items = page.items.map((each) => {
        const name = names.get(each.goodsId) ?? { zh: each.goodsId, en: each.goodsId };
        return presentCase(each, name, last.get(each.caseId), actorOf);
      });
      return ok({ items, nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/debugging/cases/{caseId}/runs',
    summary: 'Run a saved case again',
    action: 'debug.use',
    body: nothing,
    response: schemas.debugRun,
    status: 201,
    async run(call, _body, tx) {
      const { platform, params, scope, principal, now } = call;
      const run = await runCase(platform, tx, { caseId: params.caseId ?? '', scope, actor: principal.loginName }, now);
      return run.ok ? ok(await shownRun(call, tx, run.value)) : run;
    },
  }),
  command({
    path: '/debugging/cases/{caseId}/deletion',
    summary: 'Delete a saved case: probes do not replay it any more',
    action: 'debug.use',
    body: nothing,
    response: schemas.deletedCase,
    async run(call, _body, tx) {
      const removed = await removeCase(tx, { caseId: call.params.caseId ?? '', scope: call.scope }, call.now);
      if (!removed.ok) return removed;
      await auditDone(call, tx, { action: 'case.delete', object: `case:${removed.value.caseId}`, traceId: null });
      return removed;
    },
  }),
];

const probeRoutes: ConsoleRoute[] = [
  read({
    path: '/probes',
    summary: 'Probed products with today’s outcomes and failing days',
    action: 'probe.view',
    query: schemas.probeQuery,
    response: schemas.probePage,
    async run({ platform: { db }, scope, now }, query) {
      const before = query.cursor ? decodeCursor(query.cursor) : null;
      const board = await probeBoard(db, { scope, before, limit: query.limit + 1 }, now);
      const page = toPage(board, query.limit, ({ supervised }) => ({
        at: supervised.createdAt,
        id: supervised.goodsId,
      }));
      const names = await namesFor(
        db,
        page.items.map(({ product }) => ({ buyerIds: [], sellerIds: [product.sellerId] })),
      );
      const actorOf = await actorsFor(db, scope, page.items.flatMap(sanctioners));
      const items = page.items.map((each) => presentProbed(each, names.seller(each.product.sellerId), actorOf));
      return ok({ items, nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/probes/{goodsId}',
    summary: 'The probes of one product, and its sanctions',
    action: 'probe.view',
    query: noQuery,
    response: schemas.probeDetails,
    run: (call) => details(call, call.platform.db),
  }),
  command({
    path: '/probes/{goodsId}/runs',
    summary: 'Replay all cases of a product now',
    action: 'debug.use',
    body: nothing,
    response: schemas.probeDetails,
    async run(call, _body, tx) {
      const { platform, params, scope, principal, now } = call;
      const wanted = { goodsId: params.goodsId ?? '', scope, actor: principal.loginName };
      const begun = await probeNow(platform, tx, wanted, now);
      return begun.ok ? details(call, tx) : begun;
    },
  }),
  command({
    path: '/probes/{goodsId}/freeze',
    summary: 'Freeze trading of a product and hide it',
    action: 'product.freeze',
    body: schemas.sanction,
    response: schemas.probeDetails,
    run: (call, body, tx) => sanctioned(call, body.reason, tx, freezeByHand, 'product.freeze'),
  }),
  command({
    path: '/probes/{goodsId}/release',
    summary: 'Release a frozen product after repair',
    action: 'product.freeze',
    body: schemas.sanction,
    response: schemas.probeDetails,
    run: (call, body, tx) => sanctioned(call, body.reason, tx, release, 'product.release'),
  }),
];

export const debuggingRoutes: ConsoleRoute[] = [...addressRoutes, ...benchRoutes, ...caseRoutes, ...probeRoutes];

const inputOf = (call: Call, body: z.infer<typeof schemas.debugInput>): DebugInput => ({
  scope: call.scope,
  goodsId: call.params.goodsId ?? '',
  activity: body.activity,
  parameters: body.parameters,
  target: body.target,
});

const sanctioners = ({ sanctions }: ProbedProduct): string[] => sanctions.map(({ actor }) => actor);

const shownRun = async ({ scope }: Call, executor: Executor, run: Run) =>
  presentRun(run, await actorsFor(executor, scope, [run.actor]));

async function sanctioned(
  call: Call,
  reason: string,
  tx: Parameters<typeof freezeByHand>[1],
  act: typeof freezeByHand,
  action: string,
): Promise<Result<z.infer<typeof schemas.probeDetails>>> {
  const goodsId = call.params.goodsId ?? '';
  const done = await act(call.platform, tx, { goodsId, actor: call.principal.loginName, reason }, call.now);
  if (!done.ok) return done;
  await auditDone(call, tx, { action, object: `product:${goodsId}`, traceId: null });
  return details(call, tx);
}

async function details(
  { params, scope, now }: Call,
  executor: Executor,
): Promise<Result<z.infer<typeof schemas.probeDetails>>> {
  const query = { scope, goodsId: params.goodsId ?? '', before: null, limit: 1, details: true as const };
  const [probed] = await probeBoard(executor, query, now);
  if (!probed) return refuse('NOT_FOUND', 'there is no such product, or none of its cases was saved');
  const names = await namesFor(executor, [{ buyerIds: [], sellerIds: [probed.product.sellerId] }]);
  const actorOf = await actorsFor(executor, scope, sanctioners(probed));
  return ok({
    product: presentProbed(probed, names.seller(probed.product.sellerId), actorOf),
    rounds: probed.rounds.map(presentRound),
    sanctions: probed.sanctions.map(({ kind, actor, reason, at }) => ({
      kind,
      by: actorOf(actor),
      reason,
      at: at.toISOString(),
    })),
  });
}
