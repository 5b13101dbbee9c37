/** What the request log says of a refused call: what the gateway found, or what the answered code means and what to do. */
import type { Diagnosis, UsageSignFault } from '@jishi/protocol';
import type { ApiFinding } from '../../platform/http/api-requests.ts';

type Words = ApiFinding['summary'];
type Help = readonly [summary: Words, fix: Words];
const words = (zh: string, en: string): Words => ({ zh, en });

const CORRECT = words(
  '按接口文档改正请求后再发，不要原样重发',
  'Correct the request by the interface’s page; do not repeat it as it is',
);
const LATER = words('稍候重试，间隔逐次加倍', 'Try again later, with doubled pauses');

const CODES: Readonly<Record<string, Help>> = {
  'APIGW.0101': [
    words('没有这个接口或方法', 'There is no such path or method'),
    words('核对路径、版本与请求方法', 'Check path, version and method'),
  ],
  'APIGW.0201': [
    words('请求过大', 'The request is too large'),
    words('请求体不超过 12 MB，分批发送', 'Keep bodies below 12 MB; send in batches'),
  ],
  'APIGW.0301': [
    words('AK/SK 签名未通过', 'The AK/SK signature was refused'),
    words('核对 AK、SK、本机时钟与签名内容', 'Check AK, SK, the clock, and what is signed'),
  ],
  'APIGW.0308': [words('调用过于频繁', 'Calls are too frequent'), LATER],
  'MKT.0250': [words('调用过于频繁', 'Calls are too frequent'), LATER],
  'MKT.0100': [
    words('参数取值不对', 'A parameter has a value that is not possible'),
    words('见应答中的 extra_info', 'See extra_info of the answer'),
  ],
  'MKT.0101': [words('缺少必填参数，或参数不成立', 'A mandatory parameter is missing or can not be'), CORRECT],
  'MKT.0199': [words('请求体不是 JSON', 'The body is no JSON'), CORRECT],
  'MKT.0150': [
    words('订单或实例属于其他商家', 'The order or instance belongs to another seller'),
    words('用该商家自己的 AK/SK', 'Use that seller’s own AK/SK'),
  ],
  'MKT.0151': [
    words('AK 不属于商家', 'The access key is no seller’s'),
    words('用商家账号创建的 AK/SK', 'Use a key of the seller’s account'),
  ],
  'MKT.9001': [
    words('实例不存在', 'There is no such instance'),
    words('用 newInstance 中返回的 instanceId', 'Use the instanceId that newInstance returned'),
  ],
  'MKT.9002': [
    words('话单内容不对', 'A usage record can not be read'),
    words(
      '见 extra_info：时间用 UTC，使用量大于 0、至多 4 位小数',
      'See extra_info: times in UTC, usage above 0 with at most 4 decimals',
    ),
  ],
  'MKT.9003': [
    words('一次超过 1000 条话单', 'More than 1,000 records in a call'),
    words('分批发送', 'Send in batches'),
  ],
  'MKT.9004': [
    words('话单开始时间早于 21 天', 'A record began more than 21 days ago'),
    words('按时推送；过期的用量请联系运营', 'Push in time; ask the operator about what is older'),
  ],
  '94060999': [
    words('部分话单未被接受', 'Some records were not taken'),
    words('逐条见应答的 data 与“用量 > 未接受”', 'See data in the answer, and “Usage > Not taken”'),
  ],
  '92020002': [
    words('实际生效时间不成立', 'The actual effective time can not be'),
    words('不早于下单、不晚于现在', 'Not before the order, not in the future'),
  ],
  '92020003': [
    words('授权码的状态不允许', 'The state of the code does not allow it'),
    words('可能已激活：用查询接口确认', 'It may be active already: ask by heartbeat'),
  ],
  '92020005': [
    words('授权码不存在或属于其他商家', 'The code does not exist or is another seller’s'),
    words('请用户核对输入的授权码', 'Have the user check the code'),
  ],
  '92020011': [words('授权码尚未激活', 'The code is not activated'), words('先调用激活接口', 'Activate it first')],
  '92020020': [
    words('批次中有无效的授权码', 'The batch contains codes that failed'),
    words('见 data.check_fail_list', 'See data.check_fail_list'),
  ],
  '95000001': [words('参数不符合要求', 'The parameters do not fit'), CORRECT],
  '95000002': [words('请求方法不对', 'The method is not supported'), words('用 POST', 'Use POST')],
  '95000003': [
    words('内容类型不对', 'The content type is not supported'),
    words('用 application/json', 'Use application/json'),
  ],
  '95000004': [words('请求体不是 JSON', 'The body is no JSON'), CORRECT],
  'CBC.0101': [words('参数不对，或文件与 sha256 不符', 'Wrong parameters, or a file unlike its sha256'), CORRECT],
  'CBC.0150': [
    words('该申请属于其他商家', 'The application belongs to another seller'),
    words('核对 eventId 与 AK', 'Check eventId and access key'),
  ],
  '91381034': [
    words('没有这个申请，或已交付其他内容', 'There is no such application, or another licence was handed over'),
    words('核对 eventId', 'Check the eventId'),
  ],
};
/** Of our own extensions (api/seller-api). */
const OWN_CODES: Readonly<Record<string, Help>> = {
  'JISHI.VALIDATION': [
    words('参数或请求体不符合要求', 'Query or body does not fit'),
    words('见应答中的 errors', 'See errors of the answer'),
  ],
  'JISHI.NOT_FOUND': [
    words('没有这个对象，或属于其他商家', 'There is no such object, or it is another seller’s'),
    words('核对 ID 与 AK', 'Check the id and the access key'),
  ],
  'JISHI.IDEMPOTENCY_KEY_MISSING': [
    words('写操作缺少 Idempotency-Key', 'A write lacks Idempotency-Key'),
    words('每个操作一个新的 UUID；重试用同一个', 'A new UUID for each operation; the same one for its repeats'),
  ],
  'JISHI.IDEMPOTENCY_CONFLICT': [
    words('该 Idempotency-Key 已用于其他请求', 'This Idempotency-Key was used for another request'),
    words('不同的操作用不同的键', 'Use another key for another operation'),
  ],
};
const OURS: Help = [words('云商店内部错误', 'The marketplace failed'), LATER];
const OTHER: Help = [words('请求未被接受', 'The request was not accepted'), CORRECT];

const SIGN_FAULTS: Readonly<Record<UsageSignFault | 'NONCE_REPEATED', Help>> = {
  TS_MISSING: [
    words('缺少请求头 ts', 'The header ts is missing'),
    words('ts 为毫秒时间戳', 'ts is UNIX time in milliseconds'),
  ],
  TS_FORMAT: [
    words('ts 不是 13 位毫秒时间戳', 'ts is no UNIX time in milliseconds'),
    words('用 13 位毫秒，不用秒', 'Use 13 digits, not seconds'),
  ],
  TS_SKEW: [
    words('ts 与云商店时钟相差超过 60 秒', 'ts is more than 60 seconds from our clock'),
    words('校准时钟；每次重试重新签名', 'Set the clock; sign each retry anew'),
  ],
  NONCE_MISSING: [
    words('缺少 nonce 或过长', 'nonce is missing or too long'),
    words('每次用新的随机数，至多 64 个字符', 'Use a new random text each time, at most 64 characters'),
  ],
  NONCE_REPEATED: [
    words('nonce 已用过', 'nonce was used before'),
    words('每次（包括重试）用新的随机数', 'Use a new one for each call, retries too'),
  ],
  SIGNATURE_MISSING: [
    words('缺少请求头 signature', 'The header signature is missing'),
    words('对 ts、nonce、请求体签名', 'Sign ts, nonce and body'),
  ],
  NO_KEY: [
    words('商家没有基础接口的密钥', 'The seller has no key of the base interfaces'),
    words('先在“生产地址”中创建密钥', 'Create one under “Addresses”'),
  ],
  SIGNATURE: [
    words('signature 与请求体不符', 'signature does not fit the body'),
    words(
      '用基础接口的密钥，对实际发送的请求体原文签名',
      'Use the base interfaces’ key, over the very text that is sent',
    ),
  ],
};

const SUCCESS = new Set(['MKT.0000', '92020000', 'CBC.0000']);

export function findingsOf(answered: {
  readonly status: number;
  readonly code: string;
  readonly diagnosis: readonly Diagnosis[];
  readonly signFault: UsageSignFault | 'NONCE_REPEATED' | null;
}): ApiFinding[] {
  const { status, code, diagnosis, signFault } = answered;
  if (diagnosis.length > 0) return diagnosis.map(({ code: name, summary, fix }) => ({ code: name, summary, fix }));
  if (signFault !== null) return [finding(`usage.${signFault}`, SIGN_FAULTS[signFault])];
  if (SUCCESS.has(code) || (code === '' && status < 400)) return [];
  return [finding(code, CODES[code] ?? OWN_CODES[code] ?? (status >= 500 ? OURS : OTHER))];
}

const finding = (code: string, [summary, fix]: Help): ApiFinding => ({ code, summary, fix });
