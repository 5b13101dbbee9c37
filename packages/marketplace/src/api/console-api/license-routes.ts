/** Authorisation codes and licences inside a quota, for buyers and sellers (license-and-other-types.md 4, 5). */
import { contentOf, licensesOf } from '../../catalog/index.ts';
import { type Instance, instanceById } from '../../instances/index.ts';
import {
  type Application,
  applicationByEvent,
  applicationsOf,
  applyForLicence,
  type Code,
  codeById,
  codeOfResource,
  grantedLicence,
  listCodes,
  makeTestCode,
  openCode,
  pickUpCode,
  takenOf,
} from '../../licensing/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { presentApplication, presentCode } from './license-present.ts';
import * as schemas from './license-schemas.ts';
import { namesFor } from './names.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const unknown = refuse('NOT_FOUND', 'there is no such service');
const noCode = refuse('NO_CODE', 'this service has no authorisation code');

export const licenseRoutes: ConsoleRoute[] = [
  read({
    path: '/instances/{resourceId}/licence',
    summary: 'The authorisation code of a service, or its quota of licences; without the codes and texts themselves',
    action: 'delivery.view',
    query: noQuery,
    response: schemas.serviceLicence,
    async run(call) {
      const { db } = call.platform;
      const instance = await find(call, db);
      if (!instance) return unknown;
      const code = await codeOfResource(db, instance.resourceId, call.scope);
      return ok({ code: code && (await present(call, db, code)), quota: await quotaOf(call, db, instance) });
    },
  }),
  command({
    path: '/instances/{resourceId}/code/pick-up',
    summary: 'The buyer takes the code; from then on there is no negotiated refund (4.1)',
    action: 'delivery.receive',
    body: nothing,
    response: schemas.pickedUpCode,
    replay: 'sealed',
    async run(call, _, tx) {
      const { platform, scope, now } = call;
      const instance = await find(call, tx);
      if (!instance) return unknown;
      const { resourceId } = instance;
      if (!(await codeOfResource(tx, resourceId, scope))) return noCode;
      const picked = await pickUpCode(platform, tx, { resourceId, scope }, now);
      if (!picked.ok) return picked;
      await auditDone(call, tx, { action: 'code.pick-up', object: `resource:${resourceId}`, traceId: null });
      return ok({ text: openCode(platform, picked.value), code: await present(call, tx, picked.value) });
    },
  }),
  command({
    path: '/instances/{resourceId}/code/view',
    summary: 'Show the picked-up code; each look is written down (L8)',
    action: 'delivery.receive',
    body: nothing,
    response: schemas.codeText,
    replay: false,
    async run(call, _, tx) {
      const instance = await find(call, tx);
      if (!instance) return unknown;
      const code = await codeOfResource(tx, instance.resourceId, call.scope);
      return code ? show(call, tx, code) : noCode;
    },
  }),
  command({
    path: '/instances/{resourceId}/licences',
    summary: 'Apply for a licence inside the quota; its seller makes it (5, L17)',
    action: 'delivery.receive',
    body: schemas.applyForLicenceRequest,
    response: schemas.licenceApplication,
    status: 201,
    async run(call, { effectiveAt, expireAt, deviceFingerprint }, tx) {
      const { platform, now, principal } = call;
      const instance = await find(call, tx);
      if (!instance) return unknown;
      const usable = await usableQuota(tx, instance);
      if (!usable.ok) return usable;
      const wanted = {
        effectiveAt: effectiveAt === null ? now : new Date(effectiveAt),
        expireAt: expireAt === null ? instance.expireAt : new Date(expireAt),
      };
      const input = { quota: usable.value, ...wanted, deviceFingerprint, by: principal.userId };
      const applied = await applyForLicence(platform, tx, input, now);
      if (!applied.ok) return applied;
      const { eventId, resourceId } = applied.value;
      await auditDone(call, tx, { action: 'licence.apply', object: `resource:${resourceId}`, traceId: eventId });
      return ok(presentApplication(applied.value));
    },
  }),
  command({
    path: '/licences/{eventId}/view',
    summary: 'Show a licence that was granted: text, or file in Base64; each look is written down (L8)',
    action: 'delivery.receive',
    body: nothing,
    response: schemas.licenceContent,
    replay: false,
    async run(call, _, tx) {
      const { platform, scope, params } = call;
      const eventId = params.eventId ?? '';
      const bytes = await grantedLicence(platform, tx, eventId, scope);
      const application = await applicationByEvent(tx, eventId, false);
      if (bytes === null || !application) return refuse('NOT_FOUND', 'there is no such licence');
      await auditDone(call, tx, { action: 'licence.view', object: `licence:${eventId}`, traceId: eventId });
      return ok(contentOfLicence(application, bytes));
    },
  }),
  read({
    path: '/codes',
    summary: 'Authorisation codes, bought and for tests, newest first, without the codes themselves (4.6)',
    action: 'delivery.view',
    query: schemas.codeQuery,
    response: schemas.codePage,
    async run(call, { cursor, limit, kind, state, goodsId, orderId }) {
      const { scope } = call;
      const { db } = call.platform;
      const before = cursor ? decodeCursor(cursor) : null;
      const test = kind === undefined ? undefined : kind === 'TEST';
      const found = await listCodes(db, { scope, test, state, goodsId, orderId, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ createdAt, codeId }) => ({ at: createdAt, id: codeId }));
      const names = await namesOf(db, page.items);
      const products = scope.kind === 'seller' ? await licensesOf(db, scope.sellerId, 'CODE') : [];
      return ok({
        items: page.items.map((code) => presentCode(code, scope, names)),
        nextCursor: page.nextCursor,
        products: products.filter(
          (each) => scope.kind !== 'seller' || scope.goodsIds === null || scope.goodsIds.includes(each.goodsId),
        ),
      });
    },
  }),
  command({
    path: '/codes/test',
    summary: 'A code that belongs to no order, for trying activate and query (4.6)',
    action: 'delivery.make',
    body: schemas.testCodeRequest,
    response: schemas.pickedUpCode,
    status: 201,
    replay: 'sealed',
    async run(call, { goodsId, amount }, tx) {
      const { platform, scope, now } = call;
      if (scope.kind !== 'seller' || (scope.goodsIds !== null && !scope.goodsIds.includes(goodsId)))
        return refuse('NOT_FOUND', 'there is no such product');
      const made = await makeTestCode(platform, tx, { sellerId: scope.sellerId, goodsId, amount }, now);
      if (!made.ok) return made;
      await auditDone(call, tx, { action: 'code.test', object: `code:${made.value.codeId}`, traceId: null });
      return ok({ text: openCode(platform, made.value), code: await present(call, tx, made.value) });
    },
  }),
  command({
    path: '/codes/{codeId}/view',
    summary: 'Show a code to its seller, who is sent it with its buyer (4.1); each look is written down',
    action: 'delivery.make',
    body: nothing,
    response: schemas.codeText,
    replay: false,
    async run(call, _, tx) {
      const { codeId = '' } = call.params;
      const code = isUuid(codeId) ? await codeById(tx, codeId, call.scope) : null;
      return code ? show(call, tx, code) : refuse('NOT_FOUND', 'there is no such code');
    },
  }),
];

const find = ({ params, scope }: Call, executor: Executor): Promise<Instance | null> =>
  instanceById(executor, params.resourceId ?? '', scope);

async function show(call: Call, tx: Tx, code: Code): Promise<Result<{ text: string }>> {
  const { mayShow } = await present(call, tx, code);
  if (!mayShow) return refuse('CODE_STATE', 'the code is not picked up yet, or was released', { state: code.state });
  await auditDone(call, tx, { action: 'code.view', object: `code:${code.codeId}`, traceId: null });
  return ok({ text: openCode(call.platform, code) });
}

const namesOf = (executor: Executor, codes: readonly Code[]) =>
  namesFor(
    executor,
    codes.map(({ buyerId, sellerId }) => ({ buyerIds: buyerId === null ? [] : [buyerId], sellerIds: [sellerId] })),
  );
const present = async (call: Call, executor: Executor, code: Code) =>
  presentCode(code, call.scope, await namesOf(executor, [code]));

const RUNNING = new Set<Instance['state']>(['ACTIVE', 'GRACE', 'CHANGING']);

/** Only online provisioning has a quota, and only while it runs. */
async function usableQuota(executor: Executor, instance: Instance) {
  if (!(await isProvisioned(executor, instance)))
    return refuse('NO_QUOTA', 'this service has no quota of licences to apply for');
  const { instanceId } = instance;
  if (instanceId === null || !RUNNING.has(instance.state))
    return refuse('RESOURCE_STATE', `a service that is ${instance.state} has no licences made`, {
      state: instance.state,
    });
  return ok({ ...instance, instanceId, amount: amountOf(instance) });
}

const isProvisioned = async (executor: Executor, { goodsId, version }: Instance): Promise<boolean> =>
  (await contentOf(executor, goodsId, version)).licenseVariant === 'PROVISIONED';
/** L14: what was bought; without the attribute it is one. */
const amountOf = ({ linearAttribute, quantity }: Instance): number => (linearAttribute === null ? 1 : quantity);

async function quotaOf({ scope }: Call, executor: Executor, instance: Instance) {
  if (!(await isProvisioned(executor, instance))) return null;
  const applications = await applicationsOf(executor, instance.resourceId, scope);
  const amount = amountOf(instance);
  const taken = await takenOf(executor, instance.resourceId);
  const runs = instance.instanceId !== null && RUNNING.has(instance.state);
  const whyNot = !runs ? ('NOT_RUNNING' as const) : taken >= amount ? ('USED_UP' as const) : null;
  return {
    ...{ amount, taken, whyNot },
    expireAt: instance.expireAt?.toISOString() ?? null,
    mayApply: scope.kind === 'buyer' && whyNot === null,
    applications: applications.map(presentApplication),
  };
}

function contentOfLicence({ kind, fileName }: Application, bytes: Uint8Array) {
  return kind === 'CHARACTERS'
    ? { text: new TextDecoder().decode(bytes), bytes: null, fileName: null }
    : { text: null, bytes: Buffer.from(bytes).toString('base64'), fileName };
}
