/** Sign-in in one or two steps, sign-out, and what the console needs to know before anyone has signed in. */
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import { loadDemo } from '../../demo/facts.ts';
import {
  changePassword,
  csrfToken,
  type Entered,
  enter,
  factorDue,
  finishSignIn,
  type Origin,
  type Principal,
  principalOf,
  signOut,
} from '../../directory/index.ts';
import { type AuditEntry, writeAudit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { problem, sendProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { type AppEnv, constantTimeEqual, sessionToken } from '../http.ts';
import { type RateLimit, signInLimit } from '../rate-limit.ts';
import { VERSION } from '../version.ts';
import { presentSession } from './present.ts';
import { bodyOf, originOf, ownCommand, sendRefusal } from './security-call.ts';
import { codeBody } from './security-schemas.ts';
import { newPassword, signIn as signInBody } from './session-schemas.ts';
import { forget, keepEntered, kept } from './sign-in-cookies.ts';

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
      identityProvider: platform.config.identityProvider?.name ?? null,
    });
  });
  const present = (principal: Principal, token: string) =>
    presentSession(principal, csrfToken(token), factorDue(principal, platform.config.secondFactor));
  app.get('/session', async (c) => {
    const token = sessionToken(c, platform.config);
    const principal = token === null ? null : await principalOf(platform.db, token, platform.clock.now());
    return principal && token !== null
      ? c.json(present(principal, token))
      : sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
  });
  /** One's own password: it needs no permission, and the session goes on. */
  app.post(
    '/session/password',
    ownCommand(
      platform,
      newPassword,
      async ({ by, token, from, now }, asked) => {
        const changed = await changePassword(platform, { by, token, ...asked }, from, now);
        return changed.ok ? ok(present(changed.value, token)) : changed;
      },
      true,
    ),
  );
  const limit = signInLimit();
  const answer = (c: Context<AppEnv>, entered: Entered, now: Date): Response => {
    keepEntered(c, platform, entered, now);
    if (entered.kind === 'CODE_NEEDED') return c.json({ step: 'CODE', expiresAt: entered.expiresAt.toISOString() });
    return c.json(present(entered.principal, entered.token), 201);
  };
  app.post('/session', (c) =>
    step(c, platform, limit, signInBody, async ({ loginName, password }, from, now) => {
      const entered = await enter(platform, loginName, password, now, from);
      return entered.ok ? ok(answer(c, entered.value, now)) : entered;
    }),
  );
  app.post('/session/second-step', (c) =>
    step(c, platform, limit, codeBody, async ({ code }, from, now) => {
      const halfToken = kept(c, platform, 'half') ?? '';
      const codeAt = platform.wireClock.now();
      const entered = await finishSignIn(platform, { halfToken, code, now, codeAt }, from);
      return entered.ok ? ok(answer(c, entered.value, now)) : entered;
    }),
  );
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
    forget(c, platform, 'session');
    return c.body(null, 204);
  });
}

const signOutOf = ({ userId, role }: Principal, { ip, requestId }: Origin): AuditEntry => ({
  ...{ ip, requestId },
  actor: userId,
  role,
  action: 'session.sign-out',
  object: `user:${userId}`,
  result: 'done',
  traceId: null,
});

/** A step of a sign-in: each address may fail so many times, whatever account it tries. */
async function step<B extends z.ZodType>(
  c: Context<AppEnv>,
  platform: Platform,
  limit: RateLimit,
  body: B,
  run: (asked: z.infer<B>, from: Origin, now: Date) => Promise<Result<Response>>,
): Promise<Response> {
  // A form of another site can not send this type without asking first, so no CSRF token is needed to sign in.
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return sendProblem(c, problem('VALIDATION', 'the body must be application/json'));
  const asked = await bodyOf(c, body);
  if ('response' in asked) return asked.response;
  const now = platform.clock.now();
  const from = originOf(c, platform);
  const address = from.ip ?? 'memory';
  const waitSeconds = limit.take(address, now.getTime());
  if (waitSeconds > 0)
    return sendProblem(c, problem('RATE_LIMITED', 'too many failed sign-ins from your address'), {
      'retry-after': String(waitSeconds),
    });
  const result = await run(asked.value, from, now);
  if (!result.ok) return sendRefusal(c, result, now);
  limit.giveBack(address);
  return result.value;
}
