/** Wrong V1.0 sellers, each with one fault in what it does over several calls, or with what does not exist. */
import type { DiagnosisCode } from '@jishi/protocol';
import type { Fault } from './fault-saas-v1.test-support.ts';
import type { SellerHooks } from './right-saas-v1.test-support.ts';
import { type Answer, DONE, type Members, refusal, rightLife } from './right-saas-v1-life.test-support.ts';

type Change = (call: Members, right: Answer) => Answer;

function answering(name: string, where: string, code: DiagnosisCode, answer: Change, more: Partial<Fault> = {}): Fault {
  return { name, in: where, code, hooks: () => ({ answer }), ...more };
}

/** Of successes only, so that refusals stay what they are. */
function creating(
  name: string,
  where: string,
  code: DiagnosisCode,
  change: (right: Answer, call: Members) => Answer,
): Fault {
  return answering(name, where, code, (call, right) =>
    call.activity === 'newInstance' && right.resultCode === '000000' ? change(right, call) : right,
  );
}

/** Refuses what it has seen before; what makes two calls equal is for the caller to say. */
function refusingRepeats(
  activity: string,
  where: string,
  code: DiagnosisCode,
  identity: (call: Members) => string,
): Fault {
  return {
    name: `refuses a second ${activity}`,
    in: where,
    code,
    hooks: () => {
      const seen = new Set<string>();
      return {
        answer: (call, right) => {
          if (call.activity !== activity || right.resultCode !== '000000') return right;
          const id = identity(call);
          if (seen.has(id)) return refusal('000005', 'done already');
          seen.add(id);
          return right;
        },
      };
    },
  };
}

export const CONDUCT_FAULTS: readonly Fault[] = [
  answering('gives the access data the first time only', 'live.repeat', 'query.front-end-url', firstTimeOnly(), {
    live: true,
  }),
  answering('spells info infos', 'queryInstance.answer', 'query.incomplete', ({ activity }, { info, ...right }) =>
    activity === 'queryInstance' ? { ...right, infos: info } : right,
  ),
  answering('knows UNFREEZE for NORMAL', 'instanceStatus.normal', 'result.refused', ({ instanceStatus }, right) =>
    instanceStatus === 'NORMAL' ? refusal('000002', '不支持的状态') : right,
  ),
  answering('counts usage in Beijing time', 'queryInstance.answer', 'usage.time', (call, right) => {
    const beijing = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '');
    return usage({ usageValue: 1.5, statisticalTime: beijing })(call, right);
  }),
  answering(
    'needs a quantity in every upgrade',
    'upgrade.specification',
    'result.refused',
    ({ activity, amount }, right) =>
      activity === 'upgrade' && !amount ? refusal('000002', 'amount is missing') : right,
  ),
  answering('deletes what expires', 'live.revive', 'result.refused', deletingExpired(), { live: true }),
  {
    name: 'confuses two orders at the same time',
    in: 'newInstance.two-orders',
    code: 'instance.id-changed',
    hooks: () => {
      const ids = new Map<string, string>();
      return {
        answer: ({ activity, customerId = '', orderId = '' }, right) => {
          if (activity !== 'newInstance' || right.resultCode !== '000000') return right;
          if (!ids.get(customerId)?.startsWith(orderId))
            ids.set(customerId, `${orderId}-${ids.size}${Math.random()}`.slice(0, 40));
          return { ...right, instanceId: ids.get(customerId) };
        },
      };
    },
  },
  creating(
    'takes the businessId of each call as instanceId (F18)',
    'newInstance.repeat',
    'instance.id-changed',
    (right, { businessId }) => ({
      ...right,
      instanceId: businessId,
    }),
  ),
  {
    name: 'remembers the last order only (F18)',
    in: 'newInstance.two-orders',
    code: 'instance.id-changed',
    hooks: () => {
      let last = { orderId: '', instanceId: '' };
      return {
        answer: ({ activity, orderId = '', businessId = '' }, right) => {
          if (activity !== 'newInstance' || right.resultCode !== '000000') return right;
          if (last.orderId !== orderId) last = { orderId, instanceId: businessId };
          return { ...right, instanceId: last.instanceId };
        },
      };
    },
  },
  creating(
    'takes customerId as instanceId',
    'newInstance.two-orders',
    'instance.id-shared',
    (right, { customerId }) => ({
      ...right,
      instanceId: customerId,
    }),
  ),
  creating('gives every order the same id', 'newInstance.two-orders', 'instance.id-shared', (right) => ({
    ...right,
    instanceId: 'instance-1',
  })),
  creating(
    'gives both billing items the same id',
    'newInstance.on-demand',
    'instance.id-shared',
    (right, { orderId }) => ({
      ...right,
      instanceId: orderId,
    }),
  ),
  refusingRepeats(
    'newInstance',
    'newInstance.repeat',
    'result.refused',
    ({ orderId = '', productId = '' }) => orderId + productId,
  ),
  refusingRepeats(
    'refreshInstance',
    'refreshInstance.repeat',
    'instance.refresh-not-repeatable',
    ({ orderId = '' }) => orderId,
  ),
  refusingRepeats('upgrade', 'upgrade.repeat', 'instance.upgrade-not-repeatable', ({ orderId = '' }) => orderId),
  refusingRepeats(
    'instanceStatus',
    'instanceStatus.freeze-repeat',
    'instance.status-not-repeatable',
    ({ instanceId = '', instanceStatus = '' }) => instanceId + instanceStatus,
  ),
  refusingRepeats(
    'expireInstance',
    'expireInstance.repeat',
    'instance.status-not-repeatable',
    ({ instanceId = '' }) => instanceId,
  ),
  refusingRepeats(
    'releaseInstance',
    'releaseInstance.repeat',
    'instance.release-not-repeatable',
    ({ instanceId = '' }) => instanceId,
  ),
  answering(
    'cannot renew without a product',
    'refreshInstance.empty-product',
    'result.refused',
    ({ activity, productId }, right) =>
      activity === 'refreshInstance' && !productId ? refusal('000005', 'product not found') : right,
  ),
  answering(
    'cannot take a renewal back',
    'refreshInstance.cancellation',
    'result.refused',
    ({ activity, orderAmount = '' }, right) =>
      activity === 'refreshInstance' && orderAmount.startsWith('-') ? refusal('000002', 'orderAmount') : right,
  ),
  answering('cannot renew at all', 'refreshInstance.answer', 'result.refused', ({ activity }, right) =>
    activity === 'refreshInstance' ? refusal('000005', 'internal error') : right,
  ),
  answering('refuses values at their limit', 'newInstance.longest', 'result.refused', ({ customerName = '' }, right) =>
    customerName.length > 32 ? refusal('000005', 'Data too long for column') : right,
  ),
  answering(
    'upgrades what does not exist',
    'instance.unknown',
    'instance.unknown-accepted',
    ({ activity }, right) => (activity === 'upgrade' && right.resultCode === '000003' ? DONE : right),
    { keepsTests: true },
  ),
  answering('answers the first instance only', 'queryInstance.two', 'query.incomplete', ({ activity }, right) =>
    activity === 'queryInstance' && Array.isArray(right.info) ? { ...right, info: right.info.slice(0, 1) } : right,
  ),
  {
    name: 'cuts instanceId at 64 characters',
    in: 'queryInstance.two',
    code: 'query.incomplete',
    hooks: () => {
      const life = rightLife(true);
      return {
        life: (call) => life({ ...call, ...(call.instanceId ? { instanceId: call.instanceId.slice(0, 64) } : {}) }),
      };
    },
  },
  answering(
    'writes usage with five decimals',
    'queryInstance.answer',
    'usage.decimals',
    usage({ usageValue: 1.23456, statisticalTime: '20260105000000000' }),
  ),
  answering(
    'writes usage with a local time',
    'queryInstance.answer',
    'usage.time',
    usage({ usageValue: 1.5, statisticalTime: '2026-01-05 00:00:00' }),
  ),
  {
    name: 'keeps test instances among the live ones (F24)',
    in: 'testFlag.kept-apart',
    code: 'security.test-flag-ignored',
    hooks: () => {
      const life = rightLife(false);
      return { life: ({ testFlag: _, ...call }) => life(call) };
    },
  },
  creating('never finishes', 'newInstance.answer', 'instance.async-unfinished', () =>
    refusal('000004', 'being processed'),
  ),
  answering('carries out an unknown activity', 'activity.unknown', 'result.not-refused', ({ activity = '' }, right) =>
    activity.startsWith('jishi') ? DONE : right,
  ),
  answering('does without an orderId', 'parameters.missing', 'result.not-refused', (_, right) =>
    right.resultMsg === 'orderId is missing'
      ? { ...DONE, instanceId: 'x', appInfo: { frontEndUrl: 'https://a.example' } }
      : right,
  ),
  answering(
    'makes another instance for a live repeat',
    'live.repeat',
    'instance.id-changed',
    ({ activity, testFlag, businessId }, right) =>
      activity === 'newInstance' && testFlag !== '1' ? { ...right, instanceId: businessId } : right,
    { live: true },
  ),
  answering('cannot renew what has expired', 'live.revive', 'result.refused', expiredForGood(), { live: true }),
  answering(
    'releases what does not exist any more only once',
    'live.release',
    'instance.release-not-repeatable',
    releasedOnce(),
    {
      live: true,
    },
  ),
  answering(
    'accepts any instance, live',
    'live.unknown',
    'instance.unknown-accepted',
    ({ activity }, right) => (activity !== 'newInstance' && right.resultCode === '000003' ? DONE : right),
    { live: true },
  ),
  {
    name: 'makes two instances of two simultaneous calls',
    in: 'live.simultaneous',
    code: 'instance.id-changed',
    live: true,
    hooks: () => racing(),
  },
];

function firstTimeOnly(): Change {
  const seen = new Set<string>();
  return ({ activity, orderId = '', testFlag }, right) => {
    if (activity !== 'newInstance' || testFlag === '1' || right.resultCode !== '000000') return right;
    const { appInfo: _, ...bare } = right;
    const isFirst = !seen.has(orderId);
    seen.add(orderId);
    return isFirst ? right : bare;
  };
}

function deletingExpired(): Change {
  const gone = new Set<string>();
  return ({ activity, instanceId = '', testFlag }, right) => {
    if (testFlag === '1') return right;
    if (gone.has(instanceId) && activity === 'refreshInstance') return refusal('000003', 'no such instance');
    if (activity === 'expireInstance') gone.add(instanceId);
    return right;
  };
}

function usage(element: Answer): Change {
  return ({ activity }, right) => {
    if (activity !== 'queryInstance' || !Array.isArray(right.info)) return right;
    return { ...right, info: right.info.map((each: object) => ({ ...each, usageInfo: [element] })) };
  };
}

function expiredForGood(): Change {
  const expired = new Set<string>();
  return ({ activity, instanceId = '', testFlag }, right) => {
    if (testFlag === '1') return right;
    if (activity === 'expireInstance') expired.add(instanceId);
    return activity === 'refreshInstance' && expired.has(instanceId) ? refusal('000005', 'expired') : right;
  };
}

function releasedOnce(): Change {
  const released = new Set<string>();
  return ({ activity, instanceId = '', testFlag }, right) => {
    if (testFlag === '1' || activity !== 'releaseInstance') return right;
    if (released.has(instanceId)) return refusal('000003', 'gone');
    released.add(instanceId);
    return right;
  };
}

/** Looks the order up, waits for its database, and then creates: the second of two calls at once finds nothing yet. */
function racing(): Partial<SellerHooks> {
  const atWork = new Set<string>();
  const raced = new Set<string>();
  return {
    async before(request) {
      const query = new URLSearchParams(request.url?.split('?')[1]);
      const orderId = query.get('orderId') ?? '';
      if (query.get('activity') !== 'newInstance' || query.get('testFlag') === '1') return false;
      if (atWork.has(orderId)) raced.add(query.get('businessId') ?? '');
      atWork.add(orderId);
      await new Promise((done) => setTimeout(done, 20));
      atWork.delete(orderId);
      return false;
    },
    answer: ({ businessId = '' }, right) => (raced.has(businessId) ? { ...right, instanceId: businessId } : right),
  };
}
