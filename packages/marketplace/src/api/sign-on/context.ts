/** What the routes of single sign-on share: the authorisation server, who is signed in, and the way from one to the other. */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { MEMBER_COOKIE, memberOfSession, type SignedInMember } from '../../directory/index.ts';
import {
  type AuthorisationServer,
  createAuthorisationServer,
  currentKeys,
  ISSUER_PATH,
  SESSION_COOKIE,
  sessionFor,
} from '../../people/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, limitedBody } from '../http.ts';
import { type NodeCall, throughNode } from './bridge.ts';
import { type SignOnLimits, signOnLimits } from './limits.ts';
import { faultPage, signedOutPage, signOutPage } from './pages.ts';

/** The largest is a token request of a few hundred bytes; the library itself stops at 56 kB. */
const MOST_BYTES = 64 * 1024;

/** A member with the session of the workplace, which every sign-in to a product rests on. */
export type AtWorkplace = SignedInMember & { readonly token: string };

/** What every route here works with. */
export interface SignOnContext {
  readonly platform: Platform;
  readonly limits: SignOnLimits;
  /** made on first use, and again when there is another signing key */
  authorisationServer(): Promise<AuthorisationServer>;
  /** Hands a request on to the authorisation server. */
  ask(c: Context<AppEnv>, target: string, body?: Uint8Array): Promise<Response>;
  /** Who is signed in at the workplace and may go on; null = has to sign in, or to change the password first (E-36). */
  member(c: Context<AppEnv>): Promise<AtWorkplace | null>;
}

export function signOnContext(platform: Platform): SignOnContext {
  const { db, clock, config } = platform;
  const publicUrl = new URL(config.publicUrl);
  const pages = { fault: faultPage, signOut: signOutPage, signedOut: signedOutPage };
  let current: { readonly keyIds: string; readonly server: AuthorisationServer } | null = null;
  const authorisationServer = async () => {
    const keys = await currentKeys(platform, clock.now());
    const keyIds = keys.map(({ keyId }) => keyId).join();
    if (current?.keyIds !== keyIds)
      current = { keyIds, server: await createAuthorisationServer(platform, keys, pages) };
    return current.server;
  };
  const member = async (c: Context<AppEnv>) => {
    const token = getCookie(c, MEMBER_COOKIE);
    if (token === undefined) return null;
    const found = await memberOfSession(db, token, clock.now());
    return found?.mustChangePassword === false ? { ...found, token } : null;
  };
  const limits = signOnLimits(platform);
  return {
    platform,
    limits,
    authorisationServer,
    member,
    async ask(c, path, given) {
      const server = await authorisationServer();
      const body = given ?? (await limitedBody(c, MOST_BYTES));
      if (body === null) return c.json({ error: 'invalid_request', error_description: 'the body is too large' }, 413);
      const limited = CREDENTIALS.test(path) ? limits.token(c, body) : BEGINNINGS.test(path) ? limits.page(c) : null;
      if (limited) return limited;
      const call = callOf(c, publicUrl, path, body);
      if (BEGINNINGS.test(path)) await follow(server, call.headers, await member(c));
      return throughNode(server.callback(), call, HEADERS);
    },
  };
}

/** Where the server's own session must be the member's: asking for a code, coming back from the workplace, signing out. */
const BEGINNINGS = /^\/(auth(\/[^/]+)?|session\/end)$/;

/** Where a client shows its secret. */
const CREDENTIALS = /^\/token(\/|$)/;

async function follow(server: AuthorisationServer, given: Headers, member: AtWorkplace | null): Promise<void> {
  const session = member && (await sessionFor(server, member));
  const others = (given.get('cookie') ?? '')
    .split(/;\s*/)
    .filter((each) => each !== '' && !each.startsWith(`${SESSION_COOKIE}=`));
  given.set('cookie', [...others, ...(session === null ? [] : [`${SESSION_COOKIE}=${session.jti}`])].join('; '));
}

export function callOf(c: Context<AppEnv>, publicUrl: URL, path: string, body: Uint8Array): NodeCall {
  const { search } = new URL(c.req.url);
  const given = new Headers(c.req.raw.headers);
  for (const name of ['transfer-encoding', 'content-length', 'content-encoding', 'expect']) given.delete(name);
  given.set('host', publicUrl.host);
  given.set('x-forwarded-host', publicUrl.host);
  given.set('x-forwarded-proto', publicUrl.protocol.slice(0, -1));
  return {
    method: c.req.method,
    url: `${path}${search}`,
    originalUrl: `${ISSUER_PATH}${path}${search}`,
    headers: given,
    body,
  };
}

/** The workplace's own page; afterwards it sends the browser to `path`. */
export const signInPath = (path: string, more: Readonly<Record<string, string>> = {}): string =>
  `/workplace?${new URLSearchParams({ ...more, return: path })}`;

export const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  // forms lead to applications elsewhere, so `form-action` is left open
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
} as const;
