import { error, warning } from './entry.ts';

/** The body of an answer, and of a request where the same can be said. */
export const ANSWER_BODY = {
  'body.empty': error({
    summary: { zh: '报文体为空', en: 'The body is empty' },
    expected: '{"resultCode":"000000","resultMsg":"success."}',
    fix: {
      zh: '返回一个 JSON 对象，至少包含 resultCode 和 resultMsg。',
      en: 'Send a JSON object with at least resultCode and resultMsg.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'body.not-json': error({
    summary: { zh: '报文体不是合法的 JSON：{kind}', en: 'The body is not JSON: {kind}' },
    expected: 'one JSON object',
    fix: {
      zh: '用 JSON 库序列化报文体，不要手工拼接字符串，也不要返回错误页面。',
      en: 'Serialise the body with a JSON library, not by hand, and keep error pages away from this path.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'body.not-object': error({
    summary: {
      zh: '报文体是数组或单个值，而不是 JSON 对象',
      en: 'The body is an array or a single value, not an object',
    },
    expected: 'one JSON object, {…}',
    fix: {
      zh: '最外层必须是 JSON 对象。',
      en: 'The outermost value must be a JSON object.',
    },
    reference: 'saas-v2.md 2',
  }),
  'body.result-code-missing': error({
    summary: { zh: '响应缺少 resultCode', en: 'resultCode is missing' },
    expected: '"resultCode":"000000"',
    fix: {
      zh: '在响应最外层返回 resultCode，注意大小写。',
      en: 'Return resultCode at the top level, spelt exactly so.',
    },
    reference: 'saas-v2.md 2',
  }),
  'body.result-code-type': error({
    summary: { zh: 'resultCode 必须是字符串', en: 'resultCode must be a string' },
    expected: '"000000" in quotes',
    fix: {
      zh: '将 resultCode 定义为字符串类型；数字类型会丢失前导零。',
      en: 'Make resultCode a string; as a number it loses its leading zeros.',
    },
    reference: 'saas-v2.md 2',
  }),
  'body.result-code-unknown': error({
    summary: { zh: 'resultCode 不在协议的返回码表中', en: 'resultCode is not in the table of the protocol' },
    expected: '000000 for success, or another code of the table',
    fix: {
      zh: '成功返回 000000，失败请使用返回码表中的编码；未知编码一律视为失败。',
      en: 'Answer 000000 for success, or a documented code; an unknown code counts as a failure.',
    },
    reference: 'saas-v2.md 8',
  }),
  'body.result-code-misspelt': error({
    summary: { zh: 'resultCode 写法有误，应为 {meant}', en: 'resultCode is misspelt, {meant} was meant' },
    expected: 'exactly six digits, e.g. "000000"',
    fix: {
      zh: 'resultCode 固定为六位数字，请补齐或去掉多余的零。',
      en: 'Use exactly six digits: add the missing zeros or drop the extra one.',
    },
    reference: 'saas-v2.md 8',
  }),
  'body.result-msg-missing': warning({
    summary: { zh: '响应缺少 resultMsg', en: 'resultMsg is missing' },
    expected: '"resultMsg":"success."',
    fix: {
      zh: '返回 resultMsg；接入调试会检查该成员，失败时它也便于定位问题。',
      en: 'Return resultMsg: the debugger asks for it, and on failure it tells what happened.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'body.member-missing': error({
    summary: { zh: '缺少必选成员 {member}', en: 'The mandatory member {member} is missing' },
    expected: '{member} with a value',
    fix: {
      zh: '补充成员 {member}，注意名称大小写。',
      en: 'Add {member}, spelt exactly so.',
    },
    reference: 'saas-v2.md 5',
  }),
  'body.member-type': error({
    summary: { zh: '成员 {member} 的类型或取值不正确', en: 'The member {member} has a wrong type or value' },
    expected: 'the type of the protocol',
    fix: {
      zh: '按协议修改 {member} 的类型或取值。',
      en: 'Give {member} the type and form of the protocol.',
    },
    reference: 'saas-v2.md 5',
  }),
  'body.member-length': error({
    summary: {
      zh: '成员 {member} 超过长度上限 {limit}',
      en: 'The member {member} is longer than its limit of {limit}',
    },
    expected: 'at most {limit} characters',
    fix: {
      zh: '将 {member} 缩短到上限 {limit} 以内。',
      en: 'Shorten {member} to its limit of {limit}.',
    },
    reference: 'saas-v2.md 5',
  }),
  'body.wrapped': error({
    summary: { zh: '所需成员被包在 {wrapper} 对象里', en: 'The right members stand inside another object, {wrapper}' },
    expected: 'the members at the top level',
    fix: {
      zh: '去掉外层封装（统一响应包装器），把 {wrapper} 中的成员直接放到最外层。',
      en: 'Switch off the response wrapper for this path and put the members of {wrapper} at the top level.',
    },
    reference: 'saas-v2.md 2',
  }),
  'result.refused': error({
    summary: { zh: '商家拒绝了请求：{resultCode} {meaning}', en: 'The seller refused: {resultCode} {meaning}' },
    expected: '000000',
    fix: {
      zh: '根据返回码和 resultMsg 处理原因，然后在“生产接口消息”中重新启动。',
      en: 'Mend what the code and resultMsg name, then restart the call under production interface messages.',
    },
    reference: 'saas-v2.md 8',
  }),
  'result.not-refused': warning({
    summary: {
      zh: '本应拒绝的请求却返回了成功：{request}',
      en: 'A request that has to be refused was answered with success: {request}',
    },
    expected: '000002',
    fix: {
      zh: '校验 activity 和请求参数，不合法时返回 000002；否则调用方会误以为操作已经完成。',
      en: 'Check activity and parameters and answer 000002 to what is not valid; otherwise the caller believes that it was done.',
    },
    reference: 'saas-v2.md 8',
  }),
  'query.front-end-url': error({
    summary: {
      zh: 'appInfo 缺少可用的 frontEndUrl',
      en: 'appInfo has no frontEndUrl that a customer can open',
    },
    expected: '"frontEndUrl":"https://…" (http or https), at most 512 characters',
    fix: {
      zh: '在 appInfo 中返回客户访问产品的地址 frontEndUrl；否则客户无法进入产品。',
      en: 'Return in appInfo the address where the customer uses the product.',
    },
    reference: 'saas-v2.md 5.2',
  }),
  'query.incomplete': error({
    summary: {
      zh: '查询的实例没有全部返回',
      en: 'Fewer instances came back than were asked for',
    },
    expected: 'one element of info for each instanceId asked for',
    fix: {
      zh: 'instanceId 可能是逗号分隔的多个 ID：请拆分后逐个返回，每个实例对应 info 中的一个元素。',
      en: 'instanceId may hold several IDs separated by commas: split it and return one element of info for each.',
    },
    reference: 'saas-v2.md 5.2',
  }),
  'query.memo-not-escaped': warning({
    summary: { zh: 'memo 中的非 ASCII 字符未转义', en: 'Non-ASCII text in memo is not escaped' },
    expected: 'non-ASCII characters as \\uXXXX',
    fix: {
      zh: 'memo 中的中文等非 ASCII 字符请写成 \\uXXXX 转义形式。',
      en: 'Write Chinese and other non-ASCII characters of memo as \\uXXXX.',
    },
    reference: 'saas-v2.md 5.2',
  }),
  'usage.decimals': error({
    summary: { zh: 'usageValue 不是数字，或小数超过 4 位', en: 'usageValue is not a number with at most 4 decimals' },
    expected: 'at most 8 digits before and 4 after the point',
    fix: {
      zh: '将用量四舍五入到 4 位小数，不要使用科学计数法。',
      en: 'Round usage to 4 decimals and do not use exponents.',
    },
    reference: 'saas-v2.md 5.2',
  }),
  'usage.time': error({
    summary: { zh: 'statisticalTime 格式不正确', en: 'statisticalTime has a wrong form' },
    expected: 'UTC yyyyMMddHHmmssSSS, 17 digits',
    fix: {
      zh: '使用 UTC 时间，格式 yyyyMMddHHmmssSSS，例如 20260105000000000。',
      en: 'Send UTC time as yyyyMMddHHmmssSSS, e.g. 20260105000000000.',
    },
    reference: 'saas-v2.md 5.2',
  }),
};
