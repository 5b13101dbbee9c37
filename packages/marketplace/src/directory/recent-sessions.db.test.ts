/** A session is remembered for a second, and forgotten at once when it ends here. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { uuid } from '../platform/random.ts';
import { createUser, insertGrant, principalOf, signIn, signOut } from './index.ts';
import { distrustSessions, recentPrincipal, TRUSTED_MS } from './recent-sessions.ts';
import { tokenHash } from './service.ts';

const world = sharedWorld();
let token = '';
let userId = '';
const now = () => world().clock.now();
const recent = (at = now()) => recentPrincipal(world().platform.db, tokenHash(token), at);
const disable = () =>
  sql`UPDATE directory.users SET disabled = true WHERE user_id = ${userId}`.execute(world().platform.db);

beforeEach(async () => {
  const { platform } = world();
  const loginName = `recent-${uuid(platform.random)}`;
  const account = { loginName, displayName: 'R', password: 'right-password', role: 'SP' as const };
  userId = await createUser(platform, platform.db, { ...account, sellerId: world().demo.sellerId }, now());
  const entered = await signIn(platform, loginName, 'right-password', now());
  token = entered.ok ? entered.value.token : '';
});
/** What other tests changed is committed long ago. Whole milliseconds: sums of fractions may fall short of the limit. */
const later = (ms: number) => vi.spyOn(performance, 'now').mockReturnValue(Math.round(performance.now()) + ms);

describe('a remembered session', () => {
  beforeEach(() => {
    vi.restoreAllMocks();
    later(60_000);
  });

  it('is the exact one, and is asked for once a second', async () => {
    expect(await recent()).toEqual(await principalOf(world().platform.db, token, now()));
    await disable();
    expect((await recent())?.userId).toBe(userId);
    later(TRUSTED_MS - 1);
    expect((await recent())?.userId).toBe(userId);
    later(1);
    expect(await recent()).toBeNull();
  });

  it('is asked for anew when a virtual clock jumped', async () => {
    await recent();
    await disable();
    expect(await recent(new Date(now().getTime() + TRUSTED_MS))).toBeNull();
  });

  it('ends with the sign-out, also while that is not yet committed', async () => {
    await recent();
    await inTransaction(world().platform.db, async (tx) => {
      await signOut(tx, token);
      expect((await recent())?.userId).toBe(userId);
    });
    expect(await recent()).toBeNull();
  });

  it('has a new right at once, and loses one when that is told', async () => {
    expect((await recent())?.grantedGoods).toEqual([]);
    await insertGrant(world().platform.db, userId, world().demo.goodsId);
    expect((await recent())?.grantedGoods).toEqual([world().demo.goodsId]);
    await disable();
    distrustSessions(world().platform.db);
    expect(await recent()).toBeNull();
  });

  it('belongs to its database', async () => {
    await recent();
    await disable();
    const another = { ...world().platform.db };
    expect(await recentPrincipal(another, tokenHash(token), now())).toBeNull();
  });

  it('is none for a made-up token', async () => {
    expect(await recentPrincipal(world().platform.db, tokenHash('made-up'), now())).toBeNull();
  });
});
