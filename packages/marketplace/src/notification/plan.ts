/** A notice and the people of its tenant → the messages and deliveries it becomes. Pure. */
import type { TenantContact } from '../directory/index.ts';
import { CATALOGUE, type OutsideChannel, type Variant } from './catalogue.ts';
import type { Notice } from './notices.ts';
import { ACCOUNT, addressOf, atService, gets, type Receiver } from './receivers.ts';
import { type Language, mailText, pathOf, render, smsText } from './render.ts';

export interface NewMessage {
  readonly userId: string;
  readonly tenant: string;
  readonly source: string;
  readonly variant: Variant;
  readonly title: Readonly<Record<Language, string>>;
  readonly body: Readonly<Record<Language, string>>;
  readonly link: string;
}
export interface NewDelivery {
  readonly channel: OutsideChannel;
  readonly tenant: string;
  readonly receiverId: string;
  readonly source: string;
  readonly variant: string;
  readonly address: string;
  readonly language: Language;
  readonly subject: string;
  readonly body: string;
  /** instead of the body: a password, sealed until it is sent */
  readonly sealedBody?: string;
  readonly secret: boolean;
  readonly traceId: string;
}

/** Something to tell, with its identity: a source is told once to each address and user. */
export interface Told {
  readonly source: string;
  readonly traceId: string;
  readonly notice: Notice;
  /** a list below the text */
  readonly lines?: readonly Readonly<Record<Language, string>>[];
}
export interface Surroundings {
  readonly publicUrl: string;
  readonly timeZone: string;
  /** channels that this server can send by */
  readonly open: ReadonlySet<OutsideChannel>;
}

export function planMessages(
  told: Told,
  contact: TenantContact,
  receivers: readonly Receiver[],
  { timeZone }: Surroundings,
): NewMessage[] {
  const { notice, source } = told;
  const { roles, class: messageClass } = CATALOGUE[notice.variant];
  const named = receivers.flatMap((receiver) =>
    receiver.userId !== null && gets(receiver, messageClass, 'SITE') ? [receiver.userId] : [],
  );
  const ofAccount = receivers.some((receiver) => receiver.userId === null && gets(receiver, messageClass, 'SITE'));
  const { alsoUserId, onlyUserId } = notice;
  const readers = contact.users.filter(({ userId, role }) =>
    onlyUserId === undefined
      ? (ofAccount && (roles.includes(role) || userId === alsoUserId)) || named.includes(userId)
      : userId === onlyUserId,
  );
  const link = pathOf(notice.variant, notice.facts);
  const zh = render(notice.variant, notice.facts, 'zh', timeZone);
  const en = render(notice.variant, notice.facts, 'en', timeZone);
  const withLines = (text: string, language: Language) =>
    [text, ...(told.lines ?? []).map((line) => line[language])].join('\n');
  return readers.map(({ userId }) => ({
    userId,
    tenant: notice.tenant,
    source,
    variant: notice.variant,
    title: { zh: zh.title, en: en.title },
    body: { zh: withLines(zh.text, 'zh'), en: withLines(en.text, 'en') },
    link,
  }));
}

/** Two receivers with the same address get one message. */
export function planDeliveries(
  told: Told,
  { serviceEmail }: TenantContact,
  receivers: readonly Receiver[],
  around: Surroundings,
): NewDelivery[] {
  const { notice, source, traceId } = told;
  const row = CATALOGUE[notice.variant];
  const path = pathOf(notice.variant, notice.facts);
  const found = new Map<string, NewDelivery>();
  for (const channel of ['EMAIL', 'SMS'] as const) {
    if (!row.channels.includes(channel) || !around.open.has(channel)) continue;
    const service =
      row.serviceMailbox && channel === 'EMAIL' && serviceEmail !== null
        ? receivers
            .filter(({ receiverId }) => receiverId === ACCOUNT)
            .map((account) => atService(account, serviceEmail))
        : [];
    const meant = receivers.filter(({ userId }) => (notice.onlyUserId ?? userId) === userId);
    for (const receiver of [...meant, ...service]) {
      const address = addressOf(receiver, channel);
      if (address === null || !gets(receiver, row.class, channel) || found.has(`${channel} ${address}`)) continue;
      const { language } = receiver;
      const text = render(notice.variant, notice.facts, language, around.timeZone);
      const lines = (told.lines ?? []).map((line) => line[language]);
      found.set(`${channel} ${address}`, {
        channel,
        tenant: notice.tenant,
        receiverId: receiver.receiverId,
        source,
        variant: notice.variant,
        address,
        language,
        subject: text.title,
        body:
          channel === 'EMAIL'
            ? mailText(text, lines, around.publicUrl, path, language)
            : smsText(text, around.publicUrl + path, language),
        secret: false,
        traceId,
      });
    }
  }
  return [...found.values()];
}
