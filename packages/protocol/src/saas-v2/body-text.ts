import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';
import { jsonErrorPlace } from '../json-error.ts';
import { endOfString, isTooDeep, JSON_MAX_DEPTH } from '../json-scan.ts';

/** The object in a body's text, or what the text is instead (`diagnosis.md`: body.empty, body.not-json, body.not-object). */
export function readBodyObject(text: string): { ok: true; object: JsonObject } | { ok: false; diagnosis: Diagnosis } {
  if (text.trim() === '')
    return { ok: false, diagnosis: diagnose('body.empty', { seen: `${text.length} characters` }) };
  const parsed = parseJson(text);
  if (!parsed.ok) return { ok: false, diagnosis: notJson(text) };
  if (isJsonObject(parsed.value)) return { ok: true, object: parsed.value };
  if (typeof parsed.value === 'string' && holdsObject(parsed.value)) {
    const kind = {
      kind: 'a JSON string that holds JSON (serialised twice)',
      kindZh: 'JSON 字符串里又套了一层 JSON（被序列化了两次）',
    };
    return { ok: false, diagnosis: diagnose('body.not-json', { ...kind, seen: excerpt(text) }) };
  }
  return { ok: false, diagnosis: diagnose('body.not-object', { seen: excerpt(text) }) };
}

function notJson(text: string): Diagnosis {
  const kindOfHead = HEADS.find(({ pattern }) => pattern.test(headOf(text)));
  if (kindOfHead === undefined && isTooDeep(text)) {
    const kind = { kind: `nested deeper than ${JSON_MAX_DEPTH}`, kindZh: `嵌套超过 ${JSON_MAX_DEPTH} 层` };
    return diagnose('body.not-json', { ...kind, seen: excerpt(text) });
  }
  const place = jsonErrorPlace(text);
  const offset = place?.offset ?? text.length;
  const { en, zh } = kindOfHead ??
    FAULTS.find((fault) => fault.is(text, offset)) ?? { en: 'syntax error', zh: '语法错误' };
  const where = place === null ? '' : `line ${place.line}, column ${place.column}: …${place.excerpt}…`;
  return diagnose('body.not-json', { kind: en, kindZh: zh, seen: where || excerpt(text) });
}

/** What comes in place of JSON is told by its first characters. */
const HEAD_CHARACTERS = 200;
const HEADS: readonly { en: string; zh: string; pattern: RegExp }[] = [
  {
    en: 'an HTML page',
    zh: '返回的是 HTML 页面',
    pattern: /^<(!doctype\s+html|html|head|body|title|meta|script|div|p|pre|br|b|h[1-6]|center|font|table)\b/i,
  },
  { en: 'XML', zh: '返回的是 XML', pattern: /^<[?\w]/ },
];

/**
 * What is wrong with a text that means to be JSON; `offset` is that of the first error, the first fault that fits names it.
 * Each looks at the text once at most: a hostile body of 1 MiB must cost no more than its length.
 */
const FAULTS: readonly { en: string; zh: string; is(text: string, offset: number): boolean }[] = [
  { en: 'JSONP', zh: '返回的是 JSONP', is: isJsonp },
  { en: 'a trailing comma', zh: '末尾有多余的逗号', is: hasTrailingComma },
  { en: 'single quotes', zh: '使用了单引号', is: (text) => /^[{[]\s*'/.test(headOf(text)) },
  {
    en: 'names without quotes',
    zh: '成员名没有加引号',
    is: (text) => /^\{\s*[A-Za-z_$][\w$]*\s*[:=]/.test(headOf(text)),
  },
  { en: 'cut off at the end', zh: '内容不完整，被截断', is: isCutOff },
  { en: 'text after the JSON', zh: 'JSON 之后还有多余内容', is: (text, offset) => parses(text.slice(0, offset)) },
];

function isJsonp(text: string): boolean {
  const call = /^[\w$.]+\s*\(/.exec(headOf(text))?.[0];
  const end = withoutSemicolon(text.trim());
  return call !== undefined && end.endsWith(')') && parses(end.slice(call.length, -1));
}

function withoutSemicolon(text: string): string {
  return text.endsWith(';') ? text.slice(0, -1).trimEnd() : text;
}

/** The error is a closing bracket, and a comma stands before it. */
function hasTrailingComma(text: string, offset: number): boolean {
  const closes = text[offset] === '}' || text[offset] === ']';
  return closes && text.slice(0, offset).trimEnd().endsWith(',');
}

/** The error is the end itself, or a string that never ends. */
function isCutOff(text: string, offset: number): boolean {
  return offset === text.length || (text[offset] === '"' && endOfString(text, offset) === null);
}

function headOf(text: string): string {
  return text.trimStart().slice(0, HEAD_CHARACTERS);
}

function parses(text: string): boolean {
  return parseJson(text).ok;
}

function holdsObject(text: string): boolean {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value);
}

function excerpt(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
