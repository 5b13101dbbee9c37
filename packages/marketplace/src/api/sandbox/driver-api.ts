/**
 * The sandbox's API over HTTP. Anybody who is signed in, whatever the role, or a program on this machine that was given
 * the token. Commands take a CSRF token and an idempotency key from a page, as everywhere; a program needs neither.
 *
 * Keys are kept in memory: a sandbox is one process, and a command that takes minutes can not hold a transaction open.
 * A repeat joins the command under way.
 */
import type { Context, Hono } from 'hono';
import { csrfToken, recentPrincipalOf } from '../../directory/index.ts';
import { fingerprintOf, IDEMPOTENCY_KEY } from '../../platform/http/idempotency.ts';
import { type ProblemBody, problem, problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { type AppEnv, constantTimeEqual, limitedBody, sessionToken } from '../http.ts';
import { VERSION } from '../version.ts';
import { DRIVER_ROUTES, type DriverRoute } from './driver-routes.ts';
import { eventStreams } from './events.ts';

const MOST_BODY_BYTES = 524_288; // a scenario file and then some
const MOST_KEYS = 1_000;

export function driverApi(app: Hono<AppEnv>, platform: Platform, sandbox: Sandbox): void {
  const streams = eventStreams(sandbox);
  app.get('/events', async (c) => {
    const who = await admit(c, platform, sandbox, false);
    if ('problem' in who) return sendProblem(c, who.problem);
    const again = async () => !('problem' in (await admit(c, platform, sandbox, false)));
    return streams.open(c, who.by, again);
  });
  app.get('/exchanges.har', async (c) => {
    const who = await admit(c, platform, sandbox, false);
    return 'problem' in who ? sendProblem(c, who.problem) : archive(sandbox);
  });
  const answers = createAnswers();
  for (const route of DRIVER_ROUTES) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(route.method, path, (c) =>
      route.method === 'GET' ? read(c, platform, sandbox, route) : command(c, platform, sandbox, route, answers),
    );
  }
}

type Admitted = { readonly by: string; readonly isProgram: boolean } | { readonly problem: ProblemBody };

/** @param changes whether a page has to prove that it is ours */
async function admit(c: Context<AppEnv>, platform: Platform, sandbox: Sandbox, changes: boolean): Promise<Admitted> {
  const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined)
    return constantTimeEqual(bearer, sandbox.token)
      ? { by: 'program', isProgram: true }
      : { problem: problem('UNAUTHENTICATED', 'this is not the token of this sandbox') };
  const token = sessionToken(c, platform.config);
  const principal = token === null ? null : await recentPrincipalOf(platform.db, token, platform.clock.now());
  if (!principal || token === null) return { problem: problem('UNAUTHENTICATED', 'please sign in') };
  if (changes && !constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
    return { problem: problem('CSRF', 'the header X-CSRF-Token is missing or not of this session') };
  return { by: principal.userId, isProgram: false };
}

async function read(c: Context<AppEnv>, platform: Platform, sandbox: Sandbox, route: DriverRoute): Promise<Response> {
  const who = await admit(c, platform, sandbox, false);
  if ('problem' in who) return sendProblem(c, who.problem);
  return responseTo(c, await perform(route, sandbox, c.req.query(), c.req.param()));
}

async function command(
  c: Context<AppEnv>,
  platform: Platform,
  sandbox: Sandbox,
  route: DriverRoute,
  answers: Answers,
): Promise<Response> {
  const who = await admit(c, platform, sandbox, true);
  if ('problem' in who) return sendProblem(c, who.problem);
  const key = c.req.header('idempotency-key') ?? '';
  if (!(who.isProgram && key === '') && !IDEMPOTENCY_KEY.test(key))
    return sendProblem(
      c,
      problem(
        'IDEMPOTENCY_KEY_MISSING',
        'the header Idempotency-Key is needed: 8 to 128 visible characters, e.g. a UUID',
      ),
    );
  const bytes = await limitedBody(c, MOST_BODY_BYTES);
  if (bytes === null)
    return sendProblem(c, problem('TOO_LARGE', 'the body is larger than 512 kB'), { connection: 'close' });
  const text = new TextDecoder().decode(bytes);
  const body = parseJson(text);
  if (!body.ok) return sendProblem(c, problem('MALFORMED_JSON', 'the body is no JSON'));
  const run = () => perform(route, sandbox, body.value, c.req.param());
  if (key === '') return responseTo(c, await run());
  const outcome = await answers.once(`${who.by} ${key}`, fingerprintOf(route.method, c.req.path, text), run);
  return outcome === 'conflict'
    ? sendProblem(c, problem('IDEMPOTENCY_CONFLICT', 'this key was used for another request'))
    : responseTo(c, outcome);
}

type Outcome = { readonly value: unknown } | { readonly problem: ProblemBody };

async function perform(
  route: DriverRoute,
  sandbox: Sandbox,
  input: unknown,
  params: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const answer = await route.run(sandbox, input, params);
  if ('invalid' in answer)
    return { problem: validationProblem(answer.invalid, route.method === 'GET' ? 'query' : 'body') };
  return answer.ok ? { value: answer.value } : { problem: problemOf(answer.refusal) };
}

function responseTo(c: Context<AppEnv>, outcome: Outcome): Response {
  if ('problem' in outcome) return sendProblem(c, outcome.problem);
  return new Response(JSON.stringify(outcome.value), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

interface Answers {
  /** Only success is kept: a refusal changed nothing, and the same request may succeed later. */
  once(key: string, fingerprint: string, run: () => Promise<Outcome>): Promise<Outcome | 'conflict'>;
}
function createAnswers(): Answers {
  const known = new Map<string, { readonly fingerprint: string; readonly outcome: Promise<Outcome> }>();
  return {
    async once(key, fingerprint, run) {
      const earlier = known.get(key);
      if (earlier) return earlier.fingerprint === fingerprint ? earlier.outcome : 'conflict';
      const outcome = run();
      known.set(key, { fingerprint, outcome });
      for (const oldest of known.keys()) {
        if (known.size <= MOST_KEYS) break;
        known.delete(oldest);
      }
      const forget = () => known.delete(key);
      await outcome.then((given) => 'problem' in given && forget(), forget);
      return outcome;
    },
  };
}

function archive(sandbox: Sandbox): Response {
  const parts = sandbox.har(VERSION);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="exchanges.har"',
      'cache-control': 'no-store',
    },
  });
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text === '' ? '{}' : text) };
  } catch {
    return { ok: false };
  }
}
