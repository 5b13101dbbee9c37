/** An identity provider keeps the people of one enterprise: users, groups, patches, filters, pages; refusals in the words of RFC 7644. */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { granted } from '../../../../../tests/support/resources.ts';
import {
  createEnterprise,
  enterpriseWithin,
  listMembers,
  makeScimToken,
  readOnlyFault,
  revokeScimToken,
  scimTokensOf,
} from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { filterOf } from './filter.ts';
import { GROUP, USER } from './wire.ts';

const world = fileWorld();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
const now = () => world().clock.now();
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
let app: ReturnType<typeof createApp>;
const tokens: string[] = [];
const ids: string[] = [];

const answerSchema = z
  .object({
    id: z.string().optional(),
    totalResults: z.number().optional(),
    Resources: z.array(z.looseObject({})).optional(),
  })
  .loose();
async function ask(method: string, path: string, body?: unknown, token = tokens[0]) {
  const response = await app.request(`/api/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: answerSchema.parse(text === '' ? {} : JSON.parse(text)) };
}
const user = (userName: string, more: object = {}) => ({
  schemas: [USER, ENTERPRISE],
  userName,
  displayName: userName,
  [ENTERPRISE]: { department: 'R&D' },
  ...more,
});
const patch = (...Operations: object[]) => ({ schemas: [PATCH], Operations });

beforeAll(async () => {
  const { platform, demo } = world();
  app = createApp({ platform, caller: createCaller(platform) });
  for (const shortName of ['acme', 'other']) {
    const facts = { name: shortName, shortName, region: '', industry: '', description: '', buyerId: demo.buyerId };
    const { enterpriseId } = await run((tx) => createEnterprise(platform, tx, facts, now()).then(granted));
    ids.push(enterpriseId);
    tokens.push(
      await run((tx) =>
        makeScimToken(platform.random, tx, { enterpriseId, name: 'idp', by: 'admin' }, now()).then(granted),
      ),
    );
  }
});

describe('SCIM 2.0', () => {
  it('creates, reads, replaces, patches and deletes users; departments come to be by their name', async () => {
    const created = await ask(
      'POST',
      '/Users',
      user('ann', { externalId: 'x-1', emails: [{ value: 'ann@acme.example', primary: true }] }),
    );
    expect(created).toMatchObject({
      status: 201,
      body: { userName: 'ann', active: true, externalId: 'x-1', meta: { resourceType: 'User' } },
    });
    const path = `/Users/${created.body.id}`;
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { emails: [{ value: 'ann@acme.example' }] } });
    const change = patch(
      { op: 'Replace', path: 'active', value: false },
      { op: 'replace', value: { displayName: 'Annie', [`${ENTERPRISE}:department`]: 'Sales' } },
      { op: 'replace', path: 'emails[primary eq true].value', value: 'annie@acme.example' },
    );
    expect(await ask('PATCH', path, change)).toMatchObject({
      status: 200,
      body: {
        displayName: 'Annie',
        active: false,
        emails: [{ value: 'annie@acme.example' }],
        [ENTERPRISE]: { department: 'Sales' },
      },
    });
    expect(await ask('PUT', path, user('ann2'))).toMatchObject({
      status: 200,
      body: { userName: 'ann2', active: true },
    });
    const [member] = await listMembers(world().platform.db, { enterpriseId: ids[0] ?? '', limit: 5 });
    expect(member).toMatchObject({ userName: 'ann2', departmentName: 'R&D', enabled: true });
    const { rows } = await sql<{ changes: { field: string }[] }>`SELECT changes FROM platform.audit_log
      WHERE object LIKE ${`%${path}`} ORDER BY seq`.execute(world().platform.db);
    expect(rows[0]?.changes).toContainEqual({ field: 'members.name', before: 'ann', after: 'Annie' });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect(await ask('GET', path)).toMatchObject({ status: 404, body: { status: '404' } });
  });

  it('lists by filter and page', async () => {
    for (const name of ['u1', 'u2', 'u3', 'v1']) await ask('POST', '/Users', user(name, { active: name !== 'u3' }));
    expect(await ask('GET', '/Users?filter=userName%20eq%20%22u2%22')).toMatchObject({
      body: { totalResults: 1, Resources: [{ userName: 'u2' }] },
    });
    const active = encodeURIComponent('userName sw "u" and active eq true');
    expect((await ask('GET', `/Users?filter=${active}`)).body.totalResults).toBe(2);
    expect(await ask('GET', '/Users?startIndex=2&count=2')).toMatchObject({
      body: { totalResults: 4, startIndex: 2, itemsPerPage: 2, Resources: [{ userName: 'u2' }, { userName: 'u3' }] },
    });
    expect((await ask('GET', '/Users?count=0')).body).toMatchObject({ totalResults: 4, Resources: [] });
  });

  it('keeps groups and their members', async () => {
    const [one, two] = (await ask('GET', '/Users')).body.Resources?.map(({ id }) => String(id)) ?? [];
    const made = await ask('POST', '/Groups', { schemas: [GROUP], displayName: 'Testers', members: [{ value: one }] });
    expect(made).toMatchObject({ status: 201, body: { members: [{ value: one }] } });
    const path = `/Groups/${made.body.id}`;
    const change = patch(
      { op: 'add', path: 'members', value: [{ value: two }] },
      { op: 'remove', path: `members[value eq "${one}"]` },
    );
    expect(await ask('PATCH', path, change)).toMatchObject({ status: 200, body: { members: [{ value: two }] } });
    expect((await ask('GET', '/Groups?filter=displayName%20eq%20%22Testers%22')).body.totalResults).toBe(1);
    expect((await ask('DELETE', path)).status).toBe(204);
  });

  it('says no as RFC 7644 does: schema, uniqueness, filter, patch, token, foreign', async () => {
    expect(await ask('POST', '/Users', { ...user('w'), schemas: ['urn:x'] })).toMatchObject({
      status: 400,
      body: { scimType: 'invalidSyntax' },
    });
    expect(await ask('POST', '/Users', user('U1'))).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
    expect(await ask('POST', '/Users', user('a b'))).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(await ask('GET', '/Users?filter=shoeSize%20eq%2043')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter' },
    });
    expect(await ask('GET', '/Users?filter=nothing')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter' },
    });
    const [first] = (await ask('GET', '/Users')).body.Resources?.map(({ id }) => String(id)) ?? [];
    expect(await ask('PATCH', `/Users/${first}`, { schemas: ['urn:x'], Operations: [] })).toMatchObject({
      status: 400,
      body: { scimType: 'invalidSyntax' },
    });
    expect((await ask('GET', '/Users', undefined, 'scim_wrongwrongwrongwrongwrong')).status).toBe(401);
    expect((await ask('GET', `/Users/${first}`, undefined, tokens[1])).status).toBe(404);
    expect((await ask('GET', '/Users', undefined, tokens[1])).body.totalResults).toBe(0);
  });

  it('E-18: the console only reads while there is a token, and the last one gives the directory back', async () => {
    const enterpriseId = ids[0] ?? '';
    const state = () => enterpriseWithin(world().platform.db, enterpriseId, { kind: 'all' });
    const fault = async () => {
      const enterprise = await state();
      return enterprise && readOnlyFault(enterprise);
    };
    expect(await fault()).toMatchObject({ refusal: { code: 'DIRECTORY_READ_ONLY' } });
    const [token] = await scimTokensOf(world().platform.db, enterpriseId);
    expect(token?.lastUsedAt).not.toBeNull();
    await run((tx) => revokeScimToken(tx, enterpriseId, token?.tokenId ?? ''));
    expect(await fault()).toBeNull();
    expect((await ask('GET', '/Users')).status).toBe(401);
  });
});

it('filters reach lists that a user may lack, and attributes by their URN (RFC 7644 3.4.2.2)', () => {
  const known = { userName: 'a', emails: [{ value: 'a@b.c', type: 'work' }], [ENTERPRISE]: { department: 'R&D' } };
  const found = (expression: string) =>
    [known, { userName: 'b' }, { userName: 'c', emails: [] }].map(filterOf(expression, 'User'));
  expect(found('emails.value eq "a@b.c"')).toEqual([true, false, false]);
  expect(found('emails[type eq "work" and value co "@b"]')).toEqual([true, false, false]);
  expect(found('emails pr')).toEqual([true, false, false]);
  expect(found('not (emails pr)')).toEqual([false, true, true]);
  expect(found(`${ENTERPRISE}:department eq "R&D"`)).toEqual([true, false, false]);
  expect(found(`${USER}:userName eq "b"`)).toEqual([false, true, false]);
});

it('filters name only what there is, texts in them aside', () => {
  expect(() => filterOf('userName eq "shoeSize eq 43"', 'User')).not.toThrow();
  expect(() => filterOf('emails[type eq "work"]', 'User')).not.toThrow();
  expect(() => filterOf('shoeSize pr', 'User')).toThrow(/shoeSize/);
});
