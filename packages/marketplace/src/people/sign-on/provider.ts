/**
 * The authorisation server (saas-v2.md 11): `oidc-provider` with our clients, members, keys and rules. Standard OpenID Connect
 * comes from it whole; the published forms of the kit stand on its models, so that both share grants and rules
 * (docs/decisions/0011-single-sign-on.md).
 */
import type { Configuration, errors as Errors, JWK, default as Provider } from 'oidc-provider';
import { markOfSession } from '../../directory/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { recordSignIn } from '../activity/index.ts';
import type { Credential } from '../definition.ts';
import { artefacts, revokeGrant } from './adapter.ts';
import { standardClaims } from './claims.ts';
import { applicationOfClient, type Entry, entryOf } from './entry.ts';
import type { KeyContext } from './keys.ts';
import { describeRefusal, type SignOnRefusal } from './refusals.ts';
import { KEY_PURPOSE } from './schema.ts';
import type { StoredKey } from './store.ts';

export type AuthorisationServer = Provider;

/** Below the public address; the standard endpoints lie under it. */
export const ISSUER_PATH = '/api/oidc';
/** Where the printed forms lie, and the way back from the workplace's sign-in. */
export const PUBLISHED_PATH = '/api/v1/oauth2';
export const SESSION_COOKIE = 'jishi_sso';
const SCOPES = ['openid', 'profile', 'email', 'phone', 'offline_access'];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds. A code is exchanged at once; who signs out or loses the right is out at the next look in any case. */
export const LIFETIMES = {
  AuthorizationCode: 5 * MINUTE,
  AccessToken: HOUR,
  IdToken: HOUR,
  RefreshToken: 12 * HOUR,
  Grant: 12 * HOUR,
  Session: 12 * HOUR,
  Interaction: HOUR,
} as const;

/** What people see of the server itself: a fault, the question before signing out, its end. */
export interface Pages {
  readonly fault: (language: string, error: string, description: string) => string;
  readonly signOut: (language: string, form: string) => string;
  readonly signedOut: (language: string) => string;
}

/** The library is loaded when somebody signs on for the first time: programs that only work at a terminal start without it. */
export async function createAuthorisationServer(
  platform: Platform,
  keys: readonly StoredKey[],
  pages: Pages,
): Promise<AuthorisationServer> {
  const { default: AuthorisationProvider, errors } = await import('oidc-provider');
  const provider = new AuthorisationProvider(`${platform.config.publicUrl}${ISSUER_PATH}`, {
    ...configuration(platform, pages, errors),
    jwks: { keys: keys.map((key) => opened(platform, key)) },
  });
  // the address is the configured one, whatever a proxy in front of us calls itself; the bridge says it in these headers
  provider.proxy = true;
  provider.on('server_error', (_, error) => platform.log.error({ err: error }, 'single sign-on failed'));
  return provider;
}

function configuration(platform: Platform, pages: Pages, errors: typeof Errors): Configuration {
  const { db } = platform;
  return {
    adapter: (kind) => artefacts(platform, kind, errors),
    scopes: SCOPES,
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'tenant', 'role'],
      email: ['email'],
      phone: ['phone_number'],
    },
    ttl: LIFETIMES,
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: true,
    issueRefreshToken: async () => true,
    expiresWithSession: async () => true,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = pages.signOut(ctx.get('accept-language'), form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = pages.signedOut(ctx.get('accept-language'));
        },
      },
    },
    cookies: {
      names: {
        session: SESSION_COOKIE,
        interaction: `${SESSION_COOKIE}_interaction`,
        resume: `${SESSION_COOKIE}_resume`,
      },
      long: { httpOnly: true, sameSite: 'lax', signed: false },
      short: { httpOnly: true, sameSite: 'lax', signed: false },
    },
    interactions: { url: (_, interaction) => `${PUBLISHED_PATH}/interaction/${interaction.uid}` },
    renderError(ctx, { error, error_description: description }) {
      ctx.type = 'html';
      ctx.body = pages.fault(ctx.get('accept-language'), error, description ?? '');
    },
    // what the administrator has authorised needs no second consent
    async loadExistingGrant({ oidc }) {
      const { client, account, provider, session } = oidc;
      return client && account ? grantFor(provider, session, client.clientId, account.accountId) : undefined;
    },
    async findAccount({ oidc }, memberId, token) {
      const clientId = oidc.client?.clientId ?? token?.clientId;
      const found = clientId === undefined ? null : await applicationOfClient(db, clientId);
      if (!found) return undefined;
      const result = await entryOf(db, found.application, memberId);
      if (result.ok) {
        // the last question before tokens are given out
        if (token?.kind === 'AuthorizationCode') await countSignIn(platform, found.application.applicationId, memberId);
        return { accountId: memberId, claims: () => standardClaims(result.entry) };
      }
      // whoever was refused signs in anew
      if (token?.grantId !== undefined) await revokeGrant(db, token.grantId);
      throw refusal(errors, result.code, token?.kind);
    },
  };
}

/** RFC 6749 5.2, RFC 6750 3.1, OpenID Connect Core 3.1.2.6: the same refusal has another name at each place. */
function refusal(errors: typeof Errors, code: SignOnRefusal, token: string | undefined): Error {
  const name = token === undefined ? 'access_denied' : token === 'AccessToken' ? 'invalid_token' : 'invalid_grant';
  const error = new errors.CustomOIDCProviderError(name, describeRefusal(code));
  return name === 'invalid_token' ? Object.assign(error, { status: 401, statusCode: 401 }) : error;
}

function opened({ keys }: Pick<KeyContext, 'keys'>, { sealed }: StoredKey): JWK {
  const jwk: unknown = JSON.parse(keys.open(sealed, KEY_PURPOSE));
  if (!isJwk(jwk)) throw new Error('a signing key is no JWK');
  return jwk;
}
const isJwk = (value: unknown): value is JWK => typeof value === 'object' && value !== null && 'kty' in value;

/** One grant for an application and a session: a second tab does not end the first one's sign-in. */
async function grantFor(provider: Provider, session: ServerSession | undefined, clientId: string, accountId: string) {
  const knownId = session?.grantIdFor(clientId);
  const known = knownId === undefined ? undefined : await provider.Grant.find(knownId);
  if (known?.accountId === accountId) return known;
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope(SCOPES.join(' '));
  await grant.save();
  return grant;
}

/** The code that an application exchanges, for a member who may enter (saas-v2.md 11.1). */
export async function issueCode(
  provider: AuthorisationServer,
  { application, member }: Entry,
  { loginUrl }: Credential,
  session: ServerSession,
): Promise<string> {
  const client = await provider.Client.find(application.clientId);
  if (!client) throw new Error(`the application ${application.applicationId} is no client`);
  const grant = await grantFor(provider, session, application.clientId, member.memberId);
  session.ensureClientContainer(application.clientId);
  session.grantIdFor(application.clientId, grant.jti);
  await session.save(LIFETIMES.Session);
  const code = new provider.AuthorizationCode({
    accountId: member.memberId,
    client,
    grantId: grant.jti,
    gty: 'authorization_code',
    redirectUri: loginUrl,
    scope: SCOPES.join(' '),
    sessionUid: session.uid,
    expiresWithSession: true,
  });
  return code.save();
}

/** The server's own session: what it gave out ends with it. */
export type ServerSession = InstanceType<AuthorisationServer['Session']>;

/** The server's session for somebody at the workplace: it bears the mark of the workplace's session, and ends with it. */
export async function sessionFor(
  provider: AuthorisationServer,
  { token, memberId }: { readonly token: string; readonly memberId: string },
): Promise<ServerSession> {
  const uid = markOfSession(token);
  const known = await provider.Session.findByUid(uid);
  if (known) return known;
  const fresh = new provider.Session();
  fresh.uid = uid;
  // two products that are opened at once begin one session
  fresh.jti = markOfSession(`${SESSION_COOKIE} ${token}`);
  fresh.loginAccount({ accountId: memberId });
  await fresh.save(LIFETIMES.Session);
  return fresh;
}

export type UserResult =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly code: SignOnRefusal | 'TOKEN' | 'SIGNED_OUT' };

// the second is for the types of the library, which do not know the first
const WHATEVER_SESSION = { ignoreSessionBinding: true, ignoreExpiration: false };

/** Whose access token this is, as long as the member may enter; a refusal ends the sign-in. */
export async function entryOfToken(
  provider: AuthorisationServer,
  { db }: Pick<Platform, 'db'>,
  token: string,
): Promise<UserResult> {
  const found = await provider.AccessToken.find(token, WHATEVER_SESSION);
  const grant = found ? await provider.Grant.find(found.grantId) : undefined;
  const client = found?.clientId === undefined ? null : await applicationOfClient(db, found.clientId);
  if (!found || !grant || !client) return { ok: false, code: 'TOKEN' };
  const result = await entryOf(db, client.application, found.accountId);
  if (!result.ok) {
    await revokeGrant(db, found.grantId);
    return result;
  }
  return (await provider.AccessToken.find(token)) ? result : { ok: false, code: 'SIGNED_OUT' };
}

/** S-72: a code is exchanged. A figure that is missing is no reason to send the member away. */
export async function countSignIn(
  { db, clock, log }: Platform,
  applicationId: string,
  memberId: string,
): Promise<void> {
  const signIn = { applicationId, memberId, at: clock.now() };
  await inTransaction(db, (tx) => recordSignIn(tx, signIn)).catch((error: unknown) =>
    log.warn({ err: error }, 'a sign-in is not counted'),
  );
}
