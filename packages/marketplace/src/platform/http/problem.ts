/** Errors of the console API: RFC 9457 problem details with a stable code. */
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Refusal } from '../result.ts';

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly { member: string; rule: string; message: string }[];
  readonly facts?: Readonly<Record<string, string>>;
}

const STATUS_OF: Readonly<Record<string, number>> = {
  VALIDATION: 400,
  SCENARIO_INVALID: 400,
  MALFORMED_JSON: 400,
  IDEMPOTENCY_KEY_MISSING: 400,
  UNAUTHENTICATED: 401,
  SIGNATURE_WRONG: 401,
  INVALID_CREDENTIALS: 401,
  ACCOUNT_DISABLED: 403,
  FORBIDDEN: 403,
  SELLER_LEFT: 403,
  PASSWORD_CHANGE: 403,
  SECOND_FACTOR_DUE: 403,
  SIGN_IN_EXPIRED: 401,
  CSRF: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  IDEMPOTENCY_IN_FLIGHT: 409,
  IDEMPOTENCY_CONFLICT: 422,
  TOO_LARGE: 413,
  FILE_TOO_LARGE: 413,
  FILE_TYPE: 415,
  FILE_EMPTY: 422,
  FILE_NAME: 422,
  FILE_CHECKSUM: 422,
  FILE_TRUNCATED: 422,
  FILE_PICTURE_SIZE: 422,
  FILE_ARCHIVE_BOMB: 422,
  FILE_ARCHIVE_UNSAFE: 422,
  FILE_ARCHIVE_UNREADABLE: 422,
  LINK_EXPIRED: 410,
  ACCOUNT_LOCKED: 429,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};
/** A business rule said no: 409, unless the code has a status of its own. */
const statusOf = (code: string): number => STATUS_OF[code] ?? 409;

export function problem(code: string, title: string, more: Partial<ProblemBody> = {}): ProblemBody {
  return {
    type: `urn:jishi:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: statusOf(code),
    code,
    ...more,
  };
}

export const problemOf = (refusal: Refusal): ProblemBody =>
  problem(refusal.code, refusal.message, refusal.facts ? { facts: refusal.facts } : {});

/** Names each faulty member and the rule it breaks. */
export function validationProblem(error: z.ZodError, where: string): ProblemBody {
  return problem('VALIDATION', `the ${where} does not fit`, {
    errors: error.issues.map((issue) => ({
      member: issue.path.map(String).join('.') || where,
      rule: issue.code ?? 'custom',
      message: issue.message,
    })),
  });
}

export function sendProblem(context: Context, body: ProblemBody, headers: Record<string, string> = {}): Response {
  const requestId = context.get('requestId');
  const complete = typeof requestId === 'string' ? { ...body, requestId } : body;
  return new Response(JSON.stringify(complete), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
