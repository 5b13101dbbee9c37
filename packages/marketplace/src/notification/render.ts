/** Facts and texts → what a person reads, in the person's language and the site's time zone. Pure. */
import type { LocalizedText } from '../catalog/index.ts';
import type { Money } from '../platform/money.ts';
import { localMs } from '../platform/site.ts';
import { CATALOGUE, type Variant } from './catalogue.ts';
import { FRAME_EN, TEXTS_EN } from './texts-en.ts';
import { FRAME_ZH, TEXTS_ZH } from './texts-zh.ts';

export type Language = 'zh' | 'en';
export type Fact = string | number | Date | LocalizedText | Money;
export type Facts = Readonly<Record<string, Fact>>;

export interface Rendered {
  readonly title: string;
  readonly text: string;
}
const TEXTS = { zh: TEXTS_ZH, en: TEXTS_EN };
const FRAMES = { zh: FRAME_ZH, en: FRAME_EN };

export function render(variant: Variant, facts: Facts, language: Language, timeZone: string): Rendered {
  const { title, text } = TEXTS[language][variant];
  const say = (template: string) => fill(template, (name) => sayFact(factOf(facts, name), language, timeZone));
  return { title: say(title), text: say(text).replaceAll(/ {2,}/g, ' ').trim() };
}

/** Path of the console page of the object (N-4). */
export function pathOf(variant: Variant, facts: Facts): string {
  return fill(CATALOGUE[variant].page, (name) => encodeURIComponent(String(factOf(facts, name))));
}

/** An SMS has no room for a list; everything else of the message is in it. */
export function smsText(message: Rendered, link: string, language: Language): string {
  return fillWith(FRAMES[language].sms, { ...message, link });
}

export function mailText(
  message: Rendered,
  lines: readonly string[],
  publicUrl: string,
  path: string,
  language: Language,
): string {
  const frame = FRAMES[language];
  const footer = fillWith(frame.footer, { receivers: `${publicUrl}${RECEIVERS_PAGE}` });
  return [
    [message.text, ...lines].join('\n'),
    fillWith(frame.details, { link: publicUrl + path }),
    `-- \n${footer}`,
  ].join('\n\n');
}
const RECEIVERS_PAGE = '/messages/receivers';

/** It proves that an address can be reached (S-12a). */
export function codeMessage(code: string, language: Language): Rendered {
  const frame = FRAMES[language];
  return { title: frame.codeTitle, text: fillWith(frame.code, { code }) };
}

/** A code that confirms a step of the account (B-81). */
export function confirmationMessage(code: string, language: Language): Rendered {
  const frame = FRAMES[language];
  return { title: frame.confirmationTitle, text: fillWith(frame.confirmation, { code }) };
}

/** A code that confirms a step in the administration of an enterprise (E-7, E-13). */
export function verificationText(code: string, minutes: number, language: Language): Rendered {
  const frame = FRAMES[language];
  return { title: frame.verificationTitle, text: fillWith(frame.verification, { code, minutes }) };
}

/** N-35 */
export function memberPasswordText(
  facts: Readonly<Record<'enterprise' | 'account' | 'password' | 'link', string>>,
  language: Language,
): Rendered {
  const frame = FRAMES[language];
  return { title: frame.memberPasswordTitle, text: fillWith(frame.memberPassword, facts) };
}

function fill(template: string, of: (name: string) => string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => of(name));
}
const fillWith = (template: string, values: Facts) => fill(template, (name) => String(factOf(values, name)));

function factOf(facts: Facts, name: string): Fact {
  const fact = facts[name];
  if (fact === undefined) throw new RangeError(`the notice has no fact "${name}"`);
  return fact;
}

export function sayFact(fact: Fact, language: Language, timeZone: string): string {
  if (typeof fact === 'string') return fact;
  if (typeof fact === 'number') return String(fact);
  if (fact instanceof Date) return sayInstant(fact, language, timeZone);
  if ('amount' in fact) return sayMoney(fact, language);
  return fact[language] || fact.zh || fact.en;
}

function sayMoney({ amount, currency }: Money, language: Language): string {
  const [whole = '', cents] = amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',') + (cents === undefined ? '' : `.${cents}`);
  return currency === 'CNY' && language === 'zh' ? `¥${grouped}` : `${currency} ${grouped}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 2026年1月5日 10:00 (UTC+08:00) / 5 Jan 2026 10:00 (UTC+08:00) */
function sayInstant(at: Date, language: Language, timeZone: string): string {
  const local = new Date(localMs(at, timeZone));
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const day = language === 'zh' ? `${year}年${month + 1}月${date}日` : `${date} ${MONTHS[month] ?? ''} ${year}`;
  const offset = (local.getTime() - at.getTime()) / 60_000;
  const zone = `${offset < 0 ? '-' : '+'}${hoursAndMinutes(Math.abs(offset))}`;
  return `${day} ${hoursAndMinutes(local.getUTCHours() * 60 + local.getUTCMinutes())} (UTC${zone})`;
}

const two = (value: number) => String(value).padStart(2, '0');
const hoursAndMinutes = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
