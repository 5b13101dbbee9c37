/** What a text may not hold: forbidden words, phone numbers, prices, versions, personal data (12.1, S-32, B-16). Pure. */
import { ALLOWED_TERMS, FORBIDDEN_EN, FORBIDDEN_ZH, PLATFORM_NAMES } from './forbidden-words.ts';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const whole = (word: string) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, 'iu');
const ALLOWED = new RegExp(
  ALLOWED_TERMS.toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|'),
  'giu',
);
const EN = FORBIDDEN_EN.map((word) => ({ word, pattern: whole(word) }));

/** Forbidden words that a text holds, in either language; spaces inside a Chinese word do not hide it. */
export function forbiddenWords(text: string): string[] {
  const close = text.replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replaceAll(ALLOWED, ' ');
  const zh = FORBIDDEN_ZH.filter((word) => close.includes(word));
  return [...zh, ...EN.filter(({ pattern }) => pattern.test(close)).map(({ word }) => word)];
}

/** The name of the platform that a text borrows; null = none. */
export function platformName(text: string): string | null {
  const small = text.toLowerCase();
  return PLATFORM_NAMES.find((name) => small.includes(name)) ?? null;
}

// mobile and fixed lines of China, service lines, numbers with a country code
const PHONE = /(?<!\d)(1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|[48]00[- ]?\d{3}[- ]?\d{4}|\+\d{1,3}[- ]?\d{6,12})(?!\d)/;
export const holdsPhone = (text: string): boolean => PHONE.test(text);

const PRICE = /[¥￥$€]\s*\d|\d\s*(元|块钱|折|CNY|RMB|USD|EUR|yuan|dollars?|euros?)(?![a-z])/i;
export const holdsPrice = (text: string): boolean => PRICE.test(text);

const VERSION = /(^|[^a-z0-9])v\s?\d+(\.\d+)*(?![a-z0-9])|版本号?\s*\d|\bversion\s*\d|\d+\.\d+(\.\d+)*\s*版/i;
export const holdsVersion = (text: string): boolean => VERSION.test(text);

// identity card with its check digit, mobile phone
const PERSONAL = /(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?![\dXx])/;
export const holdsPersonalData = (text: string): boolean => PERSONAL.test(text);

/** S-32: nothing but digits and signs, one character over and over, or a word that says nothing. */
export function isMeaningless(text: string): boolean {
  const trimmed = text.trim();
  if (!/\p{L}/u.test(trimmed)) return true;
  if (/^(.)\1{2,}$/u.test(trimmed)) return true;
  return /^(test|abc|asdf|aaa|xxx|todo|untitled|new specification|测试|规格|无|新规格|未命名)\d*$/i.test(trimmed);
}

/** Hosts of the links in a text. */
export function hostsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/([^\s/:?#，。）)]+)/gi)].map(([, host]) => (host ?? '').toLowerCase());
}
