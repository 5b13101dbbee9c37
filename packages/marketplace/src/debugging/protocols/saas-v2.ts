/** Debugging calls of SaaS V2.0 (saas-v2.md 1.4, 3.1, 5). */
import {
  type BaseActivity,
  type BaseRequest,
  baseRequests,
  diagnoseTransport,
  encodeRequest,
  isBaseActivity,
  QUERY_MAX_INSTANCES,
  REFRESH_SCENES,
  readAnswer,
  signBase,
  splitInstanceIds,
} from '@jishi/protocol';
import { ALPHANUMERIC, randomText, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { invalid, type Unfit } from './invalid.ts';
import { type DebugProtocol, mandatory, optional, type Parameters } from './protocol.ts';

const ORDER = mandatory('orderId', 'CS2601010800DEBUG');
const LINE = mandatory('orderLineId', 'CS2601010800DEBUG-000001');
const INSTANCE = mandatory('instanceId', 'debug-instance-1');
/** Far away, so that a saved case can be replayed for ever. */
const EXPIRE_TIME = mandatory('expireTime', '20991231155959', { maximum: 20 });
const HEADERS = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };

export const saasV2: DebugProtocol = {
  forms: [
    { activity: 'newInstance', fields: [ORDER, LINE] },
    {
      activity: 'queryInstance',
      fields: [{ ...INSTANCE, maximum: QUERY_MAX_INSTANCES * (INSTANCE.maximum + 1) }],
    },
    {
      activity: 'refreshInstance',
      fields: [
        mandatory('scene', 'RENEWAL', { choices: REFRESH_SCENES }),
        ORDER,
        LINE,
        INSTANCE,
        EXPIRE_TIME,
        optional('productId'),
      ],
    },
    {
      activity: 'updateInstanceStatus',
      fields: [INSTANCE, mandatory('status', 'FREEZE', { choices: ['FREEZE', 'UNFREEZE'] })],
    },
    { activity: 'releaseInstance', fields: [INSTANCE, optional('orderId'), optional('orderLineId')] },
    { activity: 'upgradeInstance', fields: [INSTANCE, ORDER, LINE] },
    {
      activity: 'changeInstanceCheck',
      fields: [INSTANCE, optional('productId'), optional('skuCode'), optional('linearValue', '', { maximum: 16 })],
    },
  ],

  build({ activity, parameters }, target, { at, random }) {
    const request = requestOf(activity, parameters, () => uuid(random));
    if (!request.ok) return request;
    const payload = encodeRequest(request.value);
    const [timestamp, nonce] = [String(at.getTime()), randomText(random, 32, ALPHANUMERIC)];
    const { signature } = signBase({ accessKey: target.accessKey, payload, timestamp, nonce });
    const url = new URL(target.url);
    url.searchParams.set('signature', signature);
    url.searchParams.set('timestamp', timestamp);
    url.searchParams.set('nonce', nonce);
    const instanceIds = activity === 'queryInstance' ? splitInstanceIds(parameters.instanceId ?? '') : [];
    return ok({ method: 'POST', url: url.href, headers: HEADERS, body: payload, instanceIds, timeStamp: timestamp });
  },

  read(activity, { instanceIds }, answer, durationMs) {
    if (!isBaseActivity(activity)) throw new Error(`unreachable: ${activity} was sent`);
    const reading = readAnswer<BaseActivity>(activity, { ...answer, durationMs }, { instanceIds });
    const { resultCode, resultMsg, value, diagnosis } = reading;
    const instanceId = value && 'instanceId' in value && typeof value.instanceId === 'string' ? value.instanceId : null;
    return { resultCode, resultMsg, instanceId, diagnosis };
  },

  transport: diagnoseTransport,
};

function requestOf(activity: string, parameters: Parameters, newId: () => string): Result<BaseRequest> {
  if (!isBaseActivity(activity)) return refuse('PARAMETERS_INVALID', `saas-v2 has no interface ${activity}`);
  const given = { ...present(activity, parameters), activity, testFlag: '1' };
  const members = activity === 'newInstance' ? { ...given, businessId: newId() } : given;
  const parsed: { success: true; data: BaseRequest } | Unfit = baseRequests[activity].safeParse(members);
  return parsed.success ? ok(parsed.data) : invalid(parsed);
}

/** Empty members are left out; a change check carries its target as an object (saas-v2.md 5.7). */
function present(activity: BaseActivity, parameters: Parameters): Record<string, unknown> {
  const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  if (activity !== 'changeInstanceCheck') return filled;
  const { instanceId, ...productInfo } = filled;
  return { instanceId, productInfo };
}
