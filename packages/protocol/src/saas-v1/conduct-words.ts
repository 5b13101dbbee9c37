import type { DiagnosisCode, Words } from '../diagnosis/diagnosis.ts';

/** The section of `saas-v1.md`, and the texts that V1.0 has of its own. */
export interface WordsOfV1 {
  readonly section: string;
  readonly summary?: Words;
  readonly expected?: string;
  readonly fix?: Words;
}

export type WordsByCode = { readonly [C in DiagnosisCode]?: WordsOfV1 };

/** What shows only over several calls, in the words of V1.0: no order lines, no nonce, no window, no asynchronous delivery. */
export const CONDUCT_WORDS: WordsByCode = {
  'instance.id-changed': {
    section: '11 F18',
    summary: {
      zh: '同一订单重复调用 newInstance，返回了不同的 instanceId',
      en: 'A repeated newInstance gave another instanceId',
    },
    expected: 'the same instanceId for the same orderId (pay-per-use: orderId and productId)',
    fix: {
      zh: '以 orderId（按需商品为 orderId + productId）做幂等：首次请求时保存 instanceId，重复请求原样返回。businessId 每次都会变化，不能作为幂等键。',
      en: 'Store the instanceId under orderId (pay-per-use: orderId and productId) and return it for every repeat; businessId differs each time and is no key.',
    },
  },
  'instance.id-shared': {
    section: '11 F18',
    summary: { zh: '两个订单得到了同一个 instanceId', en: 'Two orders got the same instanceId' },
    expected: 'a globally unique instanceId for each order',
    fix: {
      zh: '为每个订单生成全局唯一的 instanceId，建议使用该订单首次请求的 businessId；不要用客户或商品的 ID。',
      en: 'Make a globally unique instanceId for each order; the businessId of its first request is recommended, not the id of customer or product.',
    },
  },
  'instance.unknown-accepted': { section: '9' },
  'instance.release-not-repeatable': { section: '6.0.4' },
  'instance.status-not-repeatable': {
    section: '6.0.6',
    summary: { zh: '重复的过期、冻结或解冻请求失败', en: 'The same expiry, freeze or unfreeze failed a second time' },
  },
  'instance.refresh-not-repeatable': { section: '6.0.2' },
  'instance.upgrade-not-repeatable': {
    section: '6.0.5',
    summary: { zh: '重复的 upgrade 请求失败', en: 'The same upgrade a second time failed' },
    fix: {
      zh: '以 orderId 做幂等：同一升级订单只生效一次，重复请求返回 000000。',
      en: 'Apply an upgrade once per orderId and answer 000000 to its repeats.',
    },
  },
  'instance.async-unfinished': {
    section: '13 Q8',
    expected: '000000 with instanceId and appInfo, at the latest for a repeat within the window',
    fix: {
      zh: 'V1.0 没有异步交付：000004 只算一次失败的尝试，云商店会重复调用 newInstance，在时限内必须返回 000000 及 appInfo。',
      en: 'V1.0 has no asynchronous delivery: 000004 is a failed attempt, newInstance is repeated and must answer 000000 with appInfo within the window.',
    },
  },
  'security.signature-not-checked': {
    section: '3.3',
    summary: { zh: 'authToken 不正确的请求被接受', en: 'A request whose authToken does not fit was accepted' },
    expected: '000001 unless authToken is present and fits the parameters received',
    fix: {
      zh: '每次请求都用收到的全部参数重新计算 authToken，缺失或不一致时返回 000001。任何人都可能伪造未校验的请求。',
      en: 'Compute authToken over all parameters received, for every request, and answer 000001 when it is absent or differs; otherwise anybody can forge calls.',
    },
  },
  'security.timestamp-not-checked': {
    section: '3.3',
    summary: { zh: '没有 timeStamp 的请求被接受', en: 'A request without timeStamp was accepted' },
    expected: '000001 when timeStamp is absent or empty',
    fix: {
      zh: '缺少 timeStamp 时返回 000001；不要把缺失的参数当作空字符串继续计算。',
      en: 'Answer 000001 when timeStamp is absent; do not go on with an empty text in its place.',
    },
  },
  'security.valid-refused': {
    section: '11 F8',
    fix: {
      zh: '对照协议检查：参数值只解码一次，除 authToken 外收到的参数全部参与签名，按名称升序，密钥为 Key + timeStamp，结果为标准 base64。可用 jishi sign saas-v1 逐步对照。',
      en: 'Compare your steps with the protocol: values decoded once, every parameter received but authToken, sorted by name, key + timeStamp as key, standard base64. `jishi sign saas-v1` prints every step.',
    },
  },
  'security.test-flag-ignored': { section: '11 F24' },
};
