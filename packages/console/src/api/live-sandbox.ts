import type { MetaView, SandboxClockView, SandboxMove, SandboxState } from '@jishi/marketplace/console-api';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { metaQuery } from './queries.ts';
import { sandboxEventsUrl, sandboxQuery } from './sandbox.ts';

/** A move of years brings thousands of calls: lists are read again at most this often. */
const refreshMs = 800;

/**
 * Keeps clock, calls and lists as fresh as the sandbox's news: the clock at once, lists a little later and together. When
 * a move is over everything on the page belongs to an earlier time, so all of it is read again.
 */
export function useLiveSandbox(on: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!on) return;
    const source = new EventSource(sandboxEventsUrl);
    const calls = together(() => void client.invalidateQueries({ queryKey: ['sandbox'] }));
    const everything = together(() => void client.invalidateQueries());
    source.addEventListener('clock', (event) => {
      const clock = readClock(event.data);
      if (clock === null) return;
      showClock(client, clock);
      everything.ask();
    });
    source.addEventListener('moving', (event) => {
      const moving = readMove(event.data);
      if (moving !== null) showMove(client, moving);
    });
    source.addEventListener('reset', everything.ask);
    for (const name of ['exchange', 'fault', 'step']) source.addEventListener(name, calls.ask);
    return () => {
      source.close();
      calls.stop();
      everything.stop();
    };
  }, [client, on]);
}

function showClock(client: QueryClient, clock: SandboxClockView): void {
  client.setQueryData(sandboxQuery.queryKey, (state: SandboxState | undefined) => state && { ...state, clock });
  client.setQueryData(metaQuery.queryKey, (meta: MetaView | undefined) => meta && { ...meta, now: clock.now });
}

function showMove(client: QueryClient, moving: SandboxMove): void {
  client.setQueryData(
    sandboxQuery.queryKey,
    (state: SandboxState | undefined) => state && { ...state, clock: { ...state.clock, now: moving.at, moving } },
  );
}

/** Many askings in a short time become one run. */
function together(run: () => void): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = null;
        run();
      }, refreshMs);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** The data of a `clock` event, or null when it is no such thing. */
export function readClock(data: unknown): SandboxClockView | null {
  const value = parsed(data);
  return isClock(value) ? value : null;
}

/** The data of a `moving` event, or null when it is no such thing. */
export function readMove(data: unknown): SandboxMove | null {
  const value = parsed(data);
  return isMove(value) ? value : null;
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function isMove(value: unknown): value is SandboxMove {
  return has(value, 'from') && has(value, 'to') && has(value, 'at');
}

function isClock(value: unknown): value is SandboxClockView {
  return has(value, 'now') && has(value, 'playing') && has(value, 'moving');
}

function has<K extends string>(value: unknown, member: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && member in value;
}
