/** Who asks: the member's cookie, the token against other sites' forms, and what is admitted before the first own password. */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { z } from 'zod';
import { csrfToken, MEMBER_COOKIE, memberOfSession, type Origin, type SignedInMember } from '../../directory/index.ts';
import { type ProblemBody, problem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, clientAddress, constantTimeEqual, limitedBody } from '../http.ts';
import type { MemberSessionView } from './schemas.ts';

const MOST_BODY_BYTES = 16_384; // a name, a password

export type Admitted = { readonly member: SignedInMember; readonly token: string } | { readonly refused: ProblemBody };

/** @param how `command`: with the session's token; `first-password`: admitted with the password that somebody else gave */
export async function admit(
  c: Context<AppEnv>,
  platform: Platform,
  how: { readonly command: boolean; readonly initial: boolean },
): Promise<Admitted> {
  const token = getCookie(c, MEMBER_COOKIE) ?? null;
  const member = token === null ? null : await memberOfSession(platform.db, token, platform.clock.now());
  if (!member || token === null) return { refused: problem('UNAUTHENTICATED', 'please sign in') };
  if (how.command && !constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
    return { refused: problem('CSRF', 'the header X-CSRF-Token is missing or not of this session') };
  if (member.mustChangePassword && !how.initial)
    return { refused: problem('PASSWORD_CHANGE', 'E-13: change the initial password first') };
  return { member, token };
}

/** A form of another site can not send this type without asking first. */
export async function bodyOf<S extends z.ZodType>(
  c: Context<AppEnv>,
  schema: S,
): Promise<{ readonly value: z.infer<S> } | { readonly refused: ProblemBody }> {
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return { refused: problem('VALIDATION', 'the body must be application/json') };
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null) return { refused: problem('TOO_LARGE', 'the body is larger than 16 kB') };
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  return parsed.success ? { value: parsed.data } : { refused: validationProblem(parsed.error, 'body') };
}

export const originOf = (c: Context<AppEnv>, { config }: Platform): Origin => ({
  ip: clientAddress(c, config.trustedProxies),
  requestId: c.get('requestId'),
});

export function presentMember(member: SignedInMember, token: string): MemberSessionView {
  const { memberId, enterpriseName, userName, tenantCode, name, email, mobile, departmentName } = member;
  return {
    ...{ memberId, enterpriseName, name, email, mobile, departmentName },
    account: `${userName}@${tenantCode}`,
    mustChangePassword: member.mustChangePassword,
    csrfToken: csrfToken(token),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
