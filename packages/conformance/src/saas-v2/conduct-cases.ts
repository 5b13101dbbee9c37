/** Unknown instances and activities, the test mark, other ways to write a request (saas-v2.md 1.3, 1.4, 2, 5.8, 8). */
import { type BaseActivity, type Diagnosis, diagnose, type JsonInputObject, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { changeCheck, creation, newOrder, query, refresh, release, statusChange, upgrade } from './bodies.ts';
import { ask, signedCall } from './call.ts';
import { caseOf } from './case-of.ts';
import { findings, formOfRefusal, holds, type Memory } from './memory.ts';
import { NO_ID } from './new-instance-cases.ts';
import { inShort, isDone, isPending, readReply } from './reply.ts';
import { PLAIN } from './signature-cases.ts';
import { askUnknownActivity, UNKNOWN_ACTIVITY } from './valid-call.ts';

export function conductCases(memory: Memory): readonly ConformanceCase[] {
  const after = PLAIN;
  return [
    caseOf(
      'instance.unknown',
      ['Operations on an instance that never existed answer 000003', '对不存在的实例进行操作返回 000003'],
      '8',
      (session) => unknownInstance(session, memory),
      { after },
    ),
    caseOf(
      'testFlag.honoured',
      ['Calls with testFlag leave no live instance behind', '带 testFlag 的请求不产生正式实例'],
      '1.4',
      (session) => testFlag(session, memory),
      { after },
    ),
    caseOf(
      'request.unknown-activity',
      ['An unknown activity is refused with 000002', '未知的 activity 返回 000002'],
      '8',
      (session) => unknownActivity(session, memory),
      { after },
    ),
    caseOf(
      'request.content-types',
      ['Every spelling of the content type of JSON is taken', '接受 JSON Content-Type 的各种写法'],
      '2',
      (session) => contentTypes(session, memory),
      { after },
    ),
    caseOf('request.get', ['GET is not carried out', '不执行 GET 请求'], '1.3', (session) => get(session), { after }),
    caseOf(
      'orderNotify.answer',
      ['orderNotify, where it is enabled, answers with the envelope', '启用了 orderNotify 时返回通用响应'],
      '5.8',
      (session) => orderNotify(session, memory),
      { after },
    ),
  ];
}

/** Releasing is left out: what was released and forgotten is never told from what never existed, and has to succeed (5.5). */
async function unknownInstance(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const instanceId = session.uuid();
  const calls: readonly [BaseActivity, JsonInputObject][] = [
    ['refreshInstance', refresh(session, instanceId, 'RENEWAL')],
    ['updateInstanceStatus', statusChange(instanceId, 'FREEZE')],
    ['upgradeInstance', upgrade(session, instanceId)],
    ['changeInstanceCheck', changeCheck(instanceId)],
    ['releaseInstance', release(session, instanceId)],
  ];
  const replies = await Promise.all(
    calls.map(([activity, body]) => ask(session, activity, body, `${activity}, an instance that never existed`)),
  );
  const form = replies.flatMap((reply) => findings(memory, reply)).filter(({ code }) => code !== 'result.refused');
  const accepted = calls.filter(([activity], place) => {
    const reply = replies[place];
    return activity !== 'releaseInstance' && reply !== undefined && isDone(reply);
  });
  if (accepted.length === 0) return form;
  // Test calls may be answered without a look at what exists (1.4).
  if ((await memory.keeping(session)) === 'apart') {
    if (form.length > 0) return form;
    throw new Skip(NOT_LOOKED_UP);
  }
  const seen = accepted.map(([activity]) => `${activity}: 000000`).join('; ');
  return [diagnose('instance.unknown-accepted', { seen }), ...form];
}

const NOT_LOOKED_UP: Words = {
  zh: '该商家对带 testFlag 的请求不查实例，直接返回成功（允许如此）；请用 --live-cycle 检查',
  en: 'This seller answers calls with testFlag without looking the instance up, as it may; use --live-cycle to check',
};

async function testFlag(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { given } = await memory.first(session);
  if (given === null) throw new Skip(NO_ID);
  const { live: unknown, instanceId } = await memory.unknown(session);
  const label = 'queryInstance, live: the instance of a test call';
  const reply = await ask(session, 'queryInstance', query([given]), label, { live: true });
  // Live calls are answered for whatever is asked: that is told elsewhere.
  if (holds(unknown, instanceId) || (isPending(unknown) && isPending(reply))) return [];
  if (!holds(reply, given) && !isPending(reply)) return [];
  return [diagnose('security.test-flag-ignored', { seen: `${label}: ${inShort(reply)}` })];
}

async function unknownActivity(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const reply = await askUnknownActivity(session, 'an activity that does not exist');
  if (!isDone(reply)) return formOfRefusal(memory, reply);
  const request = { request: `activity ${UNKNOWN_ACTIVITY}`, requestZh: `activity 为 ${UNKNOWN_ACTIVITY}` };
  return [diagnose('result.not-refused', { ...request, seen: inShort(reply) })];
}

const CONTENT_TYPES = ['application/json', 'application/json;charset=utf8', 'application/json; charset=UTF-8'];

/** The first has been seen in kit calls, the others in the vendor's examples. */
async function contentTypes(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const replies = await Promise.all(
    CONTENT_TYPES.map((contentType) => {
      const body = creation(session, newOrder(session));
      return ask(session, 'newInstance', body, `newInstance, Content-Type: ${contentType}`, { contentType });
    }),
  );
  const plain = await memory.first(session);
  // What the plainest call is answered is told of that one.
  const other = replies.find((reply) => inShort(reply) !== inShort(plain.reply) && !isDone(reply) && !isPending(reply));
  if (other === undefined) return [];
  const { label } = other.exchange.request;
  return findings(memory, other).map((each) => ({ ...each, seen: `${label}: ${each.seen}` }));
}

async function get(session: Session): Promise<readonly Diagnosis[]> {
  const request = signedCall(session, creation(session, newOrder(session)), 'GET in place of POST');
  const exchange = await session.call({ ...request, method: 'GET', body: null });
  const reply = readReply('newInstance', exchange);
  if (!isDone(reply)) return [];
  return [diagnose('result.not-refused', { request: 'GET', requestZh: 'GET 请求', seen: inShort(reply) })];
}

async function orderNotify(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const body = { activity: 'orderNotify', ...newOrder(session) };
  const reply = await ask(session, 'releaseInstance', body, 'orderNotify');
  if (isDone(reply)) return findings(memory, reply);
  throw new Skip(NO_NOTICE);
}

const NO_NOTICE: Words = {
  zh: '该商家没有启用 orderNotify（可选接口）',
  en: 'This seller has not enabled orderNotify, which is optional',
};
