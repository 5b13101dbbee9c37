/**
 * How often single sign-on may be asked: each address, for tokens and pages alike, and each client, for tokens. A client may
 * ask twice as often as an address, so that no single address can use up what is another's.
 */
import type { Context } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, clientAddress } from '../http.ts';
import { type RateLimit, rateLimit } from '../rate-limit.ts';
import { limitPage } from './pages.ts';

export interface SignOnLimits {
  /** @returns the answer when it was too often */
  page(c: Context<AppEnv>): Response | null;
  token(c: Context<AppEnv>, body: Uint8Array): Response | null;
}

export function signOnLimits({ config, clock }: Platform): SignOnLimits {
  const perSecond = config.signOnRatePerSecond;
  const [addresses, clients] = [rateLimit(perSecond), rateLimit(perSecond * 2)];
  const take = (limit: RateLimit, key: string) => limit.take(key, clock.now().getTime());
  const addressOf = (c: Context<AppEnv>) => clientAddress(c, config.trustedProxies) ?? 'memory';
  return {
    page(c) {
      const wait = take(addresses, addressOf(c));
      if (wait === 0) return null;
      return c.html(limitPage(c.req.header('accept-language') ?? '', wait), 429, { 'retry-after': String(wait) });
    },
    token(c, body) {
      const client = clientOf(c, body);
      const wait = take(addresses, addressOf(c)) || (client === null ? 0 : take(clients, client));
      if (wait === 0) return null;
      // the form of RFC 6749 5.2, which libraries read
      return c.json(
        {
          error: 'temporarily_unavailable',
          error_description: `RATE_LIMITED: too many requests of this address or client; try again in ${wait} s`,
        },
        429,
        { 'retry-after': String(wait), 'cache-control': 'no-store' },
      );
    },
  };
}

/** As it calls itself, in the form or by HTTP Basic (RFC 6749 2.3.1); whether it is the one is looked at later. */
function clientOf(c: Context<AppEnv>, body: Uint8Array): string | null {
  const named = new URLSearchParams(new TextDecoder().decode(body)).get('client_id');
  if (named !== null) return named;
  const [scheme = '', credentials = ''] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return null;
  return Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] ?? null;
}
