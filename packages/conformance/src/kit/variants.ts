/** Wrong ways of verifying a kit call, each as the call that a seller with this mistake would take. The likely ones first. */
import { createHash, createHmac } from 'node:crypto';
import {
  type CallSignatureInput,
  type JsonInputObject,
  type KitInterface,
  signBase,
  signKitTokenV1,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import { type Cause, cause } from '../saas-v2/causes.ts';
import type { Writing } from './call.ts';
import { otherPayloads } from './payloads.ts';

export interface Variant {
  readonly cause: Cause;
  readonly writing: Writing;
}

/** @param text the body as it is sent */
export function variantsOf(session: Session, kit: KitInterface, body: JsonInputObject, text: string): Variant[] {
  return [
    ...forms(session),
    ...otherPayloads(kit, body, text).map(({ cause: found, signed }) => ({ cause: found, writing: { signed } })),
    ...frames(),
    ...keys(session.accessKey),
    ...nonces(session),
    bodyTime(body),
    oldToken(session),
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

function bodyTime({ timeStamp }: JsonInputObject): Variant {
  return variant(
    'timestamp-unit',
    '规范串用了报文中的 timeStamp',
    'timeStamp of the body stands in the canonical request',
    {
      signedTimestamp: String(timeStamp),
    },
  );
}

function oldToken({ accessKey }: Session): Variant {
  return variant('place', '期望 V1.0 的请求头 authToken', 'the header authToken of V1.0 is expected', {
    headers: (text) => ({ authToken: signKitTokenV1(text, accessKey).authToken }),
  });
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
