/**
 * The transport: node:http and node:https, because a check must see header names as they were spelt and tell apart why a
 * call got no answer. Never follows a redirect, reads at most 1 MiB, honours `NODE_EXTRA_CA_CERTS` like every Node program.
 */
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { ANSWER_MAX_BYTES, type TransportError } from '@jishi/protocol';
import type { Exchange, Headers, WireAnswer, WireRequest } from './exchange.ts';
import { transportError } from './wire-errors.ts';

export interface Wire {
  /** Never rejects for what the network does; rejects with the signal's reason when the run is called off. */
  send(request: WireRequest): Promise<Exchange['outcome']>;
  /** Ends the connections that were kept. */
  close(): void;
}

export interface WireOptions {
  /** from the first byte sent to the last byte read, milliseconds */
  readonly timeoutMs: number;
  /** true = any certificate will do */
  readonly insecure: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A connection is kept so long for the next call: shorter than servers keep theirs, so that it is not closed under a call. */
const KEEP_IDLE_MS = 1_000;

export function createWire(options: WireOptions): Wire {
  const kept = { keepAlive: true, timeout: KEEP_IDLE_MS };
  const agents = {
    http: new HttpAgent(kept),
    https: new HttpsAgent({ ...kept, minVersion: 'TLSv1.2', rejectUnauthorized: !options.insecure }),
  };
  const send = async (request: WireRequest): Promise<Exchange['outcome']> => {
    options.signal?.throwIfAborted();
    const first = await attempt(request, agents, options);
    // The server closed the kept connection just as the call went out: it has not seen the call.
    if ('closedUnderUs' in first) return send(request);
    return first.outcome;
  };
  return {
    send,
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Attempt = { readonly outcome: Exchange['outcome'] } | { readonly closedUnderUs: true };

function attempt(
  request: WireRequest,
  agents: { readonly http: HttpAgent; readonly https: HttpsAgent },
  { timeoutMs, signal }: WireOptions,
): Promise<Attempt> {
  return new Promise((done, fail) => {
    const body = request.body === null ? null : Buffer.from(request.body);
    const headers = { ...request.headers, ...(body === null ? {} : { 'Content-Length': String(body.length) }) };
    const how = { method: request.method, headers, signal };
    const call = request.url.startsWith('https:')
      ? requestHttps(request.url, { ...how, agent: agents.https })
      : requestHttp(request.url, { ...how, agent: agents.http });
    let began = false;
    const settle = (attempt: Attempt) => {
      clearTimeout(timer);
      done(attempt);
    };
    const failWith = (error: TransportError) => settle({ outcome: { ok: false, error } });
    const timer = setTimeout(() => {
      failWith({ kind: 'timeout', message: lateness(call, began, timeoutMs) });
      call.destroy();
    }, timeoutMs);
    const broke = (error: Error) => {
      if (signal?.aborted) {
        clearTimeout(timer);
        fail(signal.reason);
      } else if (call.reusedSocket && !began && isReset(error)) settle({ closedUnderUs: true });
      else failWith(transportError(error, new URL(request.url), began));
    };
    call.on('error', broke);
    call.on('response', (response) => {
      began = true;
      readUpTo(response, ANSWER_MAX_BYTES).then(({ bytes, truncated }) => {
        settle({ outcome: { ok: true, answer: answerOf(response, bytes, truncated) } });
      }, broke);
    });
    call.end(body ?? undefined);
  });
}

function answerOf(response: IncomingMessage, body: Uint8Array, truncated: boolean): WireAnswer {
  const { rawHeaders } = response;
  const headers: Headers = rawHeaders.flatMap((name, place) =>
    place % 2 === 0 ? [[name, rawHeaders[place + 1] ?? ''] as const] : [],
  );
  return { status: response.statusCode ?? 0, headers, body, truncated };
}

async function readUpTo(
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; truncated: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = Buffer.from(part);
    parts.push(bytes.subarray(0, maxBytes - length));
    if (length + bytes.length > maxBytes) return { bytes: Buffer.concat(parts), truncated: true };
    length += bytes.length;
  }
  return { bytes: Buffer.concat(parts), truncated: false };
}

function isReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function lateness(call: ClientRequest, began: boolean, timeoutMs: number): string {
  const limit = `within ${timeoutMs / 1000} s`;
  if (began) return `the answer began but was not complete ${limit}`;
  return call.socket === null || call.socket.connecting ? `no connection ${limit}` : `no answer ${limit}`;
}
