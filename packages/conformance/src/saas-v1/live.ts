/**
 * The whole life of a throw-away order without the test mark: bought, shown, renewed, upgraded, frozen, expired, revived, released,
 * each call repeated as the marketplace repeats calls. What was bought is released at the end, whatever happened in between.
 */
import { type Diagnosis, diagnose, inWordsOfV1, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { ask, askUntilDone, isDone, isPending } from './ask.ts';
import { type Change, repeatProblems } from './changes.ts';
import { liveForgeries } from './forged-activities.ts';
import { type Bought, findings, instanceIdIn, type Memory, orderIdOf } from './memory.ts';
import { again, expiry, type Parameters, purchase, query, release, renewal, status, upgrade } from './parameters.ts';
import { judgeRepeat, unfinished } from './purchases.ts';
import { type Reading, saidBy } from './reading.ts';
import { skipWhereNotOffered } from './skips.ts';
import { judgeUnknown } from './unknown.ts';
import { judgeValid } from './valid-call.ts';

const REFERENCE = 'saas-v1.md 6.0';

/** What the live cases bought: the first is played with, the second only proves that it is another one. */
interface Life {
  readonly bought: Bought[];
  /** ids of which no more is known than that they were given: released, but not judged */
  readonly doubtful: Bought[];
}

export function liveCases(memory: Memory): readonly ConformanceCase[] {
  const life: Life = { bought: [], doubtful: [] };
  const live = (
    name: string,
    title: Words,
    after: readonly string[],
    run: ConformanceCase['run'],
  ): ConformanceCase => ({
    name: `live.${name}`,
    title,
    reference: REFERENCE,
    live: true,
    after: ['signature.accepted', ...after.map((each) => `live.${each}`)],
    run,
  });
  const change = (name: string, title: Words, make: Making, label: string, after = 'repeat') =>
    live(name, title, [after], (session) => changeTwice(session, memory, make(session, played(life)), label));
  return [
    live('create', CREATE, [], (session) => create(session, memory, life)),
    live('repeat', REPEAT, ['create'], (session) =>
      repeat(session, memory, life, 'live newInstance, the same order again'),
    ),
    live('two-orders', TWO_ORDERS, ['repeat'], (session) => createSecond(session, memory, life)),
    live('simultaneous', SIMULTANEOUS, ['repeat'], (session) => createTogether(session, memory, life)),
    live('query', QUERY, ['repeat'], (session) => queryAll(session, memory, life)),
    change('refresh', REFRESH, (session, { instanceId }) => renewal(session, instanceId), 'live refreshInstance'),
    change('upgrade', UPGRADE, (session, { instanceId }) => upgrade(session, instanceId), 'live upgrade'),
    change('freeze', FREEZE, (_, { instanceId }) => status(instanceId, 'FREEZE'), 'live instanceStatus FREEZE'),
    change('unfreeze', UNFREEZE, (_, { instanceId }) => status(instanceId, 'NORMAL'), 'live instanceStatus NORMAL'),
    change('expire', EXPIRE, (_, bought) => expiry(bought.instanceId, orderIdOf(bought)), 'live expireInstance'),
    change(
      'revive',
      REVIVE,
      (session, { instanceId }) => renewal(session, instanceId),
      'live refreshInstance after expiry',
      'expire',
    ),
    live('forged', FORGED, ['repeat'], (session) => liveForgeries(session, played(life))),
    live('unknown', UNKNOWN, ['create'], (session) => judgeUnknown(session, memory, true)),
    live('release', RELEASE, ['create'], (session) => releaseAll(session, memory, life)),
  ];
}

type Making = (session: Session, bought: Bought) => Parameters;

function played({ bought: [first] }: Life): Bought {
  if (first === undefined) throw new Skip(NONE);
  return first;
}

/** Sellers may know that the order is nobody’s: a refusal here is told, and not held against them. */
async function create(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const order = purchase(session, memory);
  const reading = await askUntilDone(session, 'newInstance', order, 'live newInstance', { live: true });
  if (isPending(reading)) return [unfinished(reading)];
  if (reading.content.outcome === 'refused') throw new Skip(refusedOrder(reading));
  const instanceId = instanceIdIn(reading);
  const hasAccess = Boolean(reading.object?.appInfo);
  if (instanceId !== null) life.bought.push({ order, instanceId, hasAccess });
  return findings(memory, reading);
}

async function createSecond(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const first = played(life);
  const { customerId = '', productId = '', skuCode = '' } = first.order;
  const order = purchase(session, memory, { customerId, productId, skuCode });
  const reading = await askUntilDone(session, 'newInstance', order, 'live newInstance, a second order', { live: true });
  const instanceId = instanceIdIn(reading);
  if (!isDone(reading) || instanceId === null) return findings(memory, reading);
  if (instanceId === first.instanceId) return [shared(instanceId)];
  life.bought.push({ order, instanceId });
  return repeat(session, memory, life, 'live newInstance, the first order after another one');
}

/** Where an order has two ids, neither can be relied on any more. */
function repeat(session: Session, memory: Memory, life: Life, label: string): Promise<readonly Diagnosis[]> {
  const onOther = (other: Bought) => life.doubtful.push(other, ...life.bought.splice(0));
  return judgeRepeat(session, memory, played(life), label, { live: true, onOther });
}

/** Two workers of the marketplace, or a time-out and its repeat, may ask at the same moment. */
async function createTogether(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const order = purchase(session, memory);
  const buy = (parameters: Parameters, label: string) =>
    askUntilDone(session, 'newInstance', parameters, label, { live: true });
  const readings = await Promise.all([
    buy(order, 'live newInstance, one of two at once'),
    buy(again(session, order), 'live newInstance, the other of two at once'),
  ]);
  const ids = new Set(readings.filter(isDone).map(instanceIdIn));
  const place = ids.size > 1 ? life.doubtful : life.bought;
  for (const instanceId of ids) if (instanceId !== null) place.push({ order, instanceId });
  if (ids.size > 1) {
    const seen = `two calls at once for one order: ${[...ids].join(' and ')}`;
    return [inWordsOfV1(diagnose('instance.id-changed', { seen }))];
  }
  // One may be told to come again later: the marketplace does.
  const isServed = readings.some(isDone);
  return readings.flatMap((reading) =>
    isServed && reading.content.outcome === 'refused' ? [] : findings(memory, reading),
  );
}

async function queryAll(session: Session, memory: Memory, { bought }: Life): Promise<readonly Diagnosis[]> {
  const instanceIds = bought.map(({ instanceId }) => instanceId);
  const asking = { live: true, instanceIds };
  const reading = await ask(session, 'queryInstance', query(...instanceIds), 'live queryInstance', asking);
  await skipWhereNotOffered(session, 'queryInstance', reading);
  return findings(memory, reading);
}

async function changeTwice(
  session: Session,
  memory: Memory,
  parameters: Parameters,
  label: string,
): Promise<readonly Diagnosis[]> {
  const activity = CHANGES.find((each) => each === parameters.activity) ?? 'releaseInstance';
  const first = await ask(session, activity, parameters, label, { live: true });
  if (!memory.offered.has(activity)) await skipWhereNotOffered(session, activity, first);
  const call = { activity, parameters, label, asking: { live: true } };
  if (!isDone(first)) return judgeValid(session, memory, call, first);
  const second = await ask(session, activity, parameters, `${label}, the same again`, { live: true });
  return [...findings(memory, first), ...repeatProblems(memory, activity, second)];
}

const CHANGES: readonly Change[] = [
  'refreshInstance',
  'expireInstance',
  'upgrade',
  'instanceStatus',
  'releaseInstance',
];

async function releaseAll(session: Session, memory: Memory, { bought, doubtful }: Life): Promise<readonly Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const each of doubtful) {
    await ask(session, 'releaseInstance', release(each.instanceId, orderIdOf(each)), 'live releaseInstance', {
      live: true,
    });
  }
  for (const each of bought) {
    found.push(
      ...(await changeTwice(session, memory, release(each.instanceId, orderIdOf(each)), 'live releaseInstance')),
    );
  }
  return found;
}

function shared(instanceId: string): Diagnosis {
  return inWordsOfV1(diagnose('instance.id-shared', { seen: `${instanceId} for two live orders` }));
}

function refusedOrder(reading: Reading<'newInstance'>): Words {
  return {
    zh: `返回 ${saidBy(reading)}：商家没有接受这个虚构的订单，无法演练整个生命周期`,
    en: `Answered ${saidBy(reading)}: the seller did not take a made-up order, so its life cannot be played`,
  };
}

const NONE = { zh: '没有可以演练的实例', en: 'There is no instance to play with' };
const CREATE = { zh: '真实调用的 newInstance 开通实例', en: 'A live newInstance creates the instance' };
const REPEAT = {
  zh: '重复的真实 newInstance 返回同一个 instanceId',
  en: 'A repeated live newInstance gives the same instanceId',
};
const TWO_ORDERS = { zh: '两个真实订单的 instanceId 不同', en: 'Two live orders get two instanceIds' };
const SIMULTANEOUS = {
  zh: '同一订单的两个并发 newInstance 得到同一个实例',
  en: 'Two simultaneous newInstance calls for one order give one instance',
};
const QUERY = { zh: '查询返回全部已开通的实例', en: 'A query answers all instances that were created' };
const REFRESH = { zh: '续费成功，重复的续费请求也成功', en: 'A renewal succeeds, and its repeat too' };
const UPGRADE = { zh: '升级成功，重复的升级请求也成功', en: 'An upgrade succeeds, and its repeat too' };
const FREEZE = { zh: '冻结成功，重复冻结也成功', en: 'A freeze succeeds, and its repeat too' };
const UNFREEZE = { zh: '解冻成功，重复解冻也成功', en: 'An unfreeze succeeds, and its repeat too' };
const EXPIRE = { zh: '过期成功，重复的过期请求也成功', en: 'An expiry succeeds, and its repeat too' };
const REVIVE = { zh: '过期之后仍可续费', en: 'After its expiry an instance can be renewed' };
const FORGED = {
  zh: '伪造的真实查询和释放请求被拒绝',
  en: 'A forged live query and a forged release are refused',
};
const UNKNOWN = {
  zh: '对不存在的实例的真实操作返回 000003',
  en: 'A live operation on an instance that never existed is answered with 000003',
};
const RELEASE = { zh: '释放成功，重复的释放请求也成功', en: 'A release succeeds, and its repeat too' };
