/** Who gets what is the tenant's choice, within two rules: an address counts once it is verified, and what is mandatory always reaches somebody. */
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { createBuyer, createUser } from '../directory/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import {
  ACCOUNT,
  type Choices,
  outbox,
  type ReceiverInput,
  receiversOf,
  removeReceiver,
  sendCode,
  setReceiver,
  verifyReceiver,
} from './index.ts';
import { allChoices } from './receivers.ts';

const world = fileWorld();
const MANDATORY: Choices = { OPENING: ['EMAIL'], MONEY: ['EMAIL'], SUSPENSION: ['EMAIL'] };

/** A buyer of its own; without a mailbox unless given. */
async function tenantWith(email = '') {
  const { platform } = world();
  const account = { accountName: uuid(platform.random), name: 'Initech', site: 'CN' as const, email };
  const buyerId = await createBuyer(platform, platform.db, account, platform.clock.now());
  return { buyerId, tenant: `buyer:${buyerId}` };
}
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);

function set(tenant: string, input: Partial<ReceiverInput> = {}, receiverId: string | null = null) {
  const { platform } = world();
  const whole = {
    name: 'Ann',
    language: 'en' as const,
    email: 'ann@initech.example',
    phone: null,
    userId: null,
    choices: MANDATORY,
    ...input,
  };
  return inTx((tx) => setReceiver(platform, tx, { tenant, receiverId, traceId: 't', ...whole }, platform.clock.now()));
}
const given = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);
const listed = async (tenant: string) => (await receiversOf(world().platform.db, tenant))?.receivers ?? [];

async function lastCode(address: string) {
  const found = await outbox(world().platform.db, { address, before: null, limit: 1 });
  return /\d{6}/.exec(found[0]?.body ?? '')?.[0] ?? '';
}
function verify(tenant: string, receiverId: string, code: string, channel: 'EMAIL' | 'SMS' = 'EMAIL') {
  const { platform } = world();
  return inTx((tx) => verifyReceiver(platform, tx, { tenant, receiverId, channel, code }, platform.clock.now()));
}
/** A receiver whose mailbox counts. */
async function verified(tenant: string, email: string, input: Partial<ReceiverInput> = {}) {
  const receiver = given(await set(tenant, { ...input, email }));
  return given(await verify(tenant, receiver.receiverId, await lastCode(email)));
}

describe('the account', () => {
  it('is a receiver of everything with the bound mailbox, without being set up', async () => {
    const { tenant } = await tenantWith('it@initech.example');
    expect(await listed(tenant)).toEqual([
      {
        receiverId: ACCOUNT,
        name: 'Initech',
        language: 'zh',
        email: { text: 'it@initech.example', verified: true },
        phone: null,
        userId: null,
        choices: allChoices('BUYER'),
      },
    ]);
  });

  it('may switch off what is optional, never what is mandatory', async () => {
    const { tenant } = await tenantWith('it2@initech.example');
    const { RENEWAL: _, ...mandatory } = allChoices('BUYER');
    const quiet = given(await set(tenant, { choices: mandatory, language: 'en', email: 'else@x.example' }, ACCOUNT));
    expect(quiet).toMatchObject({ language: 'en', choices: mandatory, email: { text: 'it2@initech.example' } });
    expect((await listed(tenant))[0]).toEqual(quiet);
    for (const choices of [{}, { ...mandatory, MONEY: [] }, { ...mandatory, SUSPENSION: ['SITE', 'SMS'] as const }])
      expect(codeOf(await set(tenant, { choices }, ACCOUNT))).toBe('MANDATORY_CLASS');
  });

  it('can not be removed', async () => {
    const { tenant } = await tenantWith('it3@initech.example');
    expect(codeOf(await inTx((tx) => removeReceiver(tx, { tenant, receiverId: ACCOUNT })))).toBe('NOT_FOUND');
  });
});

describe('an address', () => {
  it('counts once the code that was sent to it came back', async () => {
    const { tenant } = await tenantWith('bound1@initech.example');
    const { receiverId, email } = given(await set(tenant, { email: 'new@initech.example', phone: '+861380000' }));
    expect(email).toEqual({ text: 'new@initech.example', verified: false });
    const code = await lastCode('new@initech.example');
    expect(codeOf(await verify(tenant, receiverId, code === '000000' ? '000001' : '000000'))).toBe('WRONG_CODE');
    expect(codeOf(await verify(tenant, receiverId, code, 'SMS'))).toBe('WRONG_CODE');
    expect(given(await verify(tenant, receiverId, code)).email?.verified).toBe(true);
    const changed = given(await set(tenant, { email: 'NEW2@initech.example' }, receiverId));
    expect(changed.email).toEqual({ text: 'NEW2@initech.example', verified: false });
    expect(codeOf(await verify(tenant, receiverId, code))).toBe('WRONG_CODE');
  });

  it('five wrong codes end it, also those of refused commands; a new code begins anew', async () => {
    const { tenant } = await tenantWith();
    const { platform } = world();
    const { receiverId } = given(await set(tenant, { email: 'tries@initech.example' }));
    const code = await lastCode('tries@initech.example');
    for (let tries = 0; tries < 5; tries += 1) await verify(tenant, receiverId, 'wrong!');
    expect(codeOf(await verify(tenant, receiverId, code))).toBe('WRONG_CODE');
    const again = { tenant, receiverId, channel: 'EMAIL' as const, traceId: 't' };
    given(await inTx((tx) => sendCode(platform, tx, again, platform.clock.now())));
    const fresh = await outbox(platform.db, { address: 'tries@initech.example', before: null, limit: 5 });
    expect(fresh).toHaveLength(2);
    const codes = fresh.map(({ body }) => /\d{6}/.exec(body)?.[0] ?? '');
    const results = await Promise.all(codes.map((each) => verify(tenant, receiverId, each)));
    expect(results.some((result) => result.ok)).toBe(true);
  });

  it('an old code is worth nothing', async () => {
    const { tenant } = await tenantWith();
    const { clock } = world();
    const { receiverId } = given(await set(tenant, { email: 'late@initech.example' }));
    const code = await lastCode('late@initech.example');
    clock.moveTo(new Date(clock.now().getTime() + 15 * 60_000));
    expect(codeOf(await verify(tenant, receiverId, code))).toBe('WRONG_CODE');
  });

  it('no more than twenty codes an hour are sent for a tenant', async () => {
    const { tenant } = await tenantWith();
    const codes: string[] = [];
    for (let place = 0; place < 11; place += 1)
      codes.push(codeOf(await set(tenant, { email: `m${place}@initech.example`, phone: `+8613900${place}` })));
    expect(codes).toEqual([...Array(10).fill('ok'), 'RATE_LIMITED']);
  });
});

describe('the last receiver of a mandatory class', () => {
  it('can not be removed, lose the class or change its mailbox; with a second one it can', async () => {
    const { tenant } = await tenantWith();
    const { receiverId } = await verified(tenant, 'last@initech.example');
    const remove = () => inTx((tx) => removeReceiver(tx, { tenant, receiverId }));
    expect(await remove()).toMatchObject({
      ok: false,
      refusal: { code: 'LAST_RECEIVER', facts: { class: 'OPENING' } },
    });
    const email = 'last@initech.example';
    expect(codeOf(await set(tenant, { email, choices: { ...MANDATORY, MONEY: [] } }, receiverId))).toBe(
      'LAST_RECEIVER',
    );
    expect(codeOf(await set(tenant, { email: 'other@initech.example' }, receiverId))).toBe('LAST_RECEIVER');
    expect(codeOf(await set(tenant, { email, choices: { ...MANDATORY, RENEWAL: ['EMAIL'] } }, receiverId))).toBe('ok');
    given(await set(tenant, { email: 'unverified@initech.example' }));
    expect(codeOf(await remove())).toBe('LAST_RECEIVER');
    await verified(tenant, 'second@initech.example');
    expect(codeOf(await remove())).toBe('ok');
    expect((await listed(tenant)).map((receiver) => receiver.email?.text ?? '').toSorted()).toEqual([
      '',
      'second@initech.example',
      'unverified@initech.example',
    ]);
  });

  it('of two that go at the same moment one stays', async () => {
    const { tenant } = await tenantWith();
    const both = [await verified(tenant, 'a@initech.example'), await verified(tenant, 'b@initech.example')];
    const outcomes = await Promise.all(
      both.map(({ receiverId }) => inTx((tx) => removeReceiver(tx, { tenant, receiverId }))),
    );
    expect(outcomes.map(codeOf).toSorted()).toEqual(['LAST_RECEIVER', 'ok']);
  });

  it('is no matter where the account’s own mailbox is bound', async () => {
    const { tenant } = await tenantWith('bound@initech.example');
    const { receiverId } = await verified(tenant, 'more@initech.example');
    expect(codeOf(await inTx((tx) => removeReceiver(tx, { tenant, receiverId })))).toBe('ok');
  });
});

it('a receiver is of one tenant, its user too, and no address stands twice', async () => {
  const { platform } = world();
  const [mine, theirs] = [await tenantWith(), await tenantWith()];
  const account = {
    loginName: uuid(platform.random),
    displayName: 'Bob',
    password: 'long enough',
    role: 'BV' as const,
  };
  const userId = await createUser(platform, platform.db, { ...account, buyerId: mine.buyerId }, platform.clock.now());
  const { receiverId } = given(await set(mine.tenant, { userId }));
  expect(codeOf(await set(theirs.tenant, { userId }))).toBe('UNKNOWN_USER');
  expect(codeOf(await set(theirs.tenant, { name: 'stolen' }, receiverId))).toBe('NOT_FOUND');
  expect(codeOf(await inTx((tx) => removeReceiver(tx, { tenant: theirs.tenant, receiverId })))).toBe('NOT_FOUND');
  expect(codeOf(await set(mine.tenant))).toBe('ADDRESS_TAKEN');
  expect(codeOf(await set('buyer:nobody'))).toBe('NOT_FOUND');
});
