/**
 * Where a text stops being JSON. The engine's own message does not always say, and a developer looks for line and column.
 */
export function jsonErrorPlace(text: string): { offset: number; line: number; column: number; excerpt: string } | null {
  const offset = jsonErrorOffset(text);
  if (offset === null) return null;
  const before = text.slice(0, offset).split('\n');
  return {
    offset,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    excerpt: text.slice(Math.max(0, offset - 20), offset + 20),
  };
}

type Expect = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** Every token but strings: those are read piece by piece, a single pattern would need a stack as long as the string. */
const PLAIN_TOKEN = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const CHARACTERS = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const BLANK = /[ \t\r\n]*/y;

/** Offset of the first character that cannot belong to a JSON text; null when there is none. Iterative: depth is no limit. */
function jsonErrorOffset(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  let at = lengthOf(BLANK, text, 0);
  while (at < text.length) {
    const length: number = text[at] === '"' ? stringLength(text, at) : lengthOf(PLAIN_TOKEN, text, at);
    const next: Expect | null = length === 0 ? null : step(expect, text.slice(at, at + length), open);
    if (next === null) return at;
    expect = next;
    at += length;
    at += lengthOf(BLANK, text, at);
  }
  return expect === 'nothing' ? null : text.length;
}

/** What may follow a token, or null when the token itself may not stand here. */
function step(expect: Expect, token: string, open: ('{' | '[')[]): Expect | null {
  if (token === '}' || token === ']') {
    const allowed = expect === 'comma-or-end' || (token === '}' ? expect === 'name-or-end' : expect === 'value-or-end');
    const opened = open.pop();
    return allowed && opened === (token === '}' ? '{' : '[') ? afterValue(open) : null;
  }
  if (token === ',') return expect === 'comma-or-end' ? (open.at(-1) === '{' ? 'name' : 'value') : null;
  if (token === ':') return expect === 'colon' ? 'value' : null;
  if (expect === 'name' || expect === 'name-or-end') return token.startsWith('"') ? 'colon' : null;
  if (expect !== 'value' && expect !== 'value-or-end') return null;
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'name-or-end' : 'value-or-end';
  }
  return afterValue(open);
}

function afterValue(open: readonly string[]): Expect {
  return open.length === 0 ? 'nothing' : 'comma-or-end';
}

/** Length of the string that opens at `at`; 0 when it is none. */
function stringLength(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') {
    const length: number = lengthOf(CHARACTERS, text, end) || lengthOf(ESCAPE, text, end);
    if (length === 0) return 0;
    end += length;
  }
  return end < text.length ? end + 1 - at : 0;
}

/** Length of a sticky pattern's match at `at`; 0 when there is none. */
function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
