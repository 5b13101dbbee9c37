/** Debugging calls of SaaS V1.0 (saas-v1.md 2, 3, 6.0, 8): GET with a token, answers with `Body-Sign`. */
import {
  type ActivityV1,
  diagnoseTransportV1,
  encodeRequestV1,
  formatUtc17,
  isActivityV1,
  type RequestV1,
  readAnswerV1,
  requestsV1,
  signAuthToken,
  splitInstanceIds,
} from '@jishi/protocol';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { invalid, type Unfit } from './invalid.ts';
import { type DebugProtocol, mandatory, optional, type Parameters } from './protocol.ts';

const ORDER = mandatory('orderId', 'CS2601010800DEBUG');
const INSTANCE = mandatory('instanceId', 'debug-instance-1');
const PRODUCT = 'OFFI000000000000000001';
const SKU = '00000000-0000-4000-8000-000000000001';
const FAR = '20991231155959';
const PERIOD = [
  optional('periodType', 'month', { choices: ['', 'month', 'year'] }),
  optional('periodNumber', '1', { maximum: 2 }),
];
const CAPACITY = ['amount', 'diskSize', 'bandWidth'].map((name) => optional(name, '', { maximum: 7 }));
const EXTEND = optional('saasExtendParams', '', { maximum: 2048 });

export const saasV1: DebugProtocol = {
  forms: [
    {
      activity: 'newInstance',
      fields: [
        mandatory('customerId', 'debug-customer-1', { maximum: 100 }),
        optional('customerName', 'debug-customer'),
        optional('userId', 'debug-user-1'),
        optional('userName', 'debug-user'),
        ORDER,
        optional('skuCode', SKU),
        mandatory('productId', PRODUCT),
        mandatory('chargingMode', '1', { choices: ['1', '3', '0', '5'] }),
        ...PERIOD,
        optional('expireTime', FAR, { maximum: 20 }),
        optional('orderAmount', '100.00', { maximum: 20 }),
        optional('trialFlag', '', { choices: ['', '0', '1'] }),
        optional('provisionType', '1', { maximum: 7 }),
        ...CAPACITY,
        EXTEND,
      ],
    },
    {
      activity: 'refreshInstance',
      fields: [
        ORDER,
        INSTANCE,
        optional('productId', '', { sentEmpty: true }),
        mandatory('expireTime', FAR, { maximum: 20 }),
        optional('trialToFormal', '', { choices: ['', '1'] }),
        ...PERIOD,
        optional('orderAmount', '100.00', { maximum: 20 }),
      ],
    },
    { activity: 'expireInstance', fields: [INSTANCE, ORDER] },
    { activity: 'releaseInstance', fields: [INSTANCE, ORDER, optional('orderAmount', '100.00', { maximum: 20 })] },
    {
      activity: 'upgrade',
      fields: [
        INSTANCE,
        ORDER,
        mandatory('skuCode', SKU),
        mandatory('productId', PRODUCT),
        ...CAPACITY.map((each) => (each.name === 'amount' ? { ...each, preset: '20' } : each)),
        EXTEND,
      ],
    },
    {
      activity: 'instanceStatus',
      fields: [INSTANCE, mandatory('instanceStatus', 'FREEZE', { choices: ['FREEZE', 'NORMAL'] })],
    },
    { activity: 'queryInstance', fields: [{ ...INSTANCE, maximum: 6_500 }] },
  ],

  build({ activity, parameters }, target, { at, random }) {
    const timeStamp = formatUtc17(at);
    const request = requestOf(activity, parameters, timeStamp, () => uuid(random));
    if (!request.ok) return request;
    const [address = '', query] = target.url.split('?', 2);
    const raw = [query, encodeRequestV1(request.value)].filter(Boolean).join('&');
    const { url } = signAuthToken(raw, target.accessKey);
    return ok({
      method: 'GET',
      url: `${address}?${url}`,
      headers: { accept: 'application/json' },
      body: null,
      instanceIds: activity === 'queryInstance' ? splitInstanceIds(parameters.instanceId ?? '') : [],
      timeStamp,
    });
  },

  read(activity, { instanceIds, timeStamp }, answer, durationMs, accessKey) {
    if (!isActivityV1(activity)) throw new Error(`unreachable: ${activity} was sent`);
    const http = { ...answer, headers: answer.rawHeaders, durationMs };
    const expected = { key: accessKey, timeStamp, instanceIds, debugging: true };
    const { resultCode, resultMsg, value, diagnosis } = readAnswerV1<ActivityV1>(activity, http, expected);
    const instanceId = value && 'instanceId' in value && typeof value.instanceId === 'string' ? value.instanceId : null;
    return { resultCode, resultMsg, instanceId, diagnosis };
  },

  transport: diagnoseTransportV1,
};

function requestOf(
  activity: string,
  parameters: Parameters,
  timeStamp: string,
  newId: () => string,
): Result<RequestV1> {
  if (!isActivityV1(activity)) return refuse('PARAMETERS_INVALID', `saas-v1 has no interface ${activity}`);
  const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  const given = { ...filled, activity, timeStamp, testFlag: '1' };
  const members = activity === 'newInstance' ? { ...given, businessId: newId() } : given;
  const parsed: { success: true; data: RequestV1 } | Unfit = requestsV1[activity].safeParse(members);
  if (!parsed.success) return invalid(parsed);
  // "productId empty": the parameter is there, its value is not (saas-v1.md 8)
  return ok(
    parsed.data.activity === 'refreshInstance' && parameters.productId === ''
      ? { ...parsed.data, productId: '' }
      : parsed.data,
  );
}
