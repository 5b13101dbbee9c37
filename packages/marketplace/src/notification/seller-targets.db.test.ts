/** Where a seller is told: its bound mailbox and phone, and of failed calls the service mailbox too (N-2, N-16). */
import { expect, it } from 'vitest';
import { testWorld } from '../../../../tests/support/world.ts';
import { inTransaction } from '../platform/database/database.ts';
import type { World } from '../testing/index.ts';
import type { Variant } from './catalogue.ts';
import { outbox, setReceiver } from './index.ts';
import type { Facts } from './render.ts';
import { tell } from './service.ts';

const both = (text: string) => ({ zh: text, en: text });
const facts: Facts = {
  product: both('p'),
  goods: 'g-1',
  order: 'CS1',
  interface: both('newInstance'),
  attempt: 1,
  error: both('no answer'),
  call: 'c-1',
  day: 1,
};

async function reached({ platform, demo }: World, variant: Variant, source: string): Promise<string[]> {
  const told = { source, traceId: 't', notice: { variant, tenant: `seller:${demo.sellerId}`, facts } };
  await inTransaction(platform.db, (tx) => tell(platform, tx, [told], platform.clock.now()));
  const sent = await outbox(platform.db, { before: null, limit: 100 });
  return sent
    .filter((each) => each.source === source)
    .map(({ channel, address }) => `${channel} ${address}`)
    .toSorted();
}

it('by mail and SMS; of failed calls in the service mailbox too, unless the account wants no mails of them', async () => {
  const world = await testWorld();
  const { platform, demo } = world;
  const own = ['EMAIL dev@acme.example', 'SMS +8613900000001'];
  expect(await reached(world, 'N-16.stopped', 'a')).toEqual([own[0], 'EMAIL service@acme.example', own[1]]);
  expect(await reached(world, 'N-14.probe-failed', 'b')).toEqual(own);
  const account = {
    tenant: `seller:${demo.sellerId}`,
    receiverId: 'account',
    name: 'Acme',
    language: 'en' as const,
    email: null,
    phone: null,
    userId: null,
    choices: {
      OPENING: ['SMS', 'EMAIL', 'SITE'],
      RENEWAL: ['EMAIL', 'SITE'],
      OPERATIONS: ['SMS'],
      MONEY: ['SMS', 'EMAIL', 'SITE'],
      SUSPENSION: ['SMS', 'EMAIL', 'SITE'],
    } as const,
    traceId: 't',
  };
  const set = await inTransaction(platform.db, (tx) => setReceiver(platform, tx, account, platform.clock.now()));
  expect(set.ok).toBe(true);
  expect(await reached(world, 'N-16.stopped', 'c')).toEqual([own[1]]);
});
