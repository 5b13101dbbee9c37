/** A call that somebody waits for: made at once, once, and recorded like any other. It takes no slot from provisioning. */
import { productionInterfaces } from '../catalog/index.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import type { AttemptRecord } from './call.ts';
import type { CallDetails } from './details.ts';
import { settleAttempts } from './service.ts';
import { insertRunningCall, waitedForRunning, waitingPool } from './store.ts';
import type { Caller } from './worker.ts';

export interface Question {
  readonly occasion: 'view' | 'check';
  readonly activity: string;
  readonly protocol: string;
  readonly sellerId: string;
  readonly buyerId: string;
  /** of the purchase */
  readonly orderId: string;
  readonly resourceId: string;
  readonly goodsId: string;
  readonly instanceId: string;
  readonly productName: { readonly zh: string; readonly en: string };
  readonly details: CallDetails | null;
  readonly traceId: string;
}

/** Outside of any transaction. @returns null = as many people as may already wait for this seller */
export async function ask(platform: Platform, caller: Caller, question: Question): Promise<AttemptRecord | null> {
  if ((await waitedForRunning(platform.db, question.sellerId)) >= platform.config.callsPerSeller) return null;
  const now = platform.clock.now();
  const id = uuid(platform.random);
  const until = new Date(now.getTime() + platform.config.callTimeoutMs + 10_000);
  const call = await insertRunningCall(
    platform.db,
    {
      ...question,
      id,
      pool: waitingPool(question.sellerId),
      occasion: `${question.occasion}:${id}`,
      orderLineId: question.resourceId,
      dueAt: now,
    },
    { owner: caller.owner, until },
    now,
  );
  const [assignment] = await caller.assign([call]);
  if (!assignment) throw new Error(`unreachable: call ${id} in, none out`);
  const record = await caller.attempt(assignment);
  await settleAttempts(platform, caller.owner, [{ call, record }]);
  return record;
}

export async function protocolOf(platform: Platform, goodsId: string): Promise<string> {
  return (await productionInterfaces(platform.db, [goodsId])).get(goodsId)?.protocol ?? 'none';
}
