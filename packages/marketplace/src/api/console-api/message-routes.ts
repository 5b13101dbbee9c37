/** Messages of whoever is signed in, the receivers of a tenant (S-12), the operators' outbox (N-5). */
import type { z } from 'zod';
import { distributorNames, partyNames } from '../../directory/index.ts';
import {
  ACCOUNT,
  audienceOf,
  bodyOf,
  buyerKey,
  CATALOGUE,
  type Choices,
  CLASSES,
  channelsOf,
  classesFor,
  type Delivery,
  distributorKey,
  gets,
  isVariant,
  listMessages,
  type Message,
  markRead,
  outbox,
  type Receiver,
  receiversOf,
  removeReceiver,
  sellerKey,
  sendAgain,
  sendCode,
  setReceiver,
  unreadCount,
  VARIANTS,
  verifyReceiver,
} from '../../notification/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import * as schemas from './message-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

export const messageRoutes: ConsoleRoute[] = [
  read({
    path: '/messages',
    summary: 'Own messages, newest first',
    action: 'message.view',
    query: schemas.messageQuery,
    response: schemas.messagePage,
    async run({ platform: { db }, principal: { userId } }, query) {
      const found = await listMessages(db, {
        userId,
        unread: query.state === 'unread',
        variants: query.class && VARIANTS.filter((variant) => CATALOGUE[variant].class === query.class),
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (message) => ({ at: message.created_at, id: message.message_id }));
      return ok({
        items: page.items.flatMap(presentMessage),
        nextCursor: page.nextCursor,
        unread: await unreadCount(db, userId),
      });
    },
  }),
  read({
    path: '/messages/unread',
    summary: 'How many messages are unread',
    action: 'message.view',
    query: noQuery,
    response: schemas.unreadMessages,
    run: async ({ platform, principal }) => ok({ count: await unreadCount(platform.db, principal.userId) }),
  }),
  command({
    path: '/messages/reads',
    summary: 'Mark messages, or all, as read',
    action: 'message.view',
    body: schemas.readMessages,
    response: schemas.unreadMessages,
    async run({ principal: { userId }, now }, { messageIds }, tx) {
      await markRead(tx, userId, messageIds ?? null, now);
      return ok({ count: await unreadCount(tx, userId) });
    },
  }),
  read({
    path: '/receivers',
    summary: 'Who of the tenant gets which messages by which channel',
    action: 'receiver.manage',
    query: noQuery,
    response: schemas.receivers,
    async run(call) {
      const { db, config } = call.platform;
      const tenant = tenantOf(call);
      const found = tenant && (await receiversOf(db, tenant));
      if (!tenant || !found) return refuse('NOT_FOUND', 'operators have no receivers');
      const how = channelsOf(config);
      return ok({
        items: found.receivers.map((receiver) => presentReceiver(receiver, tenant)),
        classes: classesFor(audienceOf(tenant)).map((offered) => ({ ...offered, ...CLASSES[offered.class] })),
        users: [...found.contact.users],
        open: (['SMS', 'EMAIL'] as const).filter((channel) => how[channel] !== 'off'),
      });
    },
  }),
  command({
    path: '/receivers',
    summary: 'Add a receiver; its addresses get a code each',
    action: 'receiver.manage',
    body: schemas.receiverInput,
    response: schemas.receiver,
    status: 201,
    run: (call, body, tx) => change(call, tx, 'receiver.add', (tenant) => set(call, tx, tenant, null, body)),
  }),
  command({
    path: '/receivers/account',
    summary: "Choose language and optional classes of the tenant's own mailbox and phone",
    action: 'receiver.manage',
    body: schemas.accountInput,
    response: schemas.receiver,
    run: (call, body, tx) =>
      change(call, tx, 'receiver.change', (tenant) =>
        set(call, tx, tenant, ACCOUNT, { ...body, name: '', email: null, phone: null, userId: null }),
      ),
  }),
  command({
    path: '/receivers/{receiverId}',
    summary: 'Change a receiver; a new address gets a code',
    action: 'receiver.manage',
    body: schemas.receiverInput,
    response: schemas.receiver,
    run: (call, body, tx) =>
      change(call, tx, 'receiver.change', (tenant) => set(call, tx, tenant, call.params.receiverId ?? '', body)),
  }),
  command({
    path: '/receivers/{receiverId}/codes',
    summary: 'Send a new code to an address that is not verified',
    action: 'receiver.manage',
    body: schemas.codeRequest,
    response: schemas.receiver,
    run: (call, { channel }, tx) =>
      change(call, tx, 'receiver.send-code', (tenant) =>
        sendCode(
          call.platform,
          tx,
          { ...addressOf(call, tenant), channel, traceId: traceId(call.platform.random) },
          call.now,
        ),
      ),
  }),
  command({
    path: '/receivers/{receiverId}/verification',
    summary: 'Verify an address by the code that was sent to it',
    action: 'receiver.manage',
    body: schemas.codeAnswer,
    response: schemas.receiver,
    run: (call, { channel, code }, tx) =>
      change(call, tx, 'receiver.verify', (tenant) =>
        verifyReceiver(call.platform, tx, { ...addressOf(call, tenant), channel, code }, call.now),
      ),
  }),
  command({
    path: '/receivers/{receiverId}/removal',
    summary: 'Remove a receiver',
    action: 'receiver.manage',
    body: nothing,
    response: schemas.removedReceiver,
    async run(call, _body, tx) {
      const tenant = tenantOf(call);
      if (!tenant) return refuse('NOT_FOUND', 'operators have no receivers');
      const removed = await removeReceiver(tx, { tenant, receiverId: call.params.receiverId ?? '' });
      if (removed.ok) await audit(call, tx, 'receiver.remove', tenant, removed.value.receiverId);
      return removed;
    },
  }),
  read({
    path: '/outbox',
    summary: 'E-mails and text messages that were or will be sent, newest first',
    action: 'outbox.view',
    query: schemas.outboxQuery,
    response: schemas.outboxPage,
    async run({ platform }, query) {
      const { db, config } = platform;
      const found = await outbox(db, {
        state: query.state,
        channel: query.channel,
        address: query.address,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (delivery) => ({ at: delivery.created_at, id: delivery.id }));
      return ok({
        items: await presentDeliveries(db, page.items, platform),
        nextCursor: page.nextCursor,
        channels: channelsOf(config),
      });
    },
  }),
  command({
    path: '/outbox/{deliveryId}/restart',
    summary: 'Send again what was given up',
    action: 'task.restart',
    body: nothing,
    response: schemas.delivery,
    async run(call, _body, tx) {
      const { deliveryId } = call.params;
      const found = isUuid(deliveryId) ? await sendAgain(tx, deliveryId, call.now) : null;
      if (!found) return refuse('NOT_FOUND', 'there is no such delivery');
      if (found === 'not-stopped') return refuse('TASK_STATE', 'only a delivery that was given up can be sent again');
      await auditDone(call, tx, { action: 'outbox.restart', object: `delivery:${found.id}`, traceId: null });
      const [shown] = await presentDeliveries(tx, [found], call.platform);
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such delivery');
    },
  }),
];

type View<T extends z.ZodType> = z.infer<T>;

function tenantOf({ scope, principal: { distributorId } }: Call): string | null {
  if (scope.kind === 'all') return null;
  // its scope reaches no object of a seller
  if (distributorId !== null) return distributorKey(distributorId);
  return scope.kind === 'buyer' ? buyerKey(scope.buyerId) : sellerKey(scope.sellerId);
}
const addressOf = (call: Call, tenant: string) => ({ tenant, receiverId: call.params.receiverId ?? '' });

async function change(
  call: Call,
  tx: Tx,
  action: string,
  run: (tenant: string) => Promise<Result<Receiver>>,
): Promise<Result<View<typeof schemas.receiver>>> {
  const tenant = tenantOf(call);
  if (!tenant) return refuse('NOT_FOUND', 'operators have no receivers');
  const result = await run(tenant);
  if (!result.ok) return result;
  await audit(call, tx, action, tenant, result.value.receiverId);
  return ok(presentReceiver(result.value, tenant));
}
const audit = (call: Call, tx: Tx, action: string, tenant: string, receiverId: string) =>
  auditDone(call, tx, { action, object: `receiver:${tenant}:${receiverId}`, traceId: null });

function set(
  { platform, now }: Call,
  tx: Tx,
  tenant: string,
  receiverId: string | null,
  { choices, ...input }: z.infer<typeof schemas.receiverInput>,
): Promise<Result<Receiver>> {
  const chosen: Choices = Object.fromEntries(choices.map((choice) => [choice.class, choice.channels]));
  const whole = { ...input, choices: chosen, tenant, receiverId, traceId: traceId(platform.random) };
  return setReceiver(platform, tx, whole, now);
}

/** A message of a catalogue row that is no more is left out. */
function presentMessage(message: Message): View<typeof schemas.message>[] {
  if (!isVariant(message.variant)) return [];
  const { id, class: messageClass } = CATALOGUE[message.variant];
  return [
    {
      messageId: message.message_id,
      entry: id,
      class: messageClass,
      title: message.title,
      text: message.body,
      link: message.link,
      createdAt: message.created_at.toISOString(),
      readAt: message.read_at?.toISOString() ?? null,
    },
  ];
}

function presentReceiver(receiver: Receiver, tenant: string): View<typeof schemas.receiver> {
  const choices = classesFor(audienceOf(tenant)).map((offered) => ({
    class: offered.class,
    channels: offered.channels.filter((channel) => gets(receiver, offered.class, channel)),
  }));
  return { ...receiver, choices };
}

async function presentDeliveries(
  executor: Executor,
  deliveries: readonly Delivery[],
  { config, keys }: Platform,
): Promise<View<typeof schemas.delivery>[]> {
  const idOf = (tenant: string) => tenant.replace(/^\w+:/, '');
  const ids = [...new Set(deliveries.map(({ tenant }) => idOf(tenant)))];
  const names = new Map([
    ...(await partyNames(executor, { buyers: ids, sellers: ids })),
    ...(await distributorNames(executor, ids)),
  ]);
  return deliveries.map((delivery) => ({
    deliveryId: delivery.id,
    state: delivery.state,
    channel: delivery.channel,
    entry: isVariant(delivery.variant) ? CATALOGUE[delivery.variant].id : null,
    tenantId: idOf(delivery.tenant),
    tenantName: names.get(idOf(delivery.tenant)) ?? idOf(delivery.tenant),
    address: delivery.address,
    subject: delivery.subject,
    body: delivery.secret && config.mode === 'production' ? null : bodyOf(keys, delivery),
    attempts: delivery.attempts,
    createdAt: delivery.created_at.toISOString(),
    nextAttemptAt: delivery.state === 'DUE' ? delivery.due_at.toISOString() : null,
    finishedAt: delivery.finished_at?.toISOString() ?? null,
    lastError: delivery.last_error,
  }));
}
