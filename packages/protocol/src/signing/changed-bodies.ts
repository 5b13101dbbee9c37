import { type Mistake, mistake } from '../diagnosis/mistake.ts';
import { canonicalPayload, canonicalPayloadDeep, isJsonObject, type Json, parseJson, writeObject } from '../json.ts';
import { orderings } from './orderings.ts';

/** A body that may have been signed before it was sent as another one, and what happened to it (`saas-v1.md` 11, F4a). */
export interface ChangedBody {
  readonly body: Uint8Array | string;
  readonly mistake: Mistake;
}

/** Of a longer body only line ends and charset are tried: pretty-printing what is deeply nested multiplies its size. */
const RESERIALISED_MAX_BYTES = 65_536;

/** Forms of a received body that servers sign by mistake: other line ends, layout, escapes, order, charset. */
export function changedBodies(body: Uint8Array): ChangedBody[] {
  const text = new TextDecoder().decode(body);
  const lines = text.replaceAll('\r\n', '\n');
  const parsed = body.length > RESERIALISED_MAX_BYTES ? null : parseJson(text.trim());
  return [
    changed(`${text}\n`, '末尾有换行', 'a newline at the end'),
    changed(`${text}\r\n`, '末尾有换行', 'a newline at the end'),
    changed(text.trim(), '首尾没有空白或换行', 'no white space or newline around it'),
    changed(lines, '换行为 LF', 'line endings as LF'),
    changed(lines.replaceAll('\n', '\r\n'), '换行为 CRLF', 'line endings as CRLF'),
    ...(parsed?.ok ? [...layouts(parsed.value), ...escapes(parsed.value), ...orders(parsed.value)] : []),
    ...charsets(body, text),
  ];
}

function layouts(value: Json): ChangedBody[] {
  const indented = JSON.stringify(value, null, 1);
  return [
    changed(JSON.stringify(value), '紧凑格式', 'compact JSON'),
    changed(JSON.stringify(value, null, 2), '带缩进的格式', 'pretty-printed JSON'),
    changed(JSON.stringify(value, null, 4), '带缩进的格式', 'pretty-printed JSON'),
    changed(JSON.stringify(value, null, '\t'), '带缩进的格式', 'pretty-printed JSON'),
    // A raw line break in JSON is layout only: inside strings it is escaped.
    changed(
      indented.replace(/,\n\s*/g, ', ').replace(/\n\s*/g, ''),
      '冒号、逗号后有空格',
      'blanks after colons and commas',
    ),
  ];
}

function escapes(value: Json): ChangedBody[] {
  const compact = JSON.stringify(value);
  const escaped = (form: RegExp) => compact.replace(form, unicodeEscape);
  const slashes = compact.replaceAll('/', '\\/');
  return [
    changed(escaped(/[\u0080-\uffff]/g), '非 ASCII 字符被转义', 'non-ASCII characters escaped'),
    changed(slashes, '“/” 被转义', '“/” escaped'),
    changed(
      slashes.replace(/[\u0080-\uffff]/g, unicodeEscape),
      '“/” 和非 ASCII 字符被转义',
      '“/” and non-ASCII characters escaped',
    ),
    changed(escaped(/[<>&]/g), '“<”、“>”、“&” 被转义', '“<”, “>”, “&” escaped'),
    changed(escaped(/[<>&'=]/g), '“<”、“>”、“&”、“=” 等被转义', "“<”, “>”, “&”, “=” and “'” escaped"),
  ];
}

function orders(value: Json): ChangedBody[] {
  if (!isJsonObject(value)) return [];
  return [
    changed(canonicalPayload(value), '成员按名称排序且去掉 null', 'members sorted by name, nulls dropped'),
    changed(
      canonicalPayloadDeep(value),
      '各层成员按名称排序且去掉 null',
      'members of all objects sorted, nulls dropped',
    ),
    ...orderings(Object.entries(value)).map((members) =>
      changed(writeObject(members), '成员为其他顺序', 'members in another order'),
    ),
    changed(
      JSON.stringify(value, (_, each: Json) => (each === null ? undefined : each)),
      '去掉了值为 null 的成员',
      'nulls dropped',
    ),
  ];
}

/** Signed in one charset and sent in another; Latin-1 has a `?` for what it lacks, as Java writes it. */
function charsets(body: Uint8Array, text: string): ChangedBody[] {
  const latin1 = Buffer.from(text.replace(/[\u0100-\uffff]/g, '?'), 'latin1');
  return [
    changed(new TextDecoder('gbk').decode(body), '按 UTF-8 签名却按 GBK 发送', 'UTF-8, while GBK was sent'),
    changed(latin1, '按 ISO-8859-1 编码签名', 'encoded as ISO-8859-1'),
    changed(`\ufeff${text}`, '带有 BOM', 'a byte-order mark in front'),
    changed(text.replace(/^\ufeff/, ''), '没有 BOM', 'no byte-order mark'),
  ];
}

function changed(body: Uint8Array | string, zh: string, en: string): ChangedBody {
  return { body, mistake: mistake('body-sign.body-altered', zh, en) };
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
