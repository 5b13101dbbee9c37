import { compareCodeUnits, parseJson, parseObject } from './json.ts';
import { jsonTokens } from './json-scan.ts';

/**
 * The canonical payload of a JSON text as it was received (`saas-v2.md` 3.1 step 1), or null when the text holds no object.
 * Numbers stay as they are written: a parser would make `1` of `1.0` and round long ones, and a correctly signed call of a
 * Java sender would be refused. Strings are written with the fewest escapes; a name given twice counts with its last value.
 */
export function canonicalPayloadOfText(text: string): string | null {
  const given = membersOfText(text);
  if (given === null) return null;
  const members = [...given].filter(([, value]) => value !== 'null');
  members.sort(([a], [b]) => compareCodeUnits(a, b));
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/**
 * The same with the members of every object sorted and its nulls dropped, as a usage push is signed (`openapi.md` 5.2, O5);
 * null when the text is no JSON. Its recursion goes as deep as the text nests, which `parseJson` limits.
 */
export function canonicalDeepOfText(text: string): string | null {
  if (!parseJson(text).ok) return null;
  const tokens = [...jsonTokens(text)];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const value = (): string => {
    const token = next();
    if (token === '[') return `[${list(value, ']').join(',')}]`;
    if (token !== '{') return token.startsWith('"') ? withFewestEscapes(token) : token;
    const members = new Map(list(member, '}'));
    const sorted = [...members].sort(([a], [b]) => compareCodeUnits(a, b));
    return `{${sorted.flatMap(([name, each]) => (each === 'null' ? [] : [`${JSON.stringify(name)}:${each}`])).join(',')}}`;
  };
  const member = (): [string, string] => {
    const name = unquote(next());
    next(); // the colon
    return [name, value()];
  };
  const list = <T>(item: () => T, end: string): T[] => {
    const items: T[] = [];
    while (tokens[at] !== end) {
      if (tokens[at] === ',') at += 1;
      items.push(item());
    }
    at += 1;
    return items;
  };
  return value();
}

/** Names and compact JSON values of an object's text, numbers as they are written; null when the text holds no object. */
export function membersOfText(text: string): Map<string, string> | null {
  return parseObject(text) === null ? null : membersOf(text);
}

/** Names and compact values of the top level of a text that is known to be a JSON object. */
function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  let value = '';
  for (const token of jsonTokens(text)) {
    const closes = token === '}' || token === ']';
    if (depth === 1 && (token === ',' || closes)) {
      if (name !== null) members.set(name, value);
      name = null;
      value = '';
    } else if (depth === 1 && name === null) {
      name = unquote(token);
    } else if (depth > 1 || (depth === 1 && token !== ':')) {
      value += token.startsWith('"') ? withFewestEscapes(token) : token;
    }
    if (token === '{' || token === '[') depth += 1;
    if (closes) depth -= 1;
  }
  return members;
}

/** Most strings have nothing to rewrite, which shows at a glance. */
function withFewestEscapes(token: string): string {
  return /[\\\ud800-\udfff]/.test(token) ? JSON.stringify(unquote(token)) : token;
}

function unquote(token: string): string {
  const text: string = JSON.parse(token);
  return text;
}
