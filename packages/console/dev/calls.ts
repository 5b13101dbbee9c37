import type { CallAttemptView, SellerCallDetailsView } from '@jishi/marketplace/console-api';

const requestHeaders = [
  { name: 'Content-Type', value: 'application/json' },
  { name: 'X-Sign-Date', value: '20261124T060500Z' },
  { name: 'Authorization', value: 'SDK-HMAC-SHA256 Access=***, SignedHeaders=host;x-sign-date, Signature=9f2c…' },
];
const body =
  '{"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2611240000","orderLineId":"CS2611240000-000001","testFlag":"0"}';

const failed: CallAttemptView = {
  attempt: 2,
  actor: 'system',
  startedAt: '2026-11-24T07:05:01Z',
  durationMs: 480,
  outcome: 'failed',
  httpStatus: 200,
  resultCode: '000101',
  resultMsg: 'signature mismatch',
  request: { method: 'POST', url: 'https://api.yunfan.example/koogallery/produce', headers: requestHeaders, body },
  response: {
    headers: [{ name: 'Content-Type', value: 'application/json;charset=UTF-8' }],
    body: '{"resultCode":"000101","resultMsg":"signature mismatch","instanceId":""}',
    truncated: false,
  },
  diagnosis: [
    {
      code: 'signature.body-hash',
      severity: 'error',
      summary: {
        zh: '签名不一致:对方对消息体做了重新序列化',
        en: 'The signatures differ: the body was serialised again before it was hashed',
      },
      expected: 'sha256(body) = 6b1f0c2a9d44e7…b702 over {"activity":"newInstance"}',
      seen: 'sha256(body) = c03e0c2a9d44e7…b702 over {"activity": "newInstance"}',
      fix: {
        zh: '用收到的原始字节计算摘要,不要先解析再序列化。',
        en: 'Hash the raw bytes as received; do not parse and serialise first.',
      },
      reference: 'saas-v2.md 3.1',
    },
  ],
};

const call: SellerCallDetailsView['call'] = {
  callId: 'call-0001',
  activity: 'newInstance',
  protocol: 'saas-v2',
  state: 'STOPPED',
  restarted: false,
  orderId: 'CS2611240000',
  orderLineId: 'CS2611240000-000001',
  instanceId: null,
  goodsId: 'GOODS-TEAMDESK',
  productName: { zh: '云帆协同办公', en: 'Yunfan Team Desk' },
  sellerId: 't-seller',
  sellerName: '云帆软件',
  attempts: 2,
  createdAt: '2026-11-24T06:05:00Z',
  nextAttemptAt: null,
  windowEndsAt: '2026-11-24T09:05:00Z',
  last: {
    at: failed.startedAt,
    httpStatus: 200,
    resultCode: '000101',
    resultMsg: 'signature mismatch',
    durationMs: 480,
    diagnosisCode: 'signature.body-hash',
    diagnosisSummary: failed.diagnosis[0]?.summary ?? null,
  },
  restartBlockedBy: null,
  closed: null,
  traceId: '0af7651916cd43dd8448eb211c80319c',
};

/** One call that stopped, one that will be repeated, one that succeeded, one that cannot be restarted. */
export function sampleCalls(): SellerCallDetailsView[] {
  const lost: CallAttemptView = {
    ...failed,
    attempt: 1,
    httpStatus: null,
    resultCode: null,
    resultMsg: null,
    response: null,
    diagnosis: [],
    durationMs: 20000,
    startedAt: '2026-11-24T06:05:01Z',
  };
  const ok: CallAttemptView = {
    ...failed,
    attempt: 1,
    outcome: 'ok',
    resultCode: '000000',
    resultMsg: 'success',
    diagnosis: [],
    response: {
      headers: [],
      body: '{"resultCode":"000000","resultMsg":"success","instanceId":"ins-77"}',
      truncated: false,
    },
  };
  const refresh: SellerCallDetailsView['call'] = {
    ...call,
    callId: 'call-0005',
    activity: 'refreshInstance',
    instanceId: 'ins-soon',
    orderId: 'CS2611SOON2',
    orderLineId: 'CS2611SOON2-000001',
    attempts: 1,
  };
  return [
    { call, attempts: [lost, failed] },
    { call: refresh, attempts: [{ ...failed, attempt: 1 }] },
    {
      call: {
        ...refresh,
        callId: 'call-0006',
        activity: 'expireInstance',
        protocol: 'saas-v1',
        productName: { zh: '云帆报表', en: 'Yunfan Reports' },
        sellerName: '云帆软件',
      },
      attempts: [{ ...failed, attempt: 1 }],
    },
    {
      call: {
        ...refresh,
        callId: 'call-0007',
        activity: 'instanceStatus',
        protocol: 'saas-v1',
        state: 'RESOLVED',
        closed: { by: 'seller', reason: '已在商家后台手工冻结。' },
        restartBlockedBy: {
          code: 'CALL_CLOSED',
          message: { zh: '该调用已由人工处理完成', en: 'the call was closed by hand' },
        },
      },
      attempts: [{ ...failed, attempt: 1 }],
    },
    {
      call: {
        ...call,
        callId: 'call-0002',
        state: 'DUE',
        attempts: 1,
        nextAttemptAt: '2026-11-24T08:05:00Z',
      },
      attempts: [{ ...failed, attempt: 1 }],
    },
    {
      call: {
        ...call,
        callId: 'call-0003',
        activity: 'queryInstance',
        state: 'SUCCEEDED',
        attempts: 1,
        restartBlockedBy: { code: 'CALL_DONE', message: { zh: '调用已成功，无需重新启动', en: 'the call is done' } },
        instanceId: 'ins-77',
        last: {
          at: ok.startedAt,
          httpStatus: 200,
          resultCode: '000000',
          resultMsg: 'success',
          durationMs: 85,
          diagnosisCode: null,
          diagnosisSummary: null,
        },
      },
      attempts: [ok],
    },
    {
      call: {
        ...call,
        callId: 'call-0004',
        activity: 'releaseInstance',
        state: 'RESOLVED',
        restartBlockedBy: {
          code: 'ORDER_CLOSED',
          message: { zh: '订单已关闭,不能重新启动。', en: 'The order is closed.' },
        },
      },
      attempts: [failed],
    },
  ];
}
