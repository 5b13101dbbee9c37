/** A small seller of V1.0 for this folder's tests: instances in a map, and a log of what its handlers were asked. */
import { bodySign, type JsonObject } from '@jishi/protocol';
import { readJsonObject } from '../body.ts';
import type { SellerServer } from '../engine.ts';
import type { SellerEvent } from '../events.ts';
import { memoryStore } from '../memory-store.ts';
import { unknownInstance } from '../refuse.ts';
import type { SellerHandlersV1 } from './handlers.ts';
import type { SellerServerV1Options } from './options.ts';
import { createSellerServerV1 } from './server.ts';
import { signedRequestV1 } from './signed-request.ts';

export const KEY = 'koo-v1-demo-key-0001';
export const PRODUCTION_URL = 'https://seller.example.com/saasproduce';
/** 2026-01-01T08:00:00.123Z, the time of the first vector in saas-v1.md 3.4. */
export const NOW = Date.UTC(2026, 0, 1, 8, 0, 0, 123);

export const access = (instanceId: string) => ({
  frontEndUrl: `https://app.example.com/t/${instanceId}`,
  userName: 'admin@acme.example',
  password: 'Init-Pass-1',
});

export interface TestSellerV1 {
  readonly server: SellerServer;
  readonly events: SellerEvent[];
  /** What the handlers were asked, in order: "newInstance biz-1". */
  readonly asked: string[];
  readonly instances: Map<string, string>;
}

export function sellerV1(change: Partial<SellerServerV1Options> = {}): TestSellerV1 {
  const events: SellerEvent[] = [];
  const asked: string[] = [];
  const instances = new Map<string, string>();
  const set = (activity: string, instanceId: string, value: string) => {
    asked.push(`${activity} ${instanceId}`);
    if (!instances.has(instanceId)) return unknownInstance(instanceId);
    instances.set(instanceId, value);
    return undefined;
  };
  const handlers: SellerHandlersV1 = {
    newInstance: async ({ recommendedInstanceId: instanceId }) => {
      asked.push(`newInstance ${instanceId}`);
      instances.set(instanceId, 'active');
      return { instanceId, appInfo: access(instanceId) };
    },
    queryInstance: async ({ instanceIds }) =>
      instanceIds.filter((id) => instances.has(id)).map((instanceId) => ({ instanceId, appInfo: access(instanceId) })),
    refreshInstance: async (call) => set(`refresh ${call.kind}`, call.instanceId, call.expireAt.toISOString()),
    expireInstance: async ({ instanceId }) => set('expire', instanceId, 'expired'),
    releaseInstance: async ({ instanceId }) => {
      const refusal = set('release', instanceId, 'released');
      instances.delete(instanceId);
      return refusal;
    },
    upgrade: async ({ instanceId, amount }) => set('upgrade', instanceId, String(amount)),
    instanceStatus: async ({ instanceId, status }) => set('status', instanceId, status),
  };
  const server = createSellerServerV1({
    accessKey: KEY,
    handlers,
    store: memoryStore(),
    clock: () => NOW,
    onEvent: (event) => events.push(event),
    ...change,
  });
  return { server, events, asked, instances };
}

/** Sends a correctly signed call and reads the answer; throws when its status or its Body-Sign is wrong. */
export async function callV1(server: SellerServer, parameters: Readonly<Record<string, string>>): Promise<JsonObject> {
  return answerOf(await server.fetch(signedRequestV1({ url: PRODUCTION_URL, accessKey: KEY, parameters, nowMs: NOW })));
}

export async function answerOf(response: Response, key = KEY): Promise<JsonObject> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  const sign = response.headers.get('body-sign');
  if (sign !== bodySign(bytes, key).header) throw new Error(`Body-Sign ${sign}`);
  return readJsonObject(bytes) ?? {};
}
