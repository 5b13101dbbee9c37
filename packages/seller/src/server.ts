/** The seller's server for protocol V2.0, after saas-v2.md 2, 3.1 and 5. */
import { type BaseActivity, type BaseRequest, type Diagnosis, readAnswer } from '@jishi/protocol';
import { type Answer, answerText } from './answer.ts';
import { dispatch } from './dispatch.ts';
import { createServer, type SellerServer } from './engine.ts';
import { ORDER_BUDGET_MS } from './limits.ts';
import { checkServerOptions, type SellerServerOptions } from './options.ts';
import { receive } from './receive.ts';
import { factsOf } from './report.ts';
import { rememberTestIds } from './test-ids.ts';

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
  const { handlers, store, openApi, test = {}, bodySign = false, encryptType } = options;
  const orderBudgetMs = options.orderBudgetMs ?? ORDER_BUDGET_MS;
  const testIds = rememberTestIds();
  return createServer<BaseRequest>(options, {
    method: 'POST',
    bodySign,
    encryptType,
    receive: (request, tools) => receive(request, { ...tools, store }),
    serve: ({ request, context }) => dispatch({ ...context, handlers, openApi, orderBudgetMs, testIds }, request, test),
    formProblems: ({ activity }, answer) => formProblems(activity, answer),
    factsOf,
  });
}

/** Reads our own answer as the marketplace will. */
function formProblems(activity: BaseActivity, answer: Answer): readonly Diagnosis[] {
  const body = new TextEncoder().encode(answerText(answer));
  const http = { status: 200, contentType: 'application/json;charset=utf-8', body, truncated: false, durationMs: 0 };
  const reading = readAnswer(activity, http);
  return reading.outcome === 'malformed' ? reading.diagnosis : [];
}
