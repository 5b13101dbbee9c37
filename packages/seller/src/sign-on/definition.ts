/** What signing on needs and gives (saas-v2.md 11). */

/** What the kit told of a tenant: `applicationSync` the first two, `tenantSync` the address. */
export interface SignOnClient {
  readonly clientId: string;
  /** Decrypted. */
  readonly clientSecret: string;
  /** `domainName`: tokens and users are asked for there (saas-v1.md 6.7), so it is looked up per tenant, never configured. */
  readonly domainName: string;
}

export interface SignOnOptions {
  /** The client of a tenant; null for a tenant that was never synchronised. Called for each sign-in. */
  readonly client: (tenantId: string) => SignOnClient | null | Promise<SignOnClient | null>;
  readonly fetch?: typeof globalThis.fetch;
  /** For one call. Default 5000. */
  readonly timeoutMs?: number;
  /** Plain HTTP to another machine: only for a private network that you trust. */
  readonly allowHttp?: boolean;
  /** In milliseconds since 1970. */
  readonly clock?: () => number;
}

export interface SignedOnUser {
  /** Stable, unique everywhere. */
  readonly id: string;
  /** As in `authSync`: unique within the tenant only. */
  readonly userName: string;
  readonly name: string;
  readonly role: 'user' | 'admin';
  readonly departmentCode: string;
  readonly departmentName: string;
  /** undefined: not shared. */
  readonly email: string | undefined;
  readonly mobile: string | undefined;
}

/** Keep it on the server, beside your own session; it is plain JSON. */
export interface SignOnSession {
  readonly tenantId: string;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** In milliseconds since 1970. */
  readonly expiresAtMs: number;
}

export interface SignedOn {
  readonly user: SignedOnUser;
  readonly session: SignOnSession;
}

export type SignOnFailureKind =
  /** The marketplace does not let this member in, or the code or token is not valid: show why, offer to sign in again. */
  | 'refused'
  /** No answer within the time, or the marketplace was asked too often (429): worth another try. */
  | 'unreachable'
  /** Not what the interface promises, or a request that is no sign-in. */
  | 'malformed';

export interface SignOnFailure {
  readonly ok: false;
  readonly kind: SignOnFailureKind;
  /** `error` of the marketplace, such as `invalid_grant`, or `CLIENT.…`. */
  readonly code: string;
  /** A sentence; in a refusal of E-39 it begins with its code, such as `INSTANCE_FROZEN: …`. */
  readonly message: string;
}
export type SignOnResult = ({ readonly ok: true } & SignedOn) | SignOnFailure;

export interface SignOn {
  /** The request that came to your login address, with `code` and `tenant`. A code works once. */
  handle(request: Request): Promise<SignOnResult>;
  /**
   * Looks again, with a new token where the old one has expired: facts of the user may have changed, and whoever was withdrawn,
   * disabled or stopped is refused. Store the session that comes back; the refresh token may be another one.
   */
  again(session: SignOnSession): Promise<SignOnResult>;
  /** Where the browser goes to end the marketplace's session too. `backTo`: your login address, or the front page of its server. */
  logoutUrl(tenantId: string, backTo?: string): Promise<string | null>;
}

/** The published login page: where your own page sends people who are not signed in. */
export const portalLogin = (marketplace: string, appId: string): string =>
  `${marketplace}/unified-login/#/portal-login?ind=UNOP&appId=${encodeURIComponent(appId)}`;
