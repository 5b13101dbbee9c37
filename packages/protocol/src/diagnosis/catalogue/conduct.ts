import { error, warning } from './entry.ts';

/** What shows only over several calls: repeatability, identity, and the checks a seller must make. */
export const CONDUCT = {
  'instance.id-changed': error({
    summary: {
      zh: '同一订单行重复创建，返回了不同的 instanceId',
      en: 'A repeated newInstance gave another instanceId',
    },
    expected: 'the same instanceId for the same orderId and orderLineId',
    fix: {
      zh: '以 orderId + orderLineId 做幂等：首次请求时保存 instanceId，重复请求原样返回。businessId 每次都会变化，不能作为幂等键。',
      en: 'Store the instanceId under orderId + orderLineId and return it for every repeat; businessId differs each time and is no key.',
    },
    reference: 'saas-v2.md 5.1',
  }),
  'instance.id-shared': error({
    summary: { zh: '两个订单行得到了同一个 instanceId', en: 'Two order lines got the same instanceId' },
    expected: 'a globally unique instanceId for each order line',
    fix: {
      zh: '为每个订单行生成全局唯一的 instanceId，建议使用该订单行首次请求的 businessId。',
      en: 'Make a globally unique instanceId for each order line; the businessId of its first request is recommended.',
    },
    reference: 'saas-v2.md 5.1',
  }),
  'instance.unknown-accepted': warning({
    summary: {
      zh: '对不存在的实例进行操作，却返回了成功',
      en: 'An operation on an instance that never existed answered success',
    },
    expected: '000003',
    fix: {
      zh: '实例不存在时返回 000003，否则数据不一致时无法被发现。',
      en: 'Answer 000003 for an unknown instance, otherwise nobody notices when data differ.',
    },
    reference: 'saas-v2.md 8',
  }),
  'instance.release-not-repeatable': error({
    summary: { zh: '重复释放同一实例失败', en: 'Releasing the same instance a second time failed' },
    expected: '000000 for a repeat',
    fix: {
      zh: '对已释放的实例再次释放时返回 000000。',
      en: 'Answer 000000 when the instance is already released.',
    },
    reference: 'saas-v2.md 5.5',
  }),
  'instance.status-not-repeatable': error({
    summary: { zh: '重复冻结或解冻同一实例失败', en: 'The same status change a second time failed' },
    expected: '000000 for a repeat',
    fix: {
      zh: '实例已处于目标状态时直接返回 000000。',
      en: 'Answer 000000 when the instance already has the wanted status.',
    },
    reference: 'saas-v2.md 5.4',
  }),
  'instance.refresh-not-repeatable': error({
    summary: { zh: '重复更新到期时间失败', en: 'The same refreshInstance a second time failed' },
    expected: '000000, and expiry set to expireTime',
    fix: {
      zh: '将到期时间直接设置为 expireTime（而不是累加），这样重复请求不会有副作用。',
      en: 'Set the expiry to expireTime instead of adding to it; then a repeat does no harm.',
    },
    reference: 'saas-v2.md 5.3',
  }),
  'instance.upgrade-not-repeatable': error({
    summary: { zh: '重复升级请求失败', en: 'The same upgradeInstance a second time failed' },
    expected: '000000 for a repeat, applied once',
    fix: {
      zh: '以 orderId + orderLineId 做幂等：同一升级订单只生效一次，重复请求返回 000000。',
      en: 'Apply an upgrade once per orderId + orderLineId and answer 000000 to its repeats.',
    },
    reference: 'saas-v2.md 5.6',
  }),
  'instance.async-unfinished': error({
    summary: {
      zh: '异步开通一直返回“处理中”，超过时限仍未完成',
      en: 'Provisioning stayed “being processed” and never finished within the window',
    },
    expected: 'queryInstance with 000000 and appInfo within the window',
    fix: {
      zh: '检查后台开通任务是否执行；完成后 queryInstance 必须返回 000000 和该实例的 appInfo。',
      en: 'Check the background job; once it is done queryInstance must answer 000000 with the appInfo of the instance.',
    },
    reference: 'saas-v2.md 5.2',
  }),
  'security.signature-not-checked': error({
    summary: { zh: '签名错误的请求被接受', en: 'A request with a wrong signature was accepted' },
    expected: '000001',
    fix: {
      zh: '每次请求都校验签名，不一致时返回 000001。任何人都可能伪造未校验的请求。',
      en: 'Verify the signature of every request and answer 000001 when it differs; otherwise anybody can forge calls.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'security.timestamp-not-checked': error({
    summary: { zh: '10 分钟前的请求被接受', en: 'A request that is 10 minutes old was accepted' },
    expected: '000002 beyond 60 s',
    fix: {
      zh: '校验 timestamp（毫秒），与当前时间相差超过 60 秒时返回 000002。',
      en: 'Compare timestamp (milliseconds) with the clock and answer 000002 beyond 60 s.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'security.nonce-not-checked': warning({
    summary: { zh: '完全相同的请求被接受两次（可被重放）', en: 'The very same request was accepted twice' },
    expected: '000001 for a nonce seen before',
    fix: {
      zh: '在 60 秒窗口内缓存已使用的 nonce，再次出现时返回 000001。',
      en: 'Remember nonces for the 60 s window and answer 000001 when one comes again.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'security.valid-refused': error({
    summary: {
      zh: '签名正确的请求被拒绝，可能原因：{cause}',
      en: 'A correctly signed request was refused; probable cause: {cause}',
    },
    expected: 'acceptance of a correctly signed request',
    fix: {
      zh: '对照协议检查验签步骤：十六进制比较忽略大小写，按成员名升序重排，去掉值为 null 的成员，timestamp 为毫秒，密钥与绑定的一致。可用 jishi sign 逐步对照。',
      en: 'Compare your steps with the protocol: hex without regard to case, members sorted ascending, nulls dropped, timestamp in milliseconds, the bound key. `jishi sign` prints every step.',
    },
    reference: 'saas-v2.md 3.1',
  }),
  'security.test-flag-ignored': warning({
    summary: { zh: '调试请求（testFlag）修改了业务数据', en: 'A request with testFlag changed business data' },
    expected: 'no change of data when testFlag is "1"',
    fix: {
      zh: 'testFlag 为 "1" 时只校验并返回格式正确的成功响应，不创建或修改数据。',
      en: 'With testFlag "1" verify, answer a well-formed success, and change nothing.',
    },
    reference: 'saas-v2.md 1.4',
  }),
  'suite.fault': error({
    summary: {
      zh: '检查程序自身在该用例中出错，与你的服务无关',
      en: 'The suite itself failed in this case; your server is not at fault',
    },
    expected: 'a case that comes to a verdict',
    fix: {
      zh: '请将报告中该用例的请求与响应一并反馈给检查工具的维护者；其余用例的结论不受影响。',
      en: 'Report it to the makers of the suite with the requests and answers of this case; the other cases stand.',
    },
    reference: 'cli.md',
  }),
};
