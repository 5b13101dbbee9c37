/** queryInstance: one instance, several, a hundred; and that debugging left no live data (saas-v1.md 6.0.7, 2.3). */
import { type Diagnosis, diagnose, formatUtc17, inWordsOfV1, isJsonObject, parseUtc } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { ask, isDone } from './ask.ts';
import { findings, type Memory, testInstance } from './memory.ts';
import { freshId, query } from './parameters.ts';
import type { Reading } from './reading.ts';
import { skipWhereNotJudgeable } from './skips.ts';
import { judgeValid } from './valid-call.ts';

const REFERENCE = 'saas-v1.md 6.0.7';
/** The limit of one query (6.0.7). */
const MOST_IDS = 100;

export function queryCases(memory: Memory): readonly ConformanceCase[] {
  return [
    {
      name: 'queryInstance.answer',
      title: { zh: 'queryInstance 返回实例信息', en: 'queryInstance answers the data of the instance' },
      reference: REFERENCE,
      after: ['signature.accepted'],
      async run(session) {
        const { instanceId } = await testInstance(session, memory);
        return judgeQuery(session, memory, [instanceId], 'queryInstance');
      },
    },
    {
      name: 'queryInstance.two',
      title: {
        zh: '逗号分隔的多个 instanceId 逐个返回',
        en: 'Several instanceIds, separated by commas, are answered one by one',
      },
      reference: REFERENCE,
      after: ['queryInstance.answer'],
      async run(session) {
        const first = await testInstance(session, memory);
        const second = await testInstance(session, memory, 1);
        return judgeQuery(session, memory, [first.instanceId, second.instanceId], 'queryInstance for two instances');
      },
    },
    {
      name: 'queryInstance.hundred',
      title: { zh: '一次查询可以包含 100 个 instanceId', en: 'One query may name a hundred instanceIds' },
      reference: REFERENCE,
      after: ['queryInstance.answer'],
      run: (session) => judgeHundred(session, memory),
    },
    {
      name: 'testFlag.kept-apart',
      title: { zh: 'testFlag=1 的请求没有产生真实数据', en: 'Calls with testFlag=1 left no live data' },
      reference: 'saas-v1.md 2.3',
      after: ['queryInstance.answer'],
      run: (session) => judgeKeptApart(session, memory),
    },
  ];
}

/** Who stores nothing under the test mark may have nothing to tell: worth a word, since the debugger wants an element. */
async function judgeQuery(
  session: Session,
  memory: Memory,
  instanceIds: readonly string[],
  label: string,
): Promise<readonly Diagnosis[]> {
  const parameters = query(...instanceIds);
  const reading = await ask(session, 'queryInstance', parameters, label, { instanceIds });
  await skipWhereNotJudgeable(session, memory, 'queryInstance', reading);
  if (isDone(reading)) memory.offered.add('queryInstance');
  const found = await judgeValid(session, memory, { activity: 'queryInstance', parameters, label }, reading);
  const info = reading.object?.info;
  const isEmpty = Array.isArray(info) && info.length === 0;
  return [
    ...found.map(
      (each): Diagnosis => (each.code === 'query.incomplete' && isEmpty ? { ...each, severity: 'warning' } : each),
    ),
    ...timesAhead(session, reading),
  ];
}

/** Usage of the future was counted by a clock of another zone (6.0.7: UTC). */
function timesAhead(session: Session, { content }: Reading<'queryInstance'>): readonly Diagnosis[] {
  const times =
    content.value?.info?.flatMap(({ usageInfo }) => usageInfo ?? []).map((each) => each.statisticalTime) ?? [];
  const ahead = times.find((time) => (parseUtc(time)?.getTime() ?? 0) > session.now() + TOLERANCE_MS);
  if (ahead === undefined) return [];
  const seen = `${ahead} lies ahead of now, ${formatUtc17(new Date(session.now()))} UTC: a local time?`;
  return [inWordsOfV1(diagnose('usage.time', { seen }))];
}

/** Clocks may differ by so much. */
const TOLERANCE_MS = 600_000;

/** The known one stands last: whoever cuts the list off loses it. */
async function judgeHundred(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { instanceId } = await testInstance(session, memory);
  const unknown = Array.from({ length: MOST_IDS - 1 }, () => freshId(session));
  const parameters = query(...unknown, instanceId);
  const label = 'queryInstance for a hundred instances';
  const reading = await ask(session, 'queryInstance', parameters, label);
  // Who refuses a list for the ids that do not exist can not be judged with ids made up.
  if (reading.content.resultCode === '000003') return [];
  if (!isDone(reading)) return judgeValid(session, memory, { activity: 'queryInstance', parameters, label }, reading);
  const given = new Set(idsIn(reading));
  const answersAnyId = unknown.some((id) => given.has(id));
  const wanted = answersAnyId ? [...unknown, instanceId] : [instanceId];
  const absent = wanted.filter((id) => !given.has(id));
  if (absent.length === 0 || given.size === 0) return findings(memory, reading);
  const seen = `${wanted.length - absent.length} of ${wanted.length} for a query of ${MOST_IDS}`;
  return [inWordsOfV1(diagnose('query.incomplete', { seen }))];
}

/** A live query changes nothing; an id of nobody's tells whether this seller looks at all. */
async function judgeKeptApart(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { instanceId } = await testInstance(session, memory);
  const live = (id: string, label: string) => ask(session, 'queryInstance', query(id), label, { live: true });
  const found = await live(instanceId, 'queryInstance, live, for the test instance');
  if (!idsIn(found).includes(instanceId)) return [];
  const nobodys = freshId(session);
  const control = await live(nobodys, 'queryInstance, live, for an id of nobody’s');
  if (idsIn(control).includes(nobodys)) throw new Skip(ANSWERS_ANY);
  return [inWordsOfV1(diagnose('security.test-flag-ignored', { seen: `${instanceId} is found without testFlag` }))];
}

function idsIn({ object }: Reading<'queryInstance'>): readonly unknown[] {
  const info = object?.info;
  return Array.isArray(info) ? info.map((each) => (isJsonObject(each) ? each.instanceId : null)) : [];
}

const ANSWERS_ANY = {
  zh: '对任何 instanceId 都返回成功，无法判断测试数据是否隔离',
  en: 'It answers any instanceId with success, so nothing can be told of test data',
};
