/**
 * What happens in the sandbox, as server-sent events. A stream ends when its person is signed out (looked at every 12 s),
 * when the server closes, when its reader does not keep up, or after ten minutes: a browser reconnects by itself.
 */
import type { Context } from 'hono';
import { problem, sendProblem } from '../../platform/http/problem.ts';
import type { Sandbox, SandboxEvent } from '../../sandbox/index.ts';
import { type AppEnv, serverClosing } from '../http.ts';

const KEEP_ALIVE_MS = 12_000;
const LONGEST_MS = 600_000;
const MOST_PER_USER = 20;
/** a reader that is so many events behind begins anew: it asks for the state when it comes back */
const MOST_WAITING = 1_000;

export interface EventStreams {
  /** @param again whether the person is still signed in */
  open(c: Context<AppEnv>, by: string, again: () => Promise<boolean>): Response;
}

export function eventStreams(sandbox: Sandbox): EventStreams {
  const openOf = new Map<string, number>();
  const count = (by: string, change: 1 | -1): void => {
    const open = (openOf.get(by) ?? 0) + change;
    if (open > 0) openOf.set(by, open);
    else openOf.delete(by);
  };
  return {
    open(c, by, again) {
      if ((openOf.get(by) ?? 0) >= MOST_PER_USER)
        return sendProblem(c, problem('RATE_LIMITED', `you have ${MOST_PER_USER} streams open: close some pages`));
      count(by, 1);
      return streamOf(sandbox, serverClosing(c), again, () => count(by, -1));
    },
  };
}

const textOf = ({ event, data }: SandboxEvent): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

function streamOf(
  sandbox: Sandbox,
  closing: AbortSignal | null,
  again: () => Promise<boolean>,
  released: () => void,
): Response {
  const ends: (() => void)[] = [];
  const end = (): void => {
    for (const each of ends.splice(0)) each();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const say = (text: string): void => {
          if ((controller.desiredSize ?? 0) <= 0) close();
          else controller.enqueue(new TextEncoder().encode(text));
        };
        const close = (): void => {
          if (ends.length === 0) return;
          end();
          controller.close();
        };
        const beat = setInterval(() => {
          again().then((may) => (may ? say(': waiting\n\n') : close()), close);
        }, KEEP_ALIVE_MS);
        const last = setTimeout(close, LONGEST_MS);
        closing?.addEventListener('abort', close);
        ends.push(
          sandbox.subscribe((event) => say(textOf(event))),
          () => clearInterval(beat),
          () => clearTimeout(last),
          () => closing?.removeEventListener('abort', close),
          released,
        );
        say(textOf({ event: 'clock', data: sandbox.clock() }));
        if (closing?.aborted) close();
      },
      cancel: end,
    },
    { highWaterMark: MOST_WAITING },
  );
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
