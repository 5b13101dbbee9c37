/** AK/SK pairs of the signed-in seller, and the log of calls to the Open API with what was wrong. */
import { type ApiKey, apiKeysOf, makeApiKey, revokeApiKey, rotateApiKey, type Scope } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { type ApiRequest, listApiRequests } from '../../platform/http/api-requests.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import * as schemas from './usage-schemas.ts';

export const apiKeyRoutes: ConsoleRoute[] = [
  read({
    path: '/api-keys',
    summary: 'Access keys of the Open API, without their secrets',
    action: 'api-key.manage',
    query: noQuery,
    response: schemas.apiKeys,
    run: ({ platform, scope, now }) => keysOf(platform.db, scope, now),
  }),
  command({
    path: '/api-keys',
    summary: 'Make an access key; its secret is shown here and never again',
    action: 'api-key.manage',
    body: schemas.newApiKey,
    response: schemas.shownApiKey,
    status: 201,
    replay: 'sealed',
    async run(call, { name }, tx) {
      const made = await makeApiKey(call.platform, tx, { sellerId: sellerOf(call.scope), name }, call.now);
      if (!made.ok) return made;
      await auditDone(call, tx, { action: 'api-key.make', object: `api-key:${made.value.ak}`, traceId: null });
      return made;
    },
  }),
  command({
    path: '/api-keys/{ak}/rotation',
    summary: 'Make a key that takes the place of another, which goes on for some hours',
    action: 'api-key.manage',
    body: schemas.rotation,
    response: schemas.shownApiKey,
    status: 201,
    replay: 'sealed',
    async run(call, { overlapHours }, tx) {
      const { ak = '' } = call.params;
      const wanted = { sellerId: sellerOf(call.scope), ak, overlapHours };
      const made = await rotateApiKey(call.platform, tx, wanted, call.now);
      if (!made.ok) return made;
      await auditDone(call, tx, { action: 'api-key.rotate', object: `api-key:${ak}`, traceId: null });
      return made;
    },
  }),
  command({
    path: '/api-keys/{ak}/revocation',
    summary: 'Revoke an access key, at once and for good',
    action: 'api-key.manage',
    body: nothing,
    response: schemas.apiKeys,
    async run(call, _, tx) {
      const { ak = '' } = call.params;
      const revoked = await revokeApiKey(tx, { sellerId: sellerOf(call.scope), ak });
      if (!revoked.ok) return revoked;
      await auditDone(call, tx, { action: 'api-key.revoke', object: `api-key:${ak}`, traceId: null });
      return keysOf(tx, call.scope, call.now);
    },
  }),
  read({
    path: '/api-requests',
    summary: 'Calls to the Open API of the last days, with what was wrong and what to do',
    action: 'api-request.view',
    query: schemas.apiRequestQuery,
    response: schemas.apiRequestPage,
    async run({ platform, scope }, { cursor, limit, requestId, refused }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const sellerId = scope.kind === 'seller' ? scope.sellerId : null;
      const query = { sellerId, requestId, refusedOnly: refused === 'true', before, limit: limit + 1 };
      const found = await listApiRequests(platform.db, query);
      const { items, nextCursor } = toPage(found, limit, (each) => ({ at: each.at, id: each.requestId }));
      return ok({ items: items.map(presentRequest), nextCursor });
    },
  }),
];

async function keysOf(executor: Executor, scope: Scope, now: Date): Promise<Result<{ items: Presented[] }>> {
  const keys = await apiKeysOf(executor, sellerOf(scope));
  return ok({ items: keys.map((key) => presentKey(key, now)) });
}

type Presented = ReturnType<typeof presentKey>;
const presentKey = (key: ApiKey, now: Date) => ({
  ak: key.ak,
  name: key.name,
  state: stateOf(key, now),
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  endsAt: key.endsAt?.toISOString() ?? null,
  lockedUntil: key.lockedUntil !== null && key.lockedUntil > now ? key.lockedUntil.toISOString() : null,
  replaces: key.replaces,
});

function stateOf({ revoked, endsAt }: ApiKey, now: Date): 'ACTIVE' | 'ENDING' | 'ENDED' | 'REVOKED' {
  if (revoked) return 'REVOKED';
  if (endsAt === null) return 'ACTIVE';
  return endsAt > now ? 'ENDING' : 'ENDED';
}

const presentRequest = ({ sellerId: _, at, findings, ...request }: ApiRequest) => ({
  ...request,
  at: at.toISOString(),
  findings: [...findings],
});

/** The matrix gives keys to roles of a seller only. */
function sellerOf(scope: Scope): string {
  if (scope.kind !== 'seller') throw new Error('unreachable: access keys belong to sellers');
  return scope.sellerId;
}
