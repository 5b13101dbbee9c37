/**
 * The company's identity provider (OpenID Connect, authorization code with PKCE), through openid-client. All of its calls
 * (discovery, keys, token, user) leave by the guarded client: no inside address unless the configuration says that the
 * provider stands there, no redirects, an answer up to 1 MiB.
 */
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { ProvenIdentity } from '../../directory/index.ts';
import type { IdentityProvider } from '../../platform/config.ts';
import { createOutbound, type Outbound } from '../../platform/outbound.ts';
import type { Random } from '../../platform/random.ts';

/** What has to come back with the answer; kept with the browser, sealed. */
export const attempt = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type Attempt = z.infer<typeof attempt>;

export interface ProviderClient {
  /** Where the browser goes. @throws when the provider can not be reached */
  begin(): Promise<{ readonly address: string; readonly attempt: Attempt }>;
  /** @param answer the address that the provider sent the browser to. @throws when anything about the answer is wrong */
  finish(answer: URL, attempt: Attempt): Promise<ProvenIdentity>;
}

const TIMEOUT_MS = 10_000;
/** what a provider changes of its addresses is known after so long */
const DISCOVERED_FOR_MS = 3_600_000;
const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().max(320).optional(),
  email_verified: z.boolean().optional(),
});

export function providerClient(
  provider: IdentityProvider,
  { redirectUri, allowInternal, random }: { redirectUri: string; allowInternal: boolean; random: Random },
): ProviderClient {
  const outbound = createOutbound({ allowInternal: allowInternal || provider.internal, timeoutMs: TIMEOUT_MS });
  let known: { readonly atMs: number; readonly configuration: Promise<oidc.Configuration> } | null = null;
  const configured = (): Promise<oidc.Configuration> => {
    if (known && performance.now() - known.atMs < DISCOVERED_FOR_MS) return known.configuration;
    const configuration = discover(provider, outbound);
    known = { atMs: performance.now(), configuration };
    configuration.catch(() => {
      known = null;
    });
    return configuration;
  };
  const text = () => Buffer.from(random.bytes(32)).toString('base64url');
  return {
    async begin() {
      const made: Attempt = { state: text(), nonce: text(), verifier: text() };
      const address = oidc.buildAuthorizationUrl(await configured(), {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: made.state,
        nonce: made.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(made.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, attempt: made };
    },
    async finish(answer, { state, nonce, verifier }) {
      const configuration = await configured();
      const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const told = claims.parse(tokens.claims());
      // Many providers tell the address to whoever asks for the user only.
      const more =
        told.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? claims.parse(await oidc.fetchUserInfo(configuration, tokens.access_token, told.sub))
          : told;
      return {
        issuer: provider.issuer,
        subject: told.sub,
        email: more.email ?? '',
        emailVerified: more.email_verified ?? false,
      };
    },
  };
}

function discover(provider: IdentityProvider, outbound: Outbound): Promise<oidc.Configuration> {
  const server = new URL(provider.issuer);
  const insecure = server.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(server, provider.clientId, provider.clientSecret, undefined, {
    [oidc.customFetch]: guardedFetch(outbound),
    execute: insecure,
  });
}

function guardedFetch(outbound: Outbound): oidc.CustomFetch {
  return async (url, { method, headers, body }) => {
    const got =
      method === 'POST' ? await outbound.post(url, headers, String(body ?? '')) : await outbound.get(url, headers);
    if (!got.ok) throw new Error(`the identity provider: ${got.fault}: ${got.message}`);
    if (got.answer.truncated) throw new Error('the identity provider: the answer is larger than 1 MiB');
    const { status } = got.answer;
    const empty = status === 204 || status === 304;
    return new Response(empty ? null : new Uint8Array(got.answer.body), {
      status,
      headers: got.answer.headers.map(({ name, value }): [string, string] => [name, value]),
    });
  };
}
