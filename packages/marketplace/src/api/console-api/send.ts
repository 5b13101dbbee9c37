/** What a route found, as HTTP. */
import type { Context } from 'hono';
import { problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { AppEnv } from '../http.ts';
import type { Outcome } from './route.ts';

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

export const sendJson = (body: string, status: number, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { ...JSON_HEADERS, ...headers } });

export function send(c: Context<AppEnv>, outcome: Outcome, status: number): Response {
  if (outcome instanceof Response) return outcome;
  if ('invalid' in outcome) return sendProblem(c, validationProblem(outcome.invalid, outcome.where));
  if (!outcome.ok) return sendProblem(c, problemOf(outcome.refusal));
  return sendJson(JSON.stringify(outcome.value), status);
}
