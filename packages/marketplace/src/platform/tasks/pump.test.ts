/** A pump takes while there is room, sleeps when nothing is due, wakes on a kick, and stops only when its work has ended. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../log.ts';
import { createRest, createWake, forgetful, type PumpOptions, startPump } from './pump.ts';

const HOUR_MS = 3_600_000;
type Options = Pick<PumpOptions<number>, 'take' | 'run'> & Partial<PumpOptions<number>>;

function pumpOf(options: Options) {
  const wake = createWake();
  const pump = startPump<number>({ name: 'test', capacity: 4, pollMs: HOUR_MS, wake, log: silentLog, ...options });
  onTestFinished(() => pump.stop());
  return { pump, wake };
}

describe('pump', () => {
  it('never runs more at once than its capacity, and does everything', async () => {
    const waiting = Array.from({ length: 50 }, (_, index) => index);
    const done: number[] = [];
    let running = 0;
    let most = 0;
    const { pump } = pumpOf({
      take: async (limit) => waiting.splice(0, limit),
      async run(item) {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        done.push(item);
      },
    });
    await vi.waitFor(() => expect(done).toHaveLength(50));
    expect(most).toBe(4);
    await vi.waitFor(() => expect(pump.inFlight()).toBe(0));
  });

  it('goes on with the free slots while one item is slow', async () => {
    const waiting = Array.from({ length: 20 }, (_, index) => index);
    const slow = gate();
    const done: number[] = [];
    const { pump } = pumpOf({
      take: async (limit) => waiting.splice(0, limit),
      async run(item) {
        if (item === 0) await slow.opened;
        done.push(item);
      },
    });
    await vi.waitFor(() => expect(done).toHaveLength(19));
    expect(pump.inFlight()).toBe(1);
    slow.open();
  });

  it('sleeps until it is kicked', async () => {
    const waiting: number[] = [];
    const done: number[] = [];
    const take = vi.fn(async (limit: number) => waiting.splice(0, limit));
    const { wake } = pumpOf({ take, run: async (item) => void done.push(item) });
    await vi.waitFor(() => expect(take).toHaveBeenCalledOnce());
    waiting.push(1);
    wake.kick();
    await vi.waitFor(() => expect(done).toEqual([1]));
  });

  it('does not miss a kick that comes while it looks', async () => {
    const looking = gate();
    const waiting: number[] = [];
    const done: number[] = [];
    let looks = 0;
    const { wake } = pumpOf({
      async take(limit) {
        const found = waiting.splice(0, limit);
        looks += 1;
        if (looks === 1) await looking.opened;
        return found;
      },
      run: async (item) => void done.push(item),
    });
    await vi.waitFor(() => expect(looks).toBe(1));
    waiting.push(1);
    wake.kick();
    looking.open();
    await vi.waitFor(() => expect(done).toEqual([1]));
  });

  it('looks again after the poll interval: somebody else may have committed', async () => {
    const take = vi.fn(async () => []);
    pumpOf({ take, run: async () => {}, pollMs: 1 });
    await vi.waitFor(() => expect(take.mock.calls.length).toBeGreaterThan(3));
  });

  it('outlives a failing take and a failing run', async () => {
    const takes: (() => number[])[] = [
      () => {
        throw new Error('the database is away');
      },
      () => [1, 2],
    ];
    const done: number[] = [];
    pumpOf({
      pollMs: 1,
      take: async () => takes.shift()?.() ?? [],
      async run(item) {
        if (item === 1) throw new Error('our own fault');
        done.push(item);
      },
    });
    await vi.waitFor(() => expect(done).toEqual([2]));
  });

  it('stops taking at once and waits for what runs', async () => {
    const held = gate();
    const take = vi.fn(async () => [1]);
    let ended = false;
    const { pump } = pumpOf({
      capacity: 1,
      take,
      async run() {
        await held.opened;
        ended = true;
      },
    });
    await vi.waitFor(() => expect(pump.inFlight()).toBe(1));
    const stopped = pump.stop();
    held.open();
    await stopped;
    expect(ended).toBe(true);
    expect(take).toHaveBeenCalledOnce();
  });
});

describe('wake', () => {
  it('ends a wait at the kick, at the time, or when the signal fires', async () => {
    const wake = createWake();
    const signal = new AbortController();
    const kicked = wake.wait(HOUR_MS, signal.signal);
    wake.kick();
    await kicked;
    await wake.wait(0, signal.signal);
    const aborted = wake.wait(HOUR_MS, signal.signal);
    signal.abort();
    await aborted;
    await wake.wait(HOUR_MS, signal.signal);
  });
});

/** A promise that the test opens. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('kicks that were for nothing', () => {
  it('are as if they had not come; later ones count', () => {
    const wake = forgetful(createWake());
    wake.kick();
    const seen = wake.kicks();
    wake.kick();
    wake.kick();
    wake.forgetSince(seen);
    expect(wake.kicks()).toBe(seen);
    wake.kick();
    expect(wake.kicks()).toBe(seen + 1);
  });
});

describe('a rest', () => {
  it('is over when its time is, or when somebody ends it; before it began there is none', async () => {
    await createRest(HOUR_MS).over();
    const short = createRest(1);
    short.begin();
    await short.over();
    const long = createRest(HOUR_MS);
    long.begin();
    const over = long.over();
    long.end();
    await over;
  });
});
