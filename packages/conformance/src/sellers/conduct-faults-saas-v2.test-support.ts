/** Wrong sellers of V2.0: one fault each in what they do over several calls (saas-v2.md 5, 8, 9). */
import {
  asked,
  firstOnly,
  forgetsReleased,
  instead,
  life,
  neverKnown,
  OK,
  oneId,
  refusesFrozen,
  refusesSecond,
  refusesSecondRelease,
} from './conduct-rules-saas-v2.test-support.ts';
import type { Fault } from './faults-saas-v2.test-support.ts';
import { type Hooks, infoOf, text } from './right-saas-v2.test-support.ts';

export const CONDUCT_FAULTS: readonly Fault[] = [
  {
    name: 'businessId decides',
    shows: 'newInstance.repeat',
    code: 'instance.id-changed',
    hooks: life({ lineKey: ({ members }) => String(members.businessId) }),
  },
  {
    name: 'a new id for each call',
    shows: 'newInstance.repeat',
    code: 'instance.id-changed',
    hooks: life({ lineKey: ({ members }) => String(members.businessId), newId: (_, count) => `inst-${count}` }),
  },
  {
    name: 'the order decides',
    shows: 'newInstance.two-lines',
    code: 'instance.id-shared',
    hooks: life({ lineKey: ({ members }) => String(members.orderId) }),
  },
  {
    name: 'one id for all',
    shows: 'newInstance.two-lines',
    code: 'instance.id-shared',
    hooks: life({ newId: () => 'inst-1' }),
  },
  {
    name: 'one id for each order, test calls unseen',
    shows: 'newInstance.two-lines',
    code: 'instance.id-shared',
    hooks: life({ tests: 'sample', newId: ({ members }) => `inst-${members.orderId}` }),
  },
  {
    name: 'refuses repeats of newInstance',
    shows: 'newInstance.repeat',
    code: 'result.refused',
    says: '000103',
    hooks: instead(({ activity, members }, world) =>
      activity === 'newInstance' && world.lines.has(`${members.orderId} ${members.orderLineId}`)
        ? { resultCode: '000103', resultMsg: 'order exists' }
        : null,
    ),
  },
  {
    name: 'no resources for anybody',
    shows: 'newInstance.answer',
    code: 'result.refused',
    says: '000100',
    hooks: instead(({ activity }) => (activity === 'newInstance' ? { resultCode: '000100', resultMsg: 'full' } : null)),
  },
  {
    name: 'releases once',
    shows: 'releaseInstance.repeat',
    code: 'instance.release-not-repeatable',
    hooks: refusesSecondRelease,
  },
  {
    name: 'forgets what it released',
    shows: 'releaseInstance.repeat',
    code: 'instance.release-not-repeatable',
    hooks: forgetsReleased,
  },
  {
    name: 'freezes once',
    shows: 'updateInstanceStatus.repeat',
    code: 'instance.status-not-repeatable',
    hooks: refusesFrozen,
  },
  {
    name: 'renews an order once',
    shows: 'refreshInstance.repeat',
    code: 'instance.refresh-not-repeatable',
    hooks: refusesSecond('refreshInstance'),
  },
  {
    name: 'upgrades an order once',
    shows: 'upgradeInstance.repeat',
    code: 'instance.upgrade-not-repeatable',
    hooks: refusesSecond('upgradeInstance'),
  },
  {
    name: 'never finishes',
    shows: 'queryInstance.answer',
    code: 'instance.async-unfinished',
    hooks: life({ pending: 1_000_000 }),
  },
  {
    name: 'finishes without access data',
    shows: 'queryInstance.answer',
    code: 'instance.async-unfinished',
    hooks: {
      live: { pending: 1 },
      answer: (members) => ({
        ...members,
        info: members.info && [{ instanceId: Array.isArray(members.info) ? members.info[0]?.instanceId : '' }],
      }),
    },
  },
  { name: 'returns the first of several', shows: 'queryInstance.several', code: 'query.incomplete', hooks: firstOnly },
  { name: 'takes a list for one id', shows: 'queryInstance.several', code: 'query.incomplete', hooks: oneId },
  {
    name: 'limits instanceId to 100 characters',
    shows: 'queryInstance.hundred',
    code: 'result.refused',
    says: '000002',
    hooks: instead((call) =>
      call.activity === 'queryInstance' && asked(call).length > 5
        ? { resultCode: '000002', resultMsg: 'instanceId is too long' }
        : null,
    ),
  },
  {
    name: 'takes 101 ids',
    shows: 'queryInstance.too-many',
    code: 'result.not-refused',
    hooks: instead((call, world) =>
      call.activity === 'queryInstance' && asked(call).length > 100
        ? {
            ...OK,
            info: asked(call)
              .filter((id) => world.instances.has(id))
              .map(infoOf),
          }
        : null,
    ),
  },
  {
    name: 'refreshes what never was',
    shows: 'instance.unknown',
    code: 'instance.unknown-accepted',
    hooks: neverKnown('refreshInstance'),
  },
  {
    name: 'freezes what never was',
    shows: 'instance.unknown',
    code: 'instance.unknown-accepted',
    hooks: neverKnown('updateInstanceStatus'),
  },
  {
    name: 'knows every instance',
    shows: 'queryInstance.unknown',
    code: 'instance.unknown-accepted',
    hooks: instead((call) =>
      call.activity === 'queryInstance' && asked(call).length <= 100 ? { ...OK, info: asked(call).map(infoOf) } : null,
    ),
  },
  {
    name: 'takes test calls for live ones',
    shows: 'testFlag.honoured',
    code: 'security.test-flag-ignored',
    hooks: oneWorld(),
  },
  {
    name: 'takes any activity',
    shows: 'request.unknown-activity',
    code: 'result.not-refused',
    hooks: instead(({ activity }) => (activity.startsWith('jishi') ? OK : null)),
  },
  {
    name: 'takes GET',
    shows: 'request.get',
    code: 'result.not-refused',
    hooks: {
      takesGet: true,
      verify: { checksSignature: ({ request }) => request.method === 'POST' },
      live: { instead: ({ request }) => (request.method === 'GET' ? OK : null) },
    },
  },
  {
    name: 'takes 14 digits of expireTime only',
    shows: 'refreshInstance.scenes',
    code: 'result.refused',
    says: '17 digits',
    hooks: instead(({ members }) =>
      text(members.expireTime).length === 17 ? { resultCode: '000002', resultMsg: 'expireTime' } : null,
    ),
  },
  {
    name: 'does not know TRIAL_TO_FORMAL',
    shows: 'refreshInstance.scenes',
    code: 'result.refused',
    says: 'TRIAL_TO_FORMAL',
    hooks: instead(({ members }) =>
      members.scene === 'TRIAL_TO_FORMAL' ? { resultCode: '000002', resultMsg: 'scene' } : null,
    ),
  },
  {
    name: 'does not know UNFREEZE',
    shows: 'updateInstanceStatus.answer',
    code: 'result.refused',
    says: '000002',
    hooks: instead(({ members }) =>
      members.status === 'UNFREEZE' ? { resultCode: '000002', resultMsg: 'status NORMAL expected' } : null,
    ),
  },
  {
    name: 'answers 000004 to a freeze',
    shows: 'updateInstanceStatus.answer',
    code: 'result.refused',
    says: '000004',
    hooks: instead(({ activity }) =>
      activity === 'updateInstanceStatus' ? { resultCode: '000004', resultMsg: 'later' } : null,
    ),
  },
  {
    name: 'refuses application/json;charset=utf8',
    shows: 'request.content-types',
    code: 'http.status',
    hooks: {
      write: (written, { request }) =>
        request.headers['content-type'] === 'application/json;charset=utf8' ? { ...written, status: 415 } : written,
    },
  },
];

/** Test and live calls share their instances. */
function oneWorld(): Hooks {
  const shared = new Set<string>();
  return {
    live: {
      instead: ({ activity, isTest, members }, world) => {
        if (isTest && activity === 'newInstance') shared.add(text(members.businessId));
        if (isTest || activity !== 'queryInstance') return null;
        const known = text(members.instanceId)
          .split(',')
          .filter((id) => shared.has(id) || world.instances.has(id));
        return known.length === 0 ? null : { ...OK, info: known.map(infoOf) };
      },
    },
  };
}
