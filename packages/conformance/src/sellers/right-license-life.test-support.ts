/** What a right License seller does for each activity: its licences and codes, and the answers before they are signed. */
import { createHash } from 'node:crypto';

export type Members = Readonly<Record<string, unknown>>;
export type Dialect = 'identification' | 'code' | 'provisioning';

export const DONE: Members = { resultCode: '000000', resultMsg: 'success.' };
export const refuse = (resultCode: string, resultMsg: string): Members => ({ resultCode, resultMsg });
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export interface Living {
  readonly speaks: readonly Dialect[];
  /** `kept`: test data are kept apart; `apart`: test calls are answered without a look; `bare`: nothing is kept of them */
  readonly tests: 'kept' | 'apart' | 'bare';
  /** online provisioning: whether queryInstance is offered */
  readonly queries: boolean;
  /** newInstance answers 000004 and is ready after so many queries */
  readonly pending: number;
  /** getLicenseAsync answers 000004 */
  readonly slowLicences: boolean;
  /** codes are taken over when they are first heard of; else only those that were activated exist, here none */
  readonly learnsCodes: boolean;
  /** activities that are left out */
  readonly leavesOut: readonly string[];
  /** the name under which an order is known */
  orderKey(call: Members): string;
  newId(call: Members): string;
  newLicense(call: Members, count: number): string;
  /** the name under which a change looks its licence up */
  changeKey(call: Members): string;
  eventKey(call: Members): string;
  /** in place of everything else; null = go on */
  instead(call: Members, world: World): Members | null;
}

export interface World {
  readonly licences: Map<
    string,
    { state: 'active' | 'frozen' | 'released'; readonly license: string; pending: number }
  >;
  readonly orders: Map<string, string>;
  readonly codes: Map<string, 'active' | 'frozen' | 'released'>;
  readonly events: Map<string, string>;
  /** licences granted, of each instance; one is left over: amount of an order is not in the request */
  readonly granted: Map<string, number>;
  made: number;
}

export const emptyWorld = (): World => ({
  licences: new Map(),
  orders: new Map(),
  codes: new Map(),
  events: new Map(),
  granted: new Map(),
  made: 0,
});

export const LIVING: Living = {
  speaks: ['identification', 'code', 'provisioning'],
  tests: 'kept',
  queries: true,
  pending: 0,
  slowLicences: false,
  learnsCodes: false,
  leavesOut: [],
  orderKey: (call) => text(call.orderLineId ?? call.orderId),
  newId: (call) => text(call.businessId),
  newLicense: (_, count) => `LICENCE-${createHash('sha1').update(String(count)).digest('hex')}`,
  changeKey: (call) => text(call.instanceId),
  eventKey: (call) => text(call.eventId),
  instead: () => null,
};

const MANDATORY: Readonly<Record<Dialect, Readonly<Record<string, readonly string[]>>>> = {
  identification: {
    getLicense: ['customerId', 'businessId', 'orderId', 'productId'],
    refreshLicense: ['orderId', 'instanceId', 'expireTime'],
    expireLicense: ['orderId', 'instanceId'],
    releaseLicense: ['orderId', 'instanceId'],
  },
  code: {
    refreshLicenseCode: ['license', 'scene', 'orderId', 'orderLineId', 'expireTime'],
    updateLicenseCodeStatus: ['license', 'status'],
    releaseLicenseCode: ['license'],
  },
  provisioning: {
    newInstance: ['orderId', 'orderLineId', 'businessId'],
    queryInstance: ['instanceId'],
    refreshInstance: ['scene', 'orderId', 'orderLineId', 'instanceId', 'expireTime'],
    updateInstanceStatus: ['instanceId', 'status'],
    releaseInstance: ['instanceId'],
    getLicenseAsync: ['instanceId', 'effectiveTime', 'eventId'],
  },
};

export function respond(how: Living, world: World, dialects: readonly Dialect[], call: Members): Members {
  const activity = text(call.activity);
  const dialect = dialects.find((each) => how.speaks.includes(each) && activity in MANDATORY[each]);
  const isLeftOut = how.leavesOut.includes(activity) || (activity === 'queryInstance' && !how.queries);
  const instead = how.instead(call, world);
  if (instead !== null) return instead;
  if (dialect === undefined || isLeftOut) return refuse('000002', 'unknown activity');
  const absent = MANDATORY[dialect][activity]?.find((name) => !call[name]);
  if (absent !== undefined) return refuse('000002', `${absent} is missing`);
  const isApart = call.testFlag === '1' && how.tests !== 'kept';
  if (dialect === 'code') return changeCode(how, world, call, isApart);
  if (activity === 'getLicense' || activity === 'newInstance') return create(how, world, call, isApart);
  if (activity === 'queryInstance') return query(how, world, call, isApart);
  if (activity === 'getLicenseAsync') return apply(how, world, call, isApart);
  return change(how, world, call, isApart);
}

/** One order, one licence: a repeat gets what the first call got. */
function create(how: Living, world: World, call: Members, isApart: boolean): Members {
  const key = how.orderKey(call);
  const isNew = call.activity === 'newInstance';
  if (isApart) return given(isNew, `test-${key}`, `TEST-${key}`);
  const known = world.orders.get(key);
  const instanceId = known ?? how.newId(call);
  const licence = world.licences.get(instanceId);
  const license = licence?.license ?? how.newLicense(call, world.made);
  world.made += 1;
  if (licence === undefined) world.licences.set(instanceId, { state: 'active', license, pending: how.pending });
  world.orders.set(key, instanceId);
  if (isNew && how.pending > 0) return { ...refuse('000004', 'in progress'), instanceId };
  return given(isNew, instanceId, license);
}

function given(isNew: boolean, instanceId: string, license: string): Members {
  return isNew ? { ...DONE, instanceId } : { ...DONE, instanceId, license };
}

function query(how: Living, world: World, call: Members, isApart: boolean): Members {
  const ids = text(call.instanceId).split(',');
  if (ids.length > 100) return refuse('000002', 'too many');
  if (isApart) return how.tests === 'apart' ? { ...DONE, info: ids.map(element) } : refuse('000003', 'unknown');
  const known = ids.filter((id) => (world.licences.get(id)?.state ?? 'released') !== 'released');
  if (known.length === 0) return refuse('000003', 'unknown');
  const waiting = known.map((id) => world.licences.get(id)).find((each) => (each?.pending ?? 0) > 0);
  if (waiting !== undefined) {
    waiting.pending -= 1;
    return refuse('000004', 'in progress');
  }
  return { ...DONE, info: known.map(element) };
}

/** What the customer uses is a licence, not a page: no appInfo. */
const element = (instanceId: string) => ({ instanceId });

function change(how: Living, world: World, call: Members, isApart: boolean): Members {
  if (isApart) return how.tests === 'apart' ? DONE : refuse('000003', 'unknown');
  const licence = world.licences.get(how.changeKey(call));
  const activity = text(call.activity);
  const isRelease = activity.startsWith('release');
  if (licence === undefined || (licence.state === 'released' && !isRelease)) return refuse('000003', 'unknown');
  const isFreeze = activity === 'expireLicense' || call.status === 'FREEZE';
  licence.state = isRelease ? 'released' : isFreeze ? 'frozen' : 'active';
  return DONE;
}

function changeCode(how: Living, world: World, call: Members, isApart: boolean): Members {
  if (isApart && how.tests === 'apart') return DONE;
  const code = text(call.license);
  if (isApart || (!world.codes.has(code) && !how.learnsCodes)) return refuse('000003', 'unknown code');
  const isRelease = call.activity === 'releaseLicenseCode';
  if (world.codes.get(code) === 'released') return isRelease ? DONE : refuse('000003', 'released');
  world.codes.set(code, isRelease ? 'released' : call.status === 'FREEZE' ? 'frozen' : 'active');
  return DONE;
}

/** Two licences are granted for an instance. */
const QUOTA = 2;

function apply(how: Living, world: World, call: Members, isApart: boolean): Members {
  if (isApart && how.tests === 'bare') return refuse('000003', 'unknown');
  const instanceId = text(call.instanceId);
  if (!isApart && !world.licences.has(instanceId)) return refuse('000003', 'unknown');
  if (!call.deviceFingerprint) return refuse('000903', 'deviceFingerprint');
  const key = how.eventKey(call);
  if (!world.events.has(key)) {
    const granted = world.granted.get(instanceId) ?? 0;
    if (granted >= QUOTA && !isApart) return refuse('000900', 'quota');
    world.granted.set(instanceId, granted + 1);
    world.events.set(key, how.newLicense(call, world.made));
    world.made += 1;
  }
  return how.slowLicences ? refuse('000004', 'accepted') : DONE;
}
