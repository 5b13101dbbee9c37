/** A small seller for this package's tests: it keeps its instances in a map and logs what its handlers were asked. */
import type { JsonInputObject, JsonObject } from '@jishi/protocol';
import { readJsonObject } from './body.ts';
import type { SellerServer } from './engine.ts';
import type { SellerEvent } from './events.ts';
import type { SellerHandlers } from './handlers.ts';
import { memoryStore } from './memory-store.ts';
import type { SellerServerOptions } from './options.ts';
import { unknownInstance } from './refuse.ts';
import { createSellerServer } from './server.ts';
import { signedRequest } from './signed-request.ts';

export const KEY = 'koo-demo-access-key-0001';
export const PRODUCTION_URL = 'https://seller.example.com/saasproduce';
/** 2026-01-01T00:00:00Z, the timestamp of the vectors in saas-v2.md 3.4. */
export const NOW = 1_767_225_600_000;

export interface TestSeller {
  readonly server: SellerServer;
  readonly events: SellerEvent[];
  /** What the handlers were asked, in order: "newInstance biz-1". */
  readonly asked: string[];
  readonly instances: Map<string, string>;
}

export function seller(change: Partial<SellerServerOptions> = {}): TestSeller {
  const events: SellerEvent[] = [];
  const asked: string[] = [];
  const instances = new Map<string, string>();
  const set = (activity: string, instanceId: string, value: string) => {
    asked.push(`${activity} ${instanceId}`);
    if (!instances.has(instanceId)) return unknownInstance(instanceId);
    instances.set(instanceId, value);
    return undefined;
  };
  const handlers: SellerHandlers = {
    newInstance: async ({ recommendedInstanceId }) => {
      asked.push(`newInstance ${recommendedInstanceId}`);
      instances.set(recommendedInstanceId, 'active');
      return { instanceId: recommendedInstanceId };
    },
    queryInstance: async ({ instanceIds }) =>
      instanceIds
        .filter((id) => instances.has(id))
        .map((instanceId) => ({ instanceId, appInfo: { frontEndUrl: `https://app.example.com/t/${instanceId}` } })),
    refreshInstance: async ({ instanceId, expireAt }) => set('refreshInstance', instanceId, expireAt.toISOString()),
    updateInstanceStatus: async ({ instanceId, status }) => set('updateInstanceStatus', instanceId, status),
    releaseInstance: async ({ instanceId }) => {
      const refusal = set('releaseInstance', instanceId, 'released');
      instances.delete(instanceId);
      return refusal;
    },
    upgradeInstance: async ({ instanceId, orderLineId }) => set('upgradeInstance', instanceId, orderLineId),
  };
  const server = createSellerServer({
    accessKey: KEY,
    handlers,
    store: memoryStore(),
    clock: () => NOW,
    onEvent: (event) => events.push(event),
    ...change,
  });
  return { server, events, asked, instances };
}

/** Sends a correctly signed call and reads the answer. */
export async function call(server: SellerServer, body: JsonInputObject): Promise<JsonObject> {
  const response = await server.fetch(signedRequest({ url: PRODUCTION_URL, accessKey: KEY, body, nowMs: NOW }));
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return readJsonObject(new Uint8Array(await response.arrayBuffer())) ?? {};
}
