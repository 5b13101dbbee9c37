import { error } from './entry.ts';

/** The V1.0 response signature. */
export const BODY_SIGN = {
  'body-sign.missing': error({
    summary: { zh: '响应缺少 Body-Sign 头', en: 'The header Body-Sign is missing' },
    expected: 'Body-Sign: sign_type="HMAC-SHA256", signature="…"',
    fix: { zh: '每个响应都要带上 Body-Sign 头。', en: 'Send Body-Sign with every answer.' },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.name-case': error({
    summary: { zh: '签名头的名称写法不对，必须是 Body-Sign', en: 'The header is spelt otherwise than Body-Sign' },
    expected: 'Body-Sign, in exactly this case, over HTTP/1.1',
    fix: {
      zh: '将响应头名称改为 Body-Sign（区分大小写）；确认网关没有改写，HTTP/2 会把名称转为小写。',
      en: 'Spell it Body-Sign; check that no gateway rewrites it (HTTP/2 lower-cases names).',
    },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.quotes': error({
    summary: { zh: 'Body-Sign 的格式不正确：{change}', en: 'The header Body-Sign is malformed: {change}' },
    expected: 'sign_type="HMAC-SHA256", signature="…"',
    fix: {
      zh: 'sign_type 和 signature 的值都要加英文双引号，两者用英文逗号分隔，均不能为空。',
      en: 'Put both values in straight double quotes and a comma between them; neither may be empty.',
    },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.sign-type': error({
    summary: { zh: 'Body-Sign 的 sign_type 不正确', en: 'sign_type names another algorithm' },
    expected: 'HMAC-SHA256',
    fix: { zh: 'sign_type 固定为 HMAC-SHA256。', en: 'sign_type is always HMAC-SHA256.' },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.form': error({
    summary: {
      zh: 'Body-Sign 的签名编码不对：{change}',
      en: 'The signature of Body-Sign is written otherwise: {change}',
    },
    expected: 'standard base64 with padding, 44 characters',
    fix: {
      zh: 'HMAC-SHA256 的结果直接取标准 base64（带填充），不要用十六进制或 URL 安全的 base64。',
      en: 'Write the 32 bytes of the HMAC as standard base64 with padding; neither hex nor URL-safe base64.',
    },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.key': error({
    summary: { zh: 'Body-Sign 使用了错误的密钥', en: 'Body-Sign was made with another key' },
    expected: 'HMAC keyed with the key alone',
    fix: {
      zh: '仅使用密钥本身计算（不拼接 timeStamp），并确认与卖家中心的密钥一致。',
      en: 'Key the HMAC with the key alone, without timeStamp, and check that it is the key of the console.',
    },
    reference: 'saas-v1.md 4',
  }),
  'body-sign.body-altered': error({
    summary: {
      zh: '签名对应的是另一种格式的响应体：{change}',
      en: 'The signature fits a differently formatted body: {change}',
    },
    expected: 'a signature over the very bytes that are sent',
    fix: {
      zh: '只序列化一次：对将要发送的字节签名，并原样发送，之后不要再格式化、压缩或追加换行。',
      en: 'Serialise once, sign those bytes and send those bytes; no reformatting, compression or newline afterwards.',
    },
    reference: 'saas-v1.md 4',
  }),
};

/** Kit (synchronisation) interfaces and licences. */
export const KIT_AND_LICENSE = {
  'kit.add-not-repeatable': error({
    summary: { zh: '重复新增同一数据失败', en: 'The second, equal add failed' },
    expected: '000000 for a repeat',
    fix: {
      zh: '新增时若已存在则更新，返回 000000。',
      en: 'Treat an add of what exists as an update and answer 000000.',
    },
    reference: 'saas-v2.md 7',
  }),
  'kit.delete-not-repeatable': error({
    summary: { zh: '删除已不存在的数据失败', en: 'Deleting what is gone failed' },
    expected: '000000 for a repeat',
    fix: { zh: '数据不存在时删除也返回 000000。', en: 'Answer 000000 when there is nothing left to delete.' },
    reference: 'saas-v2.md 7',
  }),
  'kit.delete-needs-instance': error({
    summary: { zh: '删除时校验了实例是否存在', en: 'Delete checks that the instance exists' },
    expected: '000000 even after the instance was released',
    fix: {
      zh: '删除类请求不要校验 instanceId 是否存在，实例可能已先被释放。',
      en: 'Do not look the instance up on delete: it may have been released before.',
    },
    reference: 'saas-v2.md 7',
  }),
  'kit.secret': error({
    summary: { zh: 'clientSecret 解密失败：{cause}', en: 'The client secret was not decrypted: {cause}' },
    expected: 'RSA-OAEP decryption with your private key: {padding}',
    fix: {
      zh: '使用与上传公钥配对的私钥，填充方式依次尝试 OAEP SHA-256/MGF1-SHA-256、SHA-256/MGF1-SHA-1、SHA-1/MGF1-SHA-1。',
      en: 'Use the private key of the uploaded public key; try OAEP SHA-256/MGF1-SHA-256, then SHA-256/MGF1-SHA-1, then SHA-1/MGF1-SHA-1.',
    },
    reference: 'saas-v2.md 4.4',
  }),
  'kit.org-order': error({
    summary: { zh: '下级部门先于上级部门到达时被拒绝', en: 'A department was refused because its parent came later' },
    expected: 'acceptance in any order',
    fix: {
      zh: '先保存部门，再补全上下级关系；不要要求上级部门先存在。',
      en: 'Store the department first and connect it when its parent arrives.',
    },
    reference: 'saas-v2.md 7.5',
  }),
  'kit.user-list': error({
    summary: { zh: '列表未能识别：{cause}', en: 'A list was not understood: {cause}' },
    expected: 'a list of one to 500 users, as an array or as a JSON string',
    fix: {
      zh: 'userList 按数组读取，每次最多 500 个用户，逐个处理；V1.0 中它是 JSON 字符串，建议两种形式都支持。',
      en: 'Read userList as an array of up to 500 users and handle each of them; V1.0 sends it as a JSON string, take that form as well.',
    },
    reference: 'saas-v2.md 7.3',
  }),
  'license.no-dialect': error({
    summary: {
      zh: '该地址不识别任何一种 License 接口',
      en: 'The server knows none of the three License interfaces',
    },
    expected: 'getLicense by GET, or refreshLicenseCode or newInstance and getLicenseAsync by POST',
    fix: {
      zh: '确认填写的是 License 商品的生产地址；在线 1.0 以 GET 的 activity 参数、授权码 2.0 与在线开通以 POST 报文的 activity 成员区分接口，名称区分大小写。',
      en: 'Check that this is the production address of a License product: online 1.0 reads activity from the query of a GET, authorisation codes and online provisioning from the body of a POST, spelt exactly as documented.',
    },
    reference: 'license-and-other-types.md 1',
  }),
  'license.code-changed': error({
    summary: { zh: '重复请求返回了不同的 License', en: 'A repeated request gave another licence' },
    expected: 'the same licence for the same order line',
    fix: {
      zh: '以订单行做幂等：首次生成后保存，重复请求原样返回。',
      en: 'Store the licence with the order line and return it for every repeat.',
    },
    reference: 'license-and-other-types.md',
  }),
};
