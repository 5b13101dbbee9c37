/** A buyer reads the messages of a purchase, names a colleague as receiver and proves the mailbox; operators see what left the house. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import * as schemas from './message-schemas.ts';

const world = fileWorld();
const clients = new Map<string, ConsoleClient>();
const as = (role: 'BO' | 'SO' | 'OM') => {
  const client = clients.get(role);
  if (!client) throw new Error(role);
  return client;
};
const EMAIL = 'ops@globex.example';
const choices = [{ class: 'SUSPENSION', channels: ['EMAIL'] }];

beforeAll(async () => {
  const { platform, demo, simulator } = world();
  const app = createApp({ platform, caller: createCaller(platform) });
  clients.set('BO', await clientAs(platform, app, 'BO', { buyerId: demo.buyerId }));
  clients.set('SO', await clientAs(platform, app, 'SO', { sellerId: demo.sellerId }));
  clients.set('OM', await clientAs(platform, app, 'OM'));
  const line = { buyerId: demo.buyerId, productName: { zh: '云表格', en: 'Cloud Sheets' } };
  const paid = (orderId: string) => ({
    type: 'ordering.order-paid',
    aggregate: `order:${orderId}`,
    payload: { orderId, placedBy: 'u', amount: { amount: '10.00', currency: 'CNY' }, lines: [line] },
    traceId: 't',
  });
  const heard = platform.events.subscriptions.filter(({ name }) => name === 'notification:tell');
  // only this room listens: the orders do not exist
  const only = { ...platform, events: { ...platform.events, subscriptions: heard } };
  await inTransaction(platform.db, (tx) =>
    only.events.publish(tx, [paid('CS1'), paid('CS2'), paid('CS3')], platform.clock.now()),
  );
  await simulator.drain();
});

describe('messages', () => {
  it('are read in pages, by class, unread only, and marked read', async () => {
    const client = as('BO');
    const first = schemas.messagePage.parse(await (await client.get('/console/messages?limit=2')).json());
    expect(first).toMatchObject({ unread: 3, items: [{ entry: 'N-20', class: 'MONEY', readAt: null }, {}] });
    const second = schemas.messagePage.parse(
      await (await client.get(`/console/messages?limit=2&cursor=${first.nextCursor}`)).json(),
    );
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
    const links = [...first.items, ...second.items].map(({ link }) => link).toSorted();
    expect(links).toEqual(['/orders/CS1', '/orders/CS2', '/orders/CS3']);
    const messageIds = first.items.map(({ messageId }) => messageId);
    expect(await (await client.post('/console/messages/reads', { messageIds })).json()).toEqual({ count: 1 });
    const unread = schemas.messagePage.parse(await (await client.get('/console/messages?state=unread')).json());
    expect(unread.items.map(({ messageId }) => messageId)).toEqual(second.items.map(({ messageId }) => messageId));
    expect(await (await client.get('/console/messages?class=RENEWAL')).json()).toMatchObject({ items: [], unread: 1 });
    expect(await (await client.post('/console/messages/reads', {})).json()).toEqual({ count: 0 });
    expect(await (await client.get('/console/messages/unread')).json()).toEqual({ count: 0 });
    expect((await client.get('/console/messages?cursor=nonsense')).status).toBe(400);
    expect(await (await as('SO').get('/console/messages')).json()).toMatchObject({ items: [], unread: 0 });
  });
});

describe('a receiver', () => {
  it('is added, verified by the code in the sandbox’s outbox, changed and removed; each step stands in the audit log', async () => {
    const client = as('BO');
    const input = { name: 'Ops', language: 'en', email: EMAIL, phone: null, userId: null, choices };
    const added = schemas.receiver.parse(await (await client.post('/console/receivers', input)).json());
    expect(added.email).toEqual({ text: EMAIL, verified: false });
    const box = schemas.outboxPage.parse(await (await as('OM').get(`/console/outbox?address=${EMAIL}`)).json());
    expect(box).toMatchObject({
      channels: { EMAIL: 'outbox', SMS: 'outbox' },
      items: [{ entry: null, tenantName: '环球贸易 Globex' }],
    });
    const code = /\d{6}/.exec(box.items[0]?.body ?? '')?.[0] ?? '';
    const path = `/console/receivers/${added.receiverId}`;
    expect(
      (await client.post(`${path}/verification`, { channel: 'EMAIL', code: code === '111111' ? '222222' : '111111' }))
        .status,
    ).toBe(409);
    const verified = await client.post(`${path}/verification`, { channel: 'EMAIL', code });
    expect(await verified.json()).toMatchObject({ email: { text: EMAIL, verified: true } });
    const list = schemas.receivers.parse(await (await client.get('/console/receivers')).json());
    expect(list.items.map(({ receiverId }) => receiverId)).toEqual(['account', added.receiverId]);
    expect(list.classes.filter(({ mandatory }) => mandatory).map((each) => each.class)).toEqual([
      'OPENING',
      'MONEY',
      'SUSPENSION',
    ]);
    expect((await client.post(path, { ...input, name: '' })).status).toBe(400);
    expect((await client.post(path, { ...input, email: null })).status).toBe(400);
    expect((await client.post(path, { ...input, email: 'a@b.example\r\nBcc: x' })).status).toBe(400);
    expect(await (await client.post(path, { ...input, name: 'Operations' })).json()).toMatchObject({
      name: 'Operations',
      email: { verified: true },
    });
    const off = await client.post('/console/receivers/account', { language: 'zh', choices });
    expect([off.status, await off.json()]).toMatchObject([409, { code: 'MANDATORY_CLASS' }]);
    expect((await client.post(`${path}/removal`, {})).status).toBe(200);
    expect((await client.post(path, input)).status).toBe(404);
  });
});
