/** Small things that every HTTP surface of the marketplace needs. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

/** What the outermost middleware puts into each request's context. */
export type AppEnv = { Variables: { requestId: string } };

export const SESSION_COOKIE = 'jishi_session';

export const sessionToken = (c: Context<AppEnv>): string | null => getCookie(c, SESSION_COOKIE) ?? null;

export function constantTimeEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The peer's address; null when a request was made in memory (tests). */
export function clientAddress(c: Context<AppEnv>): string | null {
  return incoming(c) ? (getConnInfo(c).remote.address ?? null) : null;
}

/** Path and query exactly as received: signatures cover the raw text, which a parsed URL no longer has. */
export function rawTarget(c: Context<AppEnv>): string {
  const raw = incoming(c)?.url;
  if (raw !== undefined) return raw;
  const url = new URL(c.req.url);
  return `${url.pathname}${url.search}`;
}

/** The body as it came, in parts. A GET may have one, which the fetch interface hides but a signature covers. */
export async function* receivedBody(c: Context<AppEnv>): AsyncGenerator<Uint8Array> {
  const raw = incoming(c);
  if (raw === undefined) yield new Uint8Array(await c.req.arrayBuffer());
  else for await (const part of raw) if (part instanceof Uint8Array) yield part;
}

function incoming(c: Context<AppEnv>): IncomingMessage | undefined {
  const env: unknown = c.env;
  return isNodeEnv(env) ? env.incoming : undefined;
}
function isNodeEnv(env: unknown): env is { incoming: IncomingMessage } {
  return typeof env === 'object' && env !== null && 'incoming' in env;
}
