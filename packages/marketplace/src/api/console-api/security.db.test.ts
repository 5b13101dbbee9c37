/**
 * Accounts are protected by more than a password: a second factor, sessions that their owner sees and ends, the company's
 * identity provider; and whoever may sees who did what.
 */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { createUser, csrfToken, type Role, resetFactorAtHome } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { createApp } from '../app.ts';
import { auditPage } from './audit-schemas.ts';
import { problem as problemSchema } from './schemas.ts';
import { accountSecurity, enrolment, recoveryCodes } from './security-schemas.ts';
import { session as sessionSchema } from './session-schemas.ts';

const world = sharedWorld();
const PASSWORD = 'right-password';
const ORIGIN = 'http://jishi.test';

/** A browser with a jar for cookies, as far as sign-in needs one. */
function browser(platform: Platform) {
  const app = createApp({ platform, caller: createCaller(platform) });
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0');
    const answer = await app.fetch(new Request(`${ORIGIN}/api/console${path}`, { ...init, headers }));
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    jar,
    get: (path: string) => send(path),
    post: (path: string, body: unknown) =>
      send(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-csrf-token': csrfToken(jar.get('jishi_session') ?? ''),
          'idempotency-key': uuid(platform.random),
        },
        body: JSON.stringify(body),
      }),
  };
}
type Browser = ReturnType<typeof browser>;

async function account(role: Role = 'OM', loginName = `user-${uuid(world().platform.random)}`) {
  const { platform, clock } = world();
  const userId = await createUser(
    platform,
    platform.db,
    { loginName, displayName: 'U', password: PASSWORD, role },
    clock.now(),
  );
  return { userId, loginName };
}
const enter = (at: Browser, loginName: string, password = PASSWORD) => at.post('/session', { loginName, password });
const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;
/** of the step that is `steps` later: no code works twice */
const totp = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(world().platform.wireClock.now().getTime() / 1000) + steps * 30 });

/** An account with a second factor, whose code of the step before now was used to confirm it. */
async function enrolled(role: Role = 'OM') {
  const { platform } = world();
  const at = browser(platform);
  const { userId, loginName } = await account(role);
  await enter(at, loginName);
  const { secret, address } = enrolment.parse(
    await (await at.post('/session/second-factor', { password: PASSWORD })).json(),
  );
  expect(address).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/);
  const confirmed = await at.post('/session/second-factor/confirmation', { code: totp(secret, -1) });
  const { codes } = recoveryCodes.parse(await confirmed.json());
  return { userId, loginName, secret, codes, at };
}

describe('a second factor', () => {
  it('is asked for after the password; what waits for the code opens nothing; a code works once', async () => {
    const { loginName, secret } = await enrolled();
    const at = browser(world().platform);
    const first = await enter(at, loginName);
    expect([first.status, await first.json()]).toMatchObject([200, { step: 'CODE' }]);
    expect([...at.jar.keys()]).toEqual(['jishi_sign_in']);
    expect((await at.get('/session')).status).toBe(401);
    at.jar.set('jishi_session', at.jar.get('jishi_sign_in') ?? '');
    expect((await at.get('/overview')).status).toBe(401);
    at.jar.delete('jishi_session');
    expect(await codeOf(await at.post('/session/second-step', { code: '000000' }))).toBe('SECOND_FACTOR_WRONG');
    expect(await codeOf(await at.post('/session/second-step', { code: totp(secret, -1) }))).toBe('SECOND_FACTOR_WRONG');
    const code = totp(secret);
    expect((await at.post('/session/second-step', { code })).status).toBe(201);
    expect((await at.get('/overview')).status).toBe(200);
    const again = browser(world().platform);
    await enter(again, loginName);
    expect(await codeOf(await again.post('/session/second-step', { code }))).toBe('SECOND_FACTOR_WRONG');
    expect(await codeOf(await browser(world().platform).post('/session/second-step', { code }))).toBe(
      'SIGN_IN_EXPIRED',
    );
  });

  it('E-39: is locked by five wrong codes, which the right password does not undo; tries at once count', async () => {
    const { loginName, secret, codes } = await enrolled();
    const at = browser(world().platform);
    await enter(at, loginName);
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => at.post('/session/second-step', { code: '111111' })),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([409, 409, 409, 409, 409, 429, 429, 429]);
    await enter(at, loginName);
    const locked = await at.post('/session/second-step', { code: totp(secret, 1) });
    expect([locked.headers.get('retry-after'), await codeOf(locked)]).toEqual(['900', 'ACCOUNT_LOCKED']);
    expect(await codeOf(await at.post('/session/second-step', { code: codes[0] }))).toBe('ACCOUNT_LOCKED');
  });

  it('has ten recovery codes that work once each, and is removed by password and code', async () => {
    const { loginName, codes, secret, userId } = await enrolled();
    expect(new Set(codes).size).toBe(10);
    const [code = ''] = codes;
    const [one, two] = [browser(world().platform), browser(world().platform)];
    await enter(one, loginName);
    await enter(two, loginName);
    expect((await one.post('/session/second-step', { code: ` ${code.toUpperCase()} ` })).status).toBe(201);
    expect(await codeOf(await two.post('/session/second-step', { code }))).toBe('SECOND_FACTOR_WRONG');
    const state = accountSecurity.parse(await (await one.get('/session/security')).json());
    expect(state.secondFactor).toMatchObject({ recoveryCodesLeft: 9, due: false });
    const kept = await sql<{ text: string }>`SELECT f.sealed || string_agg(r.code_hash, ' ') AS text
      FROM directory.second_factors f JOIN directory.recovery_codes r USING (user_id) WHERE user_id = ${userId} GROUP BY f.sealed`.execute(
      world().platform.db,
    );
    for (const secretText of [secret, ...codes]) expect(kept.rows[0]?.text).not.toContain(secretText);
    const removal = (password: string, with_: string) =>
      one.post('/session/second-factor/removal', { password, code: with_ });
    expect(await codeOf(await removal('wrong', totp(secret)))).toBe('WRONG_PASSWORD');
    expect(await codeOf(await removal(PASSWORD, '222222'))).toBe('SECOND_FACTOR_WRONG');
    expect((await removal(PASSWORD, totp(secret))).status).toBe(200);
    expect((await enter(browser(world().platform), loginName)).status).toBe(201);
  });

  it('where it has to be there nothing else is done before; a system administrator and the command line reset it', async () => {
    const { platform, clock } = world();
    const strict = { ...platform, config: { ...platform.config, secondFactor: 'operators' as const } };
    const at = browser(strict);
    const { loginName } = await account('OM');
    const session = sessionSchema.parse(await (await enter(at, loginName)).json());
    expect(session.mustEnrol).toBe(true);
    expect(await codeOf(await at.get('/overview'))).toBe('SECOND_FACTOR_DUE');
    const { secret } = enrolment.parse(await (await at.post('/session/second-factor', { password: PASSWORD })).json());
    await at.post('/session/second-factor/confirmation', { code: totp(secret) });
    expect((await at.get('/overview')).status).toBe(200);

    const app = createApp({ platform, caller: createCaller(platform) });
    const keeper = await clientAs(platform, app, 'OS');
    expect((await keeper.post('/console/operator/second-factor-resets', { loginName })).status).toBe(200);
    expect((await at.get('/session')).status).toBe(401);
    expect(await codeOf(await keeper.post('/console/operator/second-factor-resets', { loginName }))).toBe(
      'NO_SECOND_FACTOR',
    );
    expect(await resetFactorAtHome(platform, 'nobody', clock.now())).toMatchObject({
      refusal: { code: 'NO_SUCH_ACCOUNT' },
    });
  });
});

describe('sessions', () => {
  it('are listed with where they are, and end one by one, all but this one, and by who keeps the account', async () => {
    const { platform } = world();
    const { loginName, userId } = await account();
    const [here, there, third] = [browser(platform), browser(platform), browser(platform)];
    for (const at of [here, there, third]) await enter(at, loginName);
    const open = async () => accountSecurity.parse(await (await here.get('/session/security')).json()).sessions;
    const listed = await open();
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }) => current)).toMatchObject([
      { browser: 'Firefox', system: 'Linux', method: 'PASSWORD' },
    ]);
    const thirdId = createHash('sha256')
      .update(third.jar.get('jishi_session') ?? '')
      .digest('hex')
      .slice(0, 32);
    const stranger = browser(platform);
    await enter(stranger, (await account()).loginName);
    expect((await stranger.post('/session/ended', { sessionId: thirdId })).status).toBe(404);
    expect((await here.post('/session/ended', { sessionId: thirdId })).status).toBe(200);
    expect([(await third.get('/session')).status, (await there.get('/session')).status]).toEqual([401, 200]);
    expect(await (await here.post('/session/others-ended', {})).json()).toEqual({ ended: 1 });
    expect(await open()).toHaveLength(1);
    const app = createApp({ platform, caller: createCaller(platform) });
    const keeper = await clientAs(platform, app, 'OS');
    expect(await (await keeper.post('/console/members/sign-outs', { userId })).json()).toEqual({ ended: 1 });
    expect((await here.get('/session')).status).toBe(401);
  });

  it('end when they are not used for so long, and after so long in any case', async () => {
    const { platform, clock } = world();
    const short = { ...platform, config: { ...platform.config, sessions: { hours: 2, idleMinutes: 30 } } };
    const { loginName } = await account();
    const at = (minutes: number) => ({ ...short, clock: { ...clock, now: () => new Date(begin + minutes * 60_000) } });
    const begin = clock.now().getTime();
    const person = browser(at(0));
    await enter(person, loginName);
    const token = person.jar.get('jishi_session') ?? '';
    const statusAfter = async (minutes: number) => {
      const app = createApp({ platform: at(minutes), caller: createCaller(platform) });
      return (await consoleClient(app, { userId: '', token }).get('/console/overview')).status;
    };
    for (const minutes of [29, 58, 87, 116]) expect([minutes, await statusAfter(minutes)]).toEqual([minutes, 200]);
    expect(await statusAfter(120)).toBe(401);
    await enter(person, loginName);
    const idle = person.jar.get('jishi_session') ?? '';
    const late = createApp({ platform: at(31), caller: createCaller(platform) });
    expect((await consoleClient(late, { userId: '', token: idle }).get('/console/overview')).status).toBe(401);
  });
});

describe('the company’s identity provider', () => {
  const made: { server: Server; issuer: string }[] = [];
  /** who is signed in there, by the name that the test is at it with */
  const claimsOf = new Map<string, { email: string; email_verified: boolean }>();
  const there = { subject: '' };
  const callback = `${ORIGIN}/api/console/session/oidc/callback`;

  beforeAll(async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'jishi',
          client_secret: 'a secret of the test',
          redirect_uris: [callback],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      claims: { email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...claimsOf.get(sub) }) }),
      features: { devInteractions: { enabled: false } },
      cookies: { keys: ['a key of the test'] },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    });
    // whoever comes is `there.subject`, and agrees
    const answer = provider.callback();
    server.on('request', async (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      if (prompt.name === 'login')
        return provider.interactionFinished(request, response, { login: { accountId: there.subject } });
      const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) });
      grant.addOIDCScope('openid email');
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    });
    made.push({ server, issuer });
  });
  afterAll(() => {
    for (const { server } of made) server.close();
  });

  const platformWith = (): Platform => {
    const { platform } = world();
    const identityProvider = {
      ...{ issuer: made[0]?.issuer ?? '', clientId: 'jishi', clientSecret: 'a secret of the test', name: 'Example' },
      ...{ domains: ['example.com'], internal: false },
    };
    return { ...platform, config: { ...platform.config, publicUrl: ORIGIN, identityProvider } };
  };
  /** Follows the provider's pages until it leads back. @returns path and query of the callback below /api/console */
  async function through(address: string, subject: string): Promise<string> {
    there.subject = subject;
    const cookies = new Map<string, string>();
    let at = address;
    while (!at.startsWith(callback)) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const each of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
        cookies.set(name, value);
      }
      at = new URL(answer.headers.get('location') ?? '', at).href;
    }
    return at.slice(`${ORIGIN}/api/console`.length);
  }
  async function comeBack(at: Browser, subject: string, change = (path: string) => path): Promise<string | null> {
    const left = await at.get('/session/oidc?from=%2Foperator');
    const address = left.headers.get('location') ?? '';
    expect(address).toContain('code_challenge_method=S256');
    return (await at.get(change(await through(address, subject)))).headers.get('location');
  }

  it('signs nobody in who has no account, and makes none', async () => {
    claimsOf.set('stranger', { email: 'stranger@example.com', email_verified: true });
    const at = browser(platformWith());
    expect(await comeBack(at, 'stranger')).toBe('/sign-in?fault=NO_LINKED_ACCOUNT');
    expect(at.jar.size).toBe(0);
    const users = await sql`SELECT 1 FROM directory.users WHERE login_name = 'stranger@example.com'`.execute(
      world().platform.db,
    );
    expect(users.rows).toEqual([]);
  });

  it('knows operators by their verified address, others never by it', async () => {
    const { demo, platform, clock } = world();
    await account('OM', 'ann@example.com');
    const staff = {
      loginName: 'sam@example.com',
      displayName: 'S',
      password: PASSWORD,
      role: 'SP' as const,
      sellerId: demo.sellerId,
    };
    await createUser(platform, platform.db, staff, clock.now());
    await sql`UPDATE directory.users SET password_initial = true WHERE login_name = 'ann@example.com'`.execute(
      platform.db,
    );
    claimsOf.set('ann', { email: 'Ann@example.com', email_verified: true });
    claimsOf.set('sam', { email: 'sam@example.com', email_verified: true });
    claimsOf.set('unverified', { email: 'ann@example.com', email_verified: false });
    const at = browser(platformWith());
    expect(await comeBack(browser(platformWith()), 'unverified')).toBe('/sign-in?fault=NO_LINKED_ACCOUNT');
    expect(await comeBack(browser(platformWith()), 'sam')).toBe('/sign-in?fault=NO_LINKED_ACCOUNT');
    expect(await comeBack(at, 'ann')).toBe('/operator');
    const session = sessionSchema.parse(await (await at.get('/session')).json());
    expect(session).toMatchObject({ loginName: 'ann@example.com', mustChangePassword: false });
    const security = accountSecurity.parse(await (await at.get('/session/security')).json());
    expect(security.identityProvider).toMatchObject({ name: 'Example', identity: { email: 'Ann@example.com' } });
  });

  it('takes no answer of another attempt, state or browser', async () => {
    claimsOf.set('eve', { email: 'eve@example.com', email_verified: true });
    const altered = (path: string) => path.replace(/state=[^&]+/, 'state=another');
    expect(await comeBack(browser(platformWith()), 'eve', altered)).toBe('/sign-in?fault=IDENTITY_REFUSED');
    const address = (await browser(platformWith()).get('/session/oidc')).headers.get('location') ?? '';
    const answer = await through(address, 'eve');
    expect((await browser(platformWith()).get(answer)).headers.get('location')).toBe('/sign-in?fault=SIGN_IN_EXPIRED');
  });

  it('is linked by hand with the password, asks for the code all the same, and is removed', async () => {
    claimsOf.set('bob', { email: 'bob@elsewhere.example', email_verified: false });
    const { loginName, secret, at: first } = await enrolled('BO');
    const platform = platformWith();
    const at = browser(platform);
    for (const [name, value] of first.jar) at.jar.set(name, value);
    expect(await codeOf(await at.post('/session/identity', { password: 'wrong' }))).toBe('WRONG_PASSWORD');
    const begun = await at.post('/session/identity', { password: PASSWORD });
    const { address } = z.object({ address: z.string() }).parse(await begun.json());
    expect((await at.get(await through(address, 'bob'))).headers.get('location')).toBe('/account/security');
    const by = browser(platform);
    expect(await comeBack(by, 'bob')).toBe('/sign-in?step=code&from=%2Foperator');
    expect((await by.get('/session')).status).toBe(401);
    expect((await by.post('/session/second-step', { code: totp(secret) })).status).toBe(201);
    expect(sessionSchema.parse(await (await by.get('/session')).json()).loginName).toBe(loginName);
    expect((await at.post('/session/identity/removal', {})).status).toBe(200);
    expect(await comeBack(browser(platform), 'bob')).toBe('/sign-in?fault=NO_LINKED_ACCOUNT');
  });
});

it('O-50: the audit log is searched by who, what, object, result and time, and taken as a table', async () => {
  const { platform } = world();
  const { loginName, userId } = await account();
  const at = browser(platform);
  await enter(at, loginName, 'wrong');
  await enter(at, loginName);
  await at.post('/session/others-ended', {});
  const app = createApp({ platform, caller: createCaller(platform) });
  const auditor = await clientAs(platform, app, 'OA');
  const found = async (query: string, as = auditor) =>
    auditPage
      .parse(await (await as.get(`/console/operator/audit?${query}`)).json())
      .items.map(({ action, result }) => [action, result]);
  expect(await found(`actor=${loginName}`)).toEqual([
    ['session.end-others', 'done'],
    ['session.sign-in', 'done'],
    ['session.sign-in', 'refused INVALID_CREDENTIALS'],
  ]);
  expect(await found(`object=${userId}&action=session&result=refused`)).toHaveLength(1);
  expect(await found(`actor=${loginName}&to=2020-01-01T00:00:00Z`)).toEqual([]);
  const first = auditPage.parse(await (await auditor.get(`/console/operator/audit?actor=${loginName}&limit=2`)).json());
  expect(await found(`actor=${loginName}&limit=2&cursor=${first.nextCursor}`)).toHaveLength(1);
  expect(await found(`actor=${loginName}`, await clientAs(platform, app, 'OS'))).toEqual([]);
  const table = await (await auditor.get(`/console/operator/audit-file?actor=${loginName}&language=en`)).text();
  expect(table.split('\r\n')).toHaveLength(5);
  expect(table).toContain(`,${loginName},OM,,session.end-others,user:${userId},done,`);
  expect(await found(`actor=${auditor.userId}`)).toEqual([['audit.export', 'done']]);
});

it('O-50, P-4: an entry tells what was changed, and for whom an operator did it', async () => {
  const { platform, demo } = world();
  const app = createApp({ platform, caller: createCaller(platform) });
  const [operator, auditor] = [await clientAs(platform, app, 'OM'), await clientAs(platform, app, 'OA')];
  const limit = { kind: 'QUANTITY', quantity: 7 };
  for (const body of [{ limit }, { limit: null }])
    expect((await operator.post(`/console/sales/${demo.goodsId}/limit`, { ...body, reason: 'a test' })).status).toBe(
      200,
    );
  const { items } = auditPage.parse(
    await (await auditor.get(`/console/operator/audit?actor=${operator.userId}`)).json(),
  );
  expect(items.map(({ onBehalfOf }) => onBehalfOf)).toEqual([`seller:${demo.sellerId}`, `seller:${demo.sellerId}`]);
  expect(items[0]?.changes).toEqual([
    { field: 'sale_rules[].rule.limit.kind', before: 'QUANTITY', after: null },
    { field: 'sale_rules[].rule.limit.quantity', before: '7', after: null },
    { field: 'sale_rules[].rule.limit.untilExpiry', before: 'false', after: null },
  ]);
  const { userId } = await account('OC');
  const system = await clientAs(platform, app, 'OS');
  expect((await system.post('/console/members/passwords', { userId })).status).toBe(200);
  const own = auditPage.parse(await (await system.get('/console/operator/audit')).json()).items[0];
  expect(own).toMatchObject({ action: 'member.reset-password', onBehalfOf: null });
  expect(own?.changes).toContainEqual({ field: 'users.password_hash', before: '***', after: '***' });
  const table = await (await auditor.get(`/console/operator/audit-file?actor=${operator.userId}&language=en`)).text();
  expect(table).toContain('sale_rules[].rule.limit.quantity: 7 → ∅');
});
