import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

/** Calls pass a gate side by side, fewer of them where the server is slow. */

describe('a gate', () => {
  it('lets eight calls pass at once, and the next when one is done', async () => {
    const gate = createGate(20_000);
    const open: (() => void)[] = [];
    const passing = Array.from({ length: 10 }, () => gate.pass(() => new Promise<void>((done) => open.push(done))));
    await settled();
    expect(open.length).toBe(8);
    open[0]?.();
    await passing[0];
    await settled();
    expect(open.length).toBe(9);
    for (let call = 0; call < 10; call += 1) {
      open[call]?.();
      await settled();
    }
    await Promise.all(passing);
    expect(open.length).toBe(10);
  });

  it('has room for as many as a server can work on one after the other in its time', async () => {
    const gate = createGate(100);
    await gate.pass(() => lasting(25));
    expect(gate.slowestMs).toBeGreaterThanOrEqual(25);
    expect(gate.places).toBe(Math.max(1, Math.floor(70 / gate.slowestMs)));
    await gate.pass(() => lasting(75));
    expect(gate.places).toBe(1);
  });

  it('gives its place back when a call fails', async () => {
    const gate = createGate(1);
    await gate.pass(() => lasting(2));
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.pass(async () => 'next')).toBe('next');
  });
});

const settled = () => new Promise((done) => setImmediate(done));

/** Busy, so that it takes the time and no less. */
async function lasting(milliseconds: number): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < milliseconds);
}
