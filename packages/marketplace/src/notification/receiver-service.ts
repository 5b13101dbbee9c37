/** Receivers of a tenant: read, set, remove, verify (S-12, S-12a, N-6). */
import { createHash } from 'node:crypto';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { DIGITS, randomText, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { OutsideChannel } from './catalogue.ts';
import { CODE_MS, HOUR_MS, MOST_CODES_AN_HOUR, MOST_TRIES } from './confirmation.ts';
import { codesSince, deleteReceiver, lockTenant, saveCode, saveReceiver, tryCode } from './receiver-store.ts';
import {
  ACCOUNT,
  type Address,
  audienceOf,
  type Choices,
  losesLast,
  MOST_RECEIVERS,
  type Receiver,
  switchedOff,
} from './receivers.ts';
import { codeMessage, type Language } from './render.ts';
import { openChannels, reachTenants, type Tenant } from './service.ts';
import { insertDeliveries } from './store.ts';

/** The account first, then the persons it named; null = there is no such tenant. */
export async function receiversOf(executor: Executor, tenant: string): Promise<Tenant | null> {
  return (await reachTenants(executor, [tenant])).get(tenant) ?? null;
}

export interface ReceiverInput {
  readonly name: string;
  readonly language: Language;
  readonly email: string | null;
  readonly phone: string | null;
  readonly userId: string | null;
  readonly choices: Choices;
}

/**
 * Adds a receiver (id null) or changes one. Of the account only language and choices can be set. A new address gets a
 * code and counts once it is verified.
 * Errors: NOT_FOUND, MANDATORY_CLASS, LAST_RECEIVER, ADDRESS_TAKEN, TOO_MANY_RECEIVERS, UNKNOWN_USER, RATE_LIMITED.
 */
export async function setReceiver(
  platform: Platform,
  tx: Tx,
  {
    tenant,
    receiverId,
    traceId,
    ...input
  }: ReceiverInput & { tenant: string; receiverId: string | null; traceId: string },
  now: Date,
): Promise<Result<Receiver>> {
  await lockTenant(tx, tenant);
  const found = await receiversOf(tx, tenant);
  const old = found?.receivers.find((receiver) => receiver.receiverId === receiverId);
  if (!found || (receiverId !== null && !old)) return refuse('NOT_FOUND', 'there is no such receiver');
  const next = changed(receiverId ?? uuid(platform.random), old, input);
  const fault = faultOf(tenant, found, old, next);
  if (fault) return fault;
  await saveReceiver(tx, tenant, next, now);
  for (const channel of ['EMAIL', 'SMS'] as const) {
    const address = channel === 'EMAIL' ? next.email : next.phone;
    const known = channel === 'EMAIL' ? old?.email : old?.phone;
    if (next.receiverId === ACCOUNT || address === null || address.text === known?.text) continue;
    const sent = await sendCodeTo(
      platform,
      tx,
      { tenant, receiver: next, channel, address: address.text, traceId },
      now,
    );
    if (!sent.ok) return sent;
  }
  return ok(next);
}

function changed(receiverId: string, old: Receiver | undefined, input: ReceiverInput): Receiver {
  if (old?.receiverId === ACCOUNT) return { ...old, language: input.language, choices: input.choices };
  const address = (text: string | null, known: Address | null | undefined): Address | null =>
    text === null ? null : { text, verified: known?.text === text && known.verified };
  return {
    ...input,
    receiverId,
    email: address(input.email, old?.email),
    phone: address(input.phone, old?.phone),
  };
}

function faultOf(tenant: string, { contact, receivers }: Tenant, old: Receiver | undefined, next: Receiver) {
  const audience = audienceOf(tenant);
  const off = next.receiverId === ACCOUNT ? switchedOff(audience, next.choices) : null;
  if (off) return refuse('MANDATORY_CLASS', 'a mandatory class can not be switched off', { class: off });
  const others = receivers.filter((receiver) => receiver !== old);
  if (!old && others.length > MOST_RECEIVERS)
    return refuse('TOO_MANY_RECEIVERS', `a tenant has at most ${MOST_RECEIVERS} receivers`);
  if (next.userId !== null && !contact.users.some((user) => user.userId === next.userId))
    return refuse('UNKNOWN_USER', 'the user is not of this tenant or is disabled');
  const same = (a: Address | null, b: Address | null) => a !== null && b !== null && a.text === b.text;
  if (
    next.receiverId !== ACCOUNT &&
    others.some((other) => same(other.email, next.email) || same(other.phone, next.phone))
  )
    return refuse('ADDRESS_TAKEN', 'another receiver already has this mailbox or phone');
  return lastReceiverFault(tenant, receivers, [...others, next]);
}

function lastReceiverFault(tenant: string, before: readonly Receiver[], after: readonly Receiver[]) {
  const lost = losesLast(audienceOf(tenant), before, after);
  return lost === null
    ? null
    : refuse('LAST_RECEIVER', 'nobody else has a verified mailbox or phone for this mandatory class', { class: lost });
}

/** Errors: NOT_FOUND (the account can not be removed and is no receiver in this sense), LAST_RECEIVER. */
export async function removeReceiver(
  tx: Tx,
  { tenant, receiverId }: { tenant: string; receiverId: string },
): Promise<Result<{ receiverId: string }>> {
  await lockTenant(tx, tenant);
  const receivers = (await receiversOf(tx, tenant))?.receivers ?? [];
  const after = receivers.filter((receiver) => receiver.receiverId !== receiverId);
  if (receiverId === ACCOUNT || after.length === receivers.length)
    return refuse('NOT_FOUND', 'there is no such receiver');
  const fault = lastReceiverFault(tenant, receivers, after);
  if (fault) return fault;
  await deleteReceiver(tx, tenant, receiverId);
  return ok({ receiverId });
}

interface AddressOf {
  readonly tenant: string;
  readonly receiverId: string;
  readonly channel: OutsideChannel;
}

/** A new code for an address that is not verified yet; a verified one needs none. Errors: NOT_FOUND, RATE_LIMITED, CHANNEL_OFF. */
export async function sendCode(
  platform: Platform,
  tx: Tx,
  { tenant, receiverId, channel, traceId }: AddressOf & { traceId: string },
  now: Date,
): Promise<Result<Receiver>> {
  await lockTenant(tx, tenant);
  const receiver = (await receiversOf(tx, tenant))?.receivers.find((each) => each.receiverId === receiverId);
  const address = channel === 'EMAIL' ? receiver?.email : receiver?.phone;
  if (!receiver || !address) return refuse('NOT_FOUND', 'there is no such receiver or it has no such address');
  if (address.verified) return ok(receiver);
  if (!openChannels(platform.config).has(channel))
    return refuse('CHANNEL_OFF', 'this server does not send by this channel');
  const sent = await sendCodeTo(platform, tx, { tenant, receiver, channel, address: address.text, traceId }, now);
  return sent.ok ? ok(receiver) : sent;
}

async function sendCodeTo(
  platform: Platform,
  tx: Tx,
  to: { tenant: string; receiver: Receiver; channel: OutsideChannel; address: string; traceId: string },
  now: Date,
): Promise<Result<null>> {
  const { tenant, channel, address, traceId } = to;
  const { receiverId, language } = to.receiver;
  if (!openChannels(platform.config).has(channel)) return ok(null);
  if ((await codesSince(tx, tenant, new Date(now.getTime() - HOUR_MS))) >= MOST_CODES_AN_HOUR)
    return refuse('RATE_LIMITED', `at most ${MOST_CODES_AN_HOUR} codes an hour`);
  const code = randomText(platform.random, 6, DIGITS);
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await saveCode(tx, { tenant, receiverId, channel, address, codeHash: hashOf(receiverId, code), expiresAt }, now);
  const { title, text } = codeMessage(code, language);
  const source = `code:${uuid(platform.random)}`;
  const common = { channel, tenant, receiverId, source, variant: 'code', address, language, secret: true, traceId };
  await insertDeliveries(tx, platform.random, [{ ...common, subject: title, body: text }], now);
  return ok(null);
}

/**
 * The code that arrived makes its address count. Tries are counted outside the command's transaction: a refusal undoes
 * that one. Errors: NOT_FOUND, WRONG_CODE (also when it is too old or was tried too often).
 */
export async function verifyReceiver(
  platform: Platform,
  tx: Tx,
  { code, ...of }: AddressOf & { code: string },
  now: Date,
): Promise<Result<Receiver>> {
  const tried = await tryCode(platform.db, of, MOST_TRIES, now);
  await lockTenant(tx, of.tenant);
  const receiver = (await receiversOf(tx, of.tenant))?.receivers.find((each) => each.receiverId === of.receiverId);
  const address = of.channel === 'EMAIL' ? receiver?.email : receiver?.phone;
  if (!receiver || !address) return refuse('NOT_FOUND', 'there is no such receiver or it has no such address');
  if (address.verified) return ok(receiver);
  if (tried?.code_hash !== hashOf(of.receiverId, code) || tried.address !== address.text)
    return refuse('WRONG_CODE', 'the code is wrong, too old or was tried too often; ask for a new one');
  const verified = { text: address.text, verified: true };
  const next = of.channel === 'EMAIL' ? { ...receiver, email: verified } : { ...receiver, phone: verified };
  await saveReceiver(tx, of.tenant, next, now);
  return ok(next);
}

const hashOf = (receiverId: string, code: string) => createHash('sha256').update(`${receiverId}:${code}`).digest('hex');
