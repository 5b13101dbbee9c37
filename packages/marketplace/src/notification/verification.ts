/**
 * Codes that confirm a step reach the person by e-mail or text message: at the addresses that the person has verified as a
 * receiver, else at the account's own. Where nothing reaches them outside the console no code is asked, or the step could
 * not be taken at all (as for B-81).
 */
import { CODE_MINUTES, newCode, spendCode } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { CodeAddress } from './confirmation.ts';
import { ACCOUNT, addressOf } from './receivers.ts';
import { verificationText } from './render.ts';
import { SEALED_BODY } from './schema.ts';
import { openChannels, reachTenants } from './service.ts';
import { insertDeliveries } from './store.ts';

/** Somebody of a tenant, about to take a step. */
export interface Step {
  readonly tenant: string;
  readonly userId: string;
  readonly purpose: string;
}

/** @returns null = nothing reaches the person outside the console */
export async function verificationAddress(
  platform: Platform,
  executor: Executor,
  { tenant, userId }: Pick<Step, 'tenant' | 'userId'>,
): Promise<CodeAddress | null> {
  const open = openChannels(platform.config);
  const receivers = (await reachTenants(executor, [tenant])).get(tenant)?.receivers ?? [];
  const own = receivers.filter((receiver) => receiver.userId === userId);
  const account = receivers.filter(({ receiverId }) => receiverId === ACCOUNT);
  for (const receiver of [...own, ...account])
    for (const channel of ['SMS', 'EMAIL'] as const) {
      const address = open.has(channel) ? addressOf(receiver, channel) : null;
      if (address !== null) return { channel, address, language: receiver.language };
    }
  return null;
}

/** @returns refusals CHANNEL_OFF, CODE_TOO_SOON */
export async function sendVerification(
  platform: Platform,
  tx: Tx,
  step: Step,
  now: Date,
): Promise<Result<CodeAddress & { readonly expiresAt: Date }>> {
  const to = await verificationAddress(platform, tx, step);
  if (!to) return refuse('CHANNEL_OFF', 'there is no mailbox or phone that this server sends to');
  const made = await newCode(platform.random, tx, step, now);
  if (!made.ok) return made;
  const { title, text } = verificationText(made.value.code, CODE_MINUTES, to.language);
  const delivery = {
    ...to,
    tenant: step.tenant,
    receiverId: ACCOUNT,
    source: `code:${uuid(platform.random)}`,
    variant: 'code',
    subject: title,
    body: '',
    sealedBody: platform.keys.seal(text, SEALED_BODY),
    secret: true,
    traceId: traceId(platform.random),
  };
  await insertDeliveries(tx, platform.random, [delivery], now);
  return ok({ ...to, expiresAt: made.value.expiresAt });
}

/** @returns refusal WRONG_CODE */
export async function verified(
  platform: Platform,
  tx: Tx,
  step: Step & { readonly code: string | undefined },
  now: Date,
): Promise<Result<null>> {
  if ((await verificationAddress(platform, tx, step)) === null) return ok(null);
  return spendCode(platform.db, tx, step, now);
}
