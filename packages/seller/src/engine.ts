/**
 * What serving a call is, whichever protocol it speaks: read the keys, receive and verify, serve, look at the own answer
 * before it leaves, report, answer. HTTP is always 200 with a JSON envelope, but for other methods than the protocol's (405).
 */
import { type Diagnosis, encryptAccountData } from '@jishi/protocol';
import { type Answer, refused, toResponse } from './answer.ts';
import type { ServingContext } from './context.ts';
import type { CallFacts } from './events.ts';
import { keyReader, redact } from './keys.ts';
import type { CommonOptions } from './options.ts';
import type { Reception, ReceptionTools } from './reception.ts';
import { refuse } from './refuse.ts';
import { type Reporter, reporter } from './report.ts';
import { randomText, systemClock, systemSleep } from './system.ts';

export interface SellerServer {
  /** Web standard: works in every server that speaks Request and Response. Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** A verified call together with what serving it needs. */
export interface Serving<R> {
  readonly request: R;
  readonly context: ServingContext;
  /** The one that the request was signed with. */
  readonly accessKey: string;
  readonly report: Reporter;
}

export interface Protocol<R> {
  readonly method: 'GET' | 'POST';
  /** Whether answers carry the header `Body-Sign`. */
  readonly bodySign: boolean;
  /** For account data. Undefined: clear text. */
  readonly encryptType: '1' | '2' | undefined;
  receive(request: Request, tools: ReceptionTools): Promise<Reception<R>>;
  serve(serving: Serving<R>): Promise<Answer>;
  /** What the marketplace would call malformed in this answer; such an answer must not leave. */
  formProblems(request: R, answer: Answer, accessKey: string): readonly Diagnosis[];
  factsOf(request: R, answer: Answer, receivedAtMs: number): CallFacts;
}

export function createServer<R extends { readonly activity: string }>(
  options: CommonOptions,
  protocol: Protocol<R>,
): SellerServer {
  const readKeys = keyReader(options.accessKey);
  const { clock = systemClock, language = 'en', mode = 'production' } = options;
  const report = reporter(options.onEvent);
  /** In development an answer says why it refuses, in production only what its code means. */
  const tell = (explanation: string | undefined) => (mode === 'development' ? explanation : undefined);

  function turnAway({ resultCode, diagnosis }: Extract<Reception<R>, { ok: false }>): Answer {
    report({ kind: 'rejected', resultCode, diagnosis });
    const cause = diagnosis[0];
    return refused(refuse(resultCode, tell(cause && `${cause.code}: ${cause.summary[language]}`)));
  }

  async function serve(request: R, accessKey: string, context: ServingContext): Promise<Answer> {
    const given = await protocol.serve({ request, context, accessKey, report });
    const problems = protocol.formProblems(request, given, accessKey);
    if (problems.length === 0) return given;
    report({ kind: 'bad-answer', activity: request.activity, diagnosis: problems });
    return refused(refuse('000005', tell(problems[0]?.summary[language])));
  }

  function failed(activity: string | null, error: unknown, keys: readonly string[]): Answer {
    report({ kind: 'failed', activity, error });
    return refused(refuse('000005', tell(error instanceof Error ? redact(error.message, keys) : undefined)));
  }

  /** The store failed, or the body broke off: then too the answer is signed where the protocol wants it. */
  async function receiveOrFail(request: Request, tools: ReceptionTools): Promise<Reception<R> | Answer> {
    return protocol.receive(request, tools).catch((error: unknown) => failed(null, error, tools.keys));
  }

  async function handle(request: Request): Promise<Response> {
    const keys = await readKeys();
    const startedMs = clock();
    const received = await receiveOrFail(request, { keys, nowMs: startedMs, explain: mode === 'development' });
    const usedKey = 'ok' in received ? received.accessKey : undefined;
    const bodySignKey = protocol.bodySign ? (usedKey ?? keys[0]) : undefined;
    if (!('ok' in received)) return toResponse(received, { bodySignKey });
    if (!received.ok) return toResponse(turnAway(received), { bodySignKey });
    const context = servingContext(options, protocol.encryptType, received.accessKey, new URL(request.url));
    const { activity } = received.request;
    const answer = await serve(received.request, received.accessKey, context).catch((error: unknown) =>
      failed(activity, error, keys),
    );
    const { resultCode, resultMsg } = answer;
    const facts = protocol.factsOf(received.request, answer, startedMs);
    report({ kind: 'answered', activity, resultCode, resultMsg, durationMs: clock() - startedMs, ...facts });
    return toResponse(answer, { bodySignKey });
  }

  return {
    async fetch(request) {
      if (request.method !== protocol.method) return wrongMethod(protocol.method);
      // The key source failed: nothing can be signed.
      return handle(request).catch((error: unknown) => toResponse(failed(null, error, [])));
    },
  };
}

export function wrongMethod(...allowed: readonly ('GET' | 'POST')[]): Response {
  const answer = refused(refuse('000002', `Use ${allowed.join(' or ')}`));
  return toResponse(answer, { status: 405, allow: allowed.join(', ') });
}

function servingContext(
  options: CommonOptions,
  encryptType: '1' | '2' | undefined,
  accessKey: string,
  url: URL,
): ServingContext {
  const { store, clock = systemClock, sleep = systemSleep } = options;
  const iv = () => (options.randomText ?? randomText)(16);
  const encrypt = encryptType && {
    type: encryptType,
    value: (text: string) => encryptAccountData(text, accessKey, encryptType, iv()),
  };
  return { store, clock, sleep, origin: url.origin, encrypt };
}
