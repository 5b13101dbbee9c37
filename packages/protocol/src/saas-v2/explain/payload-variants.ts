import { type Mistake, mistake } from '../../diagnosis/mistake.ts';
import {
  canonicalPayload,
  canonicalPayloadDeep,
  compareCodeUnits,
  type Json,
  type JsonObject,
  parseObject,
  writeObject,
} from '../../json.ts';
import { canonicalPayloadOfText } from '../../json-text.ts';
import { orderings } from '../../signing/orderings.ts';
import { alteredBodies, alteredMembers, renumbered } from './altered-bodies.ts';

/** A text that may have been signed in place of the payload, and the mistakes that lead to it. None: it is a right one. */
export interface PayloadVariant {
  readonly payload: string;
  readonly mistakes: readonly Mistake[];
  /** Not to be combined with other mistakes: there are many of its kind, and chance pairs help nobody. */
  readonly alone?: boolean;
}

/** The texts that people sign for a body, the right ones first, each text once with its simplest explanation. */
export function payloadVariants(body: string): PayloadVariant[] {
  const object = parseObject(body);
  const right: PayloadVariant[] = [body, canonicalPayloadOfText(body) ?? body].map((payload) => ({
    payload,
    mistakes: [],
  }));
  const all = [...right, ...alteredBodies(body), ...(object === null ? [] : variantsOf(object))];
  const firstOf = new Map<string, PayloadVariant>();
  for (const variant of all) if (!firstOf.has(variant.payload)) firstOf.set(variant.payload, variant);
  return [...firstOf.values()];
}

/** Numbers first: without it a body with `1.0` would seem to be signed in another order. */
function variantsOf(object: JsonObject): PayloadVariant[] {
  return [renumbered(object), ...orders(object), ...whiteSpace(object), ...escapes(object), ...alteredMembers(object)];
}

type Members = [string, Json][];

export const UNSORTED = mistake(
  'request.signature-unsorted',
  '成员按报文原有顺序，未排序',
  'members in the order of the wire',
);
const DESCENDING = mistake('request.signature-descending', '成员按名称降序', 'members sorted Z→A');
export const NULLS_KEPT = mistake('request.signature-nulls', '保留了值为 null 的成员', 'members with null were kept');
const EMPTY_DROPPED = mistake(
  'request.signature-nulls',
  '把空字符串成员也去掉了',
  'members with empty strings were dropped too',
);
const DEEP = mistake('request.signature-unsorted', '嵌套对象的成员也做了排序', 'nested members were sorted as well');

const ANOTHER_ORDER = mistake(
  'request.signature-unsorted',
  '签名时成员为其他顺序，发送时才排序',
  'members in another order, which were sorted only when sent',
);

function orders(object: JsonObject): PayloadVariant[] {
  const wire: Members = Object.entries(object);
  const ascending = wire.toSorted((a, b) => compareCodeUnits(a[0], b[0]));
  const descending = ascending.toReversed();
  return [
    { payload: writeObject(withoutNulls(wire)), mistakes: [UNSORTED] },
    { payload: writeObject(withoutNulls(descending)), mistakes: [DESCENDING] },
    { payload: writeObject(ascending), mistakes: [NULLS_KEPT] },
    { payload: writeObject(wire), mistakes: [UNSORTED, NULLS_KEPT] },
    { payload: writeObject(descending), mistakes: [DESCENDING, NULLS_KEPT] },
    { payload: writeObject(withoutNulls(ascending).filter(([, value]) => value !== '')), mistakes: [EMPTY_DROPPED] },
    { payload: canonicalPayloadDeep(object), mistakes: [DEEP] },
    ...orderings(withoutNulls(wire)).map((members) => ({
      payload: writeObject(members),
      mistakes: [ANOTHER_ORDER],
      alone: true,
    })),
  ];
}

function whiteSpace(object: JsonObject): PayloadVariant[] {
  const wire = writeObject(withoutNulls(Object.entries(object)));
  return [canonicalPayload(object), wire].flatMap((text, index) => {
    const order = index === 0 ? [] : [UNSORTED];
    const value = parseObject(text) ?? {};
    const indented = [2, 4, '\t'].map((indent) => ({
      payload: JSON.stringify(value, null, indent),
      mistakes: [...order, mistake('request.signature-whitespace', '使用了带缩进的 JSON', 'pretty-printed JSON')],
    }));
    const spaced = mistake('request.signature-whitespace', '冒号、逗号后有空格', 'a blank after each colon and comma');
    return [...indented, { payload: withBlanks(value), mistakes: [...order, spaced] }];
  });
}

/** JSON as Python's json.dumps writes it by default. */
function withBlanks(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(withBlanks).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${withBlanks(each)}`);
  return `{${members.join(', ')}}`;
}

function escapes(object: JsonObject): PayloadVariant[] {
  const sorted = canonicalPayload(object);
  const slash = mistake('request.signature-escapes', '“/” 被转义为 “\\/”', '"/" written as "\\/"');
  const html = mistake(
    'request.signature-escapes',
    '< > & = 等 HTML 字符被转义为 \\u003c 等',
    'HTML characters written as \\u003c …',
  );
  const ascii = mistake(
    'request.signature-escapes',
    '非 ASCII 字符被转义为 \\uXXXX',
    'non-ASCII characters written as \\uXXXX',
  );
  const slashes = (text: string) => text.replaceAll('/', '\\/');
  const nonAscii = /[\u0080-\uffff]/g;
  const lower = (text: string) => text.replace(nonAscii, (each) => unicodeEscape(each));
  const upper = (text: string) => text.replace(nonAscii, (each) => unicodeEscape(each).toUpperCase().replace('U', 'u'));
  return [
    { payload: slashes(sorted), mistakes: [slash] },
    { payload: lower(sorted), mistakes: [ascii] },
    { payload: upper(sorted), mistakes: [ascii] },
    { payload: slashes(lower(sorted)), mistakes: [ascii, slash] },
    { payload: sorted.replace(/[<>&='\u2028\u2029]/g, unicodeEscape), mistakes: [html] },
    { payload: sorted.replace(/[<>&\u2028\u2029]/g, unicodeEscape), mistakes: [html] },
    {
      payload: withBlanks(parseObject(sorted) ?? {}).replace(nonAscii, unicodeEscape),
      mistakes: [
        mistake('request.signature-whitespace', '冒号、逗号后有空格', 'a blank after each colon and comma'),
        ascii,
      ],
    },
  ];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function withoutNulls(members: Members): Members {
  return members.filter(([, value]) => value !== null);
}
