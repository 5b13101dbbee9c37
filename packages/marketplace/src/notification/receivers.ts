/**
 * Who gets which class by which channel (S-12), and the rules of choosing. Pure. The tenant itself is always a receiver,
 * `account`: its bound mailbox and phone, and its users in the console. The others are persons that its owner names.
 */
import type { TenantContact } from '../directory/index.ts';
import {
  type Audience,
  type Channel,
  CLASSES,
  classesFor,
  type MessageClass,
  type OutsideChannel,
} from './catalogue.ts';
import type { Language } from './render.ts';

export const ACCOUNT = 'account';
/** enough for every department; a message to all of them is still one batch */
export const MOST_RECEIVERS = 20;

export type Choices = Readonly<Partial<Record<MessageClass, readonly Channel[]>>>;
export interface Receiver {
  readonly receiverId: string;
  readonly name: string;
  readonly language: Language;
  /** an address counts once it is verified (S-12a) */
  readonly email: Address | null;
  readonly phone: Address | null;
  /** user of the tenant who reads in the console */
  readonly userId: string | null;
  readonly choices: Choices;
}
export interface Address {
  readonly text: string;
  readonly verified: boolean;
}

const KINDS: Readonly<Record<string, Audience>> = { buyer: 'BUYER', seller: 'SELLER', distributor: 'DISTRIBUTOR' };
export const audienceOf = (tenant: string): Audience => KINDS[tenant.split(':')[0] ?? ''] ?? 'OPERATOR';

/** Everything that is offered: what an account gets as long as nobody chose otherwise. */
export const allChoices = (audience: Audience): Choices =>
  Object.fromEntries(classesFor(audience).map((offered) => [offered.class, offered.channels]));

/** The tenant's own addresses are of the directory; only language and choices are stored with us. */
export function accountReceiver(
  tenant: string,
  contact: TenantContact,
  siteLanguage: Language,
  stored: Receiver | undefined,
): Receiver {
  const known = (text: string | null) => (text === null ? null : { text, verified: true });
  return {
    receiverId: ACCOUNT,
    name: contact.name,
    language: stored?.language ?? siteLanguage,
    email: known(contact.email),
    phone: known(contact.phone),
    userId: null,
    choices: stored?.choices ?? allChoices(audienceOf(tenant)),
  };
}

/** The account once more, at the service mailbox of the seller data (N-2). */
export const atService = (account: Receiver, serviceEmail: string): Receiver => ({
  ...account,
  email: { text: serviceEmail, verified: true },
});

/** Mandatory classes are on for the account, whatever is stored (N-6, S-12a). */
export function gets(receiver: Receiver, messageClass: MessageClass, channel: Channel): boolean {
  if (receiver.receiverId === ACCOUNT && CLASSES[messageClass].mandatory) return true;
  return receiver.choices[messageClass]?.includes(channel) ?? false;
}

export function addressOf(receiver: Receiver, channel: OutsideChannel): string | null {
  const address = channel === 'EMAIL' ? receiver.email : receiver.phone;
  return address?.verified ? address.text : null;
}

/** The mandatory class that these choices would switch off; null = none. */
export function switchedOff(audience: Audience, choices: Choices): MessageClass | null {
  const off = classesFor(audience).find(
    (offered) =>
      CLASSES[offered.class].mandatory &&
      offered.channels.some((channel) => !choices[offered.class]?.includes(channel)),
  );
  return off?.class ?? null;
}

/**
 * Mandatory messages must reach somebody outside the console: a change may not take away the last receiver of a
 * mandatory class. A tenant that never had one may still change what it likes.
 * @returns the class that would lose its last receiver; null = none does
 */
export function losesLast(
  audience: Audience,
  before: readonly Receiver[],
  after: readonly Receiver[],
): MessageClass | null {
  const reached = (receivers: readonly Receiver[], name: MessageClass) =>
    receivers.some((receiver) =>
      (['EMAIL', 'SMS'] as const).some(
        (channel) => gets(receiver, name, channel) && addressOf(receiver, channel) !== null,
      ),
    );
  const lost = classesFor(audience).find(
    (offered) => CLASSES[offered.class].mandatory && reached(before, offered.class) && !reached(after, offered.class),
  );
  return lost?.class ?? null;
}
