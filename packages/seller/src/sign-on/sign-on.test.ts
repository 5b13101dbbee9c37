/** A seller's login address: what is asked of the marketplace, what comes of each answer (saas-v2.md 11). */
import { describe, expect, it } from 'vitest';
import { casSignOn, type SignOnOptions, signOn } from '../index.ts';

const CLIENT = { clientId: 'cli-1', clientSecret: 's3cret', domainName: 'https://acme.example.com' };
const USER = {
  ...{ id: 'm-1', userName: 'ann', name: '安娜', email: 'ann@acme.example', mobile: '', role: 'admin', userId: 'm-1' },
  ...{ organizationName: 'HQ', organizationCode: 'hq', projectName: 'Workspace', tenant: 'tenant-1' },
};
const TOKENS = { access_token: 'at-1', refresh_token: 'rt-1', token_type: 'Bearer', expires_in: 3600 };
const LOGIN = new Request('https://product.example.com/login?code=c-1&tenant=tenant-1');
const AT = Date.UTC(2026, 0, 1);

function login(answers: (() => Response)[], more: Partial<SignOnOptions> = {}) {
  const sent: string[] = [];
  let nowMs = AT;
  const helper = signOn({
    client: (tenantId) => (tenantId === 'tenant-1' ? CLIENT : null),
    clock: () => nowMs,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push(`${request.method} ${request.url} ${request.headers.get('authorization') ?? (await request.text())}`);
      const answer = answers.shift();
      if (!answer) throw new TypeError('fetch failed');
      return answer();
    },
    ...more,
  });
  return { helper, sent, pass: (ms: number) => (nowMs += ms) };
}
const json =
  (body: object, status = 200) =>
  () =>
    Response.json(body, { status });

describe('handle', () => {
  it('exchanges the code and asks for the user at the domain of the tenant (11.2, 11.3, saas-v1.md 6.7)', async () => {
    const { helper, sent } = login([json(TOKENS), json(USER)]);
    expect(await helper.handle(LOGIN)).toEqual({
      ok: true,
      user: {
        ...{ id: 'm-1', userName: 'ann', name: '安娜', role: 'admin', departmentCode: 'hq', departmentName: 'HQ' },
        ...{ email: 'ann@acme.example', mobile: undefined },
      },
      session: { tenantId: 'tenant-1', accessToken: 'at-1', refreshToken: 'rt-1', expiresAtMs: AT + 3_600_000 },
    });
    expect(sent).toEqual([
      'POST https://acme.example.com/api/v1/oauth2/token client_id=cli-1&client_secret=s3cret&grant_type=authorization_code&code=c-1',
      'GET https://acme.example.com/api/v1/oauth2/userinfo Bearer at-1',
    ]);
  });

  it.each([
    ['no code', '?tenant=tenant-1', [], 'malformed', 'CLIENT.NO_CODE'],
    ['a tenant that nobody told of', '?code=c&tenant=other', [], 'refused', 'CLIENT.UNKNOWN_TENANT'],
    [
      'a used code',
      '?code=c&tenant=tenant-1',
      [json({ error: 'invalid_grant', error_description: 'grant request is invalid' }, 400)],
      'refused',
      'invalid_grant',
    ],
    [
      'a user of another tenant',
      '?code=c&tenant=tenant-1',
      [json(TOKENS), json({ ...USER, tenant: 'tenant-2' })],
      'refused',
      'CLIENT.OTHER_TENANT',
    ],
    ['no JSON', '?code=c&tenant=tenant-1', [() => new Response('hello')], 'malformed', 'CLIENT.MALFORMED'],
    ['no token', '?code=c&tenant=tenant-1', [json({})], 'malformed', 'CLIENT.MALFORMED'],
    [
      'no user',
      '?code=c&tenant=tenant-1',
      [json(TOKENS), json({ tenant: 'tenant-1' })],
      'malformed',
      'CLIENT.MALFORMED',
    ],
    [
      'a server that is down',
      '?code=c&tenant=tenant-1',
      [json({ error: 'server_error' }, 500)],
      'unreachable',
      'server_error',
    ],
    [
      'too often',
      '?code=c&tenant=tenant-1',
      [json({ error: 'temporarily_unavailable' }, 429)],
      'unreachable',
      'temporarily_unavailable',
    ],
    ['silence', '?code=c&tenant=tenant-1', [], 'unreachable', 'CLIENT.UNREACHABLE'],
  ])('is no sign-in: %s', async (_, query, answers, kind, code) => {
    const { helper } = login([...answers]);
    const result = await helper.handle(new Request(`https://product.example.com/login${query}`));
    expect(result).toMatchObject({ ok: false, kind, code });
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });

  it('sends the secret over TLS only', async () => {
    const { helper, sent } = login([], { client: () => ({ ...CLIENT, domainName: 'http://acme.example.com' }) });
    expect(await helper.handle(LOGIN)).toMatchObject({ ok: false, code: 'CLIENT.ADDRESS' });
    expect(sent).toEqual([]);
  });
});

describe('again', () => {
  const session = { tenantId: 'tenant-1', accessToken: 'at-1', refreshToken: 'rt-1', expiresAtMs: AT + 60_000 };

  it('asks with the token while it is valid, renews it afterwards and keeps the newest', async () => {
    const { access_token, expires_in } = { ...TOKENS, access_token: 'at-2' };
    const { helper, sent, pass } = login([json(USER), json({ access_token, expires_in }), json(USER)]);
    expect(await helper.again(session)).toMatchObject({ ok: true, session });
    pass(60_000);
    expect(await helper.again(session)).toMatchObject({
      ok: true,
      session: { accessToken: 'at-2', refreshToken: 'rt-1' },
    });
    expect(sent[1]).toContain('grant_type=refresh_token&refresh_token=rt-1');
    expect(await login([]).helper.again({ ...session, refreshToken: null, expiresAtMs: AT })).toMatchObject({
      code: 'CLIENT.EXPIRED',
    });
  });

  it('says why a member is out (E-39)', async () => {
    const refused = { error: 'invalid_token', error_description: 'NOT_AUTHORISED: You are not authorised.' };
    const { helper } = login([json(refused, 401)]);
    expect(await helper.again(session)).toEqual({
      ...{ ok: false, kind: 'refused', code: 'invalid_token' },
      message: refused.error_description,
    });
  });
});

it('leads to the logout of the platform, and back (11.4)', async () => {
  const { helper } = login([]);
  expect(await helper.logoutUrl('tenant-1', 'https://product.example.com/')).toBe(
    'https://acme.example.com/api/v1/oauth2/logout?client_id=cli-1&redirect_uri=https%3A%2F%2Fproduct.example.com%2F',
  );
  expect(await helper.logoutUrl('other')).toBeNull();
});

describe('CAS (saas-v1.md 6.7)', () => {
  const BACK = new Request('https://product.example.com/login?tenant=tenant-1&ticket=ST-1');
  const cas = (answer: (() => Response) | null, domain = 'https://acme.example.com') => {
    const sent: string[] = [];
    const helper = casSignOn({
      domain: (tenantId) => (tenantId === 'tenant-1' ? domain : null),
      service: 'https://product.example.com/login',
      fetch: async (input) => {
        sent.push(String(input));
        if (!answer) throw new TypeError('fetch failed');
        return answer();
      },
    });
    return { helper, sent };
  };
  const success = (attributes: object) =>
    json({ serviceResponse: { authenticationSuccess: { user: 'ann', attributes } } });

  it('sends whoever has no ticket to the domain of the tenant, and exchanges the ticket there', async () => {
    const { helper, sent } = cas(success(USER));
    const service = 'service=https%3A%2F%2Fproduct.example.com%2Flogin%3Ftenant%3Dtenant-1';
    const arrived = await helper.handle(new Request('https://product.example.com/login?code=c&tenant=tenant-1'));
    const url = `https://acme.example.com/api/v1/cas/login?${service}`;
    expect(arrived).toEqual({ ok: false, kind: 'begin', url });
    expect(await helper.handle(BACK)).toMatchObject({ ok: true, tenantId: 'tenant-1', user: { name: '安娜' } });
    expect(sent).toEqual([`https://acme.example.com/api/v1/cas/p3/serviceValidate?${service}&ticket=ST-1&format=JSON`]);
    expect(await helper.logoutUrl('tenant-1', 'https://product.example.com/')).toBe(
      'https://acme.example.com/api/v1/cas/logout?service=https%3A%2F%2Fproduct.example.com%2F',
    );
  });

  const failed = { code: 'INVALID_TICKET', description: 'NOT_AUTHORISED: no' };
  it.each([
    ['a refusal', json({ serviceResponse: { authenticationFailure: failed } }), 'refused', 'INVALID_TICKET'],
    ['a user of another tenant', success({ ...USER, tenant: 'x' }), 'refused', 'CLIENT.OTHER_TENANT'],
    ['no answer of CAS', json({}), 'malformed', 'CLIENT.MALFORMED'],
    ['too often', json({ error: 'temporarily_unavailable' }, 429), 'unreachable', 'temporarily_unavailable'],
    ['silence', null, 'unreachable', 'CLIENT.UNREACHABLE'],
  ])('is no sign-in: %s', async (_, answer, kind, code) => {
    expect(await cas(answer).helper.handle(BACK)).toMatchObject({ ok: false, kind, code });
  });

  it('asks known tenants over TLS only', async () => {
    const other = new Request('https://product.example.com/login?tenant=other&ticket=ST-1');
    expect(await cas(null).helper.handle(other)).toMatchObject({ code: 'CLIENT.UNKNOWN_TENANT' });
    expect(await cas(null, 'http://acme.example.com').helper.handle(BACK)).toMatchObject({ code: 'CLIENT.ADDRESS' });
  });
});
