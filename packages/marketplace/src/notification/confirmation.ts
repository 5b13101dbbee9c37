/**
 * A step that can not be taken back is confirmed with a code that the account itself gets (B-81): by e-mail, else by SMS.
 * Where nothing reaches the account outside the console none is asked, or the step could not be taken at all.
 */
import { createHash } from 'node:crypto';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { DIGITS, randomText, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { OutsideChannel } from './catalogue.ts';
import { saveConfirmation, spendConfirmation, tryConfirmation } from './confirmation-store.ts';
import { codesSince, lockTenant } from './receiver-store.ts';
import { ACCOUNT, addressOf } from './receivers.ts';
import { confirmationMessage, type Language } from './render.ts';
import { openChannels, reachTenants } from './service.ts';
import { insertDeliveries } from './store.ts';

export const CODE_MS = 900_000;
export const MOST_TRIES = 5;
/** nobody can have strangers flooded with codes */
export const MOST_CODES_AN_HOUR = 20;
export const HOUR_MS = 3_600_000;

/** Of one tenant, e.g. `unsubscribe:CS…-000001`: a code is good for nothing else. */
export interface Purpose {
  readonly tenant: string;
  readonly purpose: string;
}
/** Where a code goes. */
export interface CodeAddress {
  readonly channel: OutsideChannel;
  readonly address: string;
  readonly language: Language;
}

/** @returns null = nothing reaches the account outside the console */
export async function codeAddressOf(
  platform: Platform,
  executor: Executor,
  tenant: string,
): Promise<CodeAddress | null> {
  const open = openChannels(platform.config);
  const receivers = (await reachTenants(executor, [tenant])).get(tenant)?.receivers ?? [];
  const account = receivers.find(({ receiverId }) => receiverId === ACCOUNT);
  if (!account) return null;
  for (const channel of ['EMAIL', 'SMS'] as const) {
    const address = open.has(channel) ? addressOf(account, channel) : null;
    if (address !== null) return { channel, address, language: account.language };
  }
  return null;
}

/** A new code; the last one of the same purpose is good no more. Errors: CHANNEL_OFF, RATE_LIMITED. */
export async function sendConfirmation(
  platform: Platform,
  tx: Tx,
  { tenant, purpose, traceId }: Purpose & { readonly traceId: string },
  now: Date,
): Promise<Result<CodeAddress & { readonly expiresAt: Date }>> {
  await lockTenant(tx, tenant);
  const to = await codeAddressOf(platform, tx, tenant);
  if (!to) return refuse('CHANNEL_OFF', 'the account has no mailbox or phone that this server sends to');
  if ((await codesSince(tx, tenant, new Date(now.getTime() - HOUR_MS))) >= MOST_CODES_AN_HOUR)
    return refuse('RATE_LIMITED', `at most ${MOST_CODES_AN_HOUR} codes an hour`);
  const code = randomText(platform.random, 6, DIGITS);
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await saveConfirmation(tx, { tenant, purpose, codeHash: hashOf(tenant, purpose, code), expiresAt }, now);
  const { title, text } = confirmationMessage(code, to.language);
  const source = `code:${uuid(platform.random)}`;
  const delivery = { ...to, tenant, receiverId: ACCOUNT, source, variant: 'code', secret: true, traceId };
  await insertDeliveries(tx, platform.random, [{ ...delivery, subject: title, body: text }], now);
  return ok({ ...to, expiresAt });
}

/**
 * Tries are counted outside the command's transaction, because a refusal undoes that one; a right code is spent inside
 * it, with what it confirms. Errors: WRONG_CODE (also missing, too old, tried too often).
 */
export async function confirm(
  platform: Platform,
  tx: Tx,
  { tenant, purpose, code }: Purpose & { readonly code: string | undefined },
  now: Date,
): Promise<Result<null>> {
  if ((await codeAddressOf(platform, tx, tenant)) === null) return ok(null);
  if (code === undefined) return refuse('WRONG_CODE', 'B-81: the code that was sent to the account is missing');
  const codeHash = hashOf(tenant, purpose, code);
  const sent = await tryConfirmation(platform.db, { tenant, purpose }, MOST_TRIES, now);
  if (sent !== codeHash || !(await spendConfirmation(tx, { tenant, purpose, codeHash })))
    return refuse('WRONG_CODE', 'the code is wrong, too old or was tried too often; ask for a new one');
  return ok(null);
}

const hashOf = (tenant: string, purpose: string, code: string) =>
  createHash('sha256').update(`${tenant} ${purpose} ${code}`).digest('hex');
