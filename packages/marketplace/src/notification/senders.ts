/**
 * What carries a message out of the house. A sender says how it went; it never throws for a refusal of the other side.
 * Without a way out the sandbox's outbox page shows what would have been sent.
 */
import type { Config } from '../platform/config.ts';
import type { OutsideChannel } from './catalogue.ts';
import { createMailSender } from './mail.ts';
import { channelsOf } from './service.ts';
import { createSmsSender } from './sms.ts';
import type { Delivery } from './store.ts';

export type Sent = { readonly ok: true } | { readonly ok: false; readonly error: string };
export interface Sender {
  send(delivery: Delivery): Promise<Sent>;
  close(): Promise<void>;
}
export type Senders = Readonly<Record<OutsideChannel, Sender>>;

/** The row in the outbox is the message. */
const outboxSender: Sender = { send: () => Promise.resolve({ ok: true }), close: () => Promise.resolve() };
const noSender: Sender = {
  send: () => Promise.resolve({ ok: false, error: 'this server is not set up to send by this channel' }),
  close: () => Promise.resolve(),
};

export function createSenders(config: Config): Senders {
  const how = channelsOf(config);
  const without = (channel: OutsideChannel) => (how[channel] === 'outbox' ? outboxSender : noSender);
  return {
    EMAIL: config.mail ? createMailSender(config.mail, config.mode === 'production') : without('EMAIL'),
    SMS: config.sms ? createSmsSender(config.sms, config.publicUrl) : without('SMS'),
  };
}
