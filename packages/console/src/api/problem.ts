import type { Problem } from '@jishi/marketplace/console-api';

/** A refusal or a failure of the API as RFC 9457 problem details. `status` 0 = no answer came at all. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** The problem behind any thrown value, so that a page has one kind of error to show. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { type: 'about:blank', title: 'Unexpected error', status: 0, code: 'CLIENT', detail };
}

/** True when `error` is the API's problem with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.problem.code === code;
}

/**
 * True when the same request may succeed later and its effect, if any, is not known: no answer, an overloaded or
 * failing server, or the first try still running. Everything else is a decision that a repeat would only hear again.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status, code } = error.problem;
  return status === 0 || status === 408 || status === 429 || status >= 500 || code === 'IDEMPOTENCY_IN_FLIGHT';
}

/** True when to repeat at once is the right thing; a server that asks for patience is not pressed (429). */
export function isWorthRepeating(error: unknown): boolean {
  return isTransient(error) && !(error instanceof ApiError && error.problem.status === 429);
}

/** The problem of an answer that is not 2xx; a body that is no problem (a proxy's page) still gives one. */
export async function readProblem(response: Response): Promise<Problem> {
  const body = await response.text();
  const parsed = parseJson(body);
  if (isProblem(parsed)) return parsed;
  const requestId = response.headers.get('x-request-id');
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: response.status === 401 ? 'UNAUTHENTICATED' : `HTTP_${response.status}`,
    ...(requestId === null ? {} : { requestId }),
  };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'title' in value &&
    typeof value.title === 'string' &&
    'status' in value &&
    typeof value.status === 'number'
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
