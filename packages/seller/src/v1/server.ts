/** The seller's server for the retired but still used protocol V1.0: GET, authToken, signed answers (saas-v1.md). */
import {
  bodySign,
  type Diagnosis,
  decryptPrivateMemberV1,
  isTestCall,
  parseUtc,
  type RequestV1,
  readAnswerV1,
} from '@jishi/protocol';
import { type Answer, answerText } from '../answer.ts';
import { createServer, type SellerServer } from '../engine.ts';
import type { CallFacts } from '../events.ts';
import type { ContextV1 } from './context.ts';
import { dispatchV1 } from './dispatch.ts';
import { checkServerV1Options, type SellerServerV1Options } from './options.ts';
import { receiveV1 } from './receive.ts';

/**
 * Creates a seller's server for V1.0. Throws a `TypeError` that tells what to do when an option is missing or wrong. The
 * header `Body-Sign` must leave in this very spelling, which `toNodeHandler` sees to (saas-v1.md 4).
 *
 * @example
 * const access = (instanceId) => ({ frontEndUrl: `https://app.example.com/t/${instanceId}`, userName: 'admin' });
 * const server = createSellerServerV1({
 *   accessKey: 'koo-v1-demo-key-0001',
 *   store: memoryStore(),
 *   handlers: {
 *     newInstance: async ({ recommendedInstanceId: instanceId }) => ({ instanceId, appInfo: access(instanceId) }),
 *     queryInstance: async (call) => call.instanceIds.map((instanceId) => ({ instanceId, appInfo: access(instanceId) })),
 *     refreshInstance: async () => {},
 *     expireInstance: async () => {},
 *     releaseInstance: async () => {},
 *   },
 * });
 * const response = await server.fetch(request); // {"resultCode":"000000","resultMsg":"success.","encryptType":"1",…}
 */
export function createSellerServerV1(options: SellerServerV1Options): SellerServer {
  checkServerV1Options(options);
  const { handlers, test = {}, encryptType = '1', privateMembersType = '1', windowMs } = options;
  return createServer<RequestV1>(options, {
    method: 'GET',
    bodySign: true,
    encryptType,
    receive: (request, tools) => receiveV1(request, { ...tools, windowMs }),
    serve({ request, context, accessKey, report }) {
      const decrypt = (value: string) => decryptPrivateMemberV1(value, accessKey, privateMembersType);
      const contextV1: ContextV1 = { ...context, handlers, decrypt, report };
      return dispatchV1(contextV1, request, test);
    },
    formProblems,
    factsOf,
  });
}

/** Reads our own answer as the marketplace will; account data that it could not show are a mistake as well (5.3). */
function formProblems({ activity }: RequestV1, answer: Answer, key: string): readonly Diagnosis[] {
  const text = answerText(answer);
  const reading = readAnswerV1(
    activity,
    {
      status: 200,
      contentType: 'application/json;charset=utf-8',
      headers: [['Body-Sign', bodySign(text, key).header]],
      body: new TextEncoder().encode(text),
      truncated: false,
      durationMs: 0,
    },
    { key },
  );
  if (reading.outcome === 'refused') return [];
  return reading.diagnosis.filter(({ severity }) => severity === 'error');
}

function factsOf(request: RequestV1, answer: Answer, receivedAtMs: number): CallFacts {
  const instanceId = 'instanceId' in request ? request.instanceId : answer.members.instanceId;
  const sentAtMs = parseUtc(request.timeStamp)?.getTime();
  return {
    test: isTestCall(request),
    ...('orderId' in request ? { orderId: request.orderId } : {}),
    ...(typeof instanceId === 'string' ? { instanceId } : {}),
    ...(sentAtMs === undefined ? {} : { skewMs: receivedAtMs - sentAtMs }),
  };
}
