/** queryInstance: access data and usage of one instance, of several, of none (saas-v2.md 5.2). */
import { accountProblems, type Diagnosis, diagnose, parseUtc, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { query } from './bodies.ts';
import { ask } from './call.ts';
import { caseOf } from './case-of.ts';
import { findings, formOfRefusal, holds, isGone, type Memory } from './memory.ts';
import { NO_ID } from './new-instance-cases.ts';
import { appearsLater, areReady, pollQuery } from './poll.ts';
import { type AnyReply, inShort, isDone, isPending, type Reply } from './reply.ts';
import { PLAIN } from './signature-cases.ts';
import { judgeValid, NOT_KEPT } from './valid-call.ts';

export function queryCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'queryInstance.answer',
      ['queryInstance gives the access data of an instance', 'queryInstance 返回实例的访问信息'],
      '5.2',
      (session) => answer(session, memory),
      { after: PLAIN },
    ),
    caseOf(
      'queryInstance.unknown',
      ['queryInstance answers 000003 for an instance that never existed', '查询不存在的实例返回 000003'],
      '5.2',
      (session) => unknown(session, memory),
      { after: PLAIN },
    ),
  ];
}

/** They need a second instance. */
export function severalCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'queryInstance.several',
      ['queryInstance takes several ids separated by commas', 'queryInstance 支持用逗号分隔的多个 ID'],
      '5.2',
      (session) => several(session, memory),
      { after: [...PLAIN, 'queryInstance.answer'] },
    ),
    caseOf(
      'queryInstance.hundred',
      ['queryInstance takes 100 ids', 'queryInstance 支持一次查询 100 个 ID'],
      '5.2',
      (session) => hundred(session, memory),
      { after: [...PLAIN, 'queryInstance.several'], reading: true },
    ),
    caseOf(
      'queryInstance.too-many',
      ['queryInstance refuses 101 ids with 000002', 'queryInstance 一次查询 101 个 ID 时返回 000002'],
      '5.2',
      (session) => tooMany(session, memory),
      { after: PLAIN },
    ),
  ];
}

async function answer(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { given, reply: created, instanceId } = await memory.first(session);
  if (given === null) throw new Skip(NO_ID);
  const reply = await memory.queried(session);
  if (isGone(reply) && (await memory.keeping(session)) === 'apart') {
    if (isPending(created) && (await appearsLater(session, instanceId, 'queryInstance'))) {
      return findings(memory, reply).map((each) => ({ ...each, fix: PENDING_IS_000004 }));
    }
    if (!isDone(reply)) throw new Skip(NOT_KEPT);
    return findings(memory, reply).map((each) => ({ ...asWarning(each), fix: NOTHING_IN_TEST }));
  }
  const call = { activity: 'queryInstance' as const, body: query([instanceId]), label: 'queryInstance' };
  const found = await judgeValid(session, memory, call, reply);
  const late = unfinished(reply, [instanceId], isPending(created), session.settings.lenient);
  return [...found, ...late, ...accessProblems(session, reply)];
}

const PENDING_IS_000004: Words = {
  zh: 'newInstance 已返回 000004，开通完成之前 queryInstance 应返回 000004，而不是 000003：否则开通会被视为失败。',
  en: 'newInstance was answered 000004: until the instance is ready queryInstance has to answer 000004 too, not 000003, which counts as a failure.',
};

const NOTHING_IN_TEST: Words = {
  zh: '带 testFlag 的查询应返回格式完整的成功响应（可用示例数据）；正式请求是否返回全部实例，请用 --live-cycle 检查。',
  en: 'Answer a query with testFlag with a complete success, sample data will do; check with --live-cycle that live queries return every instance.',
};

/** The instance never became ready: it stayed in the making, or came without access data. */
export function unfinished(
  reply: Reply<'queryInstance'>,
  instanceIds: readonly string[],
  wasAccepted: boolean,
  isLenient: boolean,
): readonly Diagnosis[] {
  const isMissing = isDone(reply) && reply.content.outcome === 'ok' && !areReady(reply, instanceIds);
  if (isPending(reply) || (isMissing && wasAccepted)) {
    return [diagnose('instance.async-unfinished', { seen: `the last answer: ${inShort(reply)}` })];
  }
  // Told as query.incomplete where the element itself is missing.
  if (!isMissing || !instanceIds.every((id) => holds(reply, id))) return [];
  // Only a seller who sends access data by other ways may leave it out (5.2), and then the order never completes (Q7).
  const found = diagnose('query.front-end-url', { seen: 'no appInfo' });
  return [isLenient ? asWarning(found) : found];
}

/** What readAnswer can not see: it has neither key nor clock. */
export function accessProblems(session: Session, { content, exchange }: Reply<'queryInstance'>): readonly Diagnosis[] {
  if (content.value === null) return [];
  const times = (content.value.info ?? []).flatMap((each) => each.usageInfo ?? []).map((each) => each.statisticalTime);
  const early = times.find((time) => (parseUtc(time)?.getTime() ?? 0) > exchange.startedAt + AHEAD_MS);
  const time =
    early === undefined
      ? []
      : [diagnose('usage.time', { seen: `${early} is yet to come: local time in place of UTC?` })];
  return [...accountProblems(content.value, session.accessKey), ...time];
}

/** Clocks may differ by so much; a time zone differs by more. */
const AHEAD_MS = 15 * 60_000;

async function unknown(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { instanceId, test, live } = await memory.unknown(session);
  const form = [test, live].flatMap((reply) => findings(memory, reply)).filter(({ code }) => code !== 'result.refused');
  if (!holds(live, instanceId)) return form;
  const seen = `queryInstance, live: ${inShort(live)}, with an element for it`;
  return [diagnose('instance.unknown-accepted', { seen }), ...form];
}

async function several(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const [first, second] = [await memory.first(session), await memory.second(session)];
  if (first.given === null || second.given === null) throw new Skip(NO_ID);
  if (first.given === second.given) throw new Skip(ONE_ID);
  if (isGone(await memory.queried(session)) && (await memory.keeping(session)) === 'apart') throw new Skip(NOT_KEPT);
  const ids = [first.given, second.given];
  const label = 'queryInstance, two ids';
  const reply = await pollQuery(session, ids, { label, wasAccepted: isPending(second.reply) });
  if (reply.content.resultCode === '000003') return [listNotTaken(ids, reply)];
  const call = { activity: 'queryInstance' as const, body: query(ids), label };
  return judgeValid(session, memory, call, reply);
}

const ONE_ID: Words = {
  zh: '两个订单行得到了同一个 instanceId，无法判断',
  en: 'Two order lines got one instanceId, so this cannot be judged',
};

/** Each of them was given out a moment ago, and the first was found alone: the whole text was taken for one id. */
function listNotTaken(ids: readonly string[], reply: AnyReply): Diagnosis {
  return diagnose('query.incomplete', { seen: `${inShort(reply)} for ${ids.join(',')}, though both were given out` });
}

async function hundred(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const known = await knownIds(session, memory);
  const ids = [...known, ...Array.from({ length: 100 - known.length }, () => session.uuid())];
  const reply = await ask(session, 'queryInstance', query(ids), 'queryInstance, 100 ids', {}, known);
  // Most of them never existed: saying so is right.
  if (reply.content.resultCode === '000003' || isPending(reply)) return [];
  return findings(memory, reply).map((each) => (each.code === 'result.refused' ? { ...each, fix: A_HUNDRED } : each));
}

const A_HUNDRED: Words = {
  zh: 'instanceId 最多可含 100 个 ID：以个数为限，不要按 100 个字符校验长度。',
  en: 'instanceId holds up to 100 IDs: limit their number, not the text to 100 characters.',
};

async function tooMany(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const known = await knownIds(session, memory);
  const ids = [...known, ...Array.from({ length: 101 - known.length }, () => session.uuid())];
  const reply = await ask(session, 'queryInstance', query(ids), 'queryInstance, 101 ids');
  if (!isDone(reply)) return formOfRefusal(memory, reply);
  const request = { request: '101 IDs in one queryInstance', requestZh: '一次查询 101 个 ID' };
  return [diagnose('result.not-refused', { ...request, seen: inShort(reply) })];
}

async function knownIds(session: Session, memory: Memory): Promise<readonly string[]> {
  const both = [await memory.first(session), await memory.second(session)];
  return [...new Set(both.map(({ instanceId }) => instanceId))];
}
