/** SQL of the directory. */
import type { RawBuilder } from 'kysely';
import { type Executor, list, sql } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';
import { isRole, type Principal, type Role } from './permissions.ts';
import type { SignInMethod } from './second-factor-store.ts';

export interface UserRow {
  readonly user_id: string;
  readonly password_hash: string;
  readonly role: string;
  readonly locked_until: Date | null;
  readonly disabled: boolean;
}

/** What decides whether a product may be sold to a buyer (catalogue.md 9). */
export interface BuyerFacts {
  readonly buyerId: string;
  readonly kind: 'ENTERPRISE' | 'INDIVIDUAL';
  readonly realName: 'NONE' | 'PERSONAL' | 'ENTERPRISE';
  /** country, ISO 3166 */
  readonly region: string;
}

/** @returns null = there is no such buyer */
export async function buyerFacts(executor: Executor, buyerId: string): Promise<BuyerFacts | null> {
  const { rows } = await sql<BuyerFacts>`
    SELECT buyer_id AS "buyerId", kind, real_name AS "realName", region FROM directory.buyers WHERE buyer_id = ${buyerId}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** Which of these buyers are enterprises. */
export async function enterprisesAmong(executor: Executor, buyerIds: readonly string[]): Promise<Set<string>> {
  if (buyerIds.length === 0) return new Set();
  const { rows } = await sql<{ buyer_id: string }>`
    SELECT buyer_id FROM directory.buyers WHERE buyer_id = ANY(${buyerIds}::text[]) AND kind = 'ENTERPRISE'`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.buyer_id));
}

export async function insertBuyer(
  executor: Executor,
  buyer: { accountName: string; name: string; site: Site; email: string; phone: string } & BuyerFacts,
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.buyers (buyer_id, account_name, name, site, email, phone, kind, real_name, region, created_at)
    VALUES (${buyer.buyerId}, ${buyer.accountName}, ${buyer.name}, ${buyer.site}, ${buyer.email}, ${buyer.phone},
      ${buyer.kind}, ${buyer.realName}, ${buyer.region}, ${now})`.execute(executor);
}

export async function insertSeller(
  executor: Executor,
  seller: { sellerId: string; name: string; site: Site; email: string; phone: string; serviceEmail: string },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.sellers (seller_id, name, site, email, phone, service_email, created_at)
    VALUES (${seller.sellerId}, ${seller.name}, ${seller.site}, ${seller.email}, ${seller.phone}, ${seller.serviceEmail}, ${now})`.execute(
    executor,
  );
}

export async function insertUser(
  executor: Executor,
  user: {
    userId: string;
    loginName: string;
    displayName: string;
    passwordHash: string;
    role: Role;
    buyerId: string | null;
    sellerId: string | null;
    distributorId?: string | null;
  },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.users (user_id, login_name, display_name, password_hash, role, buyer_id, seller_id, distributor_id, created_at)
    VALUES (${user.userId}, ${user.loginName}, ${user.displayName}, ${user.passwordHash}, ${user.role}, ${user.buyerId}, ${user.sellerId}, ${user.distributorId ?? null}, ${now})`.execute(
    executor,
  );
}

export async function insertGrant(executor: Executor, userId: string, goodsId: string): Promise<void> {
  await sql`INSERT INTO directory.product_grants (user_id, goods_id) VALUES (${userId}, ${goodsId}) ON CONFLICT DO NOTHING`.execute(
    executor,
  );
}

export async function userByLogin(executor: Executor, loginName: string): Promise<UserRow | null> {
  const { rows } =
    await sql<UserRow>`SELECT user_id, password_hash, role, locked_until, disabled FROM directory.users WHERE login_name = ${loginName}`.execute(
      executor,
    );
  return rows[0] ?? null;
}

/**
 * Counts an attempt before its password is looked at: of guesses made at once no more than `limit` get through. The one
 * that makes it `limit` locks. @returns false = the account is locked
 */
export async function reserveSignIn(
  executor: Executor,
  userId: string,
  limit: number,
  now: Date,
  lockUntil: Date,
): Promise<boolean> {
  const result = await sql`UPDATE directory.users SET
    locked_until = CASE WHEN failed_sign_ins + 1 >= ${limit} THEN ${lockUntil}::timestamptz END,
    failed_sign_ins = CASE WHEN failed_sign_ins + 1 >= ${limit} THEN 0 ELSE failed_sign_ins + 1 END
    WHERE user_id = ${userId} AND (locked_until IS NULL OR locked_until <= ${now})`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}
/** The password was right: the attempts counted so far are forgotten, a lock that they set is lifted. */
export async function passwordRight(executor: Executor, userId: string): Promise<void> {
  await sql`UPDATE directory.users SET failed_sign_ins = 0, locked_until = NULL WHERE user_id = ${userId}`.execute(
    executor,
  );
}

export async function signedInAt(executor: Executor, userId: string, now: Date): Promise<void> {
  await sql`UPDATE directory.users SET last_sign_in_at = ${now} WHERE user_id = ${userId}`.execute(executor);
}

export interface SessionFacts {
  /** null = a session that is not used goes on until `expiresAt` */
  readonly idleMs: number | null;
  readonly method: SignInMethod;
  readonly ip: string | null;
  readonly agent: string | null;
}

export async function insertSession(
  executor: Executor,
  tokenHash: string,
  userId: string,
  now: Date,
  expiresAt: Date,
  how: SessionFacts = { idleMs: null, method: 'PASSWORD', ip: null, agent: null },
): Promise<void> {
  await sql`DELETE FROM directory.sessions WHERE expires_at < ${now}`.execute(executor);
  await sql`INSERT INTO directory.sessions (token_hash, user_id, created_at, expires_at, last_used_at, idle_ms, method, ip, agent)
    VALUES (${tokenHash}, ${userId}, ${now}, ${expiresAt}, ${now}, ${how.idleMs}, ${how.method}, ${how.ip}, ${how.agent})`.execute(
    executor,
  );
}

/** For the limit of sessions that are not used, and for their list. */
export async function sessionUsed(executor: Executor, tokenHash: string, now: Date): Promise<void> {
  await sql`UPDATE directory.sessions SET last_used_at = ${now} WHERE token_hash = ${tokenHash}`.execute(executor);
}

export async function deleteSession(executor: Executor, tokenHash: string): Promise<void> {
  await sql`DELETE FROM directory.sessions WHERE token_hash = ${tokenHash}`.execute(executor);
}

export async function principalOfSession(executor: Executor, tokenHash: string, now: Date): Promise<Principal | null> {
  const [session] = await sessionsOf(executor, [{ tokenHash, now }]);
  return session?.principal ?? null;
}

export interface KnownSession {
  readonly principal: Principal;
  /** its last use was written down a minute ago or more */
  readonly stale: boolean;
}

interface SessionRow {
  readonly user_id: string;
  readonly login_name: string;
  readonly display_name: string;
  readonly role: string;
  readonly buyer_id: string | null;
  readonly seller_id: string | null;
  readonly distributor_id: string | null;
  readonly tenant_name: string | null;
  readonly password_initial: boolean;
  readonly second_factor: boolean;
  readonly method: SignInMethod;
  readonly seller_left: boolean | null;
  readonly stale: boolean;
  readonly goods: string[] | null;
}

/** @returns in the order of the list; null = no such session, or it is over */
export async function sessionsOf(
  executor: Executor,
  asked: readonly { readonly tokenHash: string; readonly now: Date }[],
): Promise<(KnownSession | null)[]> {
  const hashes = list(
    asked.map(({ tokenHash }) => tokenHash),
    'text',
  );
  const instants = list(
    asked.map(({ now }) => now),
    'timestamptz',
  );
  // a look through the keys for each, whatever the statistics say
  const { rows } = await sql<SessionRow & { place: number }>`
    SELECT asked.place::int, session.* FROM unnest(${hashes}, ${instants}) WITH ORDINALITY AS asked (token_hash, now, place)
    CROSS JOIN LATERAL (
      SELECT u.user_id, u.login_name, u.display_name, u.role, u.buyer_id, u.seller_id, u.distributor_id, u.password_initial, coalesce(b.name, s.name, d.name) AS tenant_name, x.method,
             s.left_at IS NOT NULL AS seller_left,
             x.last_used_at < asked.now - interval '1 minute' AS stale,
             EXISTS (SELECT FROM directory.second_factors f WHERE f.user_id = u.user_id AND f.confirmed_at IS NOT NULL) AS second_factor,
             (SELECT array_agg(g.goods_id) FROM directory.product_grants g WHERE g.user_id = u.user_id) AS goods
      FROM directory.sessions x
      JOIN directory.users u ON u.user_id = x.user_id AND NOT u.disabled
      LEFT JOIN directory.buyers b ON b.buyer_id = u.buyer_id
      LEFT JOIN directory.sellers s ON s.seller_id = u.seller_id
      LEFT JOIN directory.distributors d ON d.distributor_id = u.distributor_id
      WHERE x.token_hash = asked.token_hash AND x.expires_at > asked.now
        AND (x.idle_ms IS NULL OR x.last_used_at + x.idle_ms * interval '1 millisecond' > asked.now)
      LIMIT 1) AS session`.execute(executor);
  const found = new Map(rows.map((row) => [row.place, sessionOf(row)]));
  return asked.map((_, place) => found.get(place + 1) ?? null);
}

function sessionOf(row: SessionRow): KnownSession | null {
  if (!isRole(row.role)) return null;
  const principal = {
    userId: row.user_id,
    loginName: row.login_name,
    displayName: row.display_name,
    role: row.role,
    buyerId: row.buyer_id,
    sellerId: row.seller_id,
    distributorId: row.distributor_id,
    tenantName: row.tenant_name,
    grantedGoods: row.goods ?? [],
    // whoever came through the identity provider may have no password, and no need of one
    ...(row.password_initial && row.method === 'PASSWORD' ? { passwordInitial: true as const } : {}),
    ...(row.second_factor ? { secondFactor: true as const } : {}),
    ...(row.seller_left === true ? { left: true as const } : {}),
    ...(row.method === 'OIDC' ? { signedInBy: 'OIDC' as const } : {}),
  };
  return { principal, stale: row.stale };
}

export interface BuyerRow {
  readonly buyer_id: string;
  readonly account_name: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}
export async function buyersByIds(executor: Executor, ids: readonly string[]): Promise<Map<string, BuyerRow>> {
  const { rows } =
    await sql<BuyerRow>`SELECT buyer_id, account_name, name, email, phone FROM directory.buyers WHERE buyer_id = ANY(${ids}::text[])`.execute(
      executor,
    );
  return new Map(rows.map((row) => [row.buyer_id, row]));
}

/** Names of buyers and sellers by id, in one statement: every answer about an order needs both. */
export async function partyNames(
  executor: Executor,
  ids: { readonly buyers: readonly string[]; readonly sellers: readonly string[] },
): Promise<Map<string, string>> {
  if (ids.buyers.length === 0 && ids.sellers.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT buyer_id AS id, name FROM directory.buyers WHERE buyer_id = ANY(${list(ids.buyers, 'text')})
    UNION ALL SELECT seller_id, name FROM directory.sellers WHERE seller_id = ANY(${list(ids.sellers, 'text')})`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * Accounts whose name has these words in it, whatever the case, as a sub-select: who asks looks for them among the
 * buyers of the own scope, not among all of the marketplace.
 */
export const buyersNamed = (name: string): RawBuilder<unknown> => sql`
  SELECT buyer_id FROM directory.buyers
  WHERE strpos(lower(name), lower(${name})) > 0 OR strpos(lower(account_name), lower(${name})) > 0`;

/** Login names by user id; one that is not found is absent. */
export async function loginNames(executor: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    user_id: string;
    login_name: string;
  }>`SELECT user_id, login_name FROM directory.users WHERE user_id = ANY(${ids}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.user_id, row.login_name]));
}

/** Of these login names those of the seller's own people. */
export async function loginsOfSeller(
  executor: Executor,
  sellerId: string,
  logins: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    login_name: string;
  }>`SELECT login_name FROM directory.users WHERE login_name = ANY(${logins}::text[]) AND seller_id = ${sellerId}`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.login_name));
}

export async function sellerNames(executor: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    seller_id: string;
    name: string;
  }>`SELECT seller_id, name FROM directory.sellers WHERE seller_id = ANY(${ids}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.seller_id, row.name]));
}

export async function insertAccessKey(
  executor: Executor,
  key: { keyId: string; sellerId: string; interfaceClass: string; sealed: string },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.access_keys (key_id, seller_id, interface_class, sealed, created_at) VALUES (${key.keyId}, ${key.sellerId}, ${key.interfaceClass}, ${key.sealed}, ${now})`.execute(
    executor,
  );
}

export async function replaceAccessKey(executor: Executor, keyId: string, sealed: string): Promise<void> {
  await sql`UPDATE directory.access_keys SET sealed = ${sealed} WHERE key_id = ${keyId}`.execute(executor);
}

export async function sealedAccessKeys(executor: Executor, keyIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    key_id: string;
    sealed: string;
  }>`SELECT key_id, sealed FROM directory.access_keys WHERE key_id = ANY(${keyIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.key_id, row.sealed]));
}

export interface ApiKeyRow {
  readonly ak: string;
  readonly seller_id: string | null;
  readonly buyer_id: string | null;
  readonly sealed_sk: string;
  readonly disabled: boolean;
  readonly failures: number;
  readonly locked_until: Date | null;
  readonly seller_left: boolean;
}
export async function insertApiKey(
  executor: Executor,
  key: { ak: string; sellerId: string | null; buyerId: string | null; sealedSk: string },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.api_keys (ak, seller_id, buyer_id, sealed_sk, created_at) VALUES (${key.ak}, ${key.sellerId}, ${key.buyerId}, ${key.sealedSk}, ${now})`.execute(
    executor,
  );
}
export async function apiKey(executor: Executor, ak: string): Promise<ApiKeyRow | null> {
  const { rows } =
    await sql<ApiKeyRow>`SELECT k.ak, k.seller_id, k.buyer_id, k.sealed_sk, k.disabled, k.failures, k.locked_until, s.left_at IS NOT NULL AS seller_left
      FROM directory.api_keys k LEFT JOIN directory.sellers s ON s.seller_id = k.seller_id WHERE k.ak = ${ak}`.execute(
      executor,
    );
  return rows[0] ?? null;
}
/** One more failure; the one that makes it `limit` locks the key (openapi.md 3.6). */
export async function apiKeyFailed(executor: Executor, ak: string, limit: number, lockUntil: Date): Promise<void> {
  await sql`UPDATE directory.api_keys SET
    locked_until = CASE WHEN failures + 1 >= ${limit} THEN ${lockUntil}::timestamptz ELSE locked_until END,
    failures = CASE WHEN failures + 1 >= ${limit} THEN 0 ELSE failures + 1 END WHERE ak = ${ak}`.execute(executor);
}
export async function apiKeySucceeded(executor: Executor, ak: string): Promise<void> {
  await sql`UPDATE directory.api_keys SET failures = 0, locked_until = NULL WHERE ak = ${ak}`.execute(executor);
}
