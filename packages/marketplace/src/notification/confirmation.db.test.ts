/** A code confirms one step of one account, once, for a quarter of an hour, within five tries (B-81). */
import { expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { createBuyer } from '../directory/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import { confirm, outbox, sendConfirmation } from './index.ts';

const world = fileWorld();
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);

async function account(email: string): Promise<{ tenant: string; purpose: string }> {
  const { platform } = world();
  const buyer = { accountName: uuid(platform.random), name: 'Initech', site: 'CN' as const, email };
  return { tenant: `buyer:${await createBuyer(platform, platform.db, buyer, platform.clock.now())}`, purpose: 'p' };
}
type Of = Awaited<ReturnType<typeof account>>;
const send = (of: Of) =>
  inTx((tx) => sendConfirmation(world().platform, tx, { ...of, traceId: 't' }, world().clock.now()));
const tried = (of: Of, code?: string) =>
  inTx((tx) => confirm(world().platform, tx, { ...of, code }, world().clock.now())).then(codeOf);
async function sentTo(address: string): Promise<string> {
  const [last] = await outbox(world().platform.db, { address, before: null, limit: 1 });
  return /\d{6}/.exec(last?.body ?? '')?.[0] ?? '';
}
const other = (code: string) => (code === '000000' ? '000001' : '000000');

it('arrives at the mailbox of the account and is good once, for its own purpose', async () => {
  const of = await account('one@initech.example');
  expect(await tried(of)).toBe('WRONG_CODE');
  expect(await tried(of, '123456')).toBe('WRONG_CODE'); // none was sent
  expect(await send(of)).toMatchObject({ value: { channel: 'EMAIL', address: 'one@initech.example' } });
  const code = await sentTo('one@initech.example');
  expect(await tried({ ...of, purpose: 'q' }, code)).toBe('WRONG_CODE');
  expect(await tried(of, other(code))).toBe('WRONG_CODE');
  expect(await tried(of, code)).toBe('ok');
  expect(await tried(of, code)).toBe('WRONG_CODE');
});

it('is not spent by a command that is undone', async () => {
  const of = await account('undone@initech.example');
  await send(of);
  const code = await sentTo('undone@initech.example');
  const undone = inTx(async (tx) => {
    expect(codeOf(await confirm(world().platform, tx, { ...of, code }, world().clock.now()))).toBe('ok');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await tried(of, code)).toBe('ok');
});

it('confirms one of two commands in the same instant', async () => {
  const of = await account('two@initech.example');
  await send(of);
  const code = await sentTo('two@initech.example');
  const both = await Promise.all([tried(of, code), tried(of, code)]);
  expect(both.toSorted()).toEqual(['WRONG_CODE', 'ok']);
});

it('is good within five tries, and until a newer one is sent', async () => {
  const of = await account('tries@initech.example');
  await send(of);
  const first = await sentTo('tries@initech.example');
  for (let count = 0; count < 5; count += 1) expect(await tried(of, other(first))).toBe('WRONG_CODE');
  expect(await tried(of, first)).toBe('WRONG_CODE');
  world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
  await send(of);
  expect(await tried(of, await sentTo('tries@initech.example'))).toBe('ok');
});

it('is good for a quarter of an hour', async () => {
  const of = await account('old@initech.example');
  await send(of);
  world().clock.moveTo(new Date(world().clock.now().getTime() + 900_000));
  expect(await tried(of, await sentTo('old@initech.example'))).toBe('WRONG_CODE');
});

it('is sent twenty times an hour at most', async () => {
  const of = await account('flood@initech.example');
  for (let count = 0; count < 20; count += 1) expect(codeOf(await send(of))).toBe('ok');
  expect(codeOf(await send(of))).toBe('RATE_LIMITED');
});

it('is not asked of an account that nothing reaches', async () => {
  const of = await account('');
  expect(codeOf(await send(of))).toBe('CHANNEL_OFF');
  expect(await tried(of)).toBe('ok');
});
