/** Texts that sellers verify in place of the canonical payload (saas-v2.md 3.1 step 1, 3.2), each with the mistake it is. */
import {
  canonicalPayload,
  type JsonInputObject,
  type KitInterface,
  kitRequests,
  payloadVariants,
} from '@jishi/protocol';
import { type Cause, type CauseKind, cause, causeOfMistake } from '../saas-v2/causes.ts';
import { asDotNet, asGson, asHashMap } from './libraries.ts';

export interface OtherPayload {
  readonly cause: Cause;
  readonly signed: string;
}

/** @param text the body as it is sent */
export function otherPayloads(kit: KitInterface, body: JsonInputObject, text: string): readonly OtherPayload[] {
  const canonical = canonicalPayload(body);
  const all = [
    ...written(text),
    ...byLibraries(canonical),
    ...fixedFields(kit, body),
    ...charsets(canonical),
    ...changedMembers(body),
    ...leftOut(body),
  ];
  return all.filter(({ signed }) => signed !== canonical);
}

function other(kind: CauseKind, zh: string, en: string, signed: string): OtherPayload {
  return { cause: cause(kind, zh, en), signed };
}

/** The same object sorted, spaced or escaped otherwise. */
function written(text: string): OtherPayload[] {
  return payloadVariants(text).flatMap(({ payload, mistakes: [first] }) => {
    if (first === undefined)
      return [
        other('order', '对收到的原始字节验签，未重新排序', 'the bytes are verified as they came, not sorted', payload),
      ];
    // The body on its way is ours: that it was altered says nothing about a seller.
    if (first.code === 'request.body-altered') return [];
    return [{ cause: causeOfMistake(first.code, first.change), signed: payload }];
  });
}

function byLibraries(canonical: string): OtherPayload[] {
  return [
    other(
      'members',
      '整数变成了 1.0（Gson 读入 Map 的结果）',
      'integers become 1.0, as Gson reads them into a map',
      asGson(canonical),
    ),
    other(
      'order',
      '列表内部的成员被打乱（fastjson 的 JSONObject 基于 HashMap）',
      'members inside lists are in the order of a HashMap, as fastjson reads them',
      asHashMap(canonical),
    ),
    other(
      'encoding',
      '引号、+、& 等字符被转义为 \\uXXXX（System.Text.Json 的默认行为）',
      'characters like + and & are written as \\uXXXX, as System.Text.Json does',
      asDotNet(canonical),
    ),
  ];
}

/** What a class with fixed fields is serialised to: in the order of the tables, without what it does not know. */
function fixedFields(kit: KitInterface, body: JsonInputObject): OtherPayload[] {
  const present = Object.keys(body).filter((name) => body[name] !== undefined && body[name] !== null);
  const known = present.filter((name) => Object.keys(kitRequests[kit].shape).includes(name));
  const ofNames = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, body[name]]));
  return [
    other(
      'order',
      '按字段声明的顺序序列化，未排序',
      'members in the order of declaration, not sorted',
      JSON.stringify(ofNames(present)),
    ),
    other(
      'members',
      '丢弃了不认识的成员',
      'members that it does not know are dropped',
      canonicalPayload(ofNames(known)),
    ),
    other(
      'members',
      '丢弃了不认识的成员，并按字段声明的顺序序列化',
      'unknown members are dropped, the others stand in the order of declaration',
      JSON.stringify(ofNames(known)),
    ),
  ];
}

function charsets(canonical: string): OtherPayload[] {
  const bytes = Buffer.from(canonical);
  const decoded = (name: string, signed: string) =>
    other('encoding', `请求体被当作 ${name} 解码`, `the body is decoded as ${name}`, signed);
  return [
    decoded('ISO-8859-1', bytes.toString('latin1')),
    decoded('Windows-1252', new TextDecoder('windows-1252').decode(bytes)),
    decoded('GBK', new TextDecoder('gbk').decode(bytes)),
    other(
      'encoding',
      '非 ASCII 字符变成了 “?”',
      'non-ASCII characters become “?”',
      canonical.replace(/[^\0-\x7f]/gu, '?'),
    ),
  ];
}

/** Values turned into others before the signature is verified. */
function changedMembers(body: JsonInputObject): OtherPayload[] {
  const change = (each: (value: JsonInputObject[string]) => JsonInputObject[string]) =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [name, each(value)]));
  const texts = change((value) => (isText(value) ? value : JSON.stringify(value)));
  const decoded = change((value) => (typeof value === 'string' ? urlDecoded(value) : value));
  const trimmed = change((value) => (typeof value === 'string' ? value.trim() : value));
  const pairs = Object.entries(texts).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return [
    other('members', '数字和列表被转换成了字符串', 'numbers and lists are turned into text', canonicalPayload(texts)),
    other('encoding', '成员的值被做了 URL 解码', 'values are URL-decoded', canonicalPayload(decoded)),
    other('members', '值的首尾空白被去掉', 'blanks around values are dropped', canonicalPayload(trimmed)),
    other('form', '用了 V1.0 的 name=value&… 形式', 'V1.0’s form name=value&… is used', pairs.sort().join('&')),
  ];
}

function leftOut(body: JsonInputObject): OtherPayload[] {
  return Object.keys(body).map((name) =>
    other(
      'members',
      `验签时漏掉了成员 ${name}`,
      `the member ${name} is left out`,
      canonicalPayload({ ...body, [name]: null }),
    ),
  );
}

function isText(value: JsonInputObject[string]): boolean {
  return typeof value === 'string' || value === null || value === undefined;
}

function urlDecoded(value: string): string {
  try {
    // A per cent sign that begins no escape stays, as in most decoders.
    return decodeURIComponent(value.replaceAll('+', ' ').replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  } catch {
    return value;
  }
}
