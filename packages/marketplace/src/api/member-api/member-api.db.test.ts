/**
 * Members sign in: initial password, own password, tiles, and each way to stay outside; administrators give and reset
 * passwords; people join by invitation. Nobody reaches anything of somebody else.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientAs } from '../../../../../tests/support/console-client.ts';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { type EnterpriseObjects, enterpriseObjectsOf } from '../../../../../tests/support/enterprise-objects.ts';
import { granted } from '../../../../../tests/support/resources.ts';
import {
  givePassword,
  inviteMembers,
  newCode,
  orderPasswords,
  passwordCounts,
  revokeInvitation,
  setEnabled,
  setSelfRegistration,
  spendCode,
} from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { bodyOf, outbox, sendMemberPassword, startGiving } from '../../notification/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';

const world = fileWorld();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
const now = () => world().clock.now();
const OWN = 'a-password-of-my-own';
let app: ReturnType<typeof createApp>;
let acme: EnterpriseObjects;
let initial = '';

const answerSchema = z
  .object({
    code: z.string(),
    csrfToken: z.string(),
    account: z.string(),
    mustChangePassword: z.boolean(),
    items: z.array(z.object({ applicationId: z.string(), closed: z.object({ code: z.string() }).nullable() })),
  })
  .partial();
const consoleSchema = z
  .object({
    code: z.string(),
    account: z.string(),
    memberId: z.string(),
    password: z.string().nullable(),
    sentTo: z.string().nullable(),
    groupId: z.string(),
    count: z.number(),
    items: z.array(
      z
        .object({
          userName: z.string(),
          title: z.object({ en: z.string() }),
          groupId: z.string(),
          mayChange: z.boolean(),
        })
        .partial(),
    ),
  })
  .partial();
const BOB = {
  ...{ userName: 'bob', name: 'Bob', departmentCode: 'hq', position: '', employeeCode: '', employeeType: null },
  ...{ mobile: '', email: '', workPlace: '', entryDate: '', role: 'user', enabled: true },
};
interface Session {
  readonly cookie: string;
  readonly csrf: string;
}
async function ask(method: string, path: string, body?: object, session: Partial<Session> = {}) {
  const response = await app.request(`/api/member${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(session.cookie === undefined ? {} : { cookie: session.cookie }),
      ...(session.csrf === undefined ? {} : { 'x-csrf-token': session.csrf }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const answer = answerSchema.parse(text === '' ? {} : JSON.parse(text));
  return {
    status: response.status,
    answer,
    headers: response.headers,
    session: { cookie, csrf: answer.csrfToken ?? '' },
  };
}
const enter = (password: string, userName = 'ann', shortName = acme.shortName) =>
  ask('POST', '/session', { account: `${userName}@${shortName}`, password });
const authorised = (state: string, told: string | null) =>
  run((tx) =>
    sql`INSERT INTO people.authorisations (application_id, member_id, state, told, updated_at)
      VALUES (${acme.applicationId}::uuid, ${acme.memberId}::uuid, ${state}, ${told}, ${now()})
      ON CONFLICT (application_id, member_id) DO UPDATE SET state = excluded.state, told = excluded.told`.execute(tx),
  );
const application = (facts: { readonly stopped?: boolean; readonly everyone?: boolean }) =>
  run((tx) =>
    sql`UPDATE people.applications SET stopped = ${facts.stopped ?? false}, everyone = ${facts.everyone ?? true}
      WHERE application_id = ${acme.applicationId}::uuid`.execute(tx),
  );
beforeAll(async () => {
  const { platform, demo } = world();
  app = createApp({ platform, caller: createCaller(platform) });
  acme = await enterpriseObjectsOf(platform, { ...demo, resourceId: 'CS1-000001' });
  initial = await run((tx) => givePassword(platform.random, tx, acme.memberId, now()));
});

describe('a member', () => {
  let session: Session;

  it('signs in with the initial password, which is changed before anything is opened (E-13, E-36)', async () => {
    const entered = await enter(initial);
    expect(entered).toMatchObject({
      status: 201,
      answer: { mustChangePassword: true, account: `ann@${acme.shortName}` },
    });
    expect(entered.headers.get('set-cookie')).toMatch(/^jishi_member=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await ask('GET', '/tiles', undefined, entered.session)).answer.code).toBe('PASSWORD_CHANGE');
    const change = { current: initial, next: OWN };
    const { cookie } = entered.session;
    expect((await ask('POST', '/session/password', change, { cookie })).answer.code).toBe('CSRF');
    const weak = await ask('POST', '/session/password', { current: initial, next: initial }, entered.session);
    expect(weak.answer.code).toBe('PASSWORD_WEAK');
    const other = (await enter(initial)).session;
    const changed = await ask('POST', '/session/password', change, entered.session);
    expect(changed).toMatchObject({ status: 200, answer: { mustChangePassword: false } });
    for (const before of [other, entered.session])
      expect((await ask('GET', '/session', undefined, before)).status).toBe(401);
    session = changed.session;
    expect((await ask('GET', '/tiles', undefined, session)).answer.items).toEqual([]);
  });

  it('sees tiles of what it is authorised for, those that can not be entered with the reason (E-27, E-34, E-38, E-39)', async () => {
    const tiles = async () => (await ask('GET', '/tiles', undefined, session)).answer.items ?? [];
    await application({ stopped: true, everyone: true });
    expect(await tiles()).toEqual([]);
    await authorised('AUTHORISED', 'mark');
    expect(await tiles()).toMatchObject([
      { applicationId: acme.applicationId, closed: { code: 'APPLICATION_STOPPED' } },
    ]);
    await application({ everyone: true });
    expect(await tiles()).toMatchObject([{ closed: { code: 'INSTANCE_ENDED' } }]);
    await application({ everyone: false });
    expect(await tiles()).toEqual([]);
  });

  it('is out at once when disabled, and stays out when enabled again (E-14)', async () => {
    const { db } = world().platform;
    const { enterpriseId } = acme;
    await setEnabled(db, enterpriseId, [acme.memberId], false, now());
    expect((await ask('GET', '/session', undefined, session)).status).toBe(401);
    expect((await enter(OWN)).answer.code).toBe('ACCOUNT_DISABLED');
    await setEnabled(db, enterpriseId, [acme.memberId], true, now());
    expect((await ask('GET', '/session', undefined, session)).status).toBe(401);
    // an administrator of another enterprise signs nobody out here
    session = (await enter(OWN)).session;
    await setEnabled(db, 'another', [acme.memberId], false, now());
    expect((await ask('GET', '/session', undefined, session)).status).toBe(200);
    expect((await ask('DELETE', '/session', undefined, { cookie: session.cookie })).answer.code).toBe('CSRF');
    expect((await ask('DELETE', '/session', undefined, session)).status).toBe(204);
    expect((await ask('GET', '/tiles', undefined, session)).status).toBe(401);
  });

  it('is locked for 15 minutes by five wrong passwords; what is unknown is not told from what is wrong (E-39)', async () => {
    for (const name of ['ann', 'ann', 'ann', 'nobody', 'ann', 'ann'])
      expect((await enter('wrong', name)).answer.code).toBe('INVALID_CREDENTIALS');
    const locked = await enter(OWN);
    expect([locked.status, locked.answer.code, locked.headers.get('retry-after')]).toEqual([
      429,
      'ACCOUNT_LOCKED',
      '900',
    ]);
    world().clock.moveTo(new Date(now().getTime() + 900_000));
    expect((await enter(OWN)).status).toBe(201);
    expect((await enter(OWN, 'ann', `${acme.shortName}x`)).answer.code).toBe('INVALID_CREDENTIALS');
  });
});

it('each address is for members who are signed in, with the token of their own session (P-1)', async () => {
  const { platform, demo } = world();
  const ours = [
    ['GET', '/session'],
    ['GET', '/tiles'],
    ['POST', '/session/password'],
  ] as const;
  const { token } = await clientAs(platform, app, 'BO', { buyerId: demo.buyerId });
  const { session } = await enter(OWN);
  for (const [method, path] of ours)
    for (const cookie of [undefined, 'jishi_member=none', `jishi_member=${token}`, `jishi_session=${token}`])
      expect(
        (await ask(method, path, method === 'POST' ? {} : undefined, cookie === undefined ? {} : { cookie })).status,
      ).toBe(401);
  expect((await ask('POST', '/session/password', {}, { ...session, csrf: 'other' })).answer.code).toBe('CSRF');
  // a member's session opens nothing in the consoles
  const cookie = session.cookie.replace('jishi_member', 'jishi_session');
  expect((await app.request('/api/console/enterprises', { headers: { cookie } })).status).toBe(401);
});

describe('passwords that are given', () => {
  it('go by text message, sealed until it is sent, many of them in batches (E-13, N-35)', async () => {
    const { platform } = world();
    const { enterpriseId, memberId } = acme;
    await run((tx) =>
      sql`INSERT INTO directory.members SELECT (jsonb_populate_record(m, jsonb_build_object(
      'member_id', gen_random_uuid(), 'user_name', 'p' || n, 'mobile', '1380013800' || n))).*
      FROM directory.members m, generate_series(1, 3) n WHERE m.member_id = ${memberId}::uuid`.execute(tx),
    );
    expect(await run((tx) => orderPasswords(tx, enterpriseId, now()))).toBe(3);
    expect(await run((tx) => orderPasswords(tx, enterpriseId, now()))).toBe(0);
    await run((tx) => startGiving(platform, tx, enterpriseId, now()));
    await world().simulator.drain();
    expect(await passwordCounts(platform.db, enterpriseId)).toEqual({ waiting: 0, ordered: 0 });
    const sent = await outbox(platform.db, { address: '13800138001', before: null, limit: 5 });
    expect(sent.map(({ body, secret, state }) => [body, secret, state])).toEqual([['', true, 'SUCCEEDED']]);
    const text = sent[0] ? bodyOf(platform.keys, sent[0]) : '';
    const password = /(?:初始密码 |password: )(\w{12})/.exec(text)?.[1] ?? '';
    expect((await enter(password, 'p1')).answer.mustChangePassword).toBe(true);
    const receiver = { memberId, buyerId: 'b', enterpriseName: 'e', account: 'a', mobile: '', password };
    expect(await run((tx) => sendMemberPassword(platform, tx, receiver, now()))).toBe(false);
  });

  it('are confirmed with a code: one purpose, one use, five tries, ten minutes (E-7, E-13)', async () => {
    const { db, random } = world().platform;
    const of = { userId: 'admin', purpose: 'password:x' };
    const later = (seconds: number) => new Date(now().getTime() + seconds * 1_000);
    const fresh = async (at: Date) => granted(await run((tx) => newCode(random, tx, of, at))).code;
    const spend = async (code: string, at = now(), more = {}) => {
      const spent = await run((tx) => spendCode(db, tx, { ...of, ...more, code }, at));
      return spent.ok ? 'ok' : spent.refusal.code;
    };
    const code = await fresh(now());
    expect(await run((tx) => newCode(random, tx, of, now()))).toMatchObject({ refusal: { code: 'CODE_TOO_SOON' } });
    expect(await spend(code, now(), { purpose: 'dissolve:x' })).toBe('WRONG_CODE');
    expect(await spend(code, later(601))).toBe('WRONG_CODE');
    expect([await spend(code), await spend(code)]).toEqual(['ok', 'WRONG_CODE']);
    const next = await fresh(later(60));
    const wrong = next === '000000' ? '000001' : '000000';
    for (const _ of [1, 2, 3, 4, 5]) expect(await spend(wrong, later(61))).toBe('WRONG_CODE');
    expect(await spend(next, later(61))).toBe('WRONG_CODE');
  });
});

describe('administrators', () => {
  const at = (path: string) => `/console/enterprises/${acme.enterpriseId}${path}`;
  const read = async (response: Response) => ({
    status: response.status,
    body: consoleSchema.parse(await response.json()),
  });
  const administering = async (role: 'EA' | 'EB', scope: object | null) => {
    const { platform, demo } = world();
    const client = await clientAs(platform, app, role, { buyerId: demo.buyerId });
    await sql`INSERT INTO directory.administrators (enterprise_id, user_id, state, invited_by, invited_at, scope)
      VALUES (${acme.enterpriseId}, ${client.userId}, 'ACTIVE', 'owner', ${now()}, ${scope && JSON.stringify(scope)}::jsonb)`.execute(
      platform.db,
    );
    return client;
  };
  const bob = { ...BOB, userName: 'bob', departmentCode: 'sales' };

  it('see the password of a member without a phone once, and reset it with a code that was sent to them (E-13)', async () => {
    const { platform } = world();
    const admin = await administering('EA', null);
    await read(await admin.post(at('/departments'), { code: 'sales', name: 'Sales', parentCode: null }));
    const made = await read(await admin.post(at('/members'), bob));
    expect(made).toMatchObject({ status: 201, body: { account: `bob@${acme.shortName}`, sentTo: null } });
    expect((await enter(made.body.password ?? '', 'bob')).status).toBe(201);
    const member = at(`/members/${made.body.memberId}`);
    expect((await read(await admin.post(`${member}/password`, {}))).body.code).toBe('WRONG_CODE');
    expect((await read(await admin.post(`${member}/password-code`, {}))).status).toBe(200);
    const sent = (await outbox(platform.db, { before: null, limit: 50 })).find(({ variant }) => variant === 'code');
    const code = /\b\d{6}\b/.exec(sent ? bodyOf(platform.keys, sent) : '')?.[0];
    const reset = await read(await admin.post(`${member}/password`, { code }));
    expect(reset.status).toBe(200);
    expect((await enter(made.body.password ?? '', 'bob')).answer.code).toBe('INVALID_CREDENTIALS');
    expect((await enter(reset.body.password ?? '', 'bob')).answer.mustChangePassword).toBe(true);
  });

  it('with a scope reach its departments and applications only; the appointment is told (E-15a, N-36)', async () => {
    const admin = await administering('EA', null);
    const business = await administering('EB', { departments: ['hq'], applications: [] });
    const codeOf = async (path: string, body: object) => (await read(await business.post(at(path), body))).body.code;
    const names = (await read(await business.get(at('/members')))).body.items?.map(({ userName }) => userName) ?? [];
    expect(names).toContain('ann');
    expect(names).not.toContain('bob');
    expect(await codeOf('/members', { ...bob, userName: 'eve' })).toBe('OUT_OF_SCOPE');
    expect(await codeOf(`/members/${acme.memberId}/change`, { ...bob, userName: 'ann' })).toBe('OUT_OF_SCOPE');
    const move = { action: 'MOVE', memberIds: [acme.memberId], departmentCode: 'sales' };
    expect(await codeOf('/members/actions', move)).toBe('OUT_OF_SCOPE');
    expect(await codeOf('/departments', { code: 'top', name: 'Top', parentCode: null })).toBe('OUT_OF_SCOPE');
    expect(await codeOf('/departments', { code: 'sub', name: 'Sub', parentCode: 'hq' })).toBe('sub');
    expect(await codeOf(`/applications/${acme.applicationId}/stop`, {})).toBe('OUT_OF_SCOPE');
    const scope = { departments: ['sales'], applications: [acme.applicationId] };
    await read(await admin.post(at(`/business-administrators/${business.userId}/scope`), scope));
    expect(await codeOf(`/applications/${acme.applicationId}/start`, {})).toBeUndefined();
    expect(await codeOf('/members/actions', { ...move, action: 'DISABLE', departmentCode: undefined })).toBe(
      'OUT_OF_SCOPE',
    );
    await read(await admin.post(at(`/business-administrators/${business.userId}/removal`), {}));
    expect((await business.get(at('/members'))).status).toBe(404);
    await world().simulator.drain();
    const { items } = (await read(await business.get('/console/messages'))).body;
    expect(items?.map(({ title }) => title?.en)).toEqual(['You no longer administer Acme']);
  });

  it('E-15a: a business administrator keeps groups of the own people, and none that opens another’s application', async () => {
    const admin = await administering('EA', null);
    const business = await administering('EB', { departments: ['hq'], applications: [] });
    const outside = (await read(await admin.post(at('/members'), { ...bob, userName: 'outside' }))).body.memberId;
    const post = async (path: string, body: object, by = business) => (await read(await by.post(at(path), body))).body;
    const { groupId } = await post('/groups', { name: 'People of the head office' });
    const group = `/groups/${groupId}`;
    expect(await post(`${group}/members`, { add: [acme.memberId] })).toMatchObject({ count: 1 });
    expect((await post(`${group}/members`, { add: [outside] })).code).toBe('OUT_OF_SCOPE');
    const mine = async () =>
      (await read(await business.get(at('/groups')))).body.items?.find((each) => each.groupId === groupId);
    expect(await mine()).toMatchObject({ mayChange: true });
    await post(`${group}/members`, { add: [outside] }, admin);
    expect(await mine()).toMatchObject({ mayChange: false });
    for (const [path, body] of [
      [`${group}/name`, { name: 'T' }],
      [`${group}/removal`, {}],
    ] as const)
      expect((await post(path, body)).code).toBe('OUT_OF_SCOPE');
    await post(`${group}/members`, { remove: [outside] }, admin);
    // the group opens an application that is not in the scope
    const opens = (groups: readonly (string | undefined)[]) =>
      run((tx) =>
        sql`UPDATE people.applications SET groups = ${groups} WHERE application_id = ${acme.applicationId}::uuid`.execute(
          tx,
        ),
      );
    await opens([groupId]);
    expect((await post(`${group}/members`, { remove: [acme.memberId] })).code).toBe('OUT_OF_SCOPE');
    await opens([]);
    expect(await post(`${group}/name`, { name: 'Own' })).toMatchObject({ groupId });
    expect((await business.post(at(`${group}/removal`), {})).status).toBe(200);
  });
});

it('people join by an invitation while it is valid and self-registration is open, into its department (E-13a)', async () => {
  const { platform } = world();
  const { enterpriseId } = acme;
  const asked = { enterpriseId, departmentCode: 'hq', days: 7, by: 'admin' };
  const code = await run((tx) => inviteMembers(platform.random, tx, asked, now()).then(granted));
  const zoe = { userName: 'zoe', name: 'Zoe', mobile: '', email: '', password: OWN };
  const path = `/invitations/${code.toLowerCase()}`;
  expect((await ask('POST', path, zoe)).answer.code).toBe('INVITATION_OVER');
  await run((tx) => setSelfRegistration(tx, enterpriseId, true));
  expect((await ask('GET', path)).status).toBe(200);
  expect((await ask('POST', path, { ...zoe, userName: 'ann' })).answer.code).toBe('USER_NAME_TAKEN');
  const joined = await ask('POST', path, zoe);
  expect(joined).toMatchObject({ status: 201, answer: { mustChangePassword: false } });
  expect((await enter(OWN, 'zoe')).status).toBe(201);
  await run((tx) => revokeInvitation(tx, enterpriseId, code, now()));
  expect((await ask('GET', path)).answer.code).toBe('INVITATION_OVER');
});

it('E-7: the owner dissolves an enterprise with its short name and a code; nobody of it signs in then, and is told so', async () => {
  const { platform, demo } = world();
  const { session } = await enter(OWN);
  const owner = await clientAs(platform, app, 'BO', { buyerId: demo.buyerId });
  const at = `/console/enterprises/${acme.enterpriseId}`;
  const { shortName } = acme;
  const dissolve = async (body: object) => {
    const answer = await owner.post(`${at}/dissolution`, body);
    return answer.ok ? 'done' : consoleSchema.parse(await answer.json()).code;
  };
  const codes = async () =>
    (await outbox(platform.db, { before: null, limit: 100 }))
      .filter(({ variant }) => variant === 'code')
      .map((sent) => /\b\d{6}\b/.exec(bodyOf(platform.keys, sent))?.[0]);
  const before = await codes();
  expect((await owner.post(`${at}/dissolution-code`, {})).status).toBe(200);
  const code = (await codes()).find((each) => !before.includes(each));
  expect(await dissolve({ shortName: 'another', code })).toBe('SHORT_NAME_DIFFERS');
  expect(await dissolve({ shortName })).toBe('WRONG_CODE');
  expect(await dissolve({ shortName, code: code === '000000' ? '000001' : '000000' })).toBe('WRONG_CODE');
  expect(await dissolve({ shortName, code })).toBe('done');
  expect((await ask('GET', '/session', undefined, session)).status).toBe(401);
  expect((await enter(OWN)).answer.code).toBe('ENTERPRISE_DISSOLVED');
});
