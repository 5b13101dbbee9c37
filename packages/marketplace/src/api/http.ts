/** Small things that every HTTP surface of the marketplace needs. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Diagnosis, UsageSignFault } from '@jishi/protocol';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Config } from '../platform/config.ts';

/** What the outermost middleware puts into each request's context. */
export type AppEnv = { Variables: { requestId: string; openApi?: CheckedCall; answered?: AnsweredCall } };

/** What the Open API's gateway saw of a call; for the record that a sandbox keeps. */
export interface CheckedCall {
  readonly body: Uint8Array;
  /** of the access key that the call names; null = unknown */
  readonly sk: string | null;
  readonly diagnosis: readonly Diagnosis[];
  /** the access key that it names, and whose it is */
  readonly ak: string | null;
  readonly sellerId: string | null;
}

/** What the Open API answered, for the log of requests. */
export interface AnsweredCall {
  readonly code: string;
  readonly message: string;
  readonly signFault: UsageSignFault | 'NONCE_REPEATED' | null;
}

/** `__Host-` binds the cookie to this very host over TLS; a browser takes it only with Secure. */
export const sessionCookie = ({ mode, publicUrl }: Pick<Config, 'mode' | 'publicUrl'>): string =>
  mode === 'production' && publicUrl.startsWith('https:') ? '__Host-jishi_session' : 'jishi_session';

export const sessionToken = (c: Context<AppEnv>, config: Config): string | null =>
  getCookie(c, sessionCookie(config)) ?? null;

export function constantTimeEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The client's address: the peer's, or behind `trustedProxies` proxies the one that the outermost of them saw. What
 * stands further left in X-Forwarded-For the client wrote itself. null when a request was made in memory (tests).
 */
export function clientAddress(c: Context<AppEnv>, trustedProxies: number): string | null {
  const peer = incoming(c) ? (getConnInfo(c).remote.address ?? null) : null;
  if (trustedProxies === 0) return peer;
  const seen = (c.req.header('x-forwarded-for') ?? '').split(',').map((address) => address.trim());
  const client = seen.at(-trustedProxies) ?? '';
  return isIP(client) === 0 ? peer : client;
}

/** The body, as long as it is not larger than `mostBytes`; a larger one is not read to its end. null = too large */
export async function limitedBody(c: Context<AppEnv>, mostBytes: number): Promise<Uint8Array | null> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of receivedBody(c)) {
    length += part.length;
    if (length > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Path and query exactly as received: signatures cover the raw text, which a parsed URL no longer has. */
export function rawTarget(c: Context<AppEnv>): string {
  const raw = incoming(c)?.url;
  // what a proxy was asked for may come with scheme and host in front (RFC 9112 3.2.2)
  if (raw !== undefined) return raw.replace(/^https?:\/\/[^/?#]*/i, '');
  const url = new URL(c.req.url);
  return `${url.pathname}${url.search}`;
}

/** The body as it came, in parts. A GET may have one, which the fetch interface hides but a signature covers. */
export async function* receivedBody(c: Context<AppEnv>): AsyncGenerator<Uint8Array> {
  const raw = incoming(c);
  if (raw === undefined) {
    yield new Uint8Array(await c.req.arrayBuffer());
    return;
  }
  // Who stops early (too large) still answers over this connection, so it is not destroyed.
  for await (const part of raw.iterator({ destroyOnReturn: false })) if (part instanceof Uint8Array) yield part;
}

/**
 * Reads what is left of a body and forgets it. An answer that is given while a client still writes is lost to many of them: the
 * connection breaks before they read. Not for ever: up to `mostBytes` and `mostMs`.
 */
export async function discardBody(c: Context<AppEnv>, mostBytes: number, mostMs: number): Promise<void> {
  const raw = incoming(c);
  if (raw === undefined || raw.readableEnded || raw.destroyed) return;
  let left = mostBytes;
  await new Promise<void>((done) => {
    const count = (part: Uint8Array) => {
      left -= part.length;
      if (left < 0) end();
    };
    const end = () => {
      clearTimeout(timer);
      raw.off('data', count).off('end', end).off('close', end);
      raw.pause();
      done();
    };
    const timer = setTimeout(end, mostMs);
    raw.on('data', count).once('end', end).once('close', end);
  });
}

/** Aborts when the server that this request came to closes; null in memory. */
export function serverClosing(c: Context<AppEnv>): AbortSignal | null {
  const env: unknown = c.env;
  const given = typeof env === 'object' && env !== null && 'closing' in env ? env.closing : null;
  return given instanceof AbortSignal ? given : null;
}

function incoming(c: Context<AppEnv>): IncomingMessage | undefined {
  const env: unknown = c.env;
  return isNodeEnv(env) ? env.incoming : undefined;
}
function isNodeEnv(env: unknown): env is { incoming: IncomingMessage } {
  return typeof env === 'object' && env !== null && 'incoming' in env;
}
