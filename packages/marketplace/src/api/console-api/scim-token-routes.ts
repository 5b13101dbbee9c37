/** Tokens of the identity provider that keeps an enterprise's directory (E-18). */
import { makeScimToken, revokeScimToken, scimTokensOf } from '../../directory/index.ts';
import { ok, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { enterpriseFor, enterpriseToChange } from './enterprise-reach.ts';
import { objectOf } from './enterprise-routes.ts';
import * as schemas from './enterprise-schemas.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const DONE = { done: true } as const;

export const scimTokenRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/scim-tokens',
    summary: 'Tokens of the identity provider that keeps the directory (E-18)',
    action: 'people.exchange',
    query: noQuery,
    response: schemas.scimTokens,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const items = await scimTokensOf(call.platform.db, found.value.enterpriseId);
      return ok({
        items: items.map((each) => ({
          ...each,
          createdAt: each.createdAt.toISOString(),
          lastUsedAt: each.lastUsedAt?.toISOString() ?? null,
        })),
        baseUrl: `${call.platform.config.publicUrl}/api/scim/v2`,
      });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/scim-tokens',
    summary: 'Make a token; the directory is read-only here while there is one',
    action: 'people.exchange',
    body: schemas.newScimToken,
    response: schemas.scimTokenMade,
    status: 201,
    replay: 'sealed',
    async run(call, { name }, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const asked = { enterpriseId: found.value.enterpriseId, name, by: call.principal.userId };
      const made = await makeScimToken(call.platform.random, tx, asked, call.now);
      if (!made.ok) return made;
      await auditDone(call, tx, { action: 'scim-token.make', object: objectOf(found.value), traceId: null });
      return ok({ token: made.value });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/scim-tokens/{tokenId}/revocation',
    summary: 'Revoke a token; the last one gives the directory back to the console',
    action: 'people.exchange',
    body: nothing,
    response: schemas.done,
    async run(call, _body, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const tokenId = call.params.tokenId ?? '';
      if (!isUuid(tokenId) || !(await revokeScimToken(tx, found.value.enterpriseId, tokenId)))
        return refuse('TOKEN_UNKNOWN', 'there is no such token');
      await auditDone(call, tx, { action: 'scim-token.revoke', object: objectOf(found.value), traceId: null });
      return ok(DONE);
    },
  }),
];
