/**
 * SCIM 2.0 (RFC 7643, 7644): an identity provider keeps an enterprise's members and groups. A bearer token belongs to one
 * enterprise; each change is one transaction under the enterprise's lock, in the audit log, and told to bound applications.
 */
import { type Context, Hono } from 'hono';
import SCIMMY from 'scimmy';
import { directoryChanged, enterpriseOfToken, enterpriseWithin } from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { changesBetween } from '../../platform/audit-changes.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { auditedObjects } from '../console-api/audited-objects.ts';
import { type AppEnv, clientAddress, limitedBody } from '../http.ts';
import * as groups from './groups.ts';
import * as users from './users.ts';
import { ENTERPRISE, errorBody, GROUP, ScimError, USER } from './wire.ts';

const MOST_BODY_BYTES = 1_048_576;
const MOST_LISTED = 200;
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const TYPE = { 'content-type': 'application/scim+json', 'cache-control': 'no-store' };

type C = Context<AppEnv>;

export function scimApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/ServiceProviderConfig', (c) => answer(() => withToken(c, platform, async () => CONFIG)));
  app.get('/ResourceTypes', (c) =>
    answer(() => withToken(c, platform, async () => list(RESOURCE_TYPES, RESOURCE_TYPES.length, 1))),
  );
  app.get('/Schemas', (c) => answer(() => withToken(c, platform, async () => list(schemas(c), 3, 1))));
  app.get('/Users', (c) => answer(() => listed(c, platform, users.listUsers)));
  app.get('/Groups', (c) => answer(() => listed(c, platform, groups.listGroups)));
  app.get('/Users/:id', (c) =>
    answer(() => withToken(c, platform, (asked) => users.userById(platform.db, asked, idOf(c)))),
  );
  app.get('/Groups/:id', (c) =>
    answer(() => withToken(c, platform, (asked) => groups.groupById(platform.db, asked, idOf(c)))),
  );
  app.post('/Users', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => users.createUser(platform, tx, asked, body)), 201),
  );
  app.post('/Groups', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => groups.createGroup(platform, tx, asked, body)), 201),
  );
  app.put('/Users/:id', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => users.replaceUser(tx, asked, idOf(c), body))),
  );
  app.put('/Groups/:id', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => groups.replaceGroup(tx, asked, idOf(c), body))),
  );
  app.patch('/Users/:id', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => users.patchUser(tx, asked, idOf(c), body))),
  );
  app.patch('/Groups/:id', (c) =>
    answer(() => change(c, platform, (tx, asked, body) => groups.patchGroup(tx, asked, idOf(c), body))),
  );
  app.delete('/Users/:id', (c) =>
    answer(() => change(c, platform, (tx, asked) => users.removeUser(tx, asked, idOf(c))), 204),
  );
  app.delete('/Groups/:id', (c) =>
    answer(() => change(c, platform, (tx, asked) => groups.removeGroup(tx, asked, idOf(c))), 204),
  );
  app.all('*', () => answer(() => Promise.reject(new ScimError(404, 'there is no such endpoint'))));
  return app;
}

const idOf = (c: C): string => c.req.param('id') ?? '';

async function answer(work: () => Promise<unknown>, status = 200): Promise<Response> {
  try {
    const body = await work();
    return status === 204
      ? new Response(null, { status })
      : new Response(JSON.stringify(body), { status, headers: TYPE });
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const headers = error.status === 401 ? { ...TYPE, 'www-authenticate': 'Bearer' } : TYPE;
    return new Response(JSON.stringify(errorBody(error)), { status: error.status, headers });
  }
}

async function withToken<T>(
  c: C,
  platform: Platform,
  work: (asked: users.Asked & { tokenId: string }) => Promise<T>,
): Promise<T> {
  const now = platform.clock.now();
  const token = /^Bearer (scim_[A-Za-z0-9]{20,100})$/.exec(c.req.header('authorization') ?? '')?.[1];
  const found = token === undefined ? null : await enterpriseOfToken(platform.db, token, now);
  if (!found) throw new ScimError(401, 'the bearer token is missing, wrong or revoked');
  return work({ ...found, base: `${platform.config.publicUrl}/api/scim/v2`, now });
}

type Lister = (executor: Platform['db'], asked: users.Asked, listing: users.Listing) => Promise<users.Found<object>>;

function listed(c: C, platform: Platform, lister: Lister): Promise<unknown> {
  return withToken(c, platform, async (asked) => {
    const number = (name: string, absent: number): number => {
      const text = c.req.query(name);
      if (text === undefined) return absent;
      if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, `${name} is a whole number`, 'invalidValue');
      return Number(text);
    };
    const startIndex = Math.max(1, number('startIndex', 1));
    const count = Math.min(MOST_LISTED, Math.max(0, number('count', 100)));
    const { total, resources } = await lister(platform.db, asked, { filter: c.req.query('filter'), startIndex, count });
    return list(resources, total, startIndex);
  });
}

const list = (resources: readonly object[], totalResults: number, startIndex: number) => ({
  schemas: [LIST],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

async function change<T>(
  c: C,
  platform: Platform,
  work: (tx: Tx, asked: users.Asked, body: unknown) => Promise<T>,
): Promise<T> {
  return withToken(c, platform, async (asked) => {
    const body = c.req.method === 'DELETE' ? null : await bodyOf(c);
    const done = await inTransaction(platform.db, async (tx) => {
      await enterpriseWithin(tx, asked.enterpriseId, { kind: 'all' }, true);
      const names = namesOf(c);
      const before = await auditedObjects(tx, names);
      const result = await work(tx, asked, body);
      await directoryChanged(platform, tx, asked.enterpriseId, `scim:${asked.tokenId}`, asked.now);
      await writeAudit(
        tx,
        {
          ...{
            actor: `scim:${asked.tokenId}`,
            role: 'none',
            action: `scim.${c.req.method.toLowerCase()}`,
            result: 'done',
          },
          ...{ object: `enterprise:${asked.enterpriseId} ${new URL(c.req.url).pathname}`, traceId: null },
          ...{ ip: clientAddress(c, platform.config.trustedProxies), requestId: c.get('requestId') },
          changes: changesBetween(before.facts, (await auditedObjects(tx, names)).facts),
        },
        asked.now,
      );
      return result;
    });
    platform.wake.kick();
    return done;
  });
}

/** whom the audit log tells the changes of; one that comes to be has no name yet */
function namesOf(c: C): Readonly<Record<string, string>> {
  const id = idOf(c);
  if (id === '') return {};
  return new URL(c.req.url).pathname.includes('/Users/') ? { memberId: id } : { groupId: id };
}

async function bodyOf(c: C): Promise<unknown> {
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null) throw new ScimError(413, 'the body is larger than 1 MiB');
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ScimError(400, 'the body is no JSON', 'invalidSyntax');
  }
}

const CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_LISTED },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token of the enterprise, made on its pages',
      primary: true,
    },
  ],
};
const resourceType = (name: string, endpoint: string, schema: string, extensions: readonly string[]) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: name,
  name,
  endpoint,
  schema,
  schemaExtensions: extensions.map((each) => ({ schema: each, required: false })),
});
const RESOURCE_TYPES = [
  resourceType('User', '/Users', USER, [ENTERPRISE]),
  resourceType('Group', '/Groups', GROUP, []),
];

const schemas = (c: C): object[] =>
  [SCIMMY.Schemas.User, SCIMMY.Schemas.Group, SCIMMY.Schemas.EnterpriseUser].map(({ definition }) =>
    definition.describe(new URL('.', c.req.url).pathname),
  );
