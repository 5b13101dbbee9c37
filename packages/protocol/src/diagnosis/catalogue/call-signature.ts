import { error } from './entry.ts';

/** The signature of a call to a seller. Texts name the mistake that reproduces what was received. */
export const CALL_SIGNATURE = {
  'request.signature-missing': error({
    summary: { zh: '请求缺少签名', en: 'The signature is missing' },
    expected: 'query parameter signature (kit: header x-sign)',
    fix: {
      zh: '基础接口在查询参数 signature 中、套件接口在请求头 x-sign 中携带签名。',
      en: 'Send the query parameter signature, or the header x-sign for kit calls.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.timestamp-missing': error({
    summary: { zh: '请求缺少时间戳', en: 'The timestamp is missing' },
    expected: 'query parameter timestamp (kit: header x-timestamp), UNIX milliseconds',
    fix: { zh: '携带毫秒级 UNIX 时间戳。', en: 'Send the UNIX time in milliseconds.' },
    reference: 'saas-v2.md 3.1',
  }),
  'request.nonce-missing': error({
    summary: { zh: '请求缺少随机串 nonce', en: 'The nonce is missing' },
    expected: 'query parameter nonce (kit: header x-nonce), fresh for each call',
    fix: { zh: '每次请求携带新生成的随机串。', en: 'Send a fresh random text with each call.' },
    reference: 'saas-v2.md 3.1',
  }),
  'request.timestamp-unit': error({
    summary: { zh: '时间戳不是毫秒', en: 'The timestamp is not in milliseconds' },
    expected: 'UNIX time in milliseconds, 13 digits',
    fix: {
      zh: '使用 13 位毫秒时间戳；10 位的是秒，请乘以 1000。URL 中的值与参与签名的值必须一致。',
      en: 'Send 13 digits; 10 digits are seconds, multiply by 1000. Sign the very text that stands in the URL.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.timestamp-expired': error({
    summary: { zh: '请求已过期', en: 'The timestamp is too old' },
    expected: 'within 60 s of the receiver’s clock',
    fix: {
      zh: '同步双方时钟（NTP）；每次发送（含重试）都重新生成时间戳并重新签名。',
      en: 'Synchronise the clocks (NTP), and make a new timestamp and signature for each attempt.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.timestamp-future': error({
    summary: { zh: '时间戳晚于当前时间', en: 'The timestamp lies in the future' },
    expected: 'within 60 s of the receiver’s clock',
    fix: {
      zh: '同步双方时钟（NTP），并确认没有把本地时间当作 UTC。',
      en: 'Synchronise the clocks (NTP), and check that no local time is taken for UTC.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.nonce-replayed': error({
    summary: { zh: 'nonce 已使用过', en: 'The nonce was seen before' },
    expected: 'a nonce that was not used within the window',
    fix: { zh: '每次请求（含重试）都使用新的 nonce。', en: 'Use a new nonce for each call, repeats included.' },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-key': error({
    summary: { zh: '签名很可能使用了另一个密钥：{change}', en: 'Most likely signed with another key: {change}' },
    expected: 'the signature of our canonical request',
    fix: {
      zh: '核对双方的 accessKey（首尾空格、换行、基础接口与套件接口的密钥不同），再与这里给出的规范串逐字比较。',
      en: 'Compare the access keys (blanks or a newline at the ends; base and kit interfaces have different keys), then compare our canonical request with yours letter by letter.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-unsorted': error({
    summary: { zh: '签名时的成员顺序不对：{change}', en: 'Signed over unsorted members: {change}' },
    expected: 'top-level members in ascending order of name',
    fix: {
      zh: '最外层成员按名称升序（字典序）排列后再签名。',
      en: 'Sort the top-level members by name, ascending, before signing.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-descending': error({
    summary: { zh: '签名时按成员名降序（Z→A）排列', en: 'Signed over members sorted Z→A' },
    expected: 'ascending order of name, A→Z',
    fix: {
      zh: '改为升序（A→Z）。国际站文档写成了降序，但实际为升序。',
      en: 'Sort A→Z. International pages say Z→A, but the working order is ascending.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-nulls': error({
    summary: { zh: '签名时对空值的处理不同：{change}', en: 'Empty members were treated differently: {change}' },
    expected: 'members with null dropped, empty strings kept',
    fix: {
      zh: '去掉值为 null 的成员，保留空字符串，再签名。',
      en: 'Drop members whose value is null and keep empty strings before signing.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-whitespace': error({
    summary: { zh: '签名所用的 JSON 含有多余空白：{change}', en: 'Signed over JSON with white space: {change}' },
    expected: 'compact JSON',
    fix: {
      zh: '使用紧凑格式序列化（冒号、逗号后不留空格，不换行）。',
      en: 'Serialise compactly: no blanks after colons and commas, no line breaks.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-escapes': error({
    summary: { zh: '字符转义方式不同：{change}', en: 'Characters were escaped differently: {change}' },
    expected: 'the characters as they stand; only ", \\ and control characters escaped',
    fix: {
      zh: '关闭序列化库对 “/”、非 ASCII 和 HTML 字符的转义。',
      en: 'Switch off the escaping of “/”, non-ASCII and HTML characters in the JSON library.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-inner-hash': error({
    summary: { zh: '内层摘要算法不对：{change}', en: 'The inner digest is another one: {change}' },
    expected: 'lower-case hex of HMAC-SHA256(accessKey, payload)',
    fix: {
      zh: '内层对报文体计算 HMAC-SHA256（密钥为 accessKey），取小写十六进制。',
      en: 'Make the inner digest with HMAC-SHA256 keyed with the access key, in lower-case hex.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.signature-form': error({
    summary: { zh: '签名的形式不对：{change}', en: 'The signature has another form: {change}' },
    expected: 'hex of HMAC-SHA256(accessKey, accessKey + nonce + timestamp + …)',
    fix: {
      zh: '基础接口拼接内层 HMAC，套件接口直接拼接报文；外层结果取十六进制，只编码一次。',
      en: 'Base calls append the inner HMAC, kit calls the payload itself; write the outer result as hex, once.',
    },
    reference: 'saas-v2.md 3.2',
  }),
  'request.body-altered': error({
    summary: { zh: '报文体在签名之后被改动：{change}', en: 'The body was changed after signing: {change}' },
    expected: 'the very bytes that were signed',
    fix: {
      zh: '对实际收发的原始字节签名、验签；检查网关或框架是否改写了报文体。',
      en: 'Sign and verify the very bytes on the wire; look for a gateway or framework that rewrites the body.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'request.auth-token-encoding': error({
    summary: {
      zh: 'authToken 的编解码方式不对：{change}',
      en: 'authToken was computed over values in another encoding: {change}',
    },
    expected: 'values decoded once in the signed text, the token encoded once',
    fix: {
      zh: '参数值只做一次 URL 解码后直接参与计算（密文不解密，扩展参数不做 base64 解码），再对 authToken 做一次 URL 编码。',
      en: 'Compute over values URL-decoded once and otherwise as they came (ciphertexts and base64 stay), then URL-encode the token once.',
    },
    reference: 'saas-v1.md 3.1',
  }),
  'request.auth-token-parameters': error({
    summary: {
      zh: '参与签名的参数与收到的不一致：{change}',
      en: 'authToken was computed over other parameters than were sent: {change}',
    },
    expected: 'every parameter received except authToken, unknown ones and timeStamp included',
    fix: {
      zh: '不要使用固定的参数名列表：除 authToken 外，收到的所有参数都要参与签名。',
      en: 'Do not build the text from a fixed list of names: sign everything received except authToken.',
    },
    reference: 'saas-v1.md 11 F5e',
  }),
  'request.auth-token-plus': error({
    summary: { zh: '参数中的 “+” 被解析成了空格', en: 'A “+” became a blank' },
    expected: '“+” sent as %2B',
    fix: {
      zh: '发送时把 “+” 编码为 %2B；接收时不要按表单规则解码。',
      en: 'Send “+” as %2B, and do not decode the query by the rules of forms.',
    },
    reference: 'saas-v1.md 3.3',
  }),
};
