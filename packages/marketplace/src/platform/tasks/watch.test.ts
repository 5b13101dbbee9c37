/** One look tells every pump; nobody else is woken, a fault is survived, and what is committed meanwhile is seen. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Due } from '../due.ts';
import { silentLog } from '../log.ts';
import { createWake } from './pump.ts';
import { startWatch } from './watch.ts';

const HOUR_MS = 3_600_000;
const due = (subscribers: readonly string[], tables: readonly string[] = []): Due => ({
  subscribers: new Set(subscribers),
  tables: new Set(tables),
});

function watched(look: () => Promise<Due>, pollMs = HOUR_MS) {
  const wake = createWake();
  const watch = startWatch({ wake, pollMs, log: silentLog, look });
  onTestFinished(() => watch.stop());
  return { wake, watch };
}

describe('watch', () => {
  it('kicks who has something due, once a look, and nobody else', async () => {
    const found: Due[] = [];
    const { wake, watch } = watched(async () => found.shift() ?? due([]));
    const [calls, lives, events] = [watch.wakeOf('calls'), watch.wakeOf('lives', 'grants'), watch.wakeOf('a:b')];
    const kicks = () => [calls.kicks(), lives.kicks(), events.kicks()];
    found.push(due(['a:b'], ['grants']));
    wake.kick();
    await vi.waitFor(() => expect(kicks()).toEqual([0, 1, 1]));
    found.push(due([], ['calls', 'unknown']));
    wake.kick();
    await vi.waitFor(() => expect(kicks()).toEqual([1, 1, 1]));
  });

  it('looks by itself after its interval, and after a look that failed', async () => {
    const look = vi.fn(async () => due([], ['calls']));
    look.mockRejectedValueOnce(new Error('the database is away'));
    const { watch } = watched(look, 1);
    const calls = watch.wakeOf('calls');
    await vi.waitFor(() => expect(calls.kicks()).toBeGreaterThan(1));
  });

  it('looks again when something was committed while it looked', async () => {
    const looking = held();
    const answers = [looking.promise, Promise.resolve(due([], ['calls']))];
    const { wake, watch } = watched(() => answers.shift() ?? Promise.resolve(due([])));
    const calls = watch.wakeOf('calls');
    wake.kick();
    looking.resolve(due([]));
    await vi.waitFor(() => expect(calls.kicks()).toBe(1));
  });
});

/** A look that the test answers. */
function held() {
  let resolve = (_due: Due) => {};
  const promise = new Promise<Due>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
