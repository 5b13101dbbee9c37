/** A seller's login address in one call: code → tokens → user, for the tenant that the redirect names (saas-v2.md 11). */
import { isJsonObject, type JsonObject, parseJson } from '@jishi/protocol';
import { systemClock } from '../system.ts';
import type {
  SignedOnUser,
  SignOn,
  SignOnClient,
  SignOnFailure,
  SignOnOptions,
  SignOnResult,
  SignOnSession,
} from './definition.ts';

type Answer<T> = { readonly ok: true; readonly value: T } | SignOnFailure;
interface Call {
  readonly url: string;
  readonly init: RequestInit;
}

const TIMEOUT_MS = 5_000;
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
  const { client, fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS, allowHttp = false, clock = systemClock } = options;

  async function asked({ url, init }: Call): Promise<Answer<JsonObject>> {
    try {
      const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      return answerOf(response.status, parseObject(await response.text()));
    } catch (error) {
      return no('unreachable', 'CLIENT.UNREACHABLE', `no answer from ${new URL(url).origin}: ${reasonOf(error)}`);
    }
  }

  async function tokens(
    { clientId, clientSecret, domainName }: SignOnClient,
    tenantId: string,
    form: Readonly<Record<string, string>>,
  ): Promise<Answer<SignOnSession>> {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
    const got = await asked({ url: at(domainName, 'token'), init: { method: 'POST', body } });
    return got.ok ? sessionOf(got.value, tenantId, clock()) : got;
  }

  async function userOf(known: SignOnClient, session: SignOnSession): Promise<SignOnResult> {
    const headers = { authorization: `Bearer ${session.accessToken}` };
    const got = await asked({ url: at(known.domainName, 'userinfo'), init: { headers } });
    if (!got.ok) return got;
    const user = readUser(got.value);
    if (user === null) return no('malformed', 'CLIENT.MALFORMED', 'the user has no id, userName or name');
    // the redirect's `tenant` is what anybody can write into an address
    if (got.value.tenant !== session.tenantId)
      return no('refused', 'CLIENT.OTHER_TENANT', 'the user belongs to another tenant than the redirect says');
    return { ok: true, user, session };
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

const at = (domainName: string, name: string): string => `${domainName.replace(/\/$/, '')}/api/v1/oauth2/${name}`;
const no = (kind: SignOnFailure['kind'], code: string, message: string): SignOnFailure => ({
  ok: false,
  kind,
  code,
  message,
});
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Secrets travel: TLS, or this machine. */
function isSafe(address: string, allowHttp: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && (allowHttp || isHere));
}

function parseObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

function answerOf(status: number, body: JsonObject | null): Answer<JsonObject> {
  if (body === null) return no('malformed', 'CLIENT.MALFORMED', `HTTP ${status} without a JSON object`);
  if (typeof body.error === 'string')
    return no(status >= 500 ? 'unreachable' : 'refused', body.error, textOf(body.error_description) || body.error);
  if (status === 200) return { ok: true, value: body };
  return no(status >= 500 ? 'unreachable' : 'refused', 'CLIENT.STATUS', `HTTP ${status}`);
}

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

function readUser(body: JsonObject): SignedOnUser | null {
  const [id, userName, name] = [textOf(body.id), textOf(body.userName), textOf(body.name)];
  if (id === '' || userName === '' || name === '') return null;
  return {
    id,
    userName,
    name,
    role: body.role === 'admin' ? 'admin' : 'user',
    departmentCode: textOf(body.organizationCode),
    departmentName: textOf(body.organizationName),
    email: textOf(body.email) || undefined,
    mobile: textOf(body.mobile) || undefined,
  };
}
