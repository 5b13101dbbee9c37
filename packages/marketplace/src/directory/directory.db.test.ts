/** People sign in with a password that nobody can guess by trying, get a session that ends, and keys that stay sealed. */
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { sql } from '../platform/database/database.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import {
  accessKeys,
  apiCaller,
  apiKeyFailed,
  apiKeySucceeded,
  createAccessKey,
  createUser,
  csrfToken,
  insertGrant,
  principalOf,
  setAccessKey,
  signIn,
  signOut,
  tokenHash,
} from './index.ts';

const MINUTE = 60_000;
const world = fileWorld();
const random = seededRandom('directory test');
const now = () => world().clock.now();
const after = (ms: number) => new Date(now().getTime() + ms);
const enter = (loginName: string, password = 'right-password', at = now()) =>
  signIn(world().platform, loginName, password, at);

async function newUser(changes: { role?: 'BP' | 'SP' } = {}) {
  const { platform, demo } = world();
  const loginName = `user-${uuid(random)}`;
  const tenant = changes.role === 'SP' ? { sellerId: demo.sellerId } : { buyerId: demo.buyerId };
  const account = {
    loginName,
    displayName: 'Wang',
    password: 'right-password',
    role: changes.role ?? 'BP',
    ...tenant,
  } as const;
  return { loginName, userId: await createUser(platform, platform.db, account, now()) };
}
async function tokenOf(loginName: string): Promise<string> {
  const result = await enter(loginName);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.token;
}

describe('signing in', () => {
  it('gives a session that knows who it is', async () => {
    const { loginName, userId } = await newUser();
    const result = await enter(loginName);
    expect(result).toMatchObject({
      ok: true,
      value: {
        principal: {
          userId,
          loginName,
          role: 'BP',
          buyerId: world().demo.buyerId,
          sellerId: null,
          distributorId: null,
          tenantName: '环球贸易 Globex',
          grantedGoods: [],
        },
      },
    });
    expect(result.ok && (await principalOf(world().platform.db, result.value.token, now()))).toEqual(
      result.ok && result.value.principal,
    );
  });

  it('answers an unknown name and a wrong password alike', async () => {
    const { loginName } = await newUser();
    const [unknown, wrong] = [await enter('nobody'), await enter(loginName, 'wrong')];
    expect(unknown).toEqual(wrong);
    expect(unknown).toMatchObject({ refusal: { code: 'INVALID_CREDENTIALS' } });
    for (const odd of ["' OR 1=1 --", '', `${loginName}\u0000`.slice(0, -1).toUpperCase()])
      expect(await enter(odd)).toMatchObject({ refusal: { code: 'INVALID_CREDENTIALS' } });
  });

  it('five wrong passwords lock the account for 15 minutes, also for the right one (E-39)', async () => {
    const { loginName } = await newUser();
    for (let attempt = 1; attempt <= 5; attempt += 1)
      expect(await enter(loginName, 'wrong')).toMatchObject({ refusal: { code: 'INVALID_CREDENTIALS' } });
    expect(await enter(loginName)).toMatchObject({
      refusal: { code: 'ACCOUNT_LOCKED', facts: { lockedUntil: after(15 * MINUTE).toISOString() } },
    });
    expect(await enter(loginName, 'right-password', after(15 * MINUTE - 1))).toMatchObject({
      refusal: { code: 'ACCOUNT_LOCKED' },
    });
    expect((await enter(loginName, 'right-password', after(15 * MINUTE))).ok).toBe(true);
  });

  it('the count starts anew after a success', async () => {
    const { loginName } = await newUser();
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await enter(loginName, 'wrong');
      expect((await enter(loginName)).ok).toBe(true);
    }
  });

  it('wrong passwords that come all at once are all counted', async () => {
    const { loginName } = await newUser();
    await Promise.all(Array.from({ length: 5 }, () => enter(loginName, 'wrong')));
    expect(await enter(loginName)).toMatchObject({ refusal: { code: 'ACCOUNT_LOCKED' } });
  });

  it('a disabled account is told so to whoever knows its password, and its sessions end', async () => {
    const { db } = world().platform;
    const { loginName } = await newUser();
    const token = await tokenOf(loginName);
    await sql`UPDATE directory.users SET disabled = true WHERE login_name = ${loginName}`.execute(db);
    expect(await enter(loginName)).toMatchObject({ refusal: { code: 'ACCOUNT_DISABLED' } });
    expect(await enter(loginName, 'wrong')).toMatchObject({ refusal: { code: 'INVALID_CREDENTIALS' } });
    expect(await principalOf(db, token, now())).toBeNull();
  });

  it('needs a role that exists', async () => {
    const { loginName } = await newUser();
    await sql`UPDATE directory.users SET role = 'XX' WHERE login_name = ${loginName}`.execute(world().platform.db);
    expect(await enter(loginName)).toMatchObject({ refusal: { code: 'ACCOUNT_DISABLED' } });
  });
});

describe('a session', () => {
  it('ends after twelve hours', async () => {
    const { db } = world().platform;
    const token = await tokenOf((await newUser()).loginName);
    expect(await principalOf(db, token, after(12 * 60 * MINUTE - 1))).not.toBeNull();
    expect(await principalOf(db, token, after(12 * 60 * MINUTE))).toBeNull();
  });

  it('ends when its owner signs out, the others stay', async () => {
    const { db } = world().platform;
    const { loginName } = await newUser();
    const [first, second] = [await tokenOf(loginName), await tokenOf(loginName)];
    await signOut(db, first);
    expect([await principalOf(db, first, now()), (await principalOf(db, second, now()))?.loginName]).toEqual([
      null,
      loginName,
    ]);
    expect(await principalOf(db, 'made-up', now())).toBeNull();
  });

  it('is stored as a hash only; its CSRF token follows from it and is another', async () => {
    const { db } = world().platform;
    const token = await tokenOf((await newUser()).loginName);
    const { rows } = await sql<{
      text: string;
    }>`SELECT string_agg(s::text, ' ') AS text FROM directory.sessions s`.execute(db);
    expect(rows[0]?.text).not.toContain(token);
    expect(rows[0]?.text).toContain(tokenHash(token));
    expect(rows[0]?.text).not.toContain(csrfToken(token));
    expect(new Set([token, tokenHash(token), csrfToken(token), csrfToken(`${token}x`)]).size).toBe(4);
  });

  it('knows the products that a seller’s sub-user was given (S-11)', async () => {
    const { platform, demo } = world();
    const { loginName, userId } = await newUser({ role: 'SP' });
    const token = await tokenOf(loginName);
    expect((await principalOf(platform.db, token, now()))?.grantedGoods).toEqual([]);
    await insertGrant(platform.db, userId, demo.goodsId);
    await insertGrant(platform.db, userId, demo.goodsId);
    expect(await principalOf(platform.db, token, now())).toMatchObject({
      grantedGoods: [demo.goodsId],
      sellerId: demo.sellerId,
    });
  });
});

describe('keys', () => {
  it('to sellers are kept sealed, opened by id, and replaced in place', async () => {
    const { platform, demo } = world();
    const { keyId, accessKey } = await createAccessKey(platform, platform.db, demo.sellerId, now());
    expect(accessKey).toMatch(/^[A-Za-z0-9]{40}$/);
    const opened = await accessKeys(platform, [keyId, demo.keyId, 'unknown']);
    expect([...opened].toSorted()).toEqual(
      [
        [keyId, accessKey],
        [demo.keyId, demo.accessKey],
      ].toSorted(),
    );
    await setAccessKey(platform, platform.db, keyId, 'a-new-key');
    expect((await accessKeys(platform, [keyId])).get(keyId)).toBe('a-new-key');
  });

  it('of the Open API lock after too many wrong signatures and open again', async () => {
    const { platform, demo } = world();
    const until = after(30 * MINUTE);
    expect(await apiCaller(platform, 'unknown')).toBeNull();
    expect(await apiCaller(platform, demo.ak)).toMatchObject({
      sk: demo.sk,
      sellerId: demo.sellerId,
      disabled: false,
      lockedUntil: null,
      failures: 0,
    });
    await apiKeyFailed(platform.db, demo.ak, 3, until);
    await apiKeyFailed(platform.db, demo.ak, 3, until);
    expect(await apiCaller(platform, demo.ak)).toMatchObject({ failures: 2, lockedUntil: null });
    await apiKeyFailed(platform.db, demo.ak, 3, until);
    expect(await apiCaller(platform, demo.ak)).toMatchObject({ failures: 0, lockedUntil: until });
    await apiKeySucceeded(platform.db, demo.ak);
    expect(await apiCaller(platform, demo.ak)).toMatchObject({ failures: 0, lockedUntil: null });
  });
});
