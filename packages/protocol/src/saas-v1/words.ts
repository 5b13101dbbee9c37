import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { CONDUCT_WORDS, type WordsByCode } from './conduct-words.ts';

/**
 * A diagnosis as a developer of a V1.0 interface needs it. Codes are common to both protocols; where the advice of V2.0 would
 * mislead (hex signatures, 000004, clear text), V1.0's own stands here, and the section is that of `saas-v1.md`.
 */
export function inWordsOfV1(diagnosis: Diagnosis): Diagnosis {
  const own = WORDS[diagnosis.code] ?? CONDUCT_WORDS[diagnosis.code];
  if (own === undefined) return diagnosis;
  const { section, ...texts } = own;
  return { ...diagnosis, ...texts, reference: `saas-v1.md ${section}` };
}

/** By section of `saas-v1.md`; F1…F26 are the failures of its section 11. */
const WORDS: WordsByCode = {
  'transport.dns': { section: '1.3' },
  'transport.tls': { section: '1.3' },
  'transport.blocked': { section: '1.3' },
  'transport.plain-http': { section: '1.3' },
  'transport.bare-ip': { section: '1.3' },
  'transport.refused': { section: '11 F15' },
  'transport.reset': { section: '7' },
  'transport.timeout': {
    section: '11 F16',
    fix: {
      zh: '不要在请求内完成开通：V1.0 没有异步交付，请提前准备资源或事后处理，并用已保存的数据立即响应。',
      en: 'Do not provision inside the call: V1.0 has no asynchronous delivery. Answer from stored data, do the rest before or after.',
    },
  },
  'transport.slow': { section: '7' },
  'transport.redirect': { section: '11 F17' },
  'http.status': { section: '11 F17' },
  'http.content-type': { section: '11 F14' },
  'http.charset': { section: '1.3' },
  'http.too-large': { section: '7' },
  'body.empty': { section: '11 F13' },
  'body.not-json': { section: '11 F13' },
  'body.not-object': { section: '11 F13' },
  'body.wrapped': { section: '11 F13' },
  'body.result-code-missing': { section: '2.5' },
  'body.result-msg-missing': { section: '2.5' },
  'body.result-code-type': { section: '11 F10' },
  'body.result-code-misspelt': { section: '11 F10' },
  'body.result-code-unknown': { section: '9' },
  'body.member-missing': { section: '6.0' },
  'body.member-type': { section: '6.0' },
  'body.member-length': { section: '6.0' },
  'result.refused': { section: '9' },
  'result.not-refused': { section: '3.3' },
  'query.front-end-url': { section: '6.0.1' },
  'query.memo-not-escaped': { section: '11 F23' },
  'query.incomplete': { section: '6.0.7' },
  'usage.decimals': { section: '6.0.7' },
  'usage.time': { section: '6.0.7' },
  'secret.no-iv': { section: '11 F7d' },
  'secret.form': { section: '11 F7d' },
  'secret.key': { section: '11 F7b' },
  'secret.length': { section: '5.3' },
  'secret.type': { section: '11 F7c' },
  'secret.plain': {
    section: '11 F7d',
    fix: {
      zh: 'V1.0 的 userName 和 password 必须加密：16 位 IV 后接 base64 密文；未返回 encryptType 时按 AES-256 解密。',
      en: 'V1.0 always wants userName and password encrypted: IV, then base64; without encryptType it is taken for AES-256.',
    },
  },
  'request.signature-missing': {
    section: '3.3',
    fix: {
      zh: '基础接口在查询参数 authToken 中、套件接口在请求头 authToken 中携带签名。',
      en: 'Send the query parameter authToken, or the header authToken for kit calls.',
    },
  },
  'request.timestamp-missing': {
    section: '2.3',
    fix: {
      zh: '携带 timeStamp：17 位 yyyyMMddHHmmssSSS，基础接口为 UTC，套件接口为 UTC+8。',
      en: 'Send timeStamp, 17 digits yyyyMMddHHmmssSSS: UTC for base calls, UTC+8 for kit calls.',
    },
  },
  'request.timestamp-expired': { section: '2.3' },
  'request.timestamp-future': { section: '2.3' },
  'request.signature-key': {
    section: '11 F8',
    fix: {
      zh: 'HMAC 密钥为 Key 直接拼接 timeStamp；核对商家信息中的 Key（首尾空格、换行），再与这里给出的待签名串逐字比较。',
      en: 'Key the HMAC with Key + timeStamp, compare the Key with that of the console (blanks, newline), then our string to sign with yours letter by letter.',
    },
  },
  'request.signature-unsorted': {
    section: '11 F5f',
    fix: {
      zh: '参数按名称的字符编码升序排列（大写在小写之前）后再签名。',
      en: 'Sort the parameters by name, ascending by code unit: upper case before lower case.',
    },
  },
  'request.signature-descending': {
    section: '11 F5f',
    fix: { zh: '参数按名称升序（A→Z）排列。', en: 'Sort the parameters by name A→Z.' },
  },
  'request.signature-nulls': {
    section: '3',
    fix: {
      zh: '基础接口（GET）保留空值参数，写作 name=；套件接口（POST）去掉为 null、空或空白的成员。',
      en: 'Base calls (GET) keep empty values as name=; kit calls (POST) drop members that are null, empty or blank.',
    },
  },
  'request.signature-form': {
    section: '3.1',
    fix: {
      zh: '待签名串为 name=value 以 & 连接（首尾没有 &）；authToken 为其 HMAC-SHA256 的标准 base64（带填充），共 44 个字符。',
      en: 'Join name=value with & (none at the ends) and write its HMAC-SHA256 as standard base64 with padding, 44 characters.',
    },
  },
  'request.body-altered': { section: '11 F9' },
};
