/** Sign-in, sign-out, and what the console needs to know before anyone has signed in. */
import type { Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { loadDemo } from '../../demo/facts.ts';
import {
  changePassword,
  csrfToken,
  type Origin,
  type Principal,
  principalOf,
  signIn,
  signOut,
} from '../../directory/index.ts';
import { type AuditEntry, writeAudit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { problem, problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { SITES } from '../../platform/site.ts';
import { type AppEnv, clientAddress, constantTimeEqual, limitedBody, sessionCookie, sessionToken } from '../http.ts';
import { VERSION } from '../version.ts';
import { presentSession } from './present.ts';
import { newPassword, signIn as signInBody } from './schemas.ts';
import { type SignInLimit, signInLimit } from './sign-in-limit.ts';

export function sessionRoutes(app: Hono<AppEnv>, platform: Platform): void {
  app.get('/meta', async (c) => {
    const demo = platform.config.mode === 'sandbox' ? await loadDemo(platform) : null;
    const { currency, timeZone } = SITES[platform.config.site];
    const demoAccounts = (demo?.accounts ?? []).map(({ role: _, ...account }) => account);
    return c.json({
      site: platform.config.site,
      mode: platform.config.mode,
      version: VERSION,
      now: platform.clock.now().toISOString(),
      timeZone,
      currency,
      demoAccounts,
    });
  });
  app.get('/session', async (c) => {
    const token = sessionToken(c, platform.config);
    const principal = token === null ? null : await principalOf(platform.db, token, platform.clock.now());
    return principal && token !== null
      ? c.json(presentSession(principal, csrfToken(token)))
      : sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
  });
  app.post('/session/password', (c) => changeOwnPassword(c, platform));
  const limit = signInLimit();
  app.post('/session', (c) => enter(c, platform, limit));
  app.delete('/session', async (c) => {
    const token = sessionToken(c, platform.config);
    if (token === null) return c.body(null, 204);
    if (!constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
      return sendProblem(c, problem('CSRF', 'the header X-CSRF-Token is missing or not of this session'));
    const now = platform.clock.now();
    await inTransaction(platform.db, async (tx) => {
      const principal = await principalOf(tx, token, now);
      await signOut(tx, token);
      if (principal) await writeAudit(tx, signOutOf(principal, originOf(c, platform)), now);
    });
    deleteCookie(c, sessionCookie(platform.config), { path: '/', secure: isSecure(platform) });
    return c.body(null, 204);
  });
}

const MOST_BODY_BYTES = 16_384; // a name and a password
const isSecure = (platform: Platform): boolean => platform.config.publicUrl.startsWith('https:');
const originOf = (c: Context<AppEnv>, { config }: Platform): Origin => ({
  ip: clientAddress(c, config.trustedProxies),
  requestId: c.get('requestId'),
});
const signOutOf = ({ userId, role }: Principal, from: Origin): AuditEntry => ({
  ...from,
  actor: userId,
  role,
  action: 'session.sign-out',
  object: `user:${userId}`,
  result: 'done',
  traceId: null,
});

async function enter(c: Context<AppEnv>, platform: Platform, limit: SignInLimit): Promise<Response> {
  // A form of another site can not send this type without asking first, so no CSRF token is needed to sign in.
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return sendProblem(c, problem('VALIDATION', 'the body must be application/json'));
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null)
    return sendProblem(c, problem('TOO_LARGE', 'the body is larger than 16 kB'), { connection: 'close' });
  const parsed = signInBody.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (!parsed.success) return sendProblem(c, validationProblem(parsed.error, 'body'));
  const now = platform.clock.now();
  const from = originOf(c, platform);
  const address = from.ip ?? 'memory';
  const waitSeconds = limit.take(address, now.getTime());
  if (waitSeconds > 0)
    return sendProblem(c, problem('RATE_LIMITED', 'too many failed sign-ins from your address'), {
      'retry-after': String(waitSeconds),
    });
  const result = await signIn(platform, parsed.data.loginName, parsed.data.password, now, from);
  if (!result.ok) {
    const lockedUntil = result.refusal.facts?.lockedUntil;
    const retryAfter: Record<string, string> = lockedUntil
      ? { 'retry-after': String(Math.ceil((new Date(lockedUntil).getTime() - now.getTime()) / 1000)) }
      : {};
    return sendProblem(c, problemOf(result.refusal), retryAfter);
  }
  limit.giveBack(address);
  const { token, principal, expiresAt } = result.value;
  setCookie(c, sessionCookie(platform.config), token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(platform),
    // not `expires`: a browser goes by its own clock, which a sandbox's may be years away from
    maxAge: Math.max(0, Math.round((expiresAt.getTime() - now.getTime()) / 1000)),
  });
  return c.json(presentSession(principal, csrfToken(token)), 201);
}

/** One's own password: it needs no permission, and the session goes on. */
async function changeOwnPassword(c: Context<AppEnv>, platform: Platform): Promise<Response> {
  const token = sessionToken(c, platform.config);
  const now = platform.clock.now();
  const principal = token === null ? null : await principalOf(platform.db, token, now);
  if (!principal || token === null) return sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
  if (!constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
    return sendProblem(c, problem('CSRF', 'the header X-CSRF-Token is missing or not of this session'));
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null)
    return sendProblem(c, problem('TOO_LARGE', 'the body is larger than 16 kB'), { connection: 'close' });
  const parsed = newPassword.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (!parsed.success) return sendProblem(c, validationProblem(parsed.error, 'body'));
  const changed = await changePassword(platform, { by: principal, token, ...parsed.data }, originOf(c, platform), now);
  return changed.ok
    ? c.json(presentSession(changed.value, csrfToken(token)))
    : sendProblem(c, problemOf(changed.refusal));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
