/**
 * Sends what is due: lease → commit → sign and post → record the outcome. Each endpoint is a pool of its own with a few
 * slots, one while it fails, so that thousands of messages for one hold up no other; order is not promised.
 */
import { Webhook } from 'standardwebhooks';
import { sql } from '../platform/database/database.ts';
import { createOutbound, type HttpAnswer, type Outbound } from '../platform/outbound.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { startPump, type Wake } from '../platform/tasks/pump.ts';
import { lease } from '../platform/tasks/task-table.ts';
import { SELDOM_MS } from '../platform/tasks/watch.ts';
import { bodyOf } from './catalogue.ts';
import { type Message, MOST_ANSWER_CHARS } from './definition.ts';
import { type Target, targetOf } from './endpoint-store.ts';
import { SECRET_PURPOSE, SLOTS, WEBHOOKS } from './schema.ts';
import { type Leased, settle, type Tried } from './settling.ts';

/** Standard Webhooks: 15 to 30 seconds; a receiver answers first and works then. */
const TIMEOUT_MS = 15_000;
const MOST_READ_BYTES = 16_384;
const AT_ONCE = 64;
const PER_ENDPOINT = 4;
/** longer than an attempt can last, so that no worker takes over what is under way */
const LEASE_MS = 60_000;

export interface WebhookSender {
  readonly owner: string;
  readonly outbound: Outbound;
}
export const createWebhookSender = (platform: Platform): WebhookSender => ({
  owner: uuid(platform.random),
  outbound: createOutbound({
    allowInternal: platform.config.mode === 'sandbox',
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MOST_READ_BYTES,
    connectionsPerOrigin: PER_ENDPOINT,
  }),
});

/** Runs until stopped. */
export function startWebhooks(platform: Platform, sender: WebhookSender, wake: Wake): { stop(): Promise<void> } {
  const pump = startPump<Leased>({
    name: 'webhooks',
    capacity: AT_ONCE,
    pollMs: SELDOM_MS,
    wake,
    log: platform.log,
    take: (limit) => take(platform, sender, limit),
    async run(delivery) {
      await send(platform, sender, delivery);
      platform.wake.kick();
    },
  });
  return {
    async stop() {
      await pump.stop();
      await sender.outbound.close();
    },
  };
}

/** Virtual time: one batch of what is due now, side by side. @returns how many */
export async function sendDueWebhooks(platform: Platform, sender: WebhookSender): Promise<number> {
  const batch = await take(platform, sender, AT_ONCE);
  await Promise.all(batch.map((delivery) => send(platform, sender, delivery)));
  return batch.length;
}

const take = (platform: Platform, { owner }: WebhookSender, limit: number): Promise<Leased[]> =>
  lease<Leased>(platform.db, WEBHOOKS, {
    ...{ owner, limit, now: platform.clock.now(), leaseMs: LEASE_MS, perPool: PER_ENDPOINT, limits: SLOTS },
  });

async function send(platform: Platform, { owner, outbound }: WebhookSender, delivery: Leased): Promise<void> {
  const [target, message] = await Promise.all([
    targetOf(platform.db, delivery.endpoint_id),
    messageOf(platform, delivery.message_id),
  ]);
  if (!target || !message) return; // removed meanwhile, with this delivery
  const body = bodyOf(message);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Jishi-Webhooks',
    ...signedHeaders(platform, target, message.messageId, body),
  };
  const [at, begunMs] = [platform.clock.now(), performance.now()];
  const result = await outbound.post(target.url, headers, body);
  const durationMs = Math.round(performance.now() - begunMs);
  const tried: Tried = result.ok
    ? { at, durationMs, ...told(result.answer) }
    : {
        at,
        durationMs,
        status: null,
        fault: result.fault,
        answer: result.message.slice(0, MOST_ANSWER_CHARS),
        retryAfter: null,
      };
  await settle(platform, owner, delivery, tried);
}

/** Dated by the clock of the wire; by both secrets while a rotation overlaps. */
function signedHeaders({ keys, clock, wireClock }: Platform, target: Target, messageId: string, body: string) {
  const at = wireClock.now();
  const { secret, secretBefore, secretBeforeUntil } = target;
  const both = secretBefore !== null && secretBeforeUntil !== null && secretBeforeUntil > clock.now();
  const signatures = [secret, ...(both ? [secretBefore] : [])].map((sealed) =>
    new Webhook(keys.open(sealed, SECRET_PURPOSE)).sign(messageId, at, body),
  );
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

async function messageOf({ db }: Platform, messageId: string): Promise<Message | null> {
  const { rows } = await sql<Message>`
    SELECT message_id AS "messageId", type, data, occurred_at AS "occurredAt" FROM webhooks.messages WHERE message_id = ${messageId}`.execute(
    db,
  );
  return rows[0] ?? null;
}

const told = ({ status, headers, body }: HttpAnswer): Omit<Tried, 'at' | 'durationMs'> => ({
  status,
  fault: null,
  // U+0000 can not be stored
  answer: new TextDecoder().decode(body).replaceAll('\0', '�').slice(0, MOST_ANSWER_CHARS),
  retryAfter: headers.find(({ name }) => name === 'retry-after')?.value ?? null,
});
