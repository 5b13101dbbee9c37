/**
 * Sign-in through the company's identity provider: there and back. State, nonce and PKCE verifier wait in a sealed cookie of
 * the browser that began, for ten minutes; a failure leads back to the page it began on, with its code.
 */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { linkIdentity, provesPassword, sessionIdOf, signInWithIdentity, tokenHash } from '../../directory/index.ts';
import type { IdentityProvider } from '../../platform/config.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, refuse } from '../../platform/result.ts';
import type { AppEnv } from '../http.ts';
import { originOf, ownCall, ownCommand } from './security-call.ts';
import { passwordBody } from './security-schemas.ts';
import { forget, keep, keepEntered, kept } from './sign-in-cookies.ts';
import { attempt, type ProviderClient, providerClient } from './sign-in-provider.ts';

const PURPOSE = 'directory.oidc-attempt';
const WAITS_SECONDS = 600;
const CALLBACK = '/api/console/session/oidc/callback';
const SECURITY_PAGE = '/account/security';

const waiting = attempt.extend({
  beganMs: z.number(),
  /** the session that links; null = somebody signs in */
  links: z.string().nullable(),
  /** path of the console where it goes on */
  from: z.string(),
});

export function signInOidcRoutes(app: Hono<AppEnv>, platform: Platform): void {
  const { identityProvider: provider, publicUrl, mode } = platform.config;
  if (provider === null) return;
  const client = providerClient(provider, {
    redirectUri: `${publicUrl}${CALLBACK}`,
    allowInternal: mode === 'sandbox',
    random: platform.random,
  });
  const leave = async (c: Context<AppEnv>, links: string | null, from: string): Promise<string> => {
    const begun = await client.begin();
    const beganMs = platform.clock.now().getTime();
    const text = JSON.stringify({ ...begun.attempt, beganMs, links, from });
    keep(c, platform, 'oidc', platform.keys.seal(text, PURPOSE), WAITS_SECONDS);
    return begun.address;
  };
  app.get('/session/oidc', async (c) => {
    const from = pathOf(c.req.query('from'));
    try {
      return c.redirect(await leave(c, null, from), 302);
    } catch (error) {
      return failed(c, platform, '/sign-in', 'IDENTITY_PROVIDER', error);
    }
  });
  app.get('/session/oidc/callback', (c) => comeBack(c, platform, provider, client));
  // It gives the account another way in, so the password is asked for.
  app.post(
    '/session/identity',
    ownCommand(platform, passwordBody, async (call, { password }) => {
      const proven = await provesPassword(platform, call, password, 'identity.link');
      if (!proven.ok) return proven;
      try {
        return ok({ address: await leave(call.c, sessionIdOf(tokenHash(call.token)), SECURITY_PAGE) });
      } catch (error) {
        platform.log.warn({ error: String(error) }, 'identity provider');
        return refuse('IDENTITY_PROVIDER', 'the identity provider can not be reached');
      }
    }),
  );
}

async function comeBack(
  c: Context<AppEnv>,
  platform: Platform,
  provider: IdentityProvider,
  client: ProviderClient,
): Promise<Response> {
  const now = platform.clock.now();
  const begun = openedAttempt(platform, kept(c, platform, 'oidc'), now);
  forget(c, platform, 'oidc');
  if (begun === null) return failed(c, platform, '/sign-in', 'SIGN_IN_EXPIRED');
  const page = begun.links === null ? '/sign-in' : SECURITY_PAGE;
  const answer = new URL(`${platform.config.publicUrl}${CALLBACK}${new URL(c.req.url).search}`);
  let identity: Awaited<ReturnType<ProviderClient['finish']>>;
  try {
    identity = await client.finish(answer, begun);
  } catch (error) {
    return failed(c, platform, page, 'IDENTITY_REFUSED', error);
  }
  if (begun.links !== null) {
    const call = await ownCall(c, platform);
    if (call === null || sessionIdOf(tokenHash(call.token)) !== begun.links)
      return failed(c, platform, '/sign-in', 'SIGN_IN_EXPIRED');
    const linked = await linkIdentity(platform.db, call.by, identity, now, call.from);
    return linked.ok ? c.redirect(SECURITY_PAGE, 302) : failed(c, platform, page, linked.refusal.code);
  }
  const entered = await signInWithIdentity(platform, identity, provider.domains, now, originOf(c, platform));
  if (!entered.ok) return failed(c, platform, page, entered.refusal.code);
  keepEntered(c, platform, entered.value, now);
  if (entered.value.kind === 'SIGNED_IN') return c.redirect(begun.from, 302);
  return c.redirect(`/sign-in?${new URLSearchParams({ step: 'code', from: begun.from })}`, 302);
}

function openedAttempt({ keys }: Platform, sealed: string | null, now: Date): z.infer<typeof waiting> | null {
  if (sealed === null) return null;
  try {
    const begun = waiting.parse(JSON.parse(keys.open(sealed, PURPOSE)));
    return now.getTime() - begun.beganMs <= WAITS_SECONDS * 1000 ? begun : null;
  } catch {
    return null; // another marketplace's, or of a key that is gone
  }
}

function failed(c: Context<AppEnv>, { log }: Platform, page: string, fault: string, error?: unknown): Response {
  if (error !== undefined) log.warn({ fault, error: String(error) }, 'identity provider');
  return c.redirect(`${page}?${new URLSearchParams({ fault })}`, 302);
}

/** A path of the console, never an address of another site. */
const pathOf = (from: string | undefined): string => (from !== undefined && /^\/(?![/\\])/.test(from) ? from : '/');
