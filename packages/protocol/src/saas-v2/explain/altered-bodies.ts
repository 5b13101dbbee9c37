import { mistake } from '../../diagnosis/mistake.ts';
import { canonicalPayload, type Json, type JsonObject } from '../../json.ts';
import type { PayloadVariant } from './payload-variants.ts';

/** Bodies that may have been signed and were changed on their way: line ends, blanks, numbers, members added. */

/** Only so many members are tried one by one; base and kit bodies have fewer. */
const MAX_MEMBERS_TRIED = 24;

/** Changes of the text as a whole. */
export function alteredBodies(body: string): PayloadVariant[] {
  return [
    altered(`${body}\n`, '末尾的换行丢失', 'a newline at the end was lost'),
    altered(`${body}\r\n`, '末尾的换行丢失', 'a newline at the end was lost'),
    altered(body.trim(), '首尾增加了空白或换行', 'white space or a newline was added around it'),
    altered(body.replace(/^\ufeff/, ''), '开头增加了 BOM', 'a byte-order mark was added'),
    altered(body.replaceAll('\r\n', '\n'), '换行由 LF 变成了 CRLF', 'line endings became CRLF'),
    altered(body.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'), '换行由 CRLF 变成了 LF', 'line endings became LF'),
    altered('', '签名时报文体为空', 'signed over an empty body'),
    altered('{}', '签名时报文体为 {}', 'signed over {}'),
  ];
}

/** The body with its numbers as JavaScript writes them: `1.0` on the wire may have been signed as `1`. */
export function renumbered(object: JsonObject): PayloadVariant {
  return altered(
    canonicalPayload(object),
    '数字格式变化：如 1 变成了 1.0',
    'number formatting: 1 became 1.0, or the like',
  );
}

/** Changes of members: numbers written otherwise, a member that was not there when it was signed. */
export function alteredMembers(object: JsonObject): PayloadVariant[] {
  const sorted = canonicalPayload(object);
  const names = Object.keys(object).slice(0, MAX_MEMBERS_TRIED);
  const numbers = [
    altered(withPointZero(object), '数字格式变化：1.0 变成了 1', 'number formatting: 1.0 became 1'),
    altered(
      canonicalPayload(mapValues(object, numberToText)),
      '数字格式变化：字符串变成了数字',
      'number formatting: text became a number',
    ),
    altered(
      canonicalPayload(mapValues(object, textToNumber)),
      '数字格式变化：数字变成了字符串',
      'number formatting: a number became text',
    ),
  ];
  const single = names.flatMap((name) => [
    altered(
      canonicalPayload({ ...object, [name]: textToNumber(object[name] ?? null) }),
      `数字格式变化：${name} 由数字变成了字符串`,
      `number formatting: ${name} became text`,
    ),
    altered(canonicalPayload({ ...object, [name]: null }), `签名后增加了成员 ${name}`, `the member ${name} was added`),
  ]);
  return [...numbers, ...single, altered(`${sorted}\n`, '末尾的换行丢失', 'a newline at the end was lost')];
}

function altered(payload: string, zh: string, en: string): PayloadVariant {
  return { payload, mistakes: [mistake('request.body-altered', zh, en)], alone: true };
}

/** The canonical text with whole numbers of the top level as a Java double prints them. */
function withPointZero(object: JsonObject): string {
  const members = Object.keys(object)
    .filter((name) => object[name] !== null)
    .sort()
    .map((name) => {
      const value = object[name];
      const text = JSON.stringify(value);
      return `${JSON.stringify(name)}:${Number.isInteger(value) ? `${text}.0` : text}`;
    });
  return `{${members.join(',')}}`;
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function numberToText(value: Json): Json {
  return typeof value === 'number' ? String(value) : value;
}

function textToNumber(value: Json): Json {
  return typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}
