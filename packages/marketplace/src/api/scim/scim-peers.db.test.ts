/**
 * The SCIM server beside two public implementations that it does not use (scim2-parse-filter, scim-patch): what filters find
 * and what patches leave, over HTTP. Where an answer may differ by RFC 7644 the reason stands here.
 */
import fc from 'fast-check';
import { scimPatch } from 'scim-patch';
import { filter as peerFilter, parse as peerParse } from 'scim2-parse-filter';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { granted } from '../../../../../tests/support/resources.ts';
import { createEnterprise, makeScimToken } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { ENTERPRISE, GROUP, USER } from './wire.ts';

const world = fileWorld();
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const resourceSchema = z.looseObject({ id: z.string(), schemas: z.array(z.string()), meta: z.any() });
type Resource = z.infer<typeof resourceSchema>;
const listSchema = z.object({ totalResults: z.number(), Resources: z.array(resourceSchema) });
let app: ReturnType<typeof createApp>;
let token = '';
const people: Resource[] = [];

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await app.request(`/api/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
const create = async (path: string, body: object): Promise<Resource> =>
  resourceSchema.parse((await ask('POST', path, body)).body);
const read = async (path: string): Promise<Resource> => resourceSchema.parse((await ask('GET', path)).body);

const mail = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });
const phone = (value: string) => ({ phoneNumbers: [{ value, type: 'mobile', primary: true }] });
const PEOPLE = [
  { userName: 'ann', displayName: 'ann lee', title: 'head of "sales"', externalId: '1-1', ...mail('ann@acme.example') },
  { userName: 'bob', displayName: '李雷', active: false, ...phone('13800000001'), ...mail('bob@acme.example') },
  { userName: 'cai', displayName: 'cai (eq) and or', externalId: '1-3', ...phone('13800000002') },
  { userName: 'dan', displayName: 'dan[0]', title: 'not', [ENTERPRISE]: { department: 'sales', employeeNumber: '7' } },
  {
    userName: 'eve.o',
    displayName: 'eve\\o',
    active: false,
    [ENTERPRISE]: { department: 'r&d', employeeNumber: '70' },
  },
  { userName: 'fay', ...mail('fay@else.example'), title: 'pr' },
];

beforeAll(async () => {
  const { platform, demo, clock } = world();
  app = createApp({ platform, caller: createCaller(platform) });
  const facts = { name: 'a', shortName: 'acme', region: '', industry: '', description: '', buyerId: demo.buyerId };
  token = await inTransaction(platform.db, async (tx) => {
    const { enterpriseId } = granted(await createEnterprise(platform, tx, facts, clock.now()));
    const wanted = { enterpriseId, name: 'idp', by: 'admin' };
    return granted(await makeScimToken(platform.random, tx, wanted, clock.now()));
  });
  for (const person of PEOPLE)
    people.push(
      await create('/Users', { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'people' }, ...person }),
    );
});

const words = PEOPLE.flatMap(({ userName, displayName = '', title = '' }) => [userName, displayName, title])
  .concat('1-1', '7', '70', 'sales', 'r&d', 'work', 'mobile', '@acme', 'ann@acme.example', '1380000000', 'nobody')
  // scim2-parse-filter 0.2.10 doubles each backslash of a text, which then is another text or no JSON
  .filter((text) => text !== '' && !text.includes('\\'));
const word = fc.oneof(
  fc.constantFrom(...words),
  fc
    .tuple(fc.constantFrom(...words), fc.nat(5), fc.integer({ min: 1, max: 6 }))
    .map(([text, from, letters]) => text.slice(from, from + letters) || text),
);

describe('filters (RFC 7644 3.4.2.2) find whom scim2-parse-filter finds', () => {
  const idsOf = (resources: readonly Resource[]): string =>
    resources
      .map(({ id }) => id)
      .toSorted()
      .join(' ');
  async function found(expression: string): Promise<string> {
    const { status, body } = await ask('GET', `/Users?filter=${encodeURIComponent(expression)}`);
    expect(status, `${expression}: ${JSON.stringify(body)}`).toBe(200);
    return idsOf(listSchema.parse(body).Resources);
  }
  const foundByPeer = (expression: string): string => {
    const test = peerFilter(peerParse(expression));
    return idsOf(people.filter((person) => test(person)));
  };

  const texts = fc.constantFrom(
    ...['userName', 'displayName', 'name.formatted', 'title', 'externalId', 'emails.value', 'emails.type'],
    ...['phoneNumbers.value', 'username', 'EMAILS.Value', `${ENTERPRISE}:department`, `${ENTERPRISE}:employeeNumber`],
  );
  const quoted = word.map((text) => JSON.stringify(text));
  const compared = (names: fc.Arbitrary<string>) =>
    fc
      .tuple(names, fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'Co'), quoted)
      .map((parts) => parts.join(' '));
  const joined = (leaf: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.letrec<{ whole: string }>((tie) => ({
      whole: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.tuple(tie('whole'), fc.constantFrom('and', 'or', 'AND', 'Or'), tie('whole')).map((parts) => parts.join(' ')),
        tie('whole').map((inner) => `(${inner})`),
        fc.tuple(fc.constantFrom('not (', 'not(', 'NOT ('), tie('whole')).map(([not, inner]) => `${not}${inner})`),
      ),
    })).whole;
  const inList = joined(compared(fc.constantFrom('value', 'type')));
  const expressions = joined(
    fc.oneof(
      { weight: 6, arbitrary: compared(texts) },
      { weight: 2, arbitrary: texts.map((name) => `${name} pr`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'active eq true',
          'active ne true',
          'active pr',
          'emails pr',
          'emails[primary eq true]',
        ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('emails', 'phoneNumbers'), inList)
          .map(([list, inner]) => `${list}[${inner}]`),
      },
    ),
  );

  it('whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(expressions, async (expression) => {
        expect(await found(expression)).toBe(foundByPeer(expression));
      }),
      { numRuns: 120 },
    );
  });

  it.each([
    ['letters’ case does not count in a text (RFC 7643 4.1: caseExact false)', 'userName eq "ANN"', 'ann'],
    // an hour after they were made, said in another zone
    ['an instant is compared as one (RFC 7644 3.4.2.2)', 'userName eq "ann" and meta.created lt "{soon}"', 'ann'],
    ['a list without a part is asked for its values (RFC 7644 3.4.2.2, examples)', 'emails co "@else"', 'fay'],
    ['core attributes have a URN too (RFC 7644 3.10)', `${USER}:userName eq "bob"`, 'bob'],
    ['what is unassigned equals null (RFC 7643 2.5)', 'emails eq null and title eq null and phoneNumbers pr', 'cai'],
    ['a backslash in a text', String.raw`displayName eq "eve\\o"`, 'eve.o'],
  ])('but: %s', async (_, template, userName) => {
    const soon = new Date(world().clock.now().getTime() - 11 * 3_600_000).toISOString().replace('Z', '-12:00');
    const expression = template.replace('{soon}', soon);
    expect(await found(expression)).toBe(idsOf(people.filter((person) => person.userName === userName)));
    expect(await found(expression)).not.toBe(foundByPeer(expression));
  });

  it.each([
    'userName gt',
    'active gt true',
    'shoeSize eq 43',
    'title',
    '(title pr',
    'title pr)',
    'userName eq ann',
    `${'('.repeat(99)}title pr`,
  ])('%s is no filter', async (expression) => {
    expect(await ask('GET', `/Users?filter=${encodeURIComponent(expression)}`)).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter' },
    });
  });
});

describe('patches (RFC 7644 3.5.2) leave what scim-patch leaves', () => {
  const one = (type: string) => (value: string) => [{ value, type, primary: true }];
  const name = fc.constantFrom('a b', '李雷', 'o"k', 'plain');
  const address = fc.constantFrom('one@acme.example', 'two@acme.example');
  const number = fc.constantFrom('13800000003', '13800000004');
  const op = fc.constantFrom<'replace' | 'add' | 'Replace' | 'Add'>('replace', 'add', 'Replace', 'Add');
  const [replace, remove] = [
    fc.constant<'replace'>('replace'),
    fc.constantFrom<'remove' | 'Remove'>('remove', 'Remove'),
  ];
  const setting = <T>(path: readonly string[], value: fc.Arbitrary<T>) =>
    fc.record({ op, path: fc.constantFrom(...path), value });
  const operation = fc.oneof(
    setting(['title', 'displayName', 'externalId', `${ENTERPRISE}:employeeNumber`], name),
    setting(['active'], fc.boolean()),
    setting(['emails[type eq "work"].value', 'emails[primary eq true].value'], address),
    setting(['phoneNumbers[type eq "mobile"].value'], number),
    fc.record({ op: replace, path: fc.constant('emails'), value: address.map(one('work')) }),
    fc.record({ op: replace, path: fc.constant('phoneNumbers'), value: number.map(one('mobile')) }),
    fc.record({ op, value: fc.record({ title: name, active: fc.boolean() }, { requiredKeys: [] }) }),
    fc.record({ op, value: fc.record({ [`${ENTERPRISE}:department`]: name, displayName: name }) }),
    fc.record({
      op: remove,
      path: fc.constantFrom('title', 'emails', 'phoneNumbers', `${ENTERPRISE}:employeeNumber`),
    }),
  );

  const values = z
    .array(z.object({ value: z.string(), primary: z.boolean().optional(), type: z.string().optional() }))
    .default([])
    .transform(
      (list) => (list.find(({ primary }) => primary) ?? list.find(({ type }) => type === 'work') ?? list[0])?.value,
    );
  /**
   * What is compared. Apart from it the server alters what it keeps, which RFC 7644 3.3 allows it to do: a member has one name
   * (`name.formatted` follows `displayName`), one address and one number, which are told as the primary ones; of several, the
   * primary one is kept, else that for work.
   */
  const kept = z.object({
    ...{ id: z.string(), userName: z.string(), active: z.boolean(), displayName: z.string() },
    ...{ title: z.string().optional(), externalId: z.string().optional(), emails: values, phoneNumbers: values },
    [ENTERPRISE]: z.object({ department: z.string(), employeeNumber: z.string().optional() }),
  });
  type Operations = Parameters<typeof scimPatch>[1];

  /** as the peer leaves it, or the code with which it refuses */
  function peerPatched(before: Resource, operations: Operations): unknown {
    const meta = { created: world().clock.now(), lastModified: world().clock.now() };
    try {
      const options = { mutateDocument: false, treatMissingAsAdd: false };
      return kept.parse(scimPatch({ ...before, meta }, operations, options));
    } catch (error) {
      if (error instanceof Error && 'scimCode' in error) return error.scimCode;
      throw error;
    }
  }
  async function patched(path: string, Operations: Operations): Promise<unknown> {
    const { status, body } = await ask('PATCH', path, { schemas: [PATCH], Operations });
    return status === 200 ? kept.parse(body) : z.object({ scimType: z.string() }).parse(body).scimType;
  }

  it('of users', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...people),
        fc.array(operation, { minLength: 1, maxLength: 3 }),
        async (person, operations) => {
          const path = `/Users/${person.id}`;
          const expected = peerPatched(await read(path), operations);
          expect(await patched(path, operations), JSON.stringify(operations)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('but: there is nobody to take out of a list that is not there, which is no fault', async () => {
    const path = `/Users/${(await create('/Users', { schemas: [USER], userName: 'gil' })).id}`;
    const operations: Operations = [{ op: 'remove', path: 'emails[type eq "work"]' }];
    expect(peerPatched(await read(path), operations)).toBe('invalidSyntax');
    expect(await patched(path, operations)).toMatchObject({ userName: 'gil' });
  });

  it('of groups', async () => {
    const group = await create('/Groups', { schemas: [GROUP], displayName: 'g' });
    const path = `/Groups/${group.id}`;
    const seen = z.object({ displayName: z.string(), members: z.array(z.object({ value: z.string() })).optional() });
    const view = (resource: unknown) => {
      const { displayName, members = [] } = seen.parse(resource);
      return { displayName, members: members.map(({ value }) => value).toSorted() };
    };
    const member = fc.constantFrom(...people.map(({ id }) => id));
    const members = fc.uniqueArray(member, { maxLength: 3 }).map((ids) => ids.map((value) => ({ value })));
    const setting = fc.oneof(
      fc.record({ op, path: fc.constant('members'), value: members }),
      fc.record({ op: replace, path: fc.constant('displayName'), value: name }),
    );
    const removal = fc.record({
      op: remove,
      path: fc.oneof(
        fc.constant('members'),
        member.map((id) => `members[value eq "${id}"]`),
      ),
    });
    const patches = fc
      .tuple(fc.array(setting, { maxLength: 2 }), removal)
      .map(([settings, last]): Operations => [...settings, last]);
    const meta = { created: world().clock.now(), lastModified: world().clock.now() };
    await fc.assert(
      fc.asyncProperty(patches, async (operations) => {
        // what the server tells of members besides their ids (name, address) is its own (RFC 7643 4.2)
        const before = { ...(await read(path)), members: view(await read(path)).members.map((value) => ({ value })) };
        const options = { mutateDocument: false, treatMissingAsAdd: false };
        const expected = view(scimPatch({ ...before, meta }, operations, options));
        const { body } = await ask('PATCH', path, { schemas: [PATCH], Operations: operations });
        expect(view(body), JSON.stringify(operations)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
