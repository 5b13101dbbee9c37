/**
 * The life of a throw-away order without the test mark: create, query, refresh, freeze, unfreeze, upgrade, release, with the
 * repeats in between (saas-v2.md 5, 6). Only here does it show whether a seller really keeps what it was told.
 */
import type { Diagnosis } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { caseOf } from './case-of.ts';
import * as changes from './live-changes.ts';
import * as creations from './live-creations.ts';
import type { Memory } from './memory.ts';

const CREATED = ['signature.accepted', 'live.newInstance'];
const READY = [...CREATED, 'live.queryInstance'];

type Step = (session: Session, memory: Memory, life: creations.Life) => Promise<readonly Diagnosis[]>;

export function liveCases(memory: Memory): readonly ConformanceCase[] {
  const life: creations.Life = { first: null, second: null, given: new Set() };
  const live = (what: string, title: readonly [string, string], section: string, step: Step, after = CREATED) =>
    caseOf(`live.${what}`, title, section, (session) => step(session, memory, life), { after, live: true });
  return [
    live('newInstance', ['A live order gets an instance', '正式订单得到实例'], '5.1', creations.begin, [
      'signature.accepted',
    ]),
    live('two-lines', ['Another line gets another instance', '另一订单行得到另一实例'], '5.1', creations.secondLine),
    live('repeat', ['A repeat gets the same instance', '重复请求得到同一实例'], '5.1', creations.repeat),
    live(
      'simultaneous',
      ['Two simultaneous calls for one line get one instance', '同一订单行的两个并发请求得到同一实例'],
      '5.1',
      creations.simultaneous,
    ),
    live('queryInstance', ['The instance becomes ready', '实例开通完成并可查询'], '5.2', creations.ready),
    live('several', ['Both instances come in one answer', '一次查询返回两个实例'], '5.2', creations.both, [
      ...READY,
      'live.two-lines',
    ]),
    live('refreshInstance', ['A renewal, twice', '续费，重复一次'], '5.3', changes.renew),
    live('updateInstanceStatus', ['Frozen twice, unfrozen twice', '冻结两次，解冻两次'], '5.4', changes.freeze),
    live('upgradeInstance', ['An upgrade, twice', '升级，重复一次'], '5.6', changes.upgrading),
    live(
      'unknown',
      ['Operations on an instance that never existed answer 000003', '对不存在的实例进行操作返回 000003'],
      '8',
      changes.unknown,
      ['signature.accepted'],
    ),
    live(
      'testFlag',
      ['A release with testFlag leaves a live instance alone', '带 testFlag 的释放不影响正式实例'],
      '1.4',
      changes.testRelease,
      READY,
    ),
    live('releaseInstance', ['Released, twice', '释放，重复一次'], '5.5', changes.end),
  ];
}
