/**
 * HTML by a template that escapes: whatever is put in is text, unless it is Markup itself. What servers answered goes through
 * here and nowhere else.
 */
import type { Words } from '@jishi/protocol';

export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export type Value = Markup | string | number | null | readonly Value[];

/**
 * @example
 * html`<p>${text}</p>`
 */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const parts = literals.map(
    (literal, place) => literal + (place < values.length ? sourceOf(values[place] ?? null) : ''),
  );
  return new Markup(parts.join(''));
}

/** A text in both languages; the page shows one of them. */
export function both({ zh, en }: Words): Markup {
  return zh === en ? html`${zh}` : html`<span lang="zh-Hans">${zh}</span><span lang="en">${en}</span>`;
}

function sourceOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(sourceOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, halves of surrogate pairs and what turns the direction of writing become U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
