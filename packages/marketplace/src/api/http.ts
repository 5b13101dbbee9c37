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

function incoming(c: Context<AppEnv>): IncomingMessage | undefined {
  const env: unknown = c.env;
  return isNodeEnv(env) ? env.incoming : undefined;
}
function isNodeEnv(env: unknown): env is { incoming: IncomingMessage } {
  return typeof env === 'object' && env !== null && 'incoming' in env;
}
