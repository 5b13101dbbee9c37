import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';
import { jsonErrorPlace } from '../json-error.ts';

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
  const { en, zh } = KINDS.find((kind) => kind.is(text)) ?? { en: 'syntax error', zh: '语法错误' };
  const place = jsonErrorPlace(text);
  const where = place === null ? '' : `line ${place.line}, column ${place.column}: …${place.excerpt}…`;
  return diagnose('body.not-json', { kind: en, kindZh: zh, seen: where || excerpt(text) });
}

/** What comes in place of JSON in practice; the first that fits names it. */
const KINDS: readonly { en: string; zh: string; is(text: string): boolean }[] = [
  { en: 'an HTML page', zh: '返回的是 HTML 页面', is: (text) => /^\s*<(!doctype\s+html|html|head|body)\b/i.test(text) },
  { en: 'XML', zh: '返回的是 XML', is: (text) => /^\s*<[?\w]/.test(text) },
  { en: 'JSONP', zh: '返回的是 JSONP', is: (text) => isJsonp(text) },
  { en: 'a trailing comma', zh: '末尾有多余的逗号', is: (text) => parses(text.replace(/,(\s*[}\]])/g, '$1')) },
  { en: 'single quotes', zh: '使用了单引号', is: (text) => /^\s*[{[]\s*'/.test(text) },
  { en: 'names without quotes', zh: '成员名没有加引号', is: (text) => /^\s*\{\s*[A-Za-z_$][\w$]*\s*[:=]/.test(text) },
  { en: 'cut off at the end', zh: '内容不完整，被截断', is: (text) => isCutOff(text) },
  { en: 'text after the JSON', zh: 'JSON 之后还有多余内容', is: (text) => hasTextAfter(text) },
];

function isJsonp(text: string): boolean {
  const inner = /^\s*[\w$.]+\s*\(([\s\S]*)\)\s*;?\s*$/.exec(text)?.[1];
  return inner !== undefined && parses(inner);
}

/** The error is the end itself, or a string that never ends. */
function isCutOff(text: string): boolean {
  const place = jsonErrorPlace(text);
  return place !== null && /^("(?:[^"\\]|\\.)*\\?)?$/s.test(text.slice(place.offset));
}

function hasTextAfter(text: string): boolean {
  const end = text.lastIndexOf('}');
  return end > 0 && end < text.length - 1 && parses(text.slice(0, end + 1));
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
