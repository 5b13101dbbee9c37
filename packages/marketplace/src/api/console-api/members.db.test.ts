/** Main accounts and their sub-users; an initial password opens nothing but its own change (S-11, E-13, E-39). */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { principalOf, signIn } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { outbox } from '../../notification/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { members, memberWithPassword, tenantPage, tenantWithPassword } from './member-schemas.ts';
import { problem } from './schemas.ts';
import { session } from './session-schemas.ts';

const world = sharedWorld();
const apps: ReturnType<typeof createApp>[] = [];
const app = () => {
  const [first] = apps;
  if (!first) throw new Error('used before set up');
  return first;
};
const as = (role: 'BO' | 'SO' | 'OM' | 'OS', owner: { buyerId?: string; sellerId?: string } = {}) =>
  clientAs(world().platform, app(), role, owner);
beforeAll(() => {
  const { platform } = world();
  apps.push(createApp({ platform, caller: createCaller(platform) }));
});

const codeOf = async (answer: Response): Promise<string> => problem.parse(await answer.json()).code;
async function enter(loginName: string, password: string): Promise<ConsoleClient> {
  const { platform } = world();
  const entered = await signIn(platform, loginName, password, platform.clock.now());
  if (!entered.ok) throw new Error(entered.refusal.code);
  return consoleClient(app(), { userId: entered.value.principal.userId, token: entered.value.token });
}
/** living enterprises that the buyer itself created */
async function countOf(buyerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM directory.enterprises
    WHERE buyer_id = ${buyerId} AND distributed_by IS NULL AND dissolved_at IS NULL`.execute(world().platform.db);
  return rows[0]?.count ?? 0;
}
async function added(owner: ConsoleClient, loginName: string, role: string) {
  const answer = await owner.post('/console/members', { loginName, displayName: 'A person', role });
  expect(answer.status).toBe(201);
  return memberWithPassword.parse(await answer.json());
}

describe('sub-users', () => {
  it('S-11: a main account adds one of a role it may give; the list shows its own people only', async () => {
    const { demo } = world();
    const [seller, buyer] = [await as('SO', { sellerId: demo.sellerId }), await as('BO', { buyerId: demo.buyerId })];
    const { member } = await added(seller, 'acme.delivery', 'SD');
    expect(member).toMatchObject({ role: 'SD', disabled: false, passwordInitial: true, mayChange: true });
    const mine = members.parse(await (await seller.get('/console/members')).json());
    expect(mine.roles).toEqual(['SP', 'SD', 'SS', 'SF']);
    expect(mine.items.map((each) => each.loginName)).toContain('acme.delivery');
    const theirs = members.parse(await (await buyer.get('/console/members')).json());
    expect(theirs.items.map((each) => each.loginName)).not.toContain('acme.delivery');
    const twice = { loginName: 'acme.delivery', displayName: 'A', role: 'BP' };
    expect(await codeOf(await buyer.post('/console/members', twice))).toBe('LOGIN_NAME_TAKEN');
    const own = { loginName: 'acme.owner-2', displayName: 'A', role: 'SO' };
    expect(await codeOf(await seller.post('/console/members', own))).toBe('ROLE_NOT_GIVEN');
  });

  it('P-2: nobody changes people of another tenant, the main account or the own account', async () => {
    const { demo } = world();
    const [seller, buyer] = [await as('SO', { sellerId: demo.sellerId }), await as('BO', { buyerId: demo.buyerId })];
    const { member } = await added(seller, 'acme.finance', 'SF');
    const change = (client: ConsoleClient, userId: string) =>
      client.post('/console/members/changes', { userId, disabled: true });
    expect(await codeOf(await change(buyer, member.userId))).toBe('NO_SUCH_MEMBER');
    expect(await codeOf(await change(seller, seller.userId))).toBe('OWN_ACCOUNT');
    expect(await codeOf(await buyer.post('/console/members/passwords', { userId: member.userId }))).toBe(
      'NO_SUCH_MEMBER',
    );
  });

  it('takes effect at once: another role, other products, locked out and signed out', async () => {
    const { demo, platform } = world();
    const seller = await as('SO', { sellerId: demo.sellerId });
    const { member, password } = await added(seller, 'acme.sales', 'SS');
    const person = await enter('acme.sales', password);
    const { userId } = member;
    await seller.post('/console/members/changes', { userId, role: 'SP', goodsIds: [demo.goodsId] });
    expect(await principalOf(platform.db, person.token, platform.clock.now())).toMatchObject({
      role: 'SP',
      grantedGoods: [demo.goodsId],
    });
    await seller.post('/console/members/changes', { userId, disabled: true });
    expect(await principalOf(platform.db, person.token, platform.clock.now())).toBeNull();
    await expect(enter('acme.sales', password)).rejects.toThrow('ACCOUNT_DISABLED');
  });
});

describe('the distributor role (ED)', () => {
  it('E-3: an operator makes, locks and lets in an account, which sets up fifty enterprises, where a buyer has five', async () => {
    const { demo, platform } = world();
    const [operator, owner] = [await as('OM'), await as('BO', { buyerId: demo.buyerId })];
    const accounts = `/console/operator/buyers/${demo.buyerId}/distributor-accounts`;
    const made = await operator.post(accounts, { loginName: 'acme.channel', displayName: 'Ann' });
    const { member, password } = memberWithPassword.parse(await made.json());
    expect(member).toMatchObject({ role: 'ED', passwordInitial: true });
    const person = await enter('acme.channel', password);
    await person.post('/console/session/password', { current: password, next: 'a much longer one' });
    const create = (by: ConsoleClient, name: string) =>
      by.post('/console/enterprises', { name, shortName: name, region: '', industry: '', description: '' });
    for (let place = 1; place <= 50; place += 1) expect((await create(person, `customer-${place}`)).status).toBe(201);
    expect(await codeOf(await create(person, 'customer-51'))).toBe('TOO_MANY_ENTERPRISES');
    const left = 5 - (await countOf(demo.buyerId));
    for (let place = 1; place <= left; place += 1) expect((await create(owner, `own-${place}`)).status).toBe(201);
    expect(await codeOf(await create(owner, 'own-6'))).toBe('TOO_MANY_ENTERPRISES');
    const of = `${accounts}/${member.userId}`;
    expect((await operator.post(`${of}/lock`, { disabled: true })).status).toBe(200);
    expect(await principalOf(platform.db, person.token, platform.clock.now())).toBeNull();
    await expect(enter('acme.channel', 'a much longer one')).rejects.toThrow('ACCOUNT_DISABLED');
    await operator.post(`${of}/lock`, { disabled: false });
    const again = memberWithPassword.parse(await (await operator.post(`${of}/password`, {})).json());
    expect((await enter('acme.channel', again.password)).userId).toBe(member.userId);
    expect(await codeOf(await operator.post(`${accounts}/${owner.userId}/lock`, { disabled: true }))).toBe(
      'NO_SUCH_MEMBER',
    );
  });
});

describe('an initial password', () => {
  const next = 'a much longer one';

  it('E-13: opens nothing but its own change; the session goes on, others end', async () => {
    const { demo, platform } = world();
    const { password } = await added(await as('SO', { sellerId: demo.sellerId }), 'acme.first', 'SD');
    const [person, elsewhere] = [await enter('acme.first', password), await enter('acme.first', password)];
    expect(session.parse(await (await person.get('/console/session')).json()).mustChangePassword).toBe(true);
    expect(await codeOf(await person.get('/console/calls'))).toBe('PASSWORD_CHANGE');
    const changed = await person.post('/console/session/password', { current: password, next });
    expect(session.parse(await changed.json()).mustChangePassword).toBe(false);
    expect((await person.get('/console/calls')).status).toBe(200);
    expect(await principalOf(platform.db, elsewhere.token, platform.clock.now())).toBeNull();
    expect((await enter('acme.first', next)).userId).toBe(person.userId);
  });

  it('a wrong present password, a short new one and the login name are refused; five guesses lock (E-39)', async () => {
    const { demo } = world();
    const { password } = await added(await as('SO', { sellerId: demo.sellerId }), 'acme.second', 'SD');
    const person = await enter('acme.second', password);
    const change = (body: object) => person.post('/console/session/password', body);
    expect(await codeOf(await change({ current: password, next: 'short' }))).toBe('VALIDATION');
    expect(await codeOf(await change({ current: password, next: 'ACME.second' }))).toBe('PASSWORD_WEAK');
    for (let guess = 1; guess <= 4; guess += 1)
      expect(await codeOf(await change({ current: `guess ${guess}`, next }))).toBe('WRONG_PASSWORD');
    expect(await codeOf(await change({ current: password, next }))).toBe('ACCOUNT_LOCKED');
  });

  it('given anew signs the person out; only then is it told, and it is written nowhere', async () => {
    const { demo, platform } = world();
    const seller = await as('SO', { sellerId: demo.sellerId });
    const { member, password } = await added(seller, 'acme.third', 'SD');
    const person = await enter('acme.third', password);
    const answer = await seller.post('/console/members/passwords', { userId: member.userId });
    const fresh = memberWithPassword.parse(await answer.json());
    expect(fresh.password).not.toBe(password);
    expect(await principalOf(platform.db, person.token, platform.clock.now())).toBeNull();
    const { rows } = await sql<{ text: string }>`
      SELECT concat((SELECT string_agg(a::text, ' ') FROM platform.audit_log a), (SELECT string_agg(k::text, ' ') FROM platform.idempotency_keys k)) AS text`.execute(
      platform.db,
    );
    expect(rows[0]?.text).toContain('member.reset-password');
    expect(rows[0]?.text).not.toContain(fresh.password);
  });
});

describe('buyers and sellers', () => {
  const tenant = {
    kind: 'seller',
    name: '新商家 New Seller',
    email: 'a@example.com',
    phone: '+86 13800000000',
    owner: { loginName: 'new.seller', displayName: 'A person' },
  };

  it('are opened by the operator with a main account, which then adds its own people', async () => {
    const operator = await as('OM');
    const answer = await operator.post('/console/operator/tenants', tenant);
    expect(answer.status).toBe(201);
    const { password } = tenantWithPassword.parse(await answer.json());
    const found = tenantPage.parse(await (await operator.get('/console/operator/tenants?text=new.sel')).json());
    expect(found.items).toMatchObject([{ name: tenant.name, owner: 'new.seller', people: 1 }]);
    // N-10: told at the addresses that the operator entered, without the password
    await world().simulator.drain();
    const told = await outbox(world().platform.db, { address: tenant.email, before: null, limit: 5 });
    expect(told.map(({ variant, subject }) => [variant, subject])).toEqual([
      ['N-10.approved', '商家入驻已通过：新商家 New Seller'],
    ]);
    expect(told[0]?.body).toContain('new.seller');
    expect(told[0]?.body).not.toContain(password);
    const owner = await enter('new.seller', password);
    await owner.post('/console/session/password', { current: password, next: 'a much longer one' });
    await added(owner, 'new.delivery', 'SD');
    expect(await codeOf(await operator.post('/console/operator/tenants', tenant))).toBe('TENANT_NAME_TAKEN');
  });

  it('a buyer is put on a track, which the list tells, and taken off it (S-48)', async () => {
    const operator = await as('OM');
    const buyer = { ...tenant, kind: 'buyer', name: 'Tracked', owner: { loginName: 'tracked', displayName: 'A' } };
    const opened = tenantWithPassword.parse(await (await operator.post('/console/operator/tenants', buyer)).json());
    const { tenantId: buyerId } = opened.tenant;
    const put = async (track: string | null) => {
      expect((await operator.post('/console/buyer-tracks', { buyerId, track })).status).toBe(200);
      const list = await operator.get('/console/operator/tenants?text=tracked');
      return tenantPage.parse(await list.json()).items.map((each) => each.track);
    };
    expect(opened.tenant.track).toBeNull();
    expect(await put('BASE')).toEqual(['BASE']);
    expect(await put(null)).toEqual([null]);
    expect((await operator.post('/console/buyer-tracks', { buyerId, track: 'NORTH' })).status).toBe(400);
  });

  it('nothing is left of one whose main account has a name that is taken', async () => {
    const operator = await as('OM');
    const buyer = { ...tenant, kind: 'buyer', name: 'Another', owner: { loginName: 'operator', displayName: 'A' } };
    expect(await codeOf(await operator.post('/console/operator/tenants', buyer))).toBe('LOGIN_NAME_TAKEN');
    const found = tenantPage.parse(await (await operator.get('/console/operator/tenants?text=Another')).json());
    expect(found.items).toEqual([]);
  });
});
