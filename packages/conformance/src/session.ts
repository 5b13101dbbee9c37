/** The session of a run: everything random, every time and every call of its cases goes through here. */
import { setTimeout as pause } from 'node:timers/promises';
import type { TransportError } from '@jishi/protocol';
import type { Session, SessionSettings } from './case.ts';
import type { Exchange, WireRequest } from './exchange.ts';
import { createGate } from './gate.ts';
import type { Wire } from './wire.ts';

/** What the runner sees besides what cases see. */
export interface RunSession extends Session {
  /** The calls made since the last time this was asked for. */
  takeExchanges(): readonly Exchange[];
  /** Why nothing more can come from the server, or null. */
  readonly gone: Gone | null;
  readonly signal: AbortSignal | undefined;
  /** the slowest answer so far, milliseconds */
  readonly slowestMs: number;
  /** so many calls, or cases, at once are no danger to the server's time */
  readonly places: number;
  /** The same session for a case that runs beside others: it keeps exchanges of its own. */
  beside(): RunSession;
}

export interface Gone {
  readonly why: 'never-answered' | 'stopped' | 'too-slow';
  readonly error: TransportError;
}

export interface SessionParts {
  readonly wire: Wire;
  readonly target: URL;
  readonly accessKey: string;
  readonly settings: SessionSettings;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Thrown by `call` once the server is gone: a case that goes on regardless would only wait for the next time-out. */
export class ServerGone extends Error {
  readonly gone: Gone;

  constructor(gone: Gone) {
    super(gone.error.message);
    this.gone = gone;
  }
}

/** So many calls in a run may end without an answer in time; at 20 s each, one more tells nothing new. */
const MOST_TIMEOUTS = 3;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createSession(parts: SessionParts): RunSession {
  const { wire, target, signal, now, randomBytes } = parts;
  const gate = createGate(parts.settings.timeoutMs);
  let gone: Gone | null = null;
  let answers = 0;
  let timeouts = 0;

  /** Other origins than the target's say nothing about the target. */
  const learn = (request: URL, outcome: Exchange['outcome']): void => {
    if (request.origin !== target.origin) return;
    if (outcome.ok) {
      answers += 1;
      return;
    }
    const { error } = outcome;
    if (error.kind === 'timeout') timeouts += 1;
    if (answers === 0) gone = { why: 'never-answered', error };
    else if (error.kind === 'refused' || error.kind === 'dns') gone = { why: 'stopped', error };
    else if (timeouts >= MOST_TIMEOUTS) gone = { why: 'too-slow', error };
  };

  const call = async (request: WireRequest): Promise<Exchange> => {
    if (gone !== null) throw new ServerGone(gone);
    return gate.pass(async () => {
      const startedAt = now();
      const began = performance.now();
      const outcome = await wire.send(request);
      learn(new URL(request.url), outcome);
      return { request, startedAt, durationMs: Math.round(performance.now() - began), outcome };
    });
  };

  const moments = new Set<number>();
  const view = (): RunSession => {
    let exchanges: Exchange[] = [];
    return {
      target,
      accessKey: parts.accessKey,
      settings: parts.settings,
      signal,
      now,
      moments,
      randomText: (length) => randomText(length, randomBytes),
      uuid: () => uuidFrom(randomBytes(16)),
      wait: (milliseconds) => (parts.wait ?? ((ms) => pause(ms, undefined, { signal })))(milliseconds),
      call: async (request) => {
        const exchange = await call(request);
        exchanges.push(exchange);
        return exchange;
      },
      takeExchanges: () => {
        const taken = exchanges;
        exchanges = [];
        return taken;
      },
      beside: view,
      get gone() {
        return gone;
      },
      get slowestMs() {
        return gate.slowestMs;
      },
      get places() {
        return gate.places;
      },
    };
  };
  return view();
}

/** Bytes from 248 on are passed over, so that every letter is as likely. */
function randomText(length: number, randomBytes: (length: number) => Uint8Array): string {
  const most = 256 - (256 % LETTERS.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < most && text.length < length) text += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return text;
}

/** Version 4 (RFC 9562 5.4). */
function uuidFrom(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, place) => {
    const value = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
