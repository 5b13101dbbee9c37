/** However repeats of newInstance interleave, fail and are refused, an order line gets one instance and keeps it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { once } from './once.ts';
import { refuse } from './refuse.ts';
import { call, seller } from './testing.ts';

const LINES = ['CS1-000001', 'CS1-000002', 'CS2-000001'];
const outcomes = fc.constantFrom('ready', 'pending', 'refused', 'throws');
const requests = fc.array(fc.record({ line: fc.constantFrom(...LINES), outcome: outcomes }), {
  minLength: 1,
  maxLength: 12,
});

describe('newInstance under any interleaving', () => {
  it('gives one instance for each order line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), requests, async (scheduler, plan) => {
        const step = () => scheduler.schedule(Promise.resolve());
        const created = new Map<string, Set<string>>();
        const planned = plan.map(({ outcome }) => outcome);
        const { server } = seller({
          sleep: step,
          handlers: {
            newInstance: async ({ orderLineId, recommendedInstanceId: instanceId }) => {
              const outcome = planned.pop();
              await step();
              if (outcome === 'refused') return refuse('000100');
              if (outcome === 'throws') throw new Error('crashed');
              created.set(orderLineId, new Set([...(created.get(orderLineId) ?? []), instanceId]));
              await step();
              return outcome === 'pending' ? { pending: true, instanceId } : { instanceId };
            },
            queryInstance: () => [],
            refreshInstance: () => undefined,
            updateInstanceStatus: () => undefined,
            releaseInstance: () => undefined,
          },
        });
        const send = (line: string, businessId: string) =>
          call(server, { activity: 'newInstance', orderId: line.slice(0, 3), orderLineId: line, businessId });
        const answers = await scheduler.waitFor(
          Promise.all(plan.map(async ({ line }, index) => ({ line, answer: await send(line, `biz-${index}`) }))),
        );
        for (const line of LINES) {
          const told = answers.filter((one) => one.line === line).flatMap(({ answer }) => answer.instanceId ?? []);
          expect(new Set(told).size).toBeLessThanOrEqual(1);
          expect([...(created.get(line) ?? [])]).toEqual(told.slice(0, 1));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('once', () => {
  const tools = (store = memoryStore()) => {
    let nowMs = 0;
    const sleep = async (delayMs: number) => {
      nowMs += delayMs;
    };
    return { store, clock: () => nowMs, sleep };
  };

  it('tells that another is at work when that takes too long', async () => {
    const shared = tools();
    await shared.store.claim('k', { first: 'a', nowMs: 0, leaseMs: 600_000 });
    expect(await once(shared, 'k', 'b', async () => ({ result: 'never' }))).toEqual({ state: 'busy' });
    expect(shared.clock()).toBeGreaterThanOrEqual(15_000);
  });

  it('takes over from a worker that died, with the value of the first', async () => {
    const shared = tools();
    await shared.store.claim('k', { first: 'a', nowMs: -60_000, leaseMs: 60_000 });
    const outcome = await once(shared, 'k', 'b', async (first) => ({ result: first }));
    expect(outcome).toEqual({ state: 'done', result: 'a', repeated: false });
  });

  it('keeps the first result when a slow worker and its successor both finish', async () => {
    const shared = tools();
    const slow = once(shared, 'k', 'a', async () => {
      await shared.sleep(61_000);
      const second = await once(shared, 'k', 'b', async () => ({ result: 'second' }));
      expect(second).toMatchObject({ result: 'second' });
      return { result: 'first' };
    });
    expect(await slow).toMatchObject({ state: 'done', result: 'second' });
  });
});
