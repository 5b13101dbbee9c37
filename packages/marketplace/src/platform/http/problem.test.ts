/** Errors are RFC 9457 problem details with a stable code, and name what was wrong. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refuse } from '../result.ts';
import { problem, problemOf, validationProblem } from './problem.ts';

describe('problem', () => {
  it.each([
    ['NOT_FOUND', 404],
    ['FORBIDDEN', 403],
    ['ACCOUNT_LOCKED', 429],
    ['IDEMPOTENCY_CONFLICT', 422],
    ['PRICE_CHANGED', 409],
    ['INSUFFICIENT_BALANCE', 409],
  ])('%s is %i', (code, status) => {
    expect(problem(code, 'why')).toMatchObject({ code, status, title: 'why' });
  });

  it('carries the facts of a refusal', () => {
    const result = refuse('INVALID_QUANTITY', 'from 5 to 500', { minimum: '5' });
    expect(result.ok ? null : problemOf(result.refusal)).toEqual({
      type: 'urn:jishi:problem:invalid-quantity',
      title: 'from 5 to 500',
      status: 409,
      code: 'INVALID_QUANTITY',
      facts: { minimum: '5' },
    });
  });

  it('names each faulty member and the rule it breaks', () => {
    const parsed = z
      .object({ lines: z.array(z.object({ quantity: z.int() })), site: z.string() })
      .safeParse({ lines: [{ quantity: 'x' }] });
    const body = parsed.success ? null : validationProblem(parsed.error, 'body');
    expect(body).toMatchObject({ status: 400, code: 'VALIDATION' });
    expect(body?.errors?.map((each) => [each.member, each.rule])).toEqual([
      ['lines.0.quantity', 'invalid_type'],
      ['site', 'invalid_type'],
    ]);
  });

  it('speaks of the whole when the whole is wrong', () => {
    const parsed = z.object({}).safeParse('text');
    expect(parsed.success ? null : validationProblem(parsed.error, 'body').errors?.[0]?.member).toBe('body');
  });
});
