import { error } from './entry.ts';

/** AK/SK signatures of Open API requests. */
export const AK_SK = {
  'aksk.authorization-missing': error({
    summary: { zh: '请求缺少 Authorization 头', en: 'The header Authorization is missing' },
    expected: 'SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…',
    fix: {
      zh: '使用 AK/SK 对请求签名，并携带 Authorization 头；不支持 Token 认证。',
      en: 'Sign the request with AK/SK; tokens are not offered.',
    },
    reference: 'openapi.md 3.2',
  }),
  'aksk.algorithm': error({
    summary: { zh: '签名算法不是 SDK-HMAC-SHA256', en: 'The algorithm is not SDK-HMAC-SHA256' },
    expected: 'SDK-HMAC-SHA256',
    fix: {
      zh: '使用华为云 API 签名算法 SDK-HMAC-SHA256，而不是 AWS V4、Bearer 或 Basic。',
      en: 'Use SDK-HMAC-SHA256, not AWS V4, Bearer or Basic.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.malformed': error({
    summary: { zh: 'Authorization 头格式不正确', en: 'The header Authorization cannot be parsed' },
    expected: 'SDK-HMAC-SHA256 Access={AK}, SignedHeaders={a;b;c}, Signature={64 lower-case hex digits}',
    fix: {
      zh: '算法名后是空格而不是逗号，其后各项以“逗号加空格”分隔；签名为 64 位小写十六进制。',
      en: 'A blank, no comma, after the algorithm; a comma and a blank before the other parts; the signature is 64 lower-case hex digits.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.date-missing': error({
    summary: { zh: '缺少 X-Sdk-Date，或未参与签名', en: 'X-Sdk-Date is missing or not signed' },
    expected: 'X-Sdk-Date sent and named in SignedHeaders',
    fix: {
      zh: '携带 X-Sdk-Date，并将 x-sdk-date 加入 SignedHeaders。',
      en: 'Send X-Sdk-Date and name x-sdk-date in SignedHeaders.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.date-format': error({
    summary: { zh: 'X-Sdk-Date 格式不正确', en: 'X-Sdk-Date has a wrong form' },
    expected: "UTC yyyyMMdd'T'HHmmss'Z', e.g. 20260101T080000Z",
    fix: {
      zh: '使用 UTC 时间，格式 yyyyMMddTHHmmssZ，不带连字符、冒号和毫秒。',
      en: 'Write UTC time as yyyyMMddTHHmmssZ, without hyphens, colons and milliseconds.',
    },
    reference: 'openapi.md 3.2',
  }),
  'aksk.date-skew': error({
    summary: { zh: 'X-Sdk-Date 与服务器时间相差超过 15 分钟', en: 'X-Sdk-Date is more than 15 minutes off' },
    expected: 'within 15 min of the server’s clock, both directions',
    fix: {
      zh: '同步时钟（NTP）；每次发送（含重试）都重新签名；确认使用的是 UTC 时间。',
      en: 'Synchronise the clock (NTP), sign each attempt anew, and use UTC.',
    },
    reference: 'openapi.md 3.5',
  }),
  'aksk.host-not-signed': error({
    summary: { zh: 'SignedHeaders 中没有 host', en: 'SignedHeaders lacks host' },
    expected: 'host in SignedHeaders',
    fix: { zh: '将 host 加入 SignedHeaders。', en: 'Name host in SignedHeaders.' },
    reference: 'openapi.md 3.3',
  }),
  'aksk.signed-header-absent': error({
    summary: {
      zh: 'SignedHeaders 列出了请求中不存在的头 {header}',
      en: 'SignedHeaders names {header}, which the request does not have',
    },
    expected: 'every header named in SignedHeaders present',
    fix: {
      zh: '发送所有参与签名的头；确认代理没有删除 {header}。',
      en: 'Send every header that is signed; check that no proxy removes {header}.',
    },
    reference: 'openapi.md 3.6',
  }),
  'aksk.unknown-key': error({
    summary: { zh: 'AK 不存在', en: 'The access key (AK) is not known' },
    expected: 'an AK of this marketplace',
    fix: {
      zh: '核对 AK 与站点是否对应；AK/SK 与接口密钥 accessKey 不是同一个。',
      en: 'Check the AK and the site; it is not the accessKey of the interfaces.',
    },
    reference: 'openapi.md 3.1',
  }),
  'aksk.disabled-key': error({
    summary: { zh: 'AK 已停用或删除', en: 'The access key (AK) is revoked' },
    expected: 'an enabled AK',
    fix: {
      zh: '启用该 AK，或新建一对 AK/SK 并更新配置。',
      en: 'Enable the AK, or create a new pair and configure it.',
    },
    reference: 'openapi.md 3.6',
  }),
  'aksk.secret': error({
    summary: {
      zh: '签名很可能使用了另一个 SK：{change}',
      en: 'Most likely signed with another secret key (SK): {change}',
    },
    expected: 'the signature of our canonical request',
    fix: {
      zh: '核对 SK 是否与 AK 成对、有无多余空格或换行，再与这里给出的规范请求逐行比较。',
      en: 'Check that the SK belongs to the AK and has no blank or newline, then compare our canonical request with yours line by line.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.body-hash': error({
    summary: { zh: '请求体与签名时的不一致：{change}', en: 'The body differs from what was signed: {change}' },
    expected: 'lower-case hex SHA-256 of the very bytes sent',
    fix: {
      zh: '对实际发送的字节计算摘要；使用官方 SDK 时请传对象而不是字符串。',
      en: 'Hash the very bytes that are sent; give the official client an object, not a string.',
    },
    reference: 'openapi.md 3.7',
  }),
  'aksk.query': error({
    summary: { zh: '查询参数的规范化方式不同：{change}', en: 'The query was sorted or encoded differently: {change}' },
    expected: 'names and values percent-encoded, sorted by name, then by value',
    fix: {
      zh: '参数名和值先百分号编码（空格为 %20），再按名称、值升序排列。',
      en: 'Percent-encode names and values (a blank is %20), then sort by name and value.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.path': error({
    summary: { zh: '路径的规范化方式不同：{change}', en: 'The path was made canonical differently: {change}' },
    expected: 'each segment decoded and encoded once, with a final /',
    fix: {
      zh: '规范路径须以 “/” 结尾，每段只编码一次。',
      en: 'End the canonical path with “/” and encode each segment once.',
    },
    reference: 'openapi.md 3.3',
  }),
  'aksk.header-value': error({
    summary: { zh: '参与签名的头部值不同：{change}', en: 'A signed header was taken differently: {change}' },
    expected: 'lower-case names, trimmed values, in the order of SignedHeaders',
    fix: {
      zh: '头部名小写，值去掉首尾空格，并确认代理没有改写 Host 等头部。',
      en: 'Lower-case the names, trim the values, and check that no proxy rewrites Host.',
    },
    reference: 'openapi.md 3.3',
  }),
};
