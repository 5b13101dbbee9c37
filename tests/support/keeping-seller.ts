/** A V2.0 seller that lives whole lives: slow, forgetful of its manners, never of its instances. */
import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { createDice } from '../../packages/marketplace/src/testing/dice.ts';
import { type FakeSeller, type ReceivedCall, ready, startFakeSeller } from './fake-seller.ts';

/** What it keeps of an instance. */
export interface KeptInstance {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  /** as it was sent last; null = never since the purchase */
  readonly expireTime: string | null;
  /** of the changes that it carried out, in order: a repeat is none */
  readonly changes: readonly string[];
}
export interface KeepingSeller extends FakeSeller {
  readonly instances: ReadonlyMap<string, KeptInstance>;
  /** until then it is prompt and polite */
  misbehave(): void;
}

export async function startKeepingSeller(seed: string): Promise<KeepingSeller> {
  const dice = createDice(`seller ${seed}`);
  const instances = new Map<string, KeptInstance>();
  let polite = true;
  const seller = await startFakeSeller(async (call, response) => {
    if (polite) return carryOut(instances, call);
    const thinkingMs = dice.below(120);
    await new Promise((done) => setTimeout(done, thinkingMs));
    const reset = dice.chance(8);
    // Half of the resets come before the work, half after it: the caller can not tell.
    if (reset && dice.chance(50)) return hangUp(response);
    if (dice.chance(6)) return { resultCode: '000005', resultMsg: 'busy' };
    const answer = carryOut(instances, call);
    if (reset) return hangUp(response);
    return answer;
  });
  onTestFinished(seller.close);
  return {
    ...seller,
    instances,
    misbehave() {
      polite = false;
    },
  };
}

const hangUp = (response: ServerResponse): null => {
  response.destroy();
  return null;
};

const OK = { resultCode: '000000', resultMsg: 'success.' };

function carryOut(instances: Map<string, KeptInstance>, { activity, body }: ReceivedCall): object {
  const instanceId = activity === 'newInstance' ? `inst-${body.orderLineId}` : String(body.instanceId);
  if (activity === 'newInstance') {
    if (!instances.has(instanceId)) instances.set(instanceId, { status: 'ACTIVE', expireTime: null, changes: [] });
    return { ...OK, instanceId };
  }
  const known = instances.get(instanceId);
  if (!known) return { resultCode: '000003', resultMsg: `no ${instanceId}` };
  if (activity === 'queryInstance') return ready(instanceId);
  const released = known.status === 'RELEASED';
  if (released && activity !== 'releaseInstance') return { resultCode: '000003', resultMsg: 'released' };
  const what = [activity, body.scene ?? body.status].filter(Boolean).join(' ');
  const name = activity === 'refreshInstance' ? `${what} ${body.orderLineId}` : what;
  const isRepeat = activity === 'refreshInstance' ? known.changes.includes(name) : known.changes.at(-1) === name;
  const changes = isRepeat ? known.changes : [...known.changes, name];
  switch (activity) {
    case 'refreshInstance':
      instances.set(instanceId, { ...known, changes, expireTime: String(body.expireTime) });
      return OK;
    case 'updateInstanceStatus':
      instances.set(instanceId, { ...known, changes, status: body.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE' });
      return OK;
    case 'releaseInstance':
      instances.set(instanceId, { ...known, changes, status: 'RELEASED' });
      return OK;
    default:
      return { resultCode: '000002', resultMsg: 'unknown activity' };
  }
}
