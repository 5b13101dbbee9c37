/**
 * The seller's server: from an HTTP request to a handler and back, after saas-v2.md 2, 3.1 and 5. HTTP is always 200 with
 * a JSON envelope, but for other methods than POST (405).
 */
import {
  type BaseActivity,
  type BaseRequest,
  type Diagnosis,
  diagnose,
  encryptAccountData,
  parseRequest,
  readAnswer,
} from '@jishi/protocol';
import { type Answer, answerText, refused, toResponse } from './answer.ts';
import { decodeUtf8, readLimited } from './body.ts';
import type { CallContext } from './context.ts';
import { dispatch } from './dispatch.ts';
import { keyReader, redact } from './keys.ts';
import { MAX_BODY_BYTES, ORDER_BUDGET_MS } from './limits.ts';
import { checkServerOptions, type SellerServerOptions } from './options.ts';
import { refuse } from './refuse.ts';
import { reporter } from './report.ts';
import { randomText, systemClock, systemSleep } from './system.ts';
import { verifyRequest } from './verify.ts';

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
  const { store, clock = systemClock, sleep = systemSleep, encryptType, bodySign = false, language = 'en' } = options;
  const random = options.randomText ?? randomText;
  const report = reporter(options.onEvent);

  function contextOf(accessKey: string, url: URL): CallContext {
    const value = (text: string) => encryptAccountData(text, accessKey, encryptType ?? '1', random(16));
    return {
      handlers: options.handlers,
      store,
      clock,
      sleep,
      openApi: options.openApi,
      orderBudgetMs: options.orderBudgetMs ?? ORDER_BUDGET_MS,
      origin: url.origin,
      encrypt: encryptType ? { type: encryptType, value } : undefined,
    };
  }

  /** A request that no handler sees. In development the answer says why, in production only what the code means. */
  function reject(resultCode: '000001' | '000002', given: readonly Diagnosis[], keys: readonly string[]): Answer {
    const diagnosis = given.map((one) => withoutKeys(one, keys));
    report({ kind: 'rejected', resultCode, diagnosis });
    const told = options.mode === 'development' ? diagnosis[0] : undefined;
    return refused(refuse(resultCode, told && `${told.code}: ${told.summary[language]}`));
  }

  async function serve(request: BaseRequest, context: CallContext): Promise<Answer> {
    const startedMs = clock();
    const given = await dispatch(context, request, options.test ?? {});
    const problems = formProblems(request.activity, given);
    if (problems.length > 0) report({ kind: 'bad-answer', activity: request.activity, diagnosis: problems });
    const told = options.mode === 'development' ? problems[0]?.summary[language] : undefined;
    const answer = problems.length > 0 ? refused(refuse('000005', told)) : given;
    report({ kind: 'answered', ...factsOf(request, answer), durationMs: clock() - startedMs });
    return answer;
  }

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const keys = await readKeys();
    const read = await readLimited(request.body, MAX_BODY_BYTES);
    if (read.truncated) return toResponse(reject('000002', [tooLarge()], keys));
    const body = decodeUtf8(read.bytes);
    if (body === null) return toResponse(reject('000002', [diagnose('http.charset')], keys));
    const verified = await verifyRequest({ url, body }, keys, store, clock());
    if (!verified.ok) return toResponse(reject(verified.resultCode, verified.diagnosis, keys));
    const bodySignKey = bodySign ? verified.accessKey : undefined;
    const parsed = parseRequest(body);
    if (!parsed.ok) return toResponse(reject(parsed.resultCode, parsed.diagnosis, keys), { bodySignKey });
    const answer = await guarded(parsed.request.activity, () =>
      serve(parsed.request, contextOf(verified.accessKey, url)),
    );
    return toResponse(answer, { bodySignKey });
  }

  async function guarded(activity: BaseActivity, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      report({ kind: 'failed', activity, error });
      return refused(refuse('000005', explain(error)));
    }
  }

  const explain = (error: unknown) =>
    options.mode === 'development' && error instanceof Error ? error.message : undefined;

  return {
    async fetch(request) {
      if (request.method !== 'POST') {
        return toResponse(refused(refuse('000002', 'Use POST')), { status: 405, allow: 'POST' });
      }
      try {
        return await handle(request);
      } catch (error) {
        report({ kind: 'failed', activity: null, error });
        return toResponse(refused(refuse('000005', explain(error))));
      }
    },
  };
}

/** Reads our own answer as the marketplace will; what it would call malformed must not leave. */
function formProblems(activity: BaseActivity, answer: Answer): readonly Diagnosis[] {
  const body = new TextEncoder().encode(answerText(answer));
  const http = { status: 200, contentType: 'application/json;charset=utf-8', body, truncated: false, durationMs: 0 };
  const reading = readAnswer(activity, http);
  return reading.outcome === 'malformed' ? reading.diagnosis : [];
}

function factsOf(request: BaseRequest, { resultCode, resultMsg, members }: Answer) {
  const { activity } = request;
  const instanceId = 'instanceId' in request ? request.instanceId : members.instanceId;
  const orderLineId = 'orderLineId' in request ? request.orderLineId : undefined;
  return {
    activity,
    resultCode,
    resultMsg,
    test: request.testFlag === '1',
    ...(typeof instanceId === 'string' ? { instanceId } : {}),
    ...(orderLineId ? { orderLineId } : {}),
  };
}

/** An explained signature quotes the string that was signed, and that string begins with the key. */
function withoutKeys(diagnosis: Diagnosis, keys: readonly string[]): Diagnosis {
  const hide = (text: string) => redact(text, keys);
  const words = ({ zh, en }: { zh: string; en: string }) => ({ zh: hide(zh), en: hide(en) });
  return {
    ...diagnosis,
    summary: words(diagnosis.summary),
    expected: hide(diagnosis.expected),
    seen: hide(diagnosis.seen),
    fix: words(diagnosis.fix),
  };
}

const tooLarge = () => diagnose('http.too-large', { seen: `more than ${MAX_BODY_BYTES} bytes` });
