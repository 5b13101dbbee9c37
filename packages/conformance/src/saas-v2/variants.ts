/** Wrong ways of verifying a call, each as the call that a seller with this mistake would take. The likely ones first. */
import { createHash, createHmac } from 'node:crypto';
import { type BaseActivity, type CallSignatureInput, type JsonInputObject, signBase } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { marked, type Writing } from './call.ts';
import { type Cause, cause } from './causes.ts';
import { otherPayloads, type SentText } from './other-payloads.ts';

export interface Variant {
  readonly cause: Cause;
  readonly writing: Writing;
}

export function variantsOf(
  session: Session,
  activity: BaseActivity,
  body: JsonInputObject,
  sent: SentText | null,
): readonly Variant[] {
  return [
    ...times(session),
    ...signatureForms(),
    ...otherPayloads(activity, marked(body), sent).map(({ cause: found, ...writing }) => variant(found, writing)),
    ...digests(),
    ...joins(),
    ...keys(session.accessKey),
    ...nonces(session),
    ...timeZones(session),
    IN_HEADERS,
  ];
}

const variant = (found: Cause, writing: Writing): Variant => ({ cause: found, writing });

function signatureForms(): Variant[] {
  return [
    variant(cause('case', '只接受小写十六进制的签名', 'only a signature in lower-case hex is accepted'), {
      signature: (right) => right.toLowerCase(),
    }),
    variant(cause('form', '期望 base64 形式的签名', 'the signature is expected as base64'), {
      signature: (right) => Buffer.from(right, 'hex').toString('base64'),
    }),
  ];
}

function times(session: Session): Variant[] {
  const seconds = String(Math.floor(session.now() / 1000));
  return [
    variant(cause('timestamp-unit', 'timestamp 被当作秒（10 位）', 'timestamp is taken as seconds, 10 digits'), {
      timestamp: seconds,
    }),
    variant(cause('timestamp-unit', '规范串中的 timestamp 被换算成秒', 'the canonical request is built with seconds'), {
      signedTimestamp: (timestamp) => timestamp.slice(0, -3),
    }),
  ];
}

/** A clock that is right but shows local time, which is taken for UTC. */
function timeZones(session: Session): Variant[] {
  return [8, -8].map((hours) =>
    variant(
      cause(
        'clock',
        `服务器时间与 UTC 相差 ${hours} 小时：本地时间被当作 UTC`,
        `its time is ${hours} h from UTC: local time taken for it`,
      ),
      { timestamp: String(session.now() + hours * 3_600_000) },
    ),
  );
}

type Sign = (input: CallSignatureInput) => string;

const hmac = (key: string | Uint8Array, data: string, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(data).digest();

/** The outer step with another inner one. */
const withInner =
  (inner: (key: string, payload: string) => string): Sign =>
  ({ accessKey, payload, timestamp, nonce }) =>
    hmac(accessKey, accessKey + nonce + timestamp + inner(accessKey, payload)).toString('hex');

const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');

function digests(): Variant[] {
  const inner = (zh: string, en: string, sign: Sign) => variant(cause('inner-hash', zh, en), { sign });
  const outer = (zh: string, en: string, sign: Sign) => variant(cause('form', zh, en), { sign });
  return [
    inner(
      '内层用了普通 SHA-256',
      'the inner digest is plain SHA-256',
      withInner((_, payload) => sha256(payload)),
    ),
    inner(
      '内层用了大写十六进制',
      'the inner digest is upper-case hex',
      withInner((key, payload) => hmac(key, payload).toString('hex').toUpperCase()),
    ),
    inner(
      '内层用了 base64',
      'the inner digest is base64',
      withInner((key, payload) => hmac(key, payload).toString('base64')),
    ),
    outer(
      '用了套件接口的算法（没有内层 HMAC）',
      'the kit form is used, without the inner HMAC',
      withInner((_, payload) => payload),
    ),
    outer('外层用了普通 SHA-256', 'the outer digest is plain SHA-256', ({ accessKey, payload, timestamp, nonce }) =>
      sha256(accessKey + nonce + timestamp + hmac(accessKey, payload).toString('hex')),
    ),
    ...(['sha1', 'sha512', 'md5'] as const).map((name) =>
      outer(`用了 HMAC-${name.toUpperCase()}`, `HMAC-${name.toUpperCase()} is used`, (input) => withHash(input, name)),
    ),
  ];
}

function withHash({ accessKey, payload, timestamp, nonce }: CallSignatureInput, algorithm: string): string {
  const bodyMac = hmac(accessKey, payload, algorithm).toString('hex');
  return hmac(accessKey, accessKey + nonce + timestamp + bodyMac, algorithm).toString('hex');
}

function joins(): Variant[] {
  const joined = (zh: string, en: string, join: (parts: CallSignatureInput, bodyMac: string) => string) =>
    variant(cause('form', zh, en), {
      sign: (input) => {
        const bodyMac = hmac(input.accessKey, input.payload).toString('hex');
        return hmac(input.accessKey, join(input, bodyMac)).toString('hex');
      },
    });
  return [
    joined('规范串中 timestamp 在 nonce 之前', 'timestamp stands before nonce', (parts, bodyMac) =>
      [parts.accessKey, parts.timestamp, parts.nonce, bodyMac].join(''),
    ),
    joined('规范串中缺少 accessKey', 'accessKey is missing in the canonical request', (parts, bodyMac) =>
      [parts.nonce, parts.timestamp, bodyMac].join(''),
    ),
    ...['&', '|', ',', ':', '\n', ' ', '+'].map((separator) =>
      joined(
        `规范串的各部分之间加了 ${JSON.stringify(separator)}`,
        `the parts are joined with ${JSON.stringify(separator)}`,
        (parts, bodyMac) => [parts.accessKey, parts.nonce, parts.timestamp, bodyMac].join(separator),
      ),
    ),
    joined('只对报文体验签', 'only the body is verified', (_, bodyMac) => bodyMac),
  ];
}

function keys(accessKey: string): Variant[] {
  const keyed = (zh: string, en: string, key: string | Uint8Array) =>
    variant(cause('key', zh, en), { sign: (input) => withKey(key, input) });
  const decoded = /^([0-9a-f]{2})+$/i.test(accessKey)
    ? [keyed('密钥被当作十六进制解码', 'the key is decoded as hex', Buffer.from(accessKey, 'hex'))]
    : [];
  return [
    ...(accessKey.trim() === accessKey
      ? []
      : [keyed('对方的密钥去掉了首尾空白', 'its key lacks the blanks around it', accessKey.trim())]),
    keyed('密钥末尾多了一个换行', 'a newline at the end of its key', `${accessKey}\n`),
    keyed('密钥末尾多了一个空格', 'a blank at the end of its key', `${accessKey} `),
    keyed('密钥被转为大写', 'its key is in upper case', accessKey.toUpperCase()),
    keyed('密钥被转为小写', 'its key is in lower case', accessKey.toLowerCase()),
    keyed('密钥带有引号', 'its key stands in quotes', `"${accessKey}"`),
    ...decoded,
    keyed('密钥被当作 base64 解码', 'the key is decoded as base64', Buffer.from(accessKey, 'base64')),
  ];
}

/** A key of bytes stands in the canonical request as the text it came from. */
function withKey(key: string | Uint8Array, { accessKey, payload, timestamp, nonce }: CallSignatureInput): string {
  const written = typeof key === 'string' ? key : accessKey;
  return hmac(key, written + nonce + timestamp + hmac(key, payload).toString('hex')).toString('hex');
}

function nonces(session: Session): Variant[] {
  const form = (zh: string, en: string, nonce: string) => variant(cause('nonce', zh, en), { nonce });
  return [
    form('只接受 16 位 nonce', 'only a nonce of 16 characters is accepted', session.randomText(16)),
    form(
      '只接受 64 位十六进制 nonce',
      'only a nonce of 64 hex digits is accepted',
      Buffer.from(session.randomText(32)).toString('hex').toUpperCase(),
    ),
    form('只接受 UUID 形式的 nonce', 'only a UUID is accepted as nonce', session.uuid()),
    variant(cause('nonce', 'nonce 被转为小写', 'the nonce is turned into lower case'), {
      sign: ({ nonce, ...rest }) => signBase({ ...rest, nonce: nonce.toLowerCase() }).signature,
    }),
    form('只接受纯数字 nonce', 'only digits are accepted as nonce', String(session.now() * 1000).slice(0, 16)),
  ];
}

const IN_HEADERS = variant(cause('place', '从请求头 x-sign 读取签名', 'the signature is read from the header x-sign'), {
  headers: ({ signature, timestamp, nonce }) => ({
    'x-sign': signature,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    signature,
    timestamp,
    nonce,
  }),
});
