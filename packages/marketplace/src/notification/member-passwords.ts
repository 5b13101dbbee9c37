/**
 * Account and initial password by text message to a member's phone (N-35, E-13): the only message that carries a password.
 * It is sealed until it is sent; afterwards it stands nowhere (in a sandbox its people read it in the outbox).
 */
import { giveOrdered, type PasswordReceiver } from '../directory/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { SITES } from '../platform/site.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { buyerKey } from './notice-parts.ts';
import { ACCOUNT } from './receivers.ts';
import { memberPasswordText } from './render.ts';
import { SEALED_BODY } from './schema.ts';
import { openChannels } from './service.ts';
import { insertDeliveries } from './store.ts';

export const GIVE_PASSWORDS = 'notification.give-passwords';
/** Half a second of one processor; other tasks have their turn in between. */
const AT_ONCE = 20;

/** @returns false = it reaches nobody: no phone, or this server sends no text messages. Whoever asked is to show it. */
export async function sendMemberPassword(
  platform: Platform,
  tx: Tx,
  to: PasswordReceiver & { readonly password: string },
  now: Date,
): Promise<boolean> {
  if (to.mobile === '' || !openChannels(platform.config).has('SMS')) return false;
  const { language } = SITES[platform.config.site];
  const link = `${platform.config.publicUrl}/workplace`;
  const { title, text } = memberPasswordText({ ...to, enterprise: to.enterpriseName, link }, language);
  const delivery = {
    channel: 'SMS' as const,
    tenant: buyerKey(to.buyerId),
    receiverId: ACCOUNT,
    source: `password:${uuid(platform.random)}`,
    variant: 'member-password',
    address: to.mobile,
    language,
    subject: title,
    body: '',
    sealedBody: platform.keys.seal(text, SEALED_BODY),
    secret: true,
    traceId: traceId(platform.random),
  };
  await insertDeliveries(tx, platform.random, [delivery], now);
  return true;
}

/** Ordered passwords are given from now on, in batches. */
export async function startGiving(platform: Platform, tx: Tx, enterpriseId: string, now: Date): Promise<void> {
  const task = { id: uuid(platform.random), kind: GIVE_PASSWORDS, subject: enterpriseId, dueAt: now };
  await addTask(tx, { ...task, traceId: traceId(platform.random) }, now);
}

export const canText = ({ config }: Platform): boolean => openChannels(config).has('SMS');

export const givePasswords =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const given = await giveOrdered(platform.random, tx, AT_ONCE, now);
    for (const each of given) await sendMemberPassword(platform, tx, each, now);
    if (given.length > 0) await startGiving(platform, tx, task.subject, now);
    return 'done';
  };
