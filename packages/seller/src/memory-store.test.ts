/** The store's promises: one claimer, a first value that stays, results that never change, nonces that are used once. */
import { describe, expect, it } from 'vitest';
import { memoryStore } from './memory-store.ts';

const at = (nowMs: number, first = 'a') => ({ first, nowMs, leaseMs: 1_000 });

describe('memoryStore', () => {
  it('lets exactly one of many simultaneous callers claim', async () => {
    const store = memoryStore();
    const claims = await Promise.all(Array.from({ length: 50 }, (_, index) => store.claim('k', at(0, `${index}`))));
    expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(1);
    expect(new Set(claims.map(({ first }) => first))).toEqual(new Set(['0']));
  });

  it('frees an abandoned claim and keeps its first value', async () => {
    const store = memoryStore();
    await store.claim('k', at(0, 'a'));
    await store.abandon('k', 1);
    expect(await store.claim('k', at(0, 'b'))).toEqual({ state: 'claimed', first: 'a', attempt: 2 });
  });

  it('does not let a dead worker free the claim of its successor', async () => {
    const store = memoryStore();
    await store.claim('k', at(0));
    expect(await store.claim('k', at(1_000))).toMatchObject({ state: 'claimed', attempt: 2 });
    await store.abandon('k', 1);
    expect(await store.claim('k', at(1_001))).toMatchObject({ state: 'busy' });
  });

  it('keeps the first result', async () => {
    const store = memoryStore();
    await store.claim('k', at(0));
    expect(await store.complete('k', 'one')).toBe('one');
    expect(await store.complete('k', 'two')).toBe('one');
    await store.abandon('k', 1);
    expect(await store.claim('k', at(9_999))).toEqual({ state: 'done', first: 'a', result: 'one' });
  });

  it('takes a nonce once, until it may be forgotten', async () => {
    const store = memoryStore();
    expect(await store.rememberNonce('n', { nowMs: 0, untilMs: 60_000 })).toBe(true);
    expect(await store.rememberNonce('n', { nowMs: 60_000, untilMs: 60_000 })).toBe(false);
    expect(await store.rememberNonce('n', { nowMs: 60_001, untilMs: 120_000 })).toBe(true);
  });
});
