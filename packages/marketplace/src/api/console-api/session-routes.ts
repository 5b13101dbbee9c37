/** Sign-in, sign-out, and what the console needs to know before anyone has signed in. */
import type { Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { loadDemo } from '../../demo/facts.ts';
import { csrfToken, principalOf, signIn, signOut } from '../../directory/index.ts';
import { problem, problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { SITES } from '../../platform/site.ts';
import { type AppEnv, constantTimeEqual, SESSION_COOKIE, sessionToken } from '../http.ts';
import { VERSION } from '../version.ts';
import { presentSession } from './present.ts';
import { signIn as signInBody } from './schemas.ts';

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
    const token = sessionToken(c);
    const principal = token === null ? null : await principalOf(platform.db, token, platform.clock.now());
    return principal && token !== null
      ? c.json(presentSession(principal, csrfToken(token)))
      : sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
  });
  app.post('/session', (c) => enter(c, platform));
  app.delete('/session', async (c) => {
    const token = sessionToken(c);
    if (token === null) return c.body(null, 204);
    if (!constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
      return sendProblem(c, problem('CSRF', 'the header X-CSRF-Token is missing or not of this session'));
    await signOut(platform.db, token);
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    return c.body(null, 204);
  });
}

async function enter(c: Context<AppEnv>, platform: Platform): Promise<Response> {
  // A form of another site can not send this type without asking first, so no CSRF token is needed to sign in.
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return sendProblem(c, problem('VALIDATION', 'the body must be application/json'));
  const body: unknown = await c.req.json().catch(() => null);
  const parsed = signInBody.safeParse(body);
  if (!parsed.success) return sendProblem(c, validationProblem(parsed.error, 'body'));
  const now = platform.clock.now();
  const result = await signIn(platform, parsed.data.loginName, parsed.data.password, now);
  if (!result.ok) {
    const lockedUntil = result.refusal.facts?.lockedUntil;
    const retryAfter: Record<string, string> = lockedUntil
      ? { 'retry-after': String(Math.ceil((new Date(lockedUntil).getTime() - now.getTime()) / 1000)) }
      : {};
    return sendProblem(c, problemOf(result.refusal), retryAfter);
  }
  const { token, principal, expiresAt } = result.value;
  setCookie(c, SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: platform.config.publicUrl.startsWith('https:'),
    expires: expiresAt,
  });
  return c.json(presentSession(principal, csrfToken(token)), 201);
}
