/** newInstance: its answer, and one order line – one instance (saas-v2.md 5.1). */
import { type Diagnosis, diagnose, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { creation } from './bodies.ts';
import { ask } from './call.ts';
import { caseOf } from './case-of.ts';
import { type Creation, findings, type Memory } from './memory.ts';
import { isDone, isPending } from './reply.ts';
import { PLAIN } from './signature-cases.ts';
import { judgeValid } from './valid-call.ts';

export function newInstanceAnswer(memory: Memory): ConformanceCase {
  return caseOf(
    'newInstance.answer',
    ['newInstance answers with an instanceId', 'newInstance 返回 instanceId'],
    '5.1',
    async (session) => {
      const { line, reply } = await memory.first(session);
      const call = { activity: 'newInstance' as const, body: creation(session, line), label: 'newInstance' };
      return judgeValid(session, memory, call, reply);
    },
    { after: PLAIN },
  );
}

export function newInstanceCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'newInstance.two-lines',
      ['Two order lines get two instanceIds', '两个订单行得到两个 instanceId'],
      '5.1',
      (session) => twoLines(session, memory),
      { after: PLAIN },
    ),
    caseOf(
      'newInstance.repeat',
      ['A repeated newInstance gives the same instanceId', '重复的 newInstance 返回同一个 instanceId'],
      '5.1',
      (session) => repeat(session, memory),
      { after: PLAIN },
    ),
  ];
}

async function repeat(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const first = await memory.first(session);
  if (first.given === null) throw new Skip(NO_ID);
  // By then a seller may have forgotten the first line for another.
  await memory.second(session);
  const label = 'newInstance, repeated with a new businessId';
  const body = creation(session, first.line);
  const reply = await ask(session, 'newInstance', body, label);
  if (!isDone(reply) && !isPending(reply)) return refusedRepeat(findings(memory, reply));
  const second = reply.content.value?.instanceId;
  if (second === undefined || second === first.given) return findings(memory, reply);
  return [await idChanged(session, memory, `${first.given}, then ${second}`)];
}

/** Where test calls are not kept, the answer to one need not be that of a live call: told, but not held against the seller. */
async function idChanged(session: Session, memory: Memory, seen: string): Promise<Diagnosis> {
  const found = diagnose('instance.id-changed', { seen });
  return (await memory.keeping(session)) === 'apart' ? { ...asWarning(found), fix: CHANGED_IN_TEST } : found;
}

export function refusedRepeat(found: readonly Diagnosis[]): readonly Diagnosis[] {
  return found.map((each) => (each.code === 'result.refused' ? { ...each, fix: ANSWER_REPEATS } : each));
}

async function twoLines(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const [first, second] = [await memory.first(session), await memory.second(session)];
  if (first.given === null) throw new Skip(NO_ID);
  const isShared = { byOrder: second.given === first.given, byNumber: memory.plainId === first.given };
  if (!isShared.byOrder && !isShared.byNumber) return judgeSecond(session, memory, second);
  const other = isShared.byOrder ? second.line.orderLineId : 'the same line number of another order';
  const found = diagnose('instance.id-shared', {
    seen: `${first.given} for ${first.line.orderLineId} and for ${other}`,
  });
  // One id for everything is what some answer to test calls; an id that depends on a part of the line is a mistake.
  const isFixed = isShared.byOrder && isShared.byNumber;
  const isExcused = isFixed && (await memory.keeping(session)) === 'apart';
  return [isExcused ? { ...asWarning(found), fix: SHARED_IN_TEST } : found];
}

async function judgeSecond(session: Session, memory: Memory, { line, reply }: Creation): Promise<readonly Diagnosis[]> {
  const call = { activity: 'newInstance' as const, body: creation(session, line), label: 'newInstance, another line' };
  return judgeValid(session, memory, call, reply);
}

/** Of replies that gave no id, the answer case tells why. */
export const NO_ID: Words = {
  zh: 'newInstance 没有返回 instanceId，无法判断',
  en: 'newInstance gave no instanceId, so this cannot be judged',
};

const ANSWER_REPEATS: Words = {
  zh: '对同一 orderId + orderLineId 的重复请求，原样返回首次保存的 instanceId 和 000000，不要报“重复”或“已存在”。',
  en: 'Answer a repeat for the same orderId + orderLineId with 000000 and the stored instanceId, not with “duplicate” or “exists already”.',
};

const CHANGED_IN_TEST: Words = {
  zh: '调试用例每天会被重放，也应幂等：同一订单行返回同一个 instanceId（不要直接返回每次都不同的 businessId）。正式请求是否如此，请用 --live-cycle 检查。',
  en: 'Debugging cases are replayed daily and have to be idempotent too: give the same instanceId for the same order line, not the businessId of each request. Check live calls with --live-cycle.',
};

const SHARED_IN_TEST: Words = {
  zh: '调试请求似乎总是返回固定的 instanceId；请为每个订单行返回不同的 ID，并用 --live-cycle 检查正式请求。',
  en: 'Test calls seem to get one fixed instanceId; give each order line its own, and check live calls with --live-cycle.',
};
