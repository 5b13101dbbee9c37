/**
 * Filters of RFC 7644 3.4.2.2: read once, then asked of each resource. What they may name stands in `ATTRIBUTES` with how it
 * is compared (RFC 7643 4, 8.7). Pure. SCIMMY 1.3.5 reads no brackets in brackets and no `not` before more than one comparison.
 */
import { ENTERPRISE, GROUP, ScimError, USER } from './wire.ts';

/** how values are compared: texts by letters alone, exactly, or as instants */
type Kind = 'text' | 'exact' | 'boolean' | 'instant';
type Attribute = Kind | Readonly<Record<string, Kind>>;

const META = { resourcetype: 'exact', created: 'instant', lastmodified: 'instant', location: 'exact' } as const;
const VALUES = { value: 'text', type: 'text', display: 'text', primary: 'boolean' } as const;
const ATTRIBUTES: Readonly<Record<'User' | 'Group', Readonly<Record<string, Attribute>>>> = {
  User: {
    schemas: 'exact',
    id: 'exact',
    externalid: 'exact',
    username: 'text',
    displayname: 'text',
    name: { formatted: 'text', familyname: 'text', givenname: 'text' },
    title: 'text',
    active: 'boolean',
    emails: VALUES,
    phonenumbers: VALUES,
    meta: META,
    [ENTERPRISE.toLowerCase()]: { employeenumber: 'text', department: 'text' },
  },
  Group: {
    schemas: 'exact',
    id: 'exact',
    externalid: 'exact',
    displayname: 'text',
    members: { value: 'exact', display: 'text', $ref: 'exact', type: 'text' },
    meta: META,
  },
};

/** enough for what providers send; brackets are read by recursion */
const MOST_LETTERS = 8_192;
const MOST_DEPTH = 64;

type Test = (resource: unknown) => boolean;
type Value = string | number | boolean | null;
/** names in lower case, and how the value at their end is compared; null = it has parts, but no value of its own */
interface Path {
  readonly names: readonly string[];
  readonly kind: Kind | null;
}
type Scope = Readonly<Record<string, Attribute>>;

/** @throws ScimError invalidFilter: it can not be read, or names what there is not */
export function filterOf(expression: string, kind: keyof typeof ATTRIBUTES): Test {
  if (expression.length > MOST_LETTERS) throw refusal(`it is longer than ${MOST_LETTERS} letters`);
  const tokens = new Tokens(expression);
  const test = either(tokens, ATTRIBUTES[kind], 0);
  if (tokens.peek() !== undefined) throw refusal(`“${tokens.peek()}” is not expected`);
  return test;
}

const refusal = (why: string): ScimError => new ScimError(400, `the filter can not be used: ${why}`, 'invalidFilter');

/** brackets, texts in quotes, and whatever stands between spaces */
const TOKEN = /\s*([()[\]]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+|.)/gsy;

class Tokens {
  readonly #tokens: readonly string[];
  #place = 0;
  constructor(text: string) {
    this.#tokens = [...text.trimEnd().matchAll(TOKEN)].map(([, token]) => token ?? '');
  }
  peek(): string | undefined {
    return this.#tokens[this.#place];
  }
  isWord(word: string): boolean {
    return this.peek()?.toLowerCase() === word;
  }
  next(): string {
    const token = this.peek();
    if (token === undefined) throw refusal('it ends too early');
    this.#place += 1;
    return token;
  }
  expect(token: string): void {
    const found = this.next();
    if (found !== token) throw refusal(`“${token}” is expected where “${found}” stands`);
  }
}

/** `not` binds closest, then `and`, then `or` */
function either(tokens: Tokens, scope: Scope, depth: number): Test {
  const tests = [both(tokens, scope, depth)];
  for (; tokens.isWord('or'); tests.push(both(tokens, scope, depth))) tokens.next();
  return (resource) => tests.some((test) => test(resource));
}

function both(tokens: Tokens, scope: Scope, depth: number): Test {
  const tests = [one(tokens, scope, depth)];
  for (; tokens.isWord('and'); tests.push(one(tokens, scope, depth))) tokens.next();
  return (resource) => tests.every((test) => test(resource));
}

function one(tokens: Tokens, scope: Scope, depth: number): Test {
  if (depth > MOST_DEPTH) throw refusal(`its brackets are deeper than ${MOST_DEPTH}`);
  const first = tokens.next();
  if (first === '(') return closed(tokens, scope, depth, ')');
  if (first.toLowerCase() === 'not' && tokens.peek() === '(') {
    tokens.next();
    const test = closed(tokens, scope, depth, ')');
    return (resource) => !test(resource);
  }
  const path = pathOf(first, scope);
  if (tokens.peek() === '[') {
    const parts = partsOf(path, scope);
    if (parts === null) throw refusal(`${first} has no parts`);
    tokens.next();
    const test = closed(tokens, parts, depth, ']');
    return (resource) => valuesAt(resource, path.names).some(test);
  }
  const operator = tokens.next().toLowerCase();
  if (operator === 'pr') return (resource) => valuesAt(resource, path.names).some(isPresent);
  return comparison(path, first, operator, tokens.next());
}

function closed(tokens: Tokens, scope: Scope, depth: number, end: ')' | ']'): Test {
  const test = either(tokens, scope, depth + 1);
  tokens.expect(end);
  return test;
}

function pathOf(text: string, scope: Scope): Path {
  const lower = text.toLowerCase();
  const extension = `${ENTERPRISE.toLowerCase()}:`;
  const core = [USER, GROUP].map((urn) => `${urn.toLowerCase()}:`).find((urn) => lower.startsWith(urn)) ?? '';
  const names = lower.startsWith(extension)
    ? [extension.slice(0, -1), ...lower.slice(extension.length).split('.')]
    : lower === extension.slice(0, -1)
      ? [lower]
      : lower.slice(core.length).split('.');
  const [name = '', part, ...more] = names;
  const attribute = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (attribute === undefined || more.length > 0) throw refusal(`there is no attribute ${text}`);
  if (part === undefined) return { names, kind: typeof attribute === 'string' ? attribute : null };
  if (typeof attribute === 'string' || !Object.hasOwn(attribute, part)) throw refusal(`there is no attribute ${text}`);
  return { names, kind: attribute[part] ?? null };
}

function partsOf({ names }: Path, scope: Scope): Scope | null {
  const attribute = names.length === 1 ? scope[names[0] ?? ''] : undefined;
  return attribute === undefined || typeof attribute === 'string' ? null : attribute;
}

const OPERATORS: Readonly<Record<string, (found: string, wanted: string) => boolean>> = {
  eq: (found, wanted) => found === wanted,
  ne: (found, wanted) => found !== wanted,
  co: (found, wanted) => found.includes(wanted),
  sw: (found, wanted) => found.startsWith(wanted),
  ew: (found, wanted) => found.endsWith(wanted),
  gt: (found, wanted) => found > wanted,
  ge: (found, wanted) => found >= wanted,
  lt: (found, wanted) => found < wanted,
  le: (found, wanted) => found <= wanted,
};
const EQUALITY = ['eq', 'ne'];

/** What is absent equals null and nothing else; it is not unequal to anything either. */
function comparison({ names, kind: own }: Path, text: string, operator: string, literal: string): Test {
  const holds = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (holds === undefined) throw refusal(`${operator} is no operator`);
  const wanted = literalValue(literal);
  // `emails co "@"` asks for the value of each (RFC 7644 3.4.2.2, example)
  const [path, kind] = own === null ? [[...names, 'value'], 'text' as const] : [names, own];
  if ((kind === 'boolean' || wanted === null) && !EQUALITY.includes(operator))
    throw refusal(`${operator} can not be asked of ${text}`);
  if (wanted === null) {
    const present: Test = (resource) => valuesAt(resource, path).some(isPresent);
    return operator === 'ne' ? present : (resource) => !present(resource);
  }
  const asked = comparable(wanted, kind);
  return (resource) =>
    valuesAt(resource, path).some((found) => typeof found === typeof wanted && holds(comparable(found, kind), asked));
}

function literalValue(literal: string): Value {
  try {
    const value: unknown = JSON.parse(literal);
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value;
  } catch {
    // told below: no JSON, as what is no value
  }
  throw refusal(`${literal} is no value`);
}

/** A text that orders as the value does: of instants their ISO form, of texts whose letters' case does not count the lower one. */
function comparable(value: unknown, kind: Kind): string {
  const text = String(value);
  if (kind === 'text') return text.toLowerCase();
  const instant = kind === 'instant' ? new Date(text) : null;
  return instant && !Number.isNaN(instant.getTime()) ? instant.toISOString() : text;
}

const isPresent = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** All values at the end of a path; each element of a list is gone into. */
function valuesAt(from: unknown, names: readonly string[]): unknown[] {
  if (from === undefined || from === null) return [];
  if (Array.isArray(from)) return from.flatMap((each) => valuesAt(each, names));
  const [name, ...rest] = names;
  if (name === undefined) return [from];
  if (typeof from !== 'object') return [];
  return Object.entries(from).flatMap(([key, value]) => (key.toLowerCase() === name ? valuesAt(value, rest) : []));
}
