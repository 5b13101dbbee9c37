/**
 * Calls about one's own account: they need no permission, only the session and its CSRF token. They run outside the one
 * transaction of commands, since a wrong password or code is counted even though the call is refused.
 */
import type { Context, Handler } from 'hono';
import type { z } from 'zod';
import { csrfToken, factorDue, type Origin, type Principal, principalOf } from '../../directory/index.ts';
import { type ProblemBody, problem, problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Result } from '../../platform/result.ts';
import { type AppEnv, clientAddress, constantTimeEqual, limitedBody, sessionToken } from '../http.ts';

export interface OwnCall {
  readonly by: Principal;
  readonly token: string;
  readonly from: Origin;
  readonly now: Date;
  /** of the clock that telephones go by, for codes */
  readonly codeAt: Date;
  /** for cookies of the answer */
  readonly c: Context<AppEnv>;
}

const MOST_BODY_BYTES = 16_384; // names, passwords, codes

export const originOf = (c: Context<AppEnv>, { config }: Platform): Origin => ({
  ip: clientAddress(c, config.trustedProxies),
  requestId: c.get('requestId'),
  agent: c.req.header('user-agent') ?? null,
});

/** What a person has to do before anything else is open: an own password (E-13), a second factor. */
export function firstToDo(principal: Principal, { config }: Platform): ProblemBody | null {
  if (principal.passwordInitial) return problem('PASSWORD_CHANGE', 'E-13: change the initial password first');
  return factorDue(principal, config.secondFactor)
    ? problem('SECOND_FACTOR_DUE', 'set up a second factor first')
    : null;
}

/** @param initial whether it may be done with an initial password, which is to be changed before anything else (E-13) */
export function ownCommand<B extends z.ZodType>(
  platform: Platform,
  body: B,
  run: (call: OwnCall, body: z.infer<B>) => Promise<Result<unknown>>,
  initial = false,
): Handler<AppEnv> {
  return async (c) => {
    const call = await ownCall(c, platform);
    if (call === null) return sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
    if (!constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(call.token)))
      return sendProblem(c, problem('CSRF', 'the header X-CSRF-Token is missing or not of this session'));
    if (call.by.passwordInitial && !initial)
      return sendProblem(c, problem('PASSWORD_CHANGE', 'E-13: change the initial password first'));
    const asked = await bodyOf(c, body);
    if ('response' in asked) return asked.response;
    return answer(c, platform, call.now, await run(call, asked.value));
  };
}

export function ownRead(platform: Platform, run: (call: OwnCall) => Promise<Result<unknown>>): Handler<AppEnv> {
  return async (c) => {
    const call = await ownCall(c, platform);
    if (call === null) return sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
    return answer(c, platform, call.now, await run(call));
  };
}

/** The session that a request comes with; null = none. */
export async function ownCall(c: Context<AppEnv>, platform: Platform): Promise<OwnCall | null> {
  const token = sessionToken(c, platform.config);
  const now = platform.clock.now();
  const by = token === null ? null : await principalOf(platform.db, token, now);
  if (by === null || token === null) return null;
  return { by, token, from: originOf(c, platform), now, codeAt: platform.wireClock.now(), c };
}

/** A body of JSON up to 16 kB, or the answer that says what is wrong with it. */
export async function bodyOf<B extends z.ZodType>(
  c: Context<AppEnv>,
  schema: B,
): Promise<{ readonly value: z.infer<B> } | { readonly response: Response }> {
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null)
    return {
      response: sendProblem(c, problem('TOO_LARGE', 'the body is larger than 16 kB'), { connection: 'close' }),
    };
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  return parsed.success
    ? { value: parsed.data }
    : { response: sendProblem(c, validationProblem(parsed.error, 'body')) };
}

function answer(c: Context<AppEnv>, platform: Platform, now: Date, result: Result<unknown>): Response {
  if (!result.ok) return sendRefusal(c, result, now);
  platform.wake.kick();
  // by the context, which may hold a cookie for the answer
  return c.body(JSON.stringify(result.value), 200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
}

/** With how long to wait, where something is locked. */
export function sendRefusal(
  c: Context<AppEnv>,
  { refusal }: Extract<Result<unknown>, { ok: false }>,
  now: Date,
): Response {
  const lockedUntil = refusal.facts?.lockedUntil;
  const wait = lockedUntil === undefined ? null : Math.ceil((new Date(lockedUntil).getTime() - now.getTime()) / 1000);
  return sendProblem(c, problemOf(refusal), wait === null ? {} : { 'retry-after': String(wait) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    return null;
  }
}
