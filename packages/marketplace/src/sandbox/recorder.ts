/**
 * The client for calls to sellers of a sandbox: records every exchange whole, applies the faults that were asked for,
 * and repeats exchanges. What it hands to the marketplace is what a client without it would.
 */
import { storable } from '../fulfilment/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Executor } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { CallAbout, HttpAnswer, Outbound, OutboundResult } from '../platform/outbound.ts';
import { ALPHANUMERIC, type Random, randomText } from '../platform/random.ts';
import { insertExchange, type NewExchange } from './exchange-store.ts';
import { readExchange } from './reading.ts';
import type { Exchange, ExchangeSummary, FaultKind, SandboxFault } from './schemas.ts';
import { describe, keyOf, signAgain, signatureSteps, spoiled, type WireRequest, withoutKey } from './wire.ts';

export interface RecorderParts {
  readonly db: Executor;
  readonly log: Log;
  readonly clock: Clock;
  readonly wireClock: Clock;
  readonly random: Random;
  /** the client that sends */
  readonly outbound: Outbound;
  /** what calls may be signed with */
  accessKeys(): Promise<readonly string[]>;
  /** the next fault for a call of this activity, counted down */
  takeFault(activity: string): SandboxFault | null;
  recorded(exchange: ExchangeSummary): void;
  /** for a seller that outlives a reset and remembers nonces: they are never repeated; null = as the marketplace drew them */
  readonly nonces: Random | null;
  /** waits in real time; ends early when the sandbox closes */
  sleep(delayMs: number): Promise<void>;
}
export interface Recorder {
  /** for the marketplace; closing it does nothing, the client beneath belongs to the sandbox */
  readonly outbound: Outbound;
  /** what is being called at this moment; null = nothing */
  calling(): string | null;
  /** fresh = signed anew; same = byte for byte. Its answer has no effect on the marketplace. */
  repeat(exchange: Exchange, how: 'fresh' | 'same'): Promise<ExchangeSummary>;
}

interface About {
  readonly callId: string | null;
  readonly resourceId: string | null;
  readonly fault: FaultKind | null;
  readonly replayOf: string | null;
}
interface Sent {
  readonly request: WireRequest;
  readonly about: About;
  readonly at: Date;
  readonly wireAt: Date;
  readonly durationMs: number;
  readonly result: OutboundResult;
}

/** What no worker's call is about: a debugging call, the proof of an address, a repeat. */
const NO_CALL = { callId: null, resourceId: null } as const;
type NoCall = typeof NO_CALL;

const decoder = new TextDecoder();

export function createRecorder(parts: RecorderParts): Recorder {
  const { clock, wireClock, random, outbound } = parts;
  const underWay: string[] = [];

  let known: readonly string[] = [];
  /** The key that it is signed with; the first there is when it was spoiled. Keys are read anew when none fits. */
  const keyFor = async (request: WireRequest): Promise<string | null> => {
    const fits = keyOf(request, known);
    if (fits !== null) return fits;
    known = await parts.accessKeys();
    return keyOf(request, known) ?? known[0] ?? null;
  };
  const send = async (request: WireRequest, about: About): Promise<Sent> => {
    const { activity } = describe(request);
    const [at, wireAt, begunMs] = [clock.now(), wireClock.now(), performance.now()];
    underWay.push(activity);
    try {
      const { method, url, headers, body } = request;
      const result = await (method === 'GET' ? outbound.get(url, headers) : outbound.post(url, headers, body));
      return { request, about, at, wireAt, durationMs: Math.round(performance.now() - begunMs), result };
    } finally {
      underWay.splice(underWay.indexOf(activity), 1);
    }
  };
  const record = async (sent: Sent): Promise<ExchangeSummary> => {
    const summary = await insertExchange(parts.db, recordOf(sent, await keyFor(sent.request)));
    parts.recorded(summary);
    return summary;
  };
  /** A record that can not be written is our own fault, never the call's. */
  const recordQuietly = async (sent: Sent): Promise<OutboundResult> => {
    await record(sent).catch((error: unknown) => parts.log.error({ err: error }, 'an exchange could not be recorded'));
    return sent.result;
  };
  const { nonces } = parts;
  const signing = (key: string) => ({
    key,
    at: wireClock.now(),
    nonce: randomText(nonces ?? random, 32, ALPHANUMERIC),
  });
  const unrepeated = async (request: WireRequest): Promise<WireRequest> => {
    const key = nonces && describe(request).protocol === 'saas-v2' ? await keyFor(request) : null;
    return key === null ? request : signAgain(request, signing(key));
  };

  const call = async (built: WireRequest, { callId, resourceId }: CallAbout | NoCall): Promise<OutboundResult> => {
    const request = await unrepeated(built);
    const { protocol, activity } = describe(request);
    const fault = protocol === null ? null : parts.takeFault(activity);
    if (!fault) return recordQuietly(await send(request, { callId, resourceId, fault: null, replayOf: null }));
    const about = { callId, resourceId, fault: fault.kind, replayOf: null };
    if (fault.kind === 'delay') await parts.sleep(fault.delayMs ?? 0);
    if (fault.kind === 'lost-answer') {
      await recordQuietly(await send(request, about));
      return { ok: false, fault: 'reset', message: 'the sandbox lost the answer on purpose' };
    }
    const key = await keyFor(request);
    if (key === null) return recordQuietly(await send(request, about));
    const first = { ...about, fault: fault.kind === 'duplicate' || fault.kind === 'concurrent' ? null : fault.kind };
    const one = () => send(spoiled(fault.kind, request, signing(key)), first);
    const two = () => send(signAgain(request, signing(key)), about);
    if (fault.kind === 'concurrent') {
      const [made, again] = await Promise.all([one(), two()]);
      const result = await recordQuietly(made);
      await recordQuietly(again);
      return result;
    }
    const result = await recordQuietly(await one());
    if (fault.kind === 'duplicate') await recordQuietly(await two());
    return result;
  };

  return {
    outbound: {
      post: (url, headers, body, about) => call({ method: 'POST', url, headers, body }, about ?? NO_CALL),
      get: (url, headers, about) => call({ method: 'GET', url, headers, body: '' }, about ?? NO_CALL),
      close: () => Promise.resolve(),
    },
    calling: () => underWay[0] ?? null,
    async repeat(exchange, how) {
      const request = requestOf(exchange);
      const about = { ...NO_CALL, fault: null, replayOf: exchange.exchangeId };
      const key = how === 'same' ? null : await keyFor(request);
      return record(await send(key === null ? request : signAgain(request, signing(key)), about));
    },
  };
}

const requestOf = ({ method, url, request }: Exchange): WireRequest => ({
  method: method === 'GET' ? 'GET' : 'POST',
  url,
  headers: Object.fromEntries(request.headers.map(({ name, value }) => [name, value])),
  body: request.body,
});

function recordOf({ request, about, at, wireAt, durationMs, result }: Sent, key: string | null): NewExchange {
  const { protocol, activity } = describe(request);
  const { resultCode, diagnosis } = readExchange(request, result, durationMs, key);
  const shown = (text: string): string => storable(withoutKey(text, key));
  return {
    direction: 'to-seller',
    at: at.toISOString(),
    wireAt: wireAt.toISOString(),
    activity: storable(activity),
    protocol: protocol ?? '',
    method: request.method,
    url: request.url,
    status: result.ok ? result.answer.status : null,
    resultCode: resultCode === null ? null : shown(resultCode),
    durationMs,
    ...about,
    diagnosis: diagnosis.map(({ code }) => code),
    request: {
      headers: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
      body: request.body,
    },
    signature: signatureSteps(request, key),
    response: result.ok ? responseOf(result.answer, shown) : null,
    transportFault: result.ok ? null : `${result.fault}: ${shown(result.message)}`,
    diagnosisDetails: diagnosis.map((each) => ({
      ...each,
      expected: shown(each.expected),
      seen: shown(each.seen),
    })),
  };
}

const responseOf = ({ rawHeaders, body, truncated }: HttpAnswer, shown: (text: string) => string) => ({
  headers: rawHeaders.map(([name, value]) => ({ name, value: shown(value) })),
  body: shown(decoder.decode(body)),
  truncated,
});
