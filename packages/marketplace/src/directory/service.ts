/** Accounts, sessions and keys. */
import { createHash } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { writeAudit } from '../platform/audit.ts';
import type { Db, Executor } from '../platform/database/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { ALPHANUMERIC, type Random, randomText, UPPER_ALPHANUMERIC, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES, type Site } from '../platform/site.ts';
import type { Principal, Role } from './permissions.ts';
import { distrustSessions, recentPrincipal, sessionEnds } from './recent-sessions.ts';
import { type Entered, type Origin, openOrAsk, type SignedIn, type SignInContext, signInOf } from './sessions.ts';
import * as store from './store.ts';

export interface DirectoryContext {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly random: Random;
}

const MOST_FAILED_SIGN_INS = 5; // E-39: 5 tries → locked 15 min
const LOCK_MS = 15 * 60_000;

// Argon2id with the library's defaults (19 MiB, 2 passes), OWASP's first recommendation.
export const hashPassword = (password: string): Promise<string> => hash(password);

export type { Origin } from './sessions.ts';

/**
 * The same refusal for an unknown name and a wrong password; five wrong passwords lock the account for 15 minutes.
 * An attempt is counted before the password is looked at, in one statement, so that guesses made at once do not pass;
 * the right password undoes the count. Each outcome is in the audit log (O-50).
 *
 * @returns the session, or, for an account with a second factor, what waits for its code (`second-factor.ts`)
 */
export async function enter(
  context: SignInContext,
  loginName: string,
  password: string,
  now: Date,
  from: Origin = { ip: null, requestId: 'none' },
): Promise<Result<Entered>> {
  const user = await store.userByLogin(context.db, loginName);
  const refused = async (code: string, message: string, facts?: Record<string, string>) => {
    // An unknown name is not written down: people type passwords into the wrong field.
    const who = { actor: user?.user_id ?? 'unknown', role: user?.role ?? 'none' };
    await writeAudit(context.db, { ...signInOf(who, from), result: `refused ${code}` }, now);
    return refuse(code, message, facts);
  };
  if (!user) {
    await hash(password); // an unknown name takes as long as a known one
    return refused('INVALID_CREDENTIALS', WRONG);
  }
  if (!(await tryPassword(context.db, user.user_id, now))) {
    const lockedUntil = (await store.userByLogin(context.db, loginName))?.locked_until ?? lockEnd(now);
    return refused('ACCOUNT_LOCKED', 'too many wrong passwords', { lockedUntil: lockedUntil.toISOString() });
  }
  if (!(await verify(user.password_hash, password))) return refused('INVALID_CREDENTIALS', WRONG);
  await store.passwordRight(context.db, user.user_id);
  if (user.disabled) return refused('ACCOUNT_DISABLED', 'this account is disabled');
  return openOrAsk(context, { userId: user.user_id, role: user.role, method: 'PASSWORD' }, now, from);
}

/** As `enter`, for who takes no codes. Refuses SECOND_FACTOR_NEEDED for an account that has a second factor. */
export async function signIn(
  context: SignInContext,
  loginName: string,
  password: string,
  now: Date,
  from?: Origin,
): Promise<Result<SignedIn>> {
  const entered = await enter(context, loginName, password, now, from);
  if (!entered.ok) return entered;
  return entered.value.kind === 'SIGNED_IN'
    ? ok(entered.value)
    : refuse('SECOND_FACTOR_NEEDED', 'this account asks for a code');
}

/** Counts a look at a password before it is looked at. @returns false = the account is locked (E-39) */
export const tryPassword = (db: Db, userId: string, now: Date): Promise<boolean> =>
  store.reserveSignIn(db, userId, MOST_FAILED_SIGN_INS, now, lockEnd(now));
export const lockEnd = (now: Date): Date => new Date(now.getTime() + LOCK_MS);
/** the same for codes as for passwords */
export const MOST_FAILED_CODES = MOST_FAILED_SIGN_INS;

const WRONG = 'the login name or the password is wrong';

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
/** Belongs to the session, can not be guessed without it, and need not be stored. */
export const csrfToken = (token: string): string => createHash('sha256').update(`csrf:${token}`).digest('base64url');

export const principalOf = (executor: Executor, token: string, now: Date): Promise<Principal | null> =>
  store.principalOfSession(executor, tokenHash(token), now);
/** As `principalOf`, up to a second old (`recent-sessions.ts`): for requests, which come in numbers. */
export const recentPrincipalOf = (db: Db, token: string, now: Date): Promise<Principal | null> =>
  recentPrincipal(db, tokenHash(token), now);
export function signOut(executor: Executor, token: string): Promise<void> {
  sessionEnds(executor, tokenHash(token));
  return store.deleteSession(executor, tokenHash(token));
}
/** @param userId a seller's sub-user, who reaches the product from now on (S-11) */
export function insertGrant(executor: Executor, userId: string, goodsId: string): Promise<void> {
  distrustSessions(executor);
  return store.insertGrant(executor, userId, goodsId);
}

export interface NewAccount {
  readonly loginName: string;
  readonly displayName: string;
  readonly password: string;
  readonly role: Role;
  readonly buyerId?: string;
  readonly sellerId?: string;
  readonly distributorId?: string;
}
export async function createUser(
  context: DirectoryContext,
  executor: Executor,
  account: NewAccount,
  now: Date,
): Promise<string> {
  const userId = uuid(context.random);
  await store.insertUser(
    executor,
    {
      userId,
      loginName: account.loginName,
      displayName: account.displayName,
      passwordHash: await hashPassword(account.password),
      role: account.role,
      buyerId: account.buyerId ?? null,
      sellerId: account.sellerId ?? null,
      distributorId: account.distributorId ?? null,
    },
    now,
  );
  return userId;
}

export async function createBuyer(
  context: DirectoryContext,
  executor: Executor,
  buyer: { accountName: string; name: string; site: Site; email?: string; phone?: string } & Partial<store.BuyerFacts>,
  now: Date,
): Promise<string> {
  const buyerId = uuid(context.random).replaceAll('-', '');
  await store.insertBuyer(
    executor,
    {
      buyerId,
      accountName: buyer.accountName,
      name: buyer.name,
      site: buyer.site,
      email: buyer.email ?? '',
      phone: buyer.phone ?? '',
      kind: buyer.kind ?? 'ENTERPRISE',
      realName: buyer.realName ?? 'ENTERPRISE',
      region: buyer.region ?? SITES[buyer.site].region,
    },
    now,
  );
  return buyerId;
}

/** @param seller its bound mailbox and phone, and the service mailbox where its technicians read of failed calls (N-2) */
export async function createSeller(
  context: DirectoryContext,
  executor: Executor,
  seller: { name: string; site: Site; email?: string; phone?: string; serviceEmail?: string },
  now: Date,
): Promise<string> {
  const sellerId = uuid(context.random).replaceAll('-', '');
  await store.insertSeller(
    executor,
    {
      sellerId,
      name: seller.name,
      site: seller.site,
      email: seller.email ?? '',
      phone: seller.phone ?? '',
      serviceEmail: seller.serviceEmail ?? '',
    },
    now,
  );
  return sellerId;
}

/** @param accessKey given by the seller's side in the sandbox (`--access-key`), else made here */
export async function createAccessKey(
  context: DirectoryContext,
  executor: Executor,
  sellerId: string,
  now: Date,
  accessKey?: string,
): Promise<{ keyId: string; accessKey: string }> {
  const secret = accessKey ?? randomText(context.random, 40, ALPHANUMERIC);
  const keyId = `key-${uuid(context.random)}`;
  await store.insertAccessKey(
    executor,
    { keyId, sellerId, interfaceClass: 'BASE', sealed: context.keys.seal(secret, 'directory.access-key') },
    now,
  );
  return { keyId, accessKey: secret };
}

export async function setAccessKey(
  context: DirectoryContext,
  executor: Executor,
  keyId: string,
  accessKey: string,
): Promise<void> {
  await store.replaceAccessKey(executor, keyId, context.keys.seal(accessKey, 'directory.access-key'));
}

/** Opened keys by id; for building calls only, never shown or logged. A key that can not be opened is left out. */
export async function accessKeys(
  context: { readonly db: Executor; readonly keys: KeyRing },
  keyIds: readonly string[],
): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const [keyId, sealed] of await store.sealedAccessKeys(context.db, keyIds)) {
    try {
      opened.set(keyId, context.keys.open(sealed, 'directory.access-key'));
    } catch {
      // Sealed under a master key that is gone: only this key's calls fail, and say so.
    }
  }
  return opened;
}

export async function createApiKey(
  context: DirectoryContext,
  executor: Executor,
  owner: { sellerId?: string; buyerId?: string },
  now: Date,
): Promise<{ ak: string; sk: string }> {
  const ak = randomText(context.random, 20, UPPER_ALPHANUMERIC);
  const sk = randomText(context.random, 40, ALPHANUMERIC);
  await store.insertApiKey(
    executor,
    {
      ak,
      sellerId: owner.sellerId ?? null,
      buyerId: owner.buyerId ?? null,
      sealedSk: context.keys.seal(sk, 'directory.sk'),
    },
    now,
  );
  return { ak, sk };
}

export interface ApiCaller {
  readonly ak: string;
  readonly sk: string;
  readonly sellerId: string | null;
  readonly disabled: boolean;
  readonly lockedUntil: Date | null;
  readonly failures: number;
  /** it is no seller any more (S4-7) */
  readonly left: boolean;
}
export async function apiCaller(context: DirectoryContext, ak: string): Promise<ApiCaller | null> {
  const row = await store.apiKey(context.db, ak);
  if (!row) return null;
  return {
    ak,
    sk: context.keys.open(row.sealed_sk, 'directory.sk'),
    sellerId: row.seller_id,
    disabled: row.disabled,
    lockedUntil: row.locked_until,
    failures: row.failures,
    left: row.seller_left,
  };
}
