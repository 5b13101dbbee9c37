/** Wrong ways of verifying a kit call, each as the call that a seller with this mistake would take. The likely ones first. */
import { createHash, createHmac } from 'node:crypto';
import {
  type CallSignatureInput,
  canonicalPayload,
  type JsonInputObject,
  type KitInterface,
  kitRequests,
  payloadVariants,
  signBase,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import { type Cause, cause, causeOfMistake } from '../saas-v2/causes.ts';
import type { Writing } from './call.ts';

export interface Variant {
  readonly cause: Cause;
  readonly writing: Writing;
}

/** @param text the body as it is sent */
export function variantsOf(session: Session, kit: KitInterface, body: JsonInputObject, text: string): Variant[] {
  const canonical = canonicalPayload(body);
  const payloads = [...written(text), ...fixedFields(kit, body), ...charsets(canonical), ...leftOut(body)];
  return [
    ...forms(session),
    ...payloads.filter(({ writing }) => writing.signed !== canonical),
    ...frames(),
    ...keys(session.accessKey),
    ...nonces(session),
  ];
}

type Sign = (input: CallSignatureInput) => string;

function variant(kind: Cause['kind'], zh: string, en: string, writing: Writing): Variant {
  return { cause: cause(kind, zh, en), writing };
}

function forms(session: Session): Variant[] {
  const seconds = String(Math.floor(session.now() / 1000));
  return [
    variant('case', '只接受小写十六进制的签名', 'only a signature in lower-case hex is accepted', {
      signature: (right) => right.toLowerCase(),
    }),
    variant('form', '用了基础接口的算法（多了一层内层 HMAC）', 'the form of base calls is used, with an inner HMAC', {
      sign: (input) => signBase(input).signature,
    }),
    variant('place', '区分请求头名称的大小写，只认 X-Sign', 'header names are compared with letter case: X-Sign', {
      spelling: capitalised,
    }),
    variant('place', '从查询参数读取签名', 'the signature is read from the query', { inQuery: true }),
    variant('timestamp-unit', 'x-timestamp 被当作秒（10 位）', 'x-timestamp is taken as seconds, 10 digits', {
      timestamp: seconds,
    }),
    variant('timestamp-unit', '规范串中的 timestamp 被换算成秒', 'the canonical request is built with seconds', {
      signedTimestamp: seconds,
    }),
    ...[8, -8].map((hours) =>
      variant('clock', '时间按错误的时区比较，相差 8 小时', 'times are compared in another time zone, 8 hours off', {
        timestamp: String(session.now() + hours * 3_600_000),
      }),
    ),
    variant('form', '期望 base64 形式的签名', 'the signature is expected as base64', {
      signature: (right) => Buffer.from(right, 'hex').toString('base64'),
    }),
  ];
}

/** `x-sign` as `X-Sign`. */
export function capitalised(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** The same object sorted, spaced or escaped otherwise. */
function written(text: string): Variant[] {
  return payloadVariants(text).flatMap(({ payload, mistakes: [first] }) => {
    const raw = cause('order', '对收到的原始字节验签，未重新排序', 'the bytes are verified as they came, not sorted');
    if (first === undefined) return [{ cause: raw, writing: { signed: payload } }];
    // The body on its way is ours: that it was altered says nothing about a seller.
    if (first.code === 'request.body-altered') return [];
    return [{ cause: causeOfMistake(first.code, first.change), writing: { signed: payload } }];
  });
}

/** What a class with fixed fields is serialised to: in the order of the tables, without what it does not know. */
function fixedFields(kit: KitInterface, body: JsonInputObject): Variant[] {
  const fields = Object.keys(kitRequests[kit].shape);
  const present = Object.keys(body).filter((name) => body[name] !== undefined && body[name] !== null);
  const known = present.filter((name) => fields.includes(name));
  const ofNames = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, body[name]]));
  return [
    variant('members', '丢弃了不认识的成员', 'members that it does not know are dropped', {
      signed: canonicalPayload(ofNames(known)),
    }),
    variant(
      'members',
      '丢弃了不认识的成员，并按字段声明的顺序序列化',
      'unknown members are dropped, the others stand in the order of declaration',
      { signed: JSON.stringify(ofNames(known)) },
    ),
  ];
}

function charsets(canonical: string): Variant[] {
  const bytes = Buffer.from(canonical);
  const decoded = (name: string, signed: string) =>
    variant('encoding', `请求体被当作 ${name} 解码`, `the body is decoded as ${name}`, { signed });
  return [
    decoded('ISO-8859-1', bytes.toString('latin1')),
    decoded('Windows-1252', new TextDecoder('windows-1252').decode(bytes)),
    decoded('GBK', new TextDecoder('gbk').decode(bytes)),
    variant('encoding', '非 ASCII 字符变成了 “?”', 'non-ASCII characters become “?”', {
      signed: canonical.replace(/[^\0-\x7f]/gu, '?'),
    }),
  ];
}

function leftOut(body: JsonInputObject): Variant[] {
  const single = Object.keys(body).map((name) =>
    variant('members', `验签时漏掉了成员 ${name}`, `the member ${name} is left out`, {
      signed: canonicalPayload({ ...body, [name]: null }),
    }),
  );
  const texts = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' || value === null || value === undefined ? value : JSON.stringify(value),
  ]);
  return [
    ...single,
    variant('members', '数字和列表被转换成了字符串', 'numbers and lists are turned into text', {
      signed: canonicalPayload(Object.fromEntries(texts)),
    }),
    variant('form', '用了 V1.0 的 name=value&… 形式', 'V1.0’s form name=value&… is used', {
      signed: texts
        .filter(([, value]) => value)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&'),
    }),
  ];
}

function hmac(key: string | Uint8Array, data: string, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(data).digest();
}

function frames(): Variant[] {
  const joined = (zh: string, en: string, join: (parts: CallSignatureInput) => string) =>
    variant('form', zh, en, { sign: (input) => hmac(input.accessKey, join(input)).toString('hex') });
  const sha256: Sign = ({ accessKey, nonce, timestamp, payload }) =>
    createHash('sha256')
      .update(accessKey + nonce + timestamp + payload)
      .digest('hex');
  return [
    joined('规范串中 timestamp 在 nonce 之前', 'timestamp stands before nonce', (parts) =>
      [parts.accessKey, parts.timestamp, parts.nonce, parts.payload].join(''),
    ),
    joined('规范串中缺少 accessKey', 'accessKey is missing in the canonical request', (parts) =>
      [parts.nonce, parts.timestamp, parts.payload].join(''),
    ),
    joined('报文在规范串的最前面', 'the payload stands first', (parts) =>
      [parts.payload, parts.accessKey, parts.nonce, parts.timestamp].join(''),
    ),
    ...['&', '|', ',', ':', '\n', ' ', '+'].map((separator) =>
      joined(
        `规范串的各部分之间加了 ${JSON.stringify(separator)}`,
        `the parts are joined with ${JSON.stringify(separator)}`,
        (parts) => [parts.accessKey, parts.nonce, parts.timestamp, parts.payload].join(separator),
      ),
    ),
    joined('只对报文体验签', 'only the body is verified', ({ payload }) => payload),
    joined('内层用了普通 SHA-256', 'the body is hashed with SHA-256 first', ({ payload, ...parts }) =>
      [parts.accessKey, parts.nonce, parts.timestamp, createHash('sha256').update(payload).digest('hex')].join(''),
    ),
    variant('form', '用了普通 SHA-256，而不是 HMAC', 'plain SHA-256 is used instead of HMAC', { sign: sha256 }),
    ...(['sha1', 'sha512', 'md5'] as const).map((name) =>
      variant('form', `用了 HMAC-${name.toUpperCase()}`, `HMAC-${name.toUpperCase()} is used`, {
        sign: ({ accessKey, nonce, timestamp, payload }) =>
          hmac(accessKey, accessKey + nonce + timestamp + payload, name).toString('hex'),
      }),
    ),
  ];
}

function keys(accessKey: string): Variant[] {
  const keyed = (zh: string, en: string, key: string | Uint8Array) =>
    variant('key', zh, en, {
      sign: ({ nonce, timestamp, payload }) =>
        hmac(key, (typeof key === 'string' ? key : accessKey) + nonce + timestamp + payload).toString('hex'),
    });
  return [
    ...(accessKey.trim() === accessKey
      ? []
      : [keyed('对方的密钥去掉了首尾空白', 'its key lacks the blanks around it', accessKey.trim())]),
    keyed('密钥末尾多了一个换行', 'a newline at the end of its key', `${accessKey}\n`),
    keyed('密钥末尾多了一个空格', 'a blank at the end of its key', `${accessKey} `),
    keyed('密钥被转为大写', 'its key is in upper case', accessKey.toUpperCase()),
    keyed('密钥被转为小写', 'its key is in lower case', accessKey.toLowerCase()),
    keyed('密钥带有引号', 'its key stands in quotes', `"${accessKey}"`),
    ...(/^([0-9a-f]{2})+$/i.test(accessKey)
      ? [keyed('密钥被当作十六进制解码', 'the key is decoded as hex', Buffer.from(accessKey, 'hex'))]
      : []),
    keyed('密钥被当作 base64 解码', 'the key is decoded as base64', Buffer.from(accessKey, 'base64')),
  ];
}

function nonces(session: Session): Variant[] {
  const form = (zh: string, en: string, nonce: string) => variant('nonce', zh, en, { nonce });
  return [
    form('只接受 16 位 nonce', 'only a nonce of 16 characters is accepted', session.randomText(16)),
    form('只接受 UUID 形式的 nonce', 'only a UUID is accepted as nonce', session.uuid()),
    form('只接受纯数字 nonce', 'only digits are accepted as nonce', String(session.now() * 1000).slice(0, 16)),
  ];
}
