/** Members sign in to products: a standard client and the printed forms against the real server, and everything that keeps somebody out. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memberPages, SIGN_ON_PATH } from '../../../../../examples/demo-seller/src/pages/sign-on.ts';
import { fileWorld } from '../../../../../tests/support/database.ts';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { startObedientSeller, subscribed } from '../../../../../tests/support/lives.ts';
import { granted } from '../../../../../tests/support/resources.ts';
import { setPassword } from '../../directory/enterprise/member-session-store.ts';
import {
  createDepartment,
  createEnterprise,
  createMember,
  csrfToken,
  givePassword,
  hashPassword,
  memberSession,
  setEnabled,
  signInMember,
} from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import {
  currentKeys,
  forgetSignOns,
  rotateSigningKey,
  SIGN_ON_REFUSALS,
  type SignOnRefusal,
  setCredential,
  setStopped,
} from '../../people/index.ts';
import { insertApplication, setRange } from '../../people/store.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { uuid } from '../../platform/random.ts';
import { createApp, listen } from '../app.ts';

const world = fileWorld();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
const now = () => world().clock.now();

const LOGIN_URL = 'https://product.example.com/sign-on';
const SECRET = 'a-client-secret-of-the-application-000001';
const PASSWORD = 'correct horse battery';
const NOBODY = { everyone: false, departments: [], groups: [], members: [] };
const HEAD_OFFICE = { ...NOBODY, departments: ['hq'] };

let site: Awaited<ReturnType<typeof listen>>;
let seller: FakeSeller;
let url = '';
let enterpriseId = '';
let memberId = '';
let applicationId = '';
let resourceId = '';
let appId = '';
let session = '';
let passwordHash = '';

beforeAll(async () => {
  const { platform, demo } = world();
  const late: { app: ReturnType<typeof createApp> | null } = { app: null };
  site = await listen(
    { fetch: (request, env) => late.app?.fetch(request, env) ?? new Response(null, { status: 503 }) },
    '127.0.0.1',
    0,
  );
  url = `http://127.0.0.1:${site.port}`;
  const here = { ...platform, config: { ...platform.config, publicUrl: url } };
  late.app = createApp({ platform: here, caller: createCaller(here) });
  seller = await startObedientSeller(world());
  ({ resourceId } = await subscribed(world(), { quantity: 10 }));
  const { sellerId, goodsId, keyId, buyerId } = demo;
  const credential = { goodsId, sellerId, keyId, protocol: 'kit-v2', address: 'https://product.example.com' } as const;
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const more = { publicKey, loginUrl: LOGIN_URL, multiInstance: false };
  ({ appId } = await run((tx) =>
    setCredential(platform, tx, { ...credential, ...more, attributes: ['email', 'mobile'] }, now()).then(granted),
  ));
  const facts = { name: 'Acme', shortName: 'acme', region: '', industry: '', description: '', buyerId };
  ({ enterpriseId } = await run((tx) => createEnterprise(platform, tx, facts, now()).then(granted)));
  applicationId = uuid(platform.random);
  await run(async (tx) => {
    granted(await createDepartment(tx, enterpriseId, { code: 'hq', name: 'Head office', parentCode: null }, now()));
    memberId = granted(
      await createMember(
        platform.random,
        tx,
        enterpriseId,
        {
          ...{
            userName: 'ann',
            name: '安娜',
            departmentCode: 'hq',
            position: '',
            employeeCode: '',
            employeeType: null,
          },
          ...{ mobile: '13800138000', email: 'ann@acme.example', workPlace: '', entryDate: '', role: 'admin' },
          enabled: true,
        },
        now(),
      ),
    );
    passwordHash = await hashPassword(PASSWORD);
    await setPassword(tx, memberId, { hash: passwordHash, mustChange: false }, now());
    await insertApplication(
      tx,
      {
        ...{ applicationId, enterpriseId, buyerId, sellerId, goodsId, resourceId, orderId: 'o', instanceId: 'i' },
        productName: { zh: '协作空间', en: 'Acme Workspace' },
        clientId: 'cli-1',
        sealedSecret: platform.keys.seal(SECRET, 'people.client-secret'),
        attributes: ['email'],
        range: NOBODY,
        state: 'BOUND',
        stopped: false,
        createdAt: now(),
      },
      'owner',
    );
    await setRange(tx, applicationId, HEAD_OFFICE);
    await sql`INSERT INTO people.authorisations (application_id, member_id, state, told, updated_at)
      VALUES (${applicationId}::uuid, ${memberId}::uuid, 'AUTHORISED', 'mark', ${now()})`.execute(tx);
  });
  session = await signedIn();
});
afterAll(() => Promise.all([site?.close(), seller?.close()]));

async function signedIn(): Promise<string> {
  const begun = await run((tx) => memberSession(world().platform.random, tx, memberId, now()));
  return begun?.token ?? '';
}

/** A browser that follows redirects on the marketplace and stops where it is sent elsewhere. */
function browser(token: string | null = session) {
  const cookies = new Map(token === null ? [] : [['jishi_member', token]]);
  const open = async (target: string, init: RequestInit = {}): Promise<{ response: Response; at: URL }> => {
    const at = new URL(target, url);
    if (at.origin !== url || at.pathname === '/workplace') return { response: new Response(), at };
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { ...init, redirect: 'manual', headers: { accept: 'text/html', cookie } });
    for (const each of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? { response, at } : open(new URL(location, at).href);
  };
  return { open, cookies };
}

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
});
const refusal = z.object({ error: z.string(), error_description: z.string() });
const ask = (form: Record<string, string>) =>
  fetch(`${url}/api/v1/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'cli-1', client_secret: SECRET, ...form }),
  });
const exchange = (code: string) => ask({ grant_type: 'authorization_code', code });
const refresh = (token: string) => ask({ grant_type: 'refresh_token', refresh_token: token });
const userinfo = (token: string) =>
  fetch(`${url}/api/v1/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
const refusedWith = async (response: Response) => ({
  status: response.status,
  ...refusal.parse(await response.json()),
});

async function codeByLink(token = session): Promise<string> {
  const { at } = await browser(token).open(`/api/v1/oauth2/login?ind=UNOP&appId=${appId}`);
  expect(`${at.origin}${at.pathname}`).toBe(LOGIN_URL);
  expect(at.searchParams.get('tenant')).toBe(enterpriseId);
  return at.searchParams.get('code') ?? '';
}
const signOn = async (token = session) => tokens.parse(await (await exchange(await codeByLink(token))).json());

describe('a client of OpenID Connect', () => {
  const found = () =>
    client.discovery(new URL(`${url}/api/oidc`), 'cli-1', SECRET, undefined, {
      execute: [client.allowInsecureRequests],
    });
  async function authorisation(server: client.Configuration) {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const target = client.buildAuthorizationUrl(server, {
      redirect_uri: LOGIN_URL,
      scope: 'openid profile email phone',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
    });
    return { target, checks: { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true } };
  }

  it('discovers, gets a code with PKCE, tokens, claims as far as they were agreed on, refreshes, signs out (E-25a, E-37)', async () => {
    const server = await found();
    const { target, checks } = await authorisation(server);
    const visit = browser();
    const { at } = await visit.open(target.href);
    const given = await client.authorizationCodeGrant(server, at, checks);
    expect(given.claims()).toMatchObject({ sub: memberId, aud: 'cli-1', iss: `${url}/api/oidc` });
    const user = await client.fetchUserInfo(server, given.access_token, memberId);
    expect(user).toEqual({
      ...{ sub: memberId, name: '安娜', preferred_username: 'ann@acme', tenant: enterpriseId, role: 'admin' },
      email: 'ann@acme.example',
    });
    const again = await client.refreshTokenGrant(server, given.refresh_token ?? '');
    expect(again.access_token).not.toBe(given.access_token);
    const end = client.buildEndSessionUrl(server, {
      id_token_hint: given.id_token ?? '',
      post_logout_redirect_uri: 'https://product.example.com/',
    });
    const asked = await (await visit.open(end.href)).response.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked)?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    const left = await visit.open('/api/oidc/session/end/confirm', { method: 'POST', body });
    expect(left.at.href).toBe('https://product.example.com/');
    await expect(client.fetchUserInfo(server, again.access_token, memberId)).rejects.toThrow();
    expect((await visit.open('/api/v1/oauth2/enter/x')).at.pathname).toBe('/workplace');
    session = await signedIn();
  });

  it('asks for the password again where the application insists on it', async () => {
    const server = await found();
    const { target, checks } = await authorisation(server);
    target.searchParams.set('prompt', 'login');
    const visit = browser(await signedIn());
    const { at } = await visit.open(target.href);
    expect(at.pathname).toBe('/workplace');
    visit.cookies.set('jishi_member', session);
    const back = await visit.open(at.searchParams.get('return') ?? '');
    expect((await client.authorizationCodeGrant(server, back.at, checks)).claims()?.sub).toBe(memberId);
  });

  it('sends whoever is not signed in to the workplace, and goes on when they come back (E-36)', async () => {
    const server = await found();
    const { target, checks } = await authorisation(server);
    const visit = browser(null);
    const { at } = await visit.open(target.href);
    expect(at.pathname).toBe('/workplace');
    visit.cookies.set('jishi_member', session);
    const back = await visit.open(at.searchParams.get('return') ?? '');
    expect((await client.authorizationCodeGrant(server, back.at, checks)).claims()?.sub).toBe(memberId);
  });

  it('is told of a wrong redirect on a page, of a missing challenge and of a refusal by redirect (E-39)', async () => {
    const server = await found();
    const { target } = await authorisation(server);
    target.searchParams.set('redirect_uri', 'https://evil.example.com/');
    const wrong = await browser().open(target.href);
    expect(wrong.response.status).toBe(400);
    expect(await wrong.response.text()).toContain('invalid_redirect_uri');
    const { target: bare } = await authorisation(server);
    bare.searchParams.delete('code_challenge');
    expect((await browser().open(bare.href)).at.searchParams.get('error')).toBe('invalid_request');
    await run((tx) => setStopped(tx, applicationId, true));
    const stopped = await browser().open((await authorisation(server)).target.href);
    expect(stopped.at.searchParams.get('error_description')).toContain('APPLICATION_STOPPED');
    await run((tx) => setStopped(tx, applicationId, false));
  });

  it('checks tokens by keys that change: the new one signs, the old one is still published', async () => {
    const { platform } = world();
    const before = await currentKeys(platform, now());
    await rotateSigningKey(platform, now(), true);
    const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });
    const { keys } = jwks.parse(await (await fetch(`${url}/api/oidc/jwks`)).json());
    expect(keys).toHaveLength(2);
    expect(keys.map(({ kid }) => kid)).toContain(before[0]?.keyId);
    expect(keys.some((key) => 'd' in key)).toBe(false);
  });
});

describe('the printed forms (saas-v2.md 11)', () => {
  it('11.1: the login page hands its query over; who is not signed in goes to the workplace and comes back', async () => {
    expect(await (await fetch(`${url}/unified-login/`)).text()).toContain('portal-login.js');
    const { at } = await browser(null).open(`/api/v1/oauth2/login?ind=UNOP&appId=${appId}`);
    expect(Object.fromEntries(at.searchParams)).toEqual({
      ...{ ind: 'UNOP', appId, return: `/api/v1/oauth2/login?ind=UNOP&appId=${appId}` },
    });
  });

  it('11.2, 11.3, E-38: code, token, the printed members, refresh; the sign-in is counted once', async () => {
    const { at } = await browser().open(`/api/v1/oauth2/enter/${applicationId}`);
    const given = tokens.parse(await (await exchange(at.searchParams.get('code') ?? '')).json());
    const response = await userinfo(given.access_token);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...{ id: memberId, userId: memberId, userName: 'ann', name: '安娜', email: 'ann@acme.example', mobile: '' },
      ...{ role: 'admin', organizationName: 'Head office', organizationCode: 'hq' },
      ...{ projectName: '协作空间', tenant: enterpriseId },
    });
    const again = tokens.parse(await (await refresh(given.refresh_token)).json());
    expect((await userinfo(again.access_token)).status).toBe(200);
    const { rows } =
      await sql`SELECT member_id FROM people.signals WHERE application_id = ${applicationId}::uuid`.execute(
        world().platform.db,
      );
    expect(rows).toHaveLength(1);
  });

  it('11.4: signing out ends the session of the platform', async () => {
    const visit = browser(await signedIn());
    const target = `client_id=cli-1&redirect_uri=${encodeURIComponent(LOGIN_URL)}`;
    expect((await visit.open(`/api/v1/oauth2/logout?${target}`)).at.href).toBe(LOGIN_URL);
    expect((await visit.open(`/api/v1/oauth2/enter/${applicationId}`)).at.pathname).toBe('/workplace');
    const evil = await browser(null).open(
      '/api/v1/oauth2/logout?client_id=cli-1&redirect_uri=https://evil.example.com/',
    );
    expect(evil.response.status).toBe(200);
  });

  it('E-39: a code works once; whoever uses it again ends what came of it', async () => {
    const code = await codeByLink();
    const given = tokens.parse(await (await exchange(code)).json());
    expect(await refusedWith(await exchange(code))).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await refusedWith(await userinfo(given.access_token))).toMatchObject({
      status: 401,
      error: 'invalid_token',
    });
    const raced = await codeByLink();
    const answers = await Promise.all([exchange(raced), exchange(raced)]);
    expect(answers.map(({ status }) => status).toSorted()).not.toEqual([200, 200]);
  });

  it('E-39: a wrong secret, a wrong redirect, no token', async () => {
    const code = await codeByLink();
    const wrong = await ask({ grant_type: 'authorization_code', code, client_secret: 'x'.repeat(40) });
    expect(await refusedWith(wrong)).toMatchObject({ status: 401, error: 'invalid_client' });
    const elsewhere = await ask({ grant_type: 'authorization_code', code, redirect_uri: 'https://evil.example.com/' });
    expect(await refusedWith(elsewhere)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await fetch(`${url}/api/v1/oauth2/userinfo`)).status).toBe(401);
  });

  const setState = (state: string) =>
    sql`UPDATE instances.instances SET state = ${state} WHERE resource_id = ${resourceId}`.execute(world().platform.db);
  it.each<[SignOnRefusal, () => Promise<unknown>, () => Promise<unknown>]>([
    ['INSTANCE_FROZEN', () => setState('FROZEN'), () => setState('ACTIVE')],
    ['INSTANCE_ENDED', () => setState('RELEASED'), () => setState('ACTIVE')],
    [
      'APPLICATION_STOPPED',
      () => run((tx) => setStopped(tx, applicationId, true)),
      () => run((tx) => setStopped(tx, applicationId, false)),
    ],
    [
      'NOT_AUTHORISED',
      () => run((tx) => setRange(tx, applicationId, NOBODY)),
      () => run((tx) => setRange(tx, applicationId, HEAD_OFFICE)),
    ],
  ])('E-33, E-34, E-39: %s has its own words; that member is out', async (code, happen, undo) => {
    // whoever is refused signs in anew: three sessions, so that each is refused by itself
    const [one, other] = [await signOn(await signedIn()), await signOn(await signedIn())];
    const pending = await codeByLink(await signedIn());
    await happen();
    const page = await (await browser().open(`/api/v1/oauth2/login?appId=${appId}`)).response.text();
    expect(page).toContain(SIGN_ON_REFUSALS[code].en);
    expect((await refusedWith(await userinfo(one.access_token))).error_description).toContain(code);
    expect((await refusedWith(await refresh(other.refresh_token))).error_description).toContain(code);
    expect((await refusedWith(await exchange(pending))).error_description).toContain(code);
    await undo();
    expect((await userinfo(one.access_token)).status).toBe(401);
    expect((await refresh(other.refresh_token)).status).toBe(400);
  });

  it('E-38, E-33: the demo product shows the name of whoever comes from a tile; withdrawn, that member is out', async () => {
    const pages = memberPages({
      people: {
        client: () => ({ clientId: 'cli-1', clientSecret: SECRET, domainName: url }),
        enterprises: () => [],
        users: () => [],
      },
      random: randomBytes,
      publicUrl: () => 'http://127.0.0.1',
      clock: () => now().getTime(),
    });
    const { at } = await browser().open(`/api/v1/oauth2/enter/${applicationId}`);
    const arrived = await pages.request(`${SIGN_ON_PATH}${at.search}`);
    const headers = { cookie: arrived.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    expect(await (await pages.request('/member', { headers })).text()).toContain('安娜');
    await run((tx) => setRange(tx, applicationId, NOBODY));
    const out = await pages.request('/member', { headers });
    expect(out.status).toBe(403);
    expect(await out.text()).toContain('NOT_AUTHORISED');
    await run((tx) => setRange(tx, applicationId, HEAD_OFFICE));
  });

  it('E-14, E-39: a member who is disabled is out, of the workplace too', async () => {
    const [given, other] = [await signOn(), await signOn()];
    await run((tx) => setEnabled(tx, enterpriseId, [memberId], false, now()));
    expect((await refusedWith(await userinfo(given.access_token))).error_description).toContain('MEMBER_DISABLED');
    expect((await browser().open(`/api/v1/oauth2/login?appId=${appId}`)).at.pathname).toBe('/workplace');
    await run((tx) => setEnabled(tx, enterpriseId, [memberId], true, now()));
    // nobody asked about this one meanwhile: enabled again, the member still has to sign in
    await isOut(other);
    session = await signedIn();
  });

  async function isOut(given: z.infer<typeof tokens>): Promise<void> {
    expect(await refusedWith(await userinfo(given.access_token))).toMatchObject({
      status: 401,
      error: 'invalid_token',
    });
    const standard = { headers: { authorization: `Bearer ${given.access_token}` } };
    expect((await fetch(`${url}/api/oidc/me`, standard)).status).toBe(401);
    expect(await refusedWith(await refresh(given.refresh_token))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  }
  const atWorkplace = async (method: string, path: string, body?: object): Promise<Response> => {
    const headers = { cookie: `jishi_member=${session}`, 'content-type': 'application/json' };
    return fetch(`${url}/api/member${path}`, {
      method,
      headers: { ...headers, 'x-csrf-token': csrfToken(session) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  it.each<[string, () => Promise<unknown>]>([
    ['signing out of the workplace', () => atWorkplace('DELETE', '/session')],
    [
      'another password of one’s own',
      () => atWorkplace('POST', '/session/password', { current: PASSWORD, next: 'battery staple' }),
    ],
    [
      'a password that the administrator gives',
      () => run((tx) => givePassword(world().platform.random, tx, memberId, now())),
    ],
    [
      'the lock after five wrong passwords',
      async () => {
        for (const wrong of ['1', '2', '3', '4', '5']) await signInMember(world().platform, 'ann@acme', wrong, now());
      },
    ],
    ['signing out of a product', () => browser().open('/api/v1/oauth2/logout')],
  ])('E-14, E-39: %s ends what products were given, at once', async (_, happen) => {
    const given = await signOn();
    const pending = await codeByLink();
    await happen();
    await isOut(given);
    expect(await refusedWith(await exchange(pending))).toMatchObject({ status: 400, error: 'invalid_grant' });
    await run((tx) => setPassword(tx, memberId, { hash: passwordHash, mustChange: false }, now()));
    session = await signedIn();
  });

  it('another browser’s sign-out ends nothing here', async () => {
    const given = await signOn();
    await browser(await signedIn()).open('/api/v1/oauth2/logout');
    expect((await userinfo(given.access_token)).status).toBe(200);
  });

  describe('the CAS form (saas-v1.md 6.7)', () => {
    const service = () => `${LOGIN_URL}?tenant=${enterpriseId}`;
    const login = (asked = service()) => `/api/v1/cas/login?${new URLSearchParams({ service: asked })}`;
    const ticket = async (token = session) => {
      const { at } = await browser(token).open(login());
      expect(`${at.origin}${at.pathname}`).toBe(LOGIN_URL);
      return at.searchParams.get('ticket') ?? '';
    };
    const validate = async (asked: Record<string, string>) =>
      (await fetch(`${url}/api/v1/cas/p3/serviceValidate?${new URLSearchParams(asked)}`)).text();
    const refusedBy = async (asked: Record<string, string>) => {
      const failed = z.object({
        serviceResponse: z.object({ authenticationFailure: z.object({ code: z.string(), description: z.string() }) }),
      });
      const answer = failed.parse(JSON.parse(await validate({ ...asked, format: 'JSON' })));
      return Object.values(answer.serviceResponse.authenticationFailure).join(': ');
    };

    it('gives a ticket for the service, which is exchanged once for the user, as XML or JSON; it is a sign-in (S-72)', async () => {
      const [one, other] = [await ticket(), await ticket()];
      expect(one).toMatch(/^ST-[\w-]{28}$/);
      expect(await validate({ service: service(), ticket: one })).toBe(
        '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>ann</cas:user><cas:attributes>' +
          `<cas:id>${memberId}</cas:id><cas:userName>ann</cas:userName><cas:name>安娜</cas:name><cas:email>ann@acme.example</cas:email>` +
          '<cas:mobile></cas:mobile><cas:role>admin</cas:role><cas:organizationName>Head office</cas:organizationName>' +
          `<cas:userId>${memberId}</cas:userId><cas:organizationCode>hq</cas:organizationCode><cas:projectName>协作空间</cas:projectName>` +
          `<cas:tenant>${enterpriseId}</cas:tenant></cas:attributes></cas:authenticationSuccess></cas:serviceResponse>`,
      );
      expect(await refusedBy({ service: service(), ticket: one })).toContain('INVALID_TICKET');
      const answer: unknown = JSON.parse(await validate({ service: service(), ticket: other, format: 'json' }));
      expect(answer).toMatchObject({
        serviceResponse: { authenticationSuccess: { user: 'ann', attributes: { name: '安娜', tenant: enterpriseId } } },
      });
      const raced = await ticket();
      const answers = await Promise.all([1, 2].map(() => validate({ service: service(), ticket: raced })));
      expect(answers.filter((each) => each.includes('authenticationSuccess'))).toHaveLength(1);
    });

    it('a ticket is used up by a wrong service, and refused when it is late, nothing at all, or renew is asked', async () => {
      const asked = { service: `${service()}&x=1`, ticket: await ticket() };
      expect(await refusedBy(asked)).toContain('INVALID_SERVICE');
      expect(await refusedBy({ ...asked, service: service() })).toContain('INVALID_TICKET');
      expect(await refusedBy({ service: service() })).toContain('INVALID_REQUEST');
      expect(await refusedBy({ ...asked, renew: 'true' })).toContain('INVALID_REQUEST');
      const late = await ticket();
      world().clock.moveTo(new Date(now().getTime() + 300_000));
      expect(await refusedBy({ service: service(), ticket: late })).toContain('INVALID_TICKET');
    });

    it('leads nowhere but to login addresses of the own enterprise, and nobody who may not enter (E-39)', async () => {
      const own = service();
      for (const other of [
        own.replace('product.', 'evil.'),
        own.replace('/sign-on', '/elsewhere'),
        own.replace('https://', 'https://x@'),
        LOGIN_URL,
        `${LOGIN_URL}?tenant=another`,
      ])
        expect(await (await browser().open(login(other))).response.text()).toContain('APPLICATION_UNKNOWN');
      expect((await browser().open(login('nowhere'))).response.status).toBe(400);
      const { at } = await browser(null).open(login());
      expect([at.pathname, at.searchParams.get('return')]).toEqual(['/workplace', login()]);
      const given = await ticket();
      await run((tx) => setRange(tx, applicationId, NOBODY));
      expect(await (await browser().open(login())).response.text()).toContain(SIGN_ON_REFUSALS.NOT_AUTHORISED.en);
      expect(await refusedBy({ service: own, ticket: given })).toContain('NOT_AUTHORISED: ');
      await run((tx) => setRange(tx, applicationId, HEAD_OFFICE));
    });

    it('signing out ends the session of the workplace, and tickets of it; back only where the product lives', async () => {
      const token = await signedIn();
      const given = await ticket(token);
      const visit = browser(token);
      const leave = (to: string) => visit.open(`/api/v1/cas/logout?${new URLSearchParams({ service: to })}`);
      expect((await leave('https://product.example.com/')).at.href).toBe('https://product.example.com/');
      expect(await refusedBy({ service: service(), ticket: given })).toContain('SIGNED_OUT');
      expect((await leave('https://evil.example.com/')).response.status).toBe(200);
    });

    it('the SDK and the demo product speak it: from a tile to the ticket, the name, a withdrawal, the way out', async () => {
      let users = [{ userName: 'ann' }];
      const pages = memberPages({
        people: {
          client: () => ({ clientId: 'cli-1', clientSecret: SECRET, domainName: url }),
          enterprises: () => [],
          users: () => users,
        },
        random: randomBytes,
        publicUrl: () => 'https://product.example.com',
        clock: () => now().getTime(),
        cas: true,
      });
      const tile = await browser().open(`/api/v1/oauth2/enter/${applicationId}`);
      const asks = await pages.request(`${SIGN_ON_PATH}${tile.at.search}`);
      const { at } = await browser().open(asks.headers.get('location') ?? '');
      const arrived = await pages.request(`${SIGN_ON_PATH}${at.search}`);
      expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '/member']);
      const headers = { cookie: arrived.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
      expect(await (await pages.request('/member', { headers })).text()).toContain('安娜');
      // V1.0 has no token to ask again with: the product knows from the kit who may still use it
      users = [];
      expect((await pages.request('/member', { headers })).status).toBe(403);
      const again = await pages.request(`${SIGN_ON_PATH}${at.search}`);
      expect([again.status, await again.text()]).toEqual([
        403,
        expect.stringContaining('the ticket is unknown, was used or has expired'),
      ]);
    });
  });

  it('may be asked so often by an address and by a client; then it is 429 and says when again', async () => {
    const { platform } = world();
    const config = { ...platform.config, signOnRatePerSecond: 1, trustedProxies: 1 };
    const app = createApp({ platform: { ...platform, config }, caller: createCaller(platform) });
    const page = (address: string, path = '/api/v1/oauth2/login') =>
      app.request(path, { headers: { 'x-forwarded-for': address } });
    const token = (address: string, client: string, path = '/api/v1/oauth2/token') =>
      app.request(path, {
        method: 'POST',
        headers: { 'x-forwarded-for': address, authorization: `Basic ${btoa(`${client}:wrong`)}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'none' }),
      });
    const pages = [await page('192.0.2.1'), await page('192.0.2.1', '/api/oidc/auth'), await page('192.0.2.1')];
    expect(pages.map(({ status }) => status)).toEqual([404, 400, 429]);
    expect(pages[2]?.headers.get('retry-after')).toBe('1');
    expect(await pages[2]?.text()).toContain('RATE_LIMITED');
    expect((await token('192.0.2.1', 'cli-1')).status).toBe(429);
    // one client from many addresses
    const tokens = [];
    for (const last of [2, 3, 4, 5, 6])
      tokens.push(await token(`192.0.2.${last}`, 'cli-1', last % 2 === 0 ? undefined : '/api/oidc/token'));
    expect(tokens.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429]);
    expect(tokens[4]?.headers.get('retry-after')).toBe('1');
    expect(refusal.parse(await tokens[4]?.json()).error_description).toContain('RATE_LIMITED');
    expect((await token('192.0.2.7', 'cli-2')).status).toBe(401);
    world().clock.moveTo(new Date(now().getTime() + 1_000));
    expect((await page('192.0.2.1')).status).toBe(404);
    expect((await token('192.0.2.7', 'cli-1')).status).toBe(401);
  });

  it('what is kept is sealed, found by hashes, expires by the clock, and is swept', async () => {
    const { platform, clock } = world();
    const given = await signOn();
    const { rows } = await sql<{ row: string }>`SELECT a::text AS row FROM people.sign_on_artefacts a`.execute(
      platform.db,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { row } of rows) {
      expect(row).not.toContain(given.access_token);
      expect(row).not.toContain(given.refresh_token);
    }
    clock.moveTo(new Date(now().getTime() + 3_600_000));
    expect((await userinfo(given.access_token)).status).toBe(401);
    expect((await refresh(given.refresh_token)).status).toBe(200);
    await forgetSignOns(platform.db, new Date(now().getTime() + 86_400_000), 1_000);
    const left = await sql`SELECT id FROM people.sign_on_artefacts`.execute(platform.db);
    expect(left.rows).toHaveLength(0);
  });
});
