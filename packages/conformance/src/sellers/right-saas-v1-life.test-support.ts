/** What a right V1.0 seller does for each activity: its instances, and the answers before they are encrypted and signed. */
import { createHash } from 'node:crypto';

export type Members = Readonly<Record<string, string>>;
export type Answer = Readonly<Record<string, unknown>>;

export const DONE: Answer = { resultCode: '000000', resultMsg: 'success.' };

export function refusal(resultCode: string, resultMsg: string): Answer {
  return { resultCode, resultMsg };
}

export type State = 'active' | 'frozen' | 'released';

const MANDATORY: Readonly<Record<string, readonly string[]>> = {
  newInstance: ['customerId', 'businessId', 'orderId', 'productId'],
  refreshInstance: ['orderId', 'instanceId', 'expireTime'],
  expireInstance: ['instanceId', 'orderId'],
  releaseInstance: ['instanceId', 'orderId'],
  upgrade: ['instanceId', 'orderId', 'skuCode', 'productId'],
  instanceStatus: ['instanceId', 'instanceStatus'],
  queryInstance: ['instanceId'],
};

/** @param keepsTests whether calls with testFlag=1 are stored, apart from the live ones */
export function rightLife(keepsTests: boolean): (call: Members) => Answer {
  const live = new Map<string, State>();
  const tests = new Map<string, State>();

  return (call) => {
    const mandatory = MANDATORY[call.activity ?? ''];
    if (mandatory === undefined) return refusal('000002', 'unknown activity');
    const absent = mandatory.find((name) => !call[name]);
    if (absent !== undefined) return refusal('000002', `${absent} is missing`);
    const isTest = call.testFlag === '1';
    const instances = isTest ? tests : live;
    const isKept = !isTest || keepsTests;
    if (call.activity === 'newInstance') return create(call, instances, isKept);
    if (call.activity === 'queryInstance') return query(call, instances, isKept);
    return change(call, instances, isKept);
  };
}

/** One instance for each order; for pay-per-use one for each order and product. */
function create(call: Members, instances: Map<string, State>, isKept: boolean): Answer {
  const identity = call.chargingMode === '0' ? `${call.orderId} ${call.productId}` : `${call.orderId}`;
  const instanceId = createHash('sha1').update(identity).digest('hex');
  if (instances.get(instanceId) === 'released') return refusal('000003', 'released');
  if (isKept && !instances.has(instanceId)) instances.set(instanceId, 'active');
  return { ...DONE, instanceId, appInfo: access(instanceId) };
}

function query(call: Members, instances: Map<string, State>, isKept: boolean): Answer {
  const isThere = (id: string) => !isKept || (instances.get(id) ?? 'released') !== 'released';
  const known = `${call.instanceId}`.split(',').filter(isThere);
  if (known.length === 0) return refusal('000003', 'no such instance');
  return { ...DONE, info: known.map((instanceId) => ({ instanceId, appInfo: access(instanceId) })) };
}

function change(call: Members, instances: Map<string, State>, isKept: boolean): Answer {
  const { activity, instanceId = '' } = call;
  if (!isKept) return DONE;
  const state = instances.get(instanceId);
  if (state === undefined || (state === 'released' && activity !== 'releaseInstance')) {
    return refusal('000003', `no ${instanceId}`);
  }
  if (activity === 'releaseInstance') instances.set(instanceId, 'released');
  else if (activity === 'expireInstance' || call.instanceStatus === 'FREEZE') instances.set(instanceId, 'frozen');
  else instances.set(instanceId, 'active');
  return DONE;
}

function access(instanceId: string): Answer {
  return {
    frontEndUrl: `https://app.example.com/t/${instanceId}`,
    adminUrl: 'https://app.example.com/admin',
    userName: 'admin@acme.example',
    password: 'Init-Pass-1',
    memo: '首次登录后请修改密码',
  };
}
