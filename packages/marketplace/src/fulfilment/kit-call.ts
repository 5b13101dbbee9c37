/** A kit call: made once, recorded like any other. Nobody repeats it by itself; a person decides (saas-v2.md 7, E-22, E-23). */
import type { Diagnosis, KitInterface } from '@jishi/protocol';
import type { LocalizedText } from '../catalog/index.ts';
import { accessKeys } from '../directory/index.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { settleAttempts } from './service.ts';
import { insertRunningCall } from './store.ts';
import type { Caller } from './worker.ts';

export interface KitCall {
  readonly protocol: 'kit-v2' | 'kit-v1';
  readonly interface: KitInterface;
  /** JSON */
  readonly body: string;
  /** scheme and host, with whatever stands before the fixed paths */
  readonly address: string;
  readonly keyId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly orderId: string;
  readonly resourceId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly instanceId: string | null;
  readonly traceId: string;
}
export interface KitOutcome {
  readonly callId: string;
  readonly ok: boolean;
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly diagnosis: readonly Diagnosis[];
}

/** Outside of any transaction. */
export async function callKit(platform: Platform, caller: Caller, kit: KitCall): Promise<KitOutcome> {
  const now = platform.clock.now();
  const id = uuid(platform.random);
  const { interface: activity, body, address, keyId, ...subject } = kit;
  const lease = { owner: caller.owner, until: new Date(now.getTime() + platform.config.callTimeoutMs + 10_000) };
  const details = { purpose: 'kit' as const, body };
  const call = await insertRunningCall(
    platform.db,
    {
      ...subject,
      id,
      activity,
      pool: `kit:${kit.sellerId}`,
      occasion: `kit:${id}`,
      orderLineId: kit.resourceId,
      details: null,
      dueAt: now,
    },
    lease,
    now,
  );
  const accessKey = (await accessKeys(platform, [keyId])).get(keyId);
  const target =
    accessKey === undefined
      ? { missing: `the access key ${keyId} of the kit can not be read` }
      : { productionUrl: address, accessKey };
  const record = await caller.attempt({ call: { ...call, details }, target, purchase: null, code: null });
  await settleAttempts(platform, caller.owner, [{ call, record }]);
  const { outcome, resultCode, resultMsg, diagnosis } = record;
  return { callId: id, ok: outcome === 'ok', resultCode, resultMsg, diagnosis };
}
