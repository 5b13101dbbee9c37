import { createHash, createHmac } from 'node:crypto';
import { type Mistake, mistake } from '../../diagnosis/mistake.ts';
import { compareCodeUnits } from '../../json.ts';
import { percentEncode } from '../../uri.ts';
import { joinPairs, type Parameter, signedParameters, signParameters, tokenOver, valueNamed } from '../auth-token.ts';

/** A mistake and the token that whoever makes it computes; computed only when the search comes to it. */
export interface TokenMistake {
  readonly mistake: Mistake;
  token(): string;
}

export function tokenMistake(made: Mistake, token: () => string): TokenMistake {
  return { mistake: made, token };
}

/** The mistake that gives this very token, or null. */
export function findMistake(token: string, candidates: readonly TokenMistake[]): Mistake | null {
  return candidates.find((candidate) => candidate.token() === token)?.mistake ?? null;
}

/**
 * Mistakes that base and kit calls have in common: how the token is written, what keys the HMAC, how the names are sorted
 * (`saas-v1.md` 11, F5f, F6, F8). `parameters` are those that belong into the token, in the order they came.
 */
export function commonMistakes(parameters: readonly Parameter[], key: string): TokenMistake[] {
  const right = signParameters(parameters, key);
  const hmacKey = key + valueNamed(parameters, 'timeStamp');
  return [
    ...writtenOtherwise(right.authToken),
    ...joinedOtherwise(right.stringToSign).map(([made, text]) => tokenMistake(made, () => tokenOver(text, hmacKey))),
    ...otherDigests(right.stringToSign, hmacKey),
    ...otherKeys(key, valueNamed(parameters, 'timeStamp')).map(([made, hmacKey]) =>
      tokenMistake(made, () => tokenOver(right.stringToSign, hmacKey)),
    ),
    ...otherOrders(signedParameters(parameters)).map(([made, sorted]) =>
      tokenMistake(made, () => tokenOver(joinPairs(sorted), hmacKey)),
    ),
  ];
}

function writtenOtherwise(right: string): TokenMistake[] {
  const bytes = Buffer.from(right, 'base64');
  const form = (zh: string, en: string) => mistake('request.signature-form', zh, en);
  const forms: [Mistake, string][] = [
    [form('使用了十六进制而不是 base64', 'hex instead of base64'), bytes.toString('hex')],
    [form('使用了十六进制而不是 base64', 'hex instead of base64'), bytes.toString('hex').toUpperCase()],
    [form('使用了 URL 安全的 base64', 'URL-safe base64'), right.replaceAll('+', '-').replaceAll('/', '_')],
    [form('使用了 URL 安全的 base64', 'URL-safe base64 without padding'), bytes.toString('base64url')],
    [form('base64 缺少填充字符 “=”', 'base64 without padding'), right.replaceAll('=', '')],
    [form('对十六进制文本又做了 base64', 'base64 of the hex text'), base64(bytes.toString('hex'))],
    [TOKEN_TWICE, percentEncode(right)],
    [PLUS_IN_TOKEN, right.replaceAll('+', ' ')],
  ];
  // Without a + some of these are the right token itself.
  return forms.filter(([, token]) => token !== right).map(([made, token]) => tokenMistake(made, () => token));
}

/** A loop that writes the separator after each pair, or none at all. */
function joinedOtherwise(text: string): [Mistake, string][] {
  return [
    [mistake('request.signature-form', '待签名串末尾多了 “&”', 'a “&” at the end of the text to sign'), `${text}&`],
    [mistake('request.signature-form', '待签名串开头多了 “&”', 'a “&” in front of the text to sign'), `&${text}`],
    [mistake('request.signature-form', '待签名串开头多了 “?”', 'a “?” in front of the text to sign'), `?${text}`],
    [mistake('request.signature-form', '参数之间没有 “&”', 'no “&” between the pairs'), text.replaceAll('&', '')],
  ];
}

function otherDigests(text: string, hmacKey: string): TokenMistake[] {
  const digest = (zh: string, en: string, token: () => string) =>
    tokenMistake(mistake('request.signature-form', zh, en), token);
  return [
    digest('使用了 HMAC-SHA1', 'HMAC-SHA1', () => createHmac('sha1', hmacKey).update(text).digest('base64')),
    digest('HMAC 的密钥与待签名串用反了', 'key and text of the HMAC the other way round', () =>
      tokenOver(hmacKey, text),
    ),
    digest('使用了 SHA-256 而不是 HMAC', 'SHA-256 of key and text instead of an HMAC', () =>
      createHash('sha256')
        .update(hmacKey + text)
        .digest('base64'),
    ),
  ];
}

function otherKeys(key: string, timeStamp: string): [Mistake, hmacKey: string][] {
  const keyed = (zh: string, en: string) => mistake('request.signature-key', zh, en);
  return [
    [keyed('HMAC 密钥未拼接 timeStamp', 'the key without timeStamp'), key],
    [keyed('timeStamp 拼接在密钥之前', 'timeStamp before the key'), timeStamp + key],
    [keyed('拼接的 timeStamp 缺少毫秒', 'the key with timeStamp cut to 14 digits'), key + timeStamp.slice(0, 14)],
    [keyed('仅使用 timeStamp 作为密钥', 'timeStamp without the key'), timeStamp],
    [keyed('密钥与 timeStamp 之间多了 “&”', 'a “&” between key and timeStamp'), `${key}&${timeStamp}`],
    [
      keyed('密钥后拼接的是 null：没有读到 timeStamp', 'the key with “null” appended: timeStamp was not read'),
      `${key}null`,
    ],
    [
      keyed(
        '密钥后拼接的是 undefined：没有读到 timeStamp',
        'the key with “undefined” appended: timeStamp was not read',
      ),
      `${key}undefined`,
    ],
    [keyed('密钥末尾带有换行', 'a newline at the end of the key'), `${key}\n${timeStamp}`],
    [keyed('密钥末尾带有空格', 'a blank at the end of the key'), `${key} ${timeStamp}`],
    [keyed('密钥首尾带有空白', 'white space around the key here'), key.trim() + timeStamp],
  ];
}

function otherOrders(parameters: readonly Parameter[]): [Mistake, Parameter[]][] {
  const unsorted = (zh: string, en: string) => mistake('request.signature-unsorted', zh, en);
  const sorted = (by: (each: Parameter) => string) => parameters.toSorted((a, b) => compareCodeUnits(by(a), by(b)));
  return [
    [unsorted('参数按原有顺序，未排序', 'parameters in the order they came'), [...parameters]],
    [unsorted('排序时忽略了大小写', 'sorted without regard to case'), sorted(({ name }) => name.toLowerCase())],
    [unsorted('按 name=value 整体排序', 'sorted by name=value'), sorted(({ name, value }) => `${name}=${value}`)],
    [
      mistake('request.signature-descending', '按名称降序（Z→A）排列', 'sorted Z→A'),
      sorted(({ name }) => name).reverse(),
    ],
  ];
}

const TOKEN_TWICE = mistake('request.auth-token-encoding', 'authToken 被编码了两次', 'the token was URL-encoded twice');
const PLUS_IN_TOKEN = mistake(
  'request.auth-token-plus',
  'authToken 中的 “+” 变成了空格',
  'the “+” of the token itself became a blank',
);

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}
