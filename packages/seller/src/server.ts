/**
 * The seller's server: from an HTTP request to a handler and back, after saas-v2.md 2, 3.1 and 5. HTTP is always 200 with
 * a JSON envelope, but for other methods than POST (405).
 */
import { type BaseActivity, type BaseRequest, type Diagnosis, encryptAccountData, readAnswer } from '@jishi/protocol';
import { type Answer, answerText, refused, toResponse } from './answer.ts';
import type { CallContext } from './context.ts';
import { dispatch } from './dispatch.ts';
import { keyReader, redact } from './keys.ts';
import { ORDER_BUDGET_MS } from './limits.ts';
import { checkServerOptions, type SellerServerOptions } from './options.ts';
import { type Reception, receive } from './reception.ts';
import { refuse } from './refuse.ts';
import { answeredEvent, reporter } from './report.ts';
import { randomText, systemClock, systemSleep } from './system.ts';

export interface SellerServer {
  /** Web standard: works in every server that speaks Request and Response. Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/**
 * Creates a seller's server. Throws a `TypeError` that tells what to do when an option is missing or wrong.
 *
 * @example
 * const server = createSellerServer({
 *   accessKey: 'koo-demo-access-key-0001',
 *   store: memoryStore(),
 *   handlers: {
 *     newInstance: async (call) => ({ instanceId: call.recommendedInstanceId }),
 *     queryInstance: async (call) =>
 *       call.instanceIds.map((instanceId) => ({ instanceId, appInfo: { frontEndUrl: 'https://app.example.com' } })),
 *     refreshInstance: async () => {},
 *     updateInstanceStatus: async () => {},
 *     releaseInstance: async () => {},
 *   },
 * });
 * const response = await server.fetch(request); // {"resultCode":"000000","resultMsg":"success.","instanceId":"…"}
 */
export function createSellerServer(options: SellerServerOptions): SellerServer {
  checkServerOptions(options);
  const readKeys = keyReader(options.accessKey);
  const { store, clock = systemClock, language = 'en', mode = 'production' } = options;
  const report = reporter(options.onEvent);
  /** In development an answer says why it refuses, in production only what its code means. */
  const tell = (explanation: string | undefined) => (mode === 'development' ? explanation : undefined);

  function turnAway({ resultCode, diagnosis }: Extract<Reception, { ok: false }>): Answer {
    report({ kind: 'rejected', resultCode, diagnosis });
    const cause = diagnosis[0];
    return refused(refuse(resultCode, tell(cause && `${cause.code}: ${cause.summary[language]}`)));
  }

  async function serve(request: BaseRequest, context: CallContext): Promise<Answer> {
    const given = await dispatch(context, request, options.test ?? {});
    const problems = formProblems(request.activity, given);
    if (problems.length === 0) return given;
    report({ kind: 'bad-answer', activity: request.activity, diagnosis: problems });
    return refused(refuse('000005', tell(problems[0]?.summary[language])));
  }

  function failed(activity: string | null, error: unknown, keys: readonly string[]): Answer {
    report({ kind: 'failed', activity, error });
    return refused(refuse('000005', tell(error instanceof Error ? redact(error.message, keys) : undefined)));
  }

  async function handle(request: Request): Promise<Response> {
    const keys = await readKeys();
    const startedMs = clock();
    const received = await receive(request, { keys, store, nowMs: startedMs, explain: mode === 'development' });
    const bodySignKey = options.bodySign ? (received.accessKey ?? keys[0]) : undefined;
    if (!received.ok) return toResponse(turnAway(received), { bodySignKey });
    const context = contextOf(options, received.accessKey, new URL(request.url));
    const { activity } = received.request;
    const answer = await serve(received.request, context).catch((error: unknown) => failed(activity, error, keys));
    report(answeredEvent(received.request, answer, clock() - startedMs));
    return toResponse(answer, { bodySignKey });
  }

  return {
    async fetch(request) {
      if (request.method !== 'POST') {
        return toResponse(refused(refuse('000002', 'Use POST')), { status: 405, allow: 'POST' });
      }
      // The key source or the store failed, or the body broke off.
      return handle(request).catch((error: unknown) => toResponse(failed(null, error, [])));
    },
  };
}

function contextOf(options: SellerServerOptions, accessKey: string, url: URL): CallContext {
  const { handlers, store, clock = systemClock, sleep = systemSleep, openApi, encryptType } = options;
  const iv = () => (options.randomText ?? randomText)(16);
  const encrypt = encryptType && {
    type: encryptType,
    value: (text: string) => encryptAccountData(text, accessKey, encryptType, iv()),
  };
  const orderBudgetMs = options.orderBudgetMs ?? ORDER_BUDGET_MS;
  return { handlers, store, clock, sleep, openApi, orderBudgetMs, origin: url.origin, encrypt };
}

/** Reads our own answer as the marketplace will; what it would call malformed must not leave. */
function formProblems(activity: BaseActivity, answer: Answer): readonly Diagnosis[] {
  const body = new TextEncoder().encode(answerText(answer));
  const http = { status: 200, contentType: 'application/json;charset=utf-8', body, truncated: false, durationMs: 0 };
  const reading = readAnswer(activity, http);
  return reading.outcome === 'malformed' ? reading.diagnosis : [];
}
