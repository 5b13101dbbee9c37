/** A seller's login address in one call: code → tokens → user, for the tenant that the redirect names (saas-v2.md 11). */
import type { JsonObject } from '@jishi/protocol';
import { systemClock } from '../system.ts';
import { type Answer, asked, below, isSafe, no, textOf, userOfTenant } from './asking.ts';
import type { SignOn, SignOnClient, SignOnOptions, SignOnResult, SignOnSession } from './definition.ts';

/** A token is renewed before it expires, so that it does not while it travels. */
const EARLY_MS = 10_000;

/**
 * @example
 * const login = signOn({ client: (tenantId) => table.get(tenantId) ?? null });
 * const result = await login.handle(request); // https://product.example.com/login?code=…&tenant=…
 * if (result.ok) console.log(result.user.name);
 * else console.log(result.code, result.message);
 */
export function signOn(options: SignOnOptions): SignOn {
  const { client, allowHttp = false, clock = systemClock } = options;

  async function tokens(
    { clientId, clientSecret, domainName }: SignOnClient,
    tenantId: string,
    form: Readonly<Record<string, string>>,
  ): Promise<Answer<SignOnSession>> {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
    const got = await asked({ url: at(domainName, 'token'), init: { method: 'POST', body } }, options);
    return got.ok ? sessionOf(got.value, tenantId, clock()) : got;
  }

  async function userOf(known: SignOnClient, session: SignOnSession): Promise<SignOnResult> {
    const headers = { authorization: `Bearer ${session.accessToken}` };
    const got = await asked({ url: at(known.domainName, 'userinfo'), init: { headers } }, options);
    if (!got.ok) return got;
    const user = userOfTenant(got.value, session.tenantId);
    return user.ok ? { ok: true, user: user.value, session } : user;
  }

  async function known(tenantId: string): Promise<Answer<SignOnClient>> {
    const found = tenantId === '' ? null : await client(tenantId);
    if (found === null)
      return no('refused', 'CLIENT.UNKNOWN_TENANT', `no applicationSync has told of the tenant "${tenantId}"`);
    if (!isSafe(found.domainName, allowHttp))
      return no('malformed', 'CLIENT.ADDRESS', `the domain ${found.domainName} is no https address`);
    return { ok: true, value: found };
  }

  return {
    async handle(request) {
      const { searchParams } = new URL(request.url);
      const [code, tenantId] = [searchParams.get('code') ?? '', searchParams.get('tenant') ?? ''];
      if (code === '') return no('malformed', 'CLIENT.NO_CODE', 'the address has no code: begin at the login page');
      const found = await known(tenantId);
      if (!found.ok) return found;
      const session = await tokens(found.value, tenantId, { grant_type: 'authorization_code', code });
      return session.ok ? userOf(found.value, session.value) : session;
    },
    async again(session) {
      const found = await known(session.tenantId);
      if (!found.ok) return found;
      if (session.expiresAtMs - EARLY_MS > clock()) return userOf(found.value, session);
      if (session.refreshToken === null) return no('refused', 'CLIENT.EXPIRED', 'the token has expired: sign in again');
      const form = { grant_type: 'refresh_token', refresh_token: session.refreshToken };
      const renewed = await tokens(found.value, session.tenantId, form);
      if (!renewed.ok) return renewed;
      const { refreshToken } = renewed.value;
      return userOf(found.value, { ...renewed.value, refreshToken: refreshToken ?? session.refreshToken });
    },
    async logoutUrl(tenantId, backTo) {
      const found = await known(tenantId);
      if (!found.ok) return null;
      const { clientId, domainName } = found.value;
      const query = new URLSearchParams({ client_id: clientId, ...(backTo ? { redirect_uri: backTo } : {}) });
      return `${at(domainName, 'logout')}?${query}`;
    },
  };
}

const at = (domainName: string, name: string): string => below(domainName, `oauth2/${name}`);

function sessionOf(body: JsonObject, tenantId: string, nowMs: number): Answer<SignOnSession> {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = body;
  if (typeof accessToken !== 'string' || accessToken === '')
    return no('malformed', 'CLIENT.MALFORMED', 'the answer has no access_token');
  const expiresAtMs = nowMs + (Number(seconds) || 0) * 1000;
  return {
    ok: true,
    value: { tenantId, accessToken, refreshToken: textOf(refreshToken) || null, expiresAtMs },
  };
}
