/** An event becomes one message a receiver and channel; what fails is repeated three times; many failures become one message. */
import { describe, expect, it } from 'vitest';
import { testWorld } from '../../../../tests/support/world.ts';
import { createBuyer, createUser } from '../directory/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { dispatchOnce, type NewEvent } from '../platform/events.ts';
import { reclaim } from '../platform/tasks/task-table.ts';
import type { World } from '../testing/index.ts';
import {
  createSending,
  DELIVERIES,
  listMessages,
  markRead,
  outbox,
  type Senders,
  sendAgain,
  sendDue,
  setReceiver,
  unreadCount,
} from './index.ts';
import { ref as sampleRef } from './samples.test-support.ts';
import type { Delivery } from './store.ts';

const MINUTE = 60_000;
const amount = { amount: '10.00', currency: 'CNY' };

async function publish(world: World, events: readonly { type: string; payload: object; aggregate?: string }[]) {
  const { platform } = world;
  const all: NewEvent[] = events.map(({ type, payload, aggregate }, place) => ({
    type,
    aggregate: aggregate ?? `instance:${place}`,
    payload: { ...payload },
    traceId: 'trace',
  }));
  await inTransaction(platform.db, (tx) => platform.events.publish(tx, all, platform.clock.now()));
  await hear(world);
}
async function hear({ platform }: World) {
  const subscription = platform.events.subscriptions.find(({ name }) => name === 'notification:tell');
  if (!subscription) throw new Error('nobody listens');
  while ((await dispatchOnce(platform, subscription, platform.clock.now())) > 0);
}
const ref = ({ demo }: World) => ({ ...sampleRef, buyerId: demo.buyerId, sellerId: demo.sellerId });
const sent = ({ platform }: World) => outbox(platform.db, { before: null, limit: 1_000 });
const userOf = async ({ platform }: World, loginName: string) =>
  (
    await sql<{ user_id: string }>`SELECT user_id FROM directory.users WHERE login_name = ${loginName}`.execute(
      platform.db,
    )
  ).rows[0]?.user_id ?? '';
const messagesOf = async (world: World, loginName: string) =>
  listMessages(world.platform.db, { userId: await userOf(world, loginName), before: null, limit: 100 });

/** Senders that keep what they are given, and fail as told. */
function fakeSenders(fails: (delivery: Delivery) => boolean = () => false) {
  const seen: Delivery[] = [];
  const sender = {
    async send(delivery: Delivery) {
      seen.push(delivery);
      return fails(delivery) ? ({ ok: false, error: '421 try again later' } as const) : ({ ok: true } as const);
    },
    close: () => Promise.resolve(),
  };
  const senders: Senders = { EMAIL: sender, SMS: sender };
  return { seen, senders };
}

describe('an event', () => {
  it('is told once to each receiver and channel, in the receiver’s language, with a link to the object', async () => {
    const world = await testWorld();
    const { platform, demo } = world;
    const tenant = `buyer:${demo.buyerId}`;
    await inTransaction(platform.db, (tx) =>
      setReceiver(
        platform,
        tx,
        {
          tenant,
          receiverId: null,
          name: 'Ops',
          language: 'en',
          email: 'ops@globex.example',
          phone: '+8613800000000',
          userId: null,
          choices: { SUSPENSION: ['EMAIL', 'SMS'] },
          traceId: 't',
        },
        platform.clock.now(),
      ),
    );
    await sql`UPDATE notification.receivers SET email_verified = true, phone_verified = true`.execute(platform.db);
    await sql`DELETE FROM notification.deliveries`.execute(platform.db);
    await publish(world, [{ type: 'instances.released', payload: { ref: ref(world) } }]);
    const deliveries = await sent(world);
    expect(deliveries.map(({ channel, address, language }) => `${channel} ${address} ${language}`).toSorted()).toEqual([
      'EMAIL it@globex.example zh',
      'EMAIL ops@globex.example en',
      'SMS +8613800000000 en',
    ]);
    const link = `${platform.config.publicUrl}/services/CS1-000001`;
    for (const { body } of deliveries) expect(body).toContain(link);
    expect(deliveries.find(({ address }) => address === 'ops@globex.example')?.subject).toBe(
      '“Cloud Sheets” is released',
    );
    expect(await messagesOf(world, 'buyer')).toMatchObject([
      { variant: 'N-27.released', link: '/services/CS1-000001', title: { zh: '“云表格”已释放' }, read_at: null },
    ]);
    expect(await messagesOf(world, 'seller')).toEqual([]);
    // delivered a second time after a crash between commit and acknowledgement
    await sql`INSERT INTO platform.deliveries (subscriber, event_id, aggregate, due_at)
      SELECT 'notification:tell', event_id, aggregate, occurred_at FROM platform.events WHERE type = 'instances.released'`.execute(
      platform.db,
    );
    await hear(world);
    expect(await sent(world)).toHaveLength(3);
    expect(await messagesOf(world, 'buyer')).toHaveLength(1);
  });

  it('reaches in the console those who see the whole tenant’s objects, and whoever did it', async () => {
    const world = await testWorld();
    const { platform, demo } = world;
    const now = platform.clock.now();
    const add = (role: 'BF' | 'BV' | 'BP', loginName: string) =>
      createUser(
        platform,
        platform.db,
        { loginName, displayName: role, password: 'long enough', role, buyerId: demo.buyerId },
        now,
      );
    const [, , purchaser] = [
      await add('BF', 'bf'),
      await add('BV', 'bv'),
      await add('BP', 'bp'),
      await add('BP', 'bp2'),
    ];
    const payload = { orderId: 'CS1', placedBy: purchaser, amount, lines: [{ ...ref(world) }] };
    await publish(world, [{ type: 'ordering.order-paid', payload, aggregate: 'order:CS1' }]);
    const readers: string[] = [];
    for (const name of ['buyer', 'bf', 'bv', 'bp', 'bp2', 'admin', 'seller', 'operator'])
      if ((await messagesOf(world, name)).length > 0) readers.push(name);
    expect(readers).toEqual(['buyer', 'bf', 'bp']);
    await publish(world, [{ type: 'instances.ready', payload: { ref: { ...ref(world), placedBy: purchaser } } }]);
    const counts = ['buyer', 'bf', 'bp', 'bp2'].map(async (name) => (await messagesOf(world, name)).length);
    expect(await Promise.all(counts)).toEqual([2, 1, 2, 0]);
  });

  it('that can not be read holds up nothing', async () => {
    const world = await testWorld();
    await publish(world, [
      { type: 'instances.ready', payload: { ref: { resourceId: 'x' } } },
      { type: 'instances.ready', payload: { ref: ref(world) } },
    ]);
    expect(await messagesOf(world, 'buyer')).toHaveLength(1);
  });

  it('a thousand reminders are a few statements', async () => {
    const world = await testWorld();
    const { platform } = world;
    const subscription = platform.events.subscriptions.find(({ name }) => name === 'notification:tell');
    const events = Array.from({ length: 1_000 }, (_, place) => ({
      type: 'instances.expiring',
      aggregate: `instance:${place}`,
      payload: { ref: { ...ref(world), resourceId: `r-${place}` }, daysLeft: 7 },
      traceId: 'trace',
    }));
    await inTransaction(platform.db, (tx) => platform.events.publish(tx, events, platform.clock.now()));
    let batches = 0;
    while (subscription && (await dispatchOnce(platform, subscription, platform.clock.now())) > 0) batches += 1;
    expect(batches).toBe(5);
    expect(await unreadCount(platform.db, await userOf(world, 'buyer'))).toBe(1_000);
    const { senders, seen } = fakeSenders();
    expect(await sendDue(platform, createSending(platform, senders))).toBe(1_000);
    expect(seen).toHaveLength(1_000);
  });
});

describe('a delivery', () => {
  it('is tried once and repeated three times, then given up where operators see it; a person sends it again', async () => {
    const world = await testWorld();
    const { platform, clock } = world;
    await publish(world, [{ type: 'instances.ready', payload: { ref: ref(world) } }]);
    const { senders, seen } = fakeSenders(() => true);
    const sending = createSending(platform, senders);
    const start = clock.now().getTime();
    const at: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      if ((await sendDue(platform, sending)) > 0) at.push((clock.now().getTime() - start) / MINUTE);
      const [next] = await sent(world);
      if (next?.state !== 'DUE') break;
      clock.moveTo(next.due_at);
    }
    expect(at).toEqual([0, 1, 11, 71]);
    expect(seen).toHaveLength(4);
    expect(await sent(world)).toMatchObject([{ state: 'STOPPED', attempts: 4, last_error: '421 try again later' }]);
    const id = seen[0]?.id ?? '';
    expect(await sendAgain(platform.db, id, clock.now())).toMatchObject({ state: 'DUE', attempts: 0 });
    expect(await sendAgain(platform.db, id, clock.now())).toBe('not-stopped');
    await sendDue(platform, createSending(platform, fakeSenders().senders));
    expect(await sent(world)).toMatchObject([{ state: 'SUCCEEDED', attempts: 1, last_error: null }]);
  });

  it('one that fails spoils no other of its batch, and a sender that throws is a failure', async () => {
    const world = await testWorld();
    await publish(world, [
      { type: 'instances.ready', payload: { ref: ref(world) } },
      { type: 'instances.released', payload: { ref: ref(world) } },
    ]);
    const { senders } = fakeSenders();
    const throwing: Senders = {
      ...senders,
      EMAIL: {
        ...senders.EMAIL,
        send: (delivery) =>
          delivery.variant === 'N-22.ready' ? Promise.reject(new Error('boom')) : senders.EMAIL.send(delivery),
      },
    };
    await sendDue(world.platform, createSending(world.platform, throwing));
    const states = Object.fromEntries(
      (await sent(world)).map(({ variant, state, last_error }) => [variant, [state, last_error]]),
    );
    expect(states).toEqual({ 'N-22.ready': ['DUE', 'boom'], 'N-27.released': ['SUCCEEDED', null] });
  });

  it('of a worker that died is sent by another once its lease is over', async () => {
    const world = await testWorld();
    const { platform, clock } = world;
    await publish(world, [{ type: 'instances.ready', payload: { ref: ref(world) } }]);
    await sql`UPDATE notification.deliveries SET state = 'RUNNING', lease_owner = 'dead', lease_until = ${clock.now()}, attempts = 1`.execute(
      platform.db,
    );
    const sending = createSending(platform, fakeSenders().senders);
    expect(await sendDue(platform, sending)).toBe(0);
    clock.moveTo(new Date(clock.now().getTime() + MINUTE));
    expect(await reclaim(platform.db, DELIVERIES, clock.now())).toBe(1);
    expect(await sendDue(platform, sending)).toBe(1);
  });

  it('is sent by the simulator in virtual time; the sandbox’s outbox shows it', async () => {
    const world = await testWorld();
    await publish(world, [{ type: 'instances.ready', payload: { ref: ref(world) } }]);
    await world.simulator.drain();
    expect(await sent(world)).toMatchObject([{ state: 'SUCCEEDED', variant: 'N-22.ready', channel: 'EMAIL' }]);
  });

  it('is not even written where the server does not send by this channel', async () => {
    const world = await testWorld({ config: { mode: 'production' } });
    await publish(world, [{ type: 'instances.ready', payload: { ref: ref(world) } }]);
    expect(await sent(world)).toEqual([]);
    expect(await messagesOf(world, 'buyer')).toHaveLength(1);
  });
});

describe('failed calls of one seller', () => {
  const failed = (world: World, call: number, sellerId = world.demo.sellerId) => ({
    type: 'fulfilment.attempt-failed',
    aggregate: `call:${sellerId}-${call}`,
    payload: {
      ...ref(world),
      sellerId,
      callId: `c-${call}`,
      orderId: `CS-${call}`,
      activity: 'newInstance',
      attempt: 1,
      nextAt: null,
      summary: { zh: '超时', en: 'no answer in time' },
    },
  });
  const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, place) => from + place);
  const variants = async (world: World) => (await messagesOf(world, 'seller')).map(({ variant }) => variant).toSorted();

  it('up to five are told one by one and nothing follows', async () => {
    const world = await testWorld();
    await publish(
      world,
      upTo(5).map((call) => failed(world, call)),
    );
    await world.simulator.advanceTo(new Date(world.clock.now().getTime() + 20 * MINUTE));
    expect(await variants(world)).toEqual(Array(5).fill('N-16.stopped'));
  });

  it('from the sixth on within ten minutes they become one message with the count of all and their list', async () => {
    const world = await testWorld();
    const { clock, simulator } = world;
    await publish(
      world,
      upTo(3).map((call) => failed(world, call)),
    );
    clock.moveTo(new Date(clock.now().getTime() + 4 * MINUTE));
    await publish(
      world,
      upTo(20, 3).map((call) => failed(world, call)),
    );
    await publish(world, [failed(world, 23)]);
    expect(await variants(world)).toEqual(Array(5).fill('N-16.stopped'));
    await simulator.advanceTo(new Date(clock.now().getTime() + 6 * MINUTE));
    expect(await variants(world)).toEqual(['N-16.many', ...Array(5).fill('N-16.stopped')]);
    const digest = (await messagesOf(world, 'seller')).find(({ variant }) => variant === 'N-16.many');
    expect(digest?.title.en).toBe('24 interface calls failed');
    for (const call of upTo(24)) expect(digest?.body.en).toContain(`Order CS-${call}:`);
    const mails = (await sent(world)).filter(({ variant }) => variant === 'N-16.many');
    expect(mails.map(({ channel, address }) => `${channel} ${address}`).toSorted()).toEqual([
      'EMAIL dev@acme.example',
      'EMAIL service@acme.example',
      'SMS +8613900000001',
    ]);
    expect(digest?.body.en).toContain('You were told about the first 5 one by one.');
  });

  it('while it goes on each further ten minutes are one message; after ten quieter ones they are told one by one again', async () => {
    const world = await testWorld();
    const { clock, simulator } = world;
    const start = clock.now().getTime();
    const at = (minute: number) => simulator.advanceTo(new Date(start + minute * MINUTE));
    const count = async (variant: string) => (await variants(world)).filter((one) => one === variant).length;
    await publish(
      world,
      upTo(8).map((call) => failed(world, call)),
    );
    await at(11);
    await publish(
      world,
      upTo(2, 8).map((call) => failed(world, call)),
    );
    expect([await count('N-16.many'), await count('N-16.stopped')]).toEqual([1, 5]);
    await at(22);
    expect([await count('N-16.many'), await count('N-16.stopped')]).toEqual([2, 5]);
    const [second] = await messagesOf(world, 'seller');
    expect(second?.title.en).toBe('2 interface calls failed');
    expect(second?.body.en).not.toContain('one by one');
    await publish(world, [failed(world, 10)]);
    expect([await count('N-16.many'), await count('N-16.stopped')]).toEqual([2, 6]);
    await at(60);
    expect(await count('N-16.many')).toBe(2);
  });
});

describe('messages', () => {
  it('are a user’s own: listed newest first by pages, counted, marked read one by one or all', async () => {
    const world = await testWorld();
    const { platform, clock } = world;
    const { db } = platform;
    const other = await createBuyer(platform, db, { accountName: 'o', name: 'Other', site: 'CN' }, clock.now());
    await createUser(
      platform,
      db,
      { loginName: 'other', displayName: 'O', password: 'long enough', role: 'BO', buyerId: other },
      clock.now(),
    );
    for (const type of ['instances.ready', 'instances.released']) {
      await publish(world, [
        { type, payload: { ref: ref(world) } },
        { type, payload: { ref: { ...ref(world), buyerId: other } } },
      ]);
      clock.moveTo(new Date(clock.now().getTime() + MINUTE));
    }
    const [mine, theirs] = [await userOf(world, 'buyer'), await userOf(world, 'other')];
    const [first] = await listMessages(db, { userId: mine, before: null, limit: 1 });
    expect(first?.variant).toBe('N-27.released');
    const before = { at: first?.created_at ?? clock.now(), id: first?.message_id ?? '' };
    const [second] = await listMessages(db, { userId: mine, before, limit: 5 });
    expect(second?.variant).toBe('N-22.ready');
    expect(await markRead(db, theirs, [before.id], clock.now())).toBe(0);
    expect(await markRead(db, mine, [before.id], clock.now())).toBe(1);
    expect(await unreadCount(db, mine)).toBe(1);
    expect(
      (await listMessages(db, { userId: mine, unread: true, before: null, limit: 5 })).map((m) => m.variant),
    ).toEqual(['N-22.ready']);
    expect(await markRead(db, mine, null, clock.now())).toBe(1);
    expect([await unreadCount(db, mine), await unreadCount(db, theirs)]).toEqual([0, 2]);
  });
});
