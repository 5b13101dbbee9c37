/**
 * Online provisioning (license-and-other-types.md 5): newInstance and what follows are those of SaaS V2.0 with the same members, so
 * their cases are, too. queryInstance is not among the activities that the pages name, and what it tells of a licence needs no
 * address to open.
 */
import { type Diagnosis, diagnose, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { query, statusChange } from '../saas-v2/bodies.ts';
import { bodyCases } from '../saas-v2/body-cases.ts';
import { changeCases, releaseCases } from '../saas-v2/change-cases.ts';
import { conductCases } from '../saas-v2/conduct-cases.ts';
import { liveCases } from '../saas-v2/live-cases.ts';
import { type Keeping, type Memory as MemoryV2, newMemory as newMemoryV2 } from '../saas-v2/memory.ts';
import { newInstanceAnswer, newInstanceCases } from '../saas-v2/new-instance-cases.ts';
import { isPending as isPendingV2 } from '../saas-v2/reply.ts';
import { PLAIN, signatureAccepted, signatureCases } from '../saas-v2/signature-cases.ts';
import { nonceCases, timestampCases } from '../saas-v2/time-cases.ts';
import { askByPost } from './calls.ts';
import { caseOf } from './case-of.ts';
import { order } from './members.ts';
import { findings, knownRefusal, type Memory } from './memory.ts';
import { inShort, isDone, isPending, isVerified, type Reply } from './reply.ts';
import { isNotOffered, NOT_KEPT } from './valid-call.ts';

/** Cases of SaaS that are about something else, or need an address to open. */
const NOT_OF_LICENSE = [
  'upgradeInstance.',
  'changeInstanceCheck.',
  'orderNotify.',
  // License has no trials, and its quantities cannot be changed.
  'refreshInstance.scenes',
  'live.upgradeInstance',
  'live.queryInstance',
  'live.several',
];

/** What the cases of SaaS learn, but for one thing that they ask of queryInstance. */
export function memoryOfProvisioning(): MemoryV2 {
  const memory = newMemoryV2();
  let keeping: Promise<Keeping> | null = null;
  return {
    ...memory,
    keeping: (session) => {
      keeping ??= keepingOf(session, memory);
      return keeping;
    },
  };
}

async function keepingOf(session: Session, memory: MemoryV2): Promise<Keeping> {
  const { instanceId } = await memory.first(session);
  const members = { activity: 'queryInstance', instanceId };
  const reply = await askByPost(session, 'queryInstance', members, 'queryInstance, to see what is kept of test calls');
  const isOffered = !(await isNotOffered(session, { activity: 'queryInstance', members, label: '' }, reply));
  if (isOffered) return memory.keeping(session);
  const [known, unknown] = await Promise.all(
    [instanceId, session.uuid()].map((id) =>
      askByPost(
        session,
        'updateInstanceStatus',
        statusChange(id, 'UNFREEZE'),
        'UNFREEZE, to see what is kept of test calls',
      ),
    ),
  );
  return known !== undefined && unknown !== undefined && isDone(known) && !isDone(unknown) ? 'kept' : 'apart';
}

export function saasCases(memory: Memory, memoryV2: MemoryV2): readonly ConformanceCase[] {
  return ofLicense([
    acceptedCase(memory, memoryV2),
    newInstanceAnswer(memoryV2),
    queryCase(memory, memoryV2),
    ...newInstanceCases(memoryV2),
    ...changeCases(memoryV2),
    ...signatureCases(memoryV2),
    ...timestampCases(memoryV2),
    ...nonceCases(memoryV2),
    ...bodyCases(memoryV2),
    ...conductCases(memoryV2),
  ]);
}

/** A cause that is known already is not searched for again. */
function acceptedCase(memory: Memory, memoryV2: MemoryV2): ConformanceCase {
  const item = signatureAccepted(memoryV2);
  return {
    ...item,
    run: async (session) => {
      const known = knownRefusal(memory, 'provisioning');
      if (known === null) return item.run(session);
      const reply = await askByPost(session, 'newInstance', order(session), 'newInstance, the plainest call');
      return isVerified(reply) ? [] : [known];
    },
  };
}

export function saasReleaseCases(memoryV2: MemoryV2): readonly ConformanceCase[] {
  return ofLicense(releaseCases(memoryV2));
}

export function saasLiveCases(memoryV2: MemoryV2): readonly ConformanceCase[] {
  return ofLicense(liveCases(memoryV2));
}

function ofLicense(cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.filter(({ name }) => !NOT_OF_LICENSE.some((other) => name.startsWith(other)));
}

function queryCase(memory: Memory, memoryV2: MemoryV2): ConformanceCase {
  return caseOf(
    'queryInstance.answer',
    ['queryInstance, where it is offered, knows the instance', '提供 queryInstance 时能查到实例'],
    '5',
    (session) => queried(session, memory, memoryV2),
    { after: [...PLAIN, 'newInstance.answer'], reading: true },
  );
}

async function queried(session: Session, memory: Memory, memoryV2: MemoryV2): Promise<readonly Diagnosis[]> {
  const { instanceId, reply: created } = await memoryV2.first(session);
  // Learnt before anything is done to the instance.
  const keeping = await memoryV2.keeping(session);
  const reply = await untilReady(session, instanceId);
  const { resultCode } = reply.content;
  const members = { activity: 'queryInstance', instanceId };
  if (await isNotOffered(session, { activity: 'queryInstance', members, label: '' }, reply))
    throw new Skip(NOT_OFFERED);
  if (resultCode === '000003' && keeping !== 'kept') throw new Skip(NOT_KEPT);
  if (isPending(reply) && isPendingV2(created)) {
    return [diagnose('instance.async-unfinished', { seen: `the last answer: ${inShort(reply)}` })];
  }
  return findings(memory, reply);
}

/** Asks until 000004 is over, or the window. */
export async function untilReady(session: Session, instanceId: string, live = false): Promise<Reply<'queryInstance'>> {
  const { asyncWindowMs, asyncIntervalMs } = session.settings;
  const ask = (label: string) =>
    askByPost(session, 'queryInstance', query([instanceId]), label, { live }, [instanceId]);
  let reply = await ask('queryInstance');
  for (let waitedMs = 0; isPending(reply) && waitedMs < asyncWindowMs; waitedMs += Math.max(asyncIntervalMs, 1)) {
    await session.wait(asyncIntervalMs);
    reply = await ask('queryInstance, asked again');
  }
  return reply;
}

const NOT_OFFERED: Words = {
  zh: '该商家没有提供 queryInstance（返回 000002）；在线开通 License 的接口清单里没有它',
  en: 'This seller does not offer queryInstance (000002); it is not in the list of online provisioning',
};
