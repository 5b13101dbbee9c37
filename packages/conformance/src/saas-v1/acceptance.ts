/** The first case: the plainest rightly signed call is taken. Everything else builds on it. */
import type { Diagnosis, Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isTaken, isTakenForForged } from './ask.ts';
import { causeByBodySign, findCause, refusedBecauseOf } from './explain-refusal.ts';
import { type Memory, onlyNew } from './memory.ts';
import { type ChargingMode, type Parameters, purchase } from './parameters.ts';
import type { Reading } from './reading.ts';

const LABEL = 'newInstance, the plainest call';

/** Refusals that some servers give to a wrong signature; others speak of the product. */
const MAY_MEAN_FORGED: readonly (string | null)[] = ['000001', '000002', '000005'];

export function acceptanceCase(memory: Memory): ConformanceCase {
  return {
    name: 'signature.accepted',
    title: {
      zh: '签名正确的 newInstance（testFlag=1）被接受',
      en: 'A rightly signed newInstance with testFlag=1 is taken',
    },
    reference: 'saas-v1.md 3.1',
    async run(session) {
      const order = purchase(session, memory);
      const reading = await ask(session, 'newInstance', order, LABEL);
      if (isTaken(reading) || (await isSoldOtherwise(session, memory, reading))) return [];
      // What else is wrong with the answer is for the cases after this one: a missing member does not keep them from running.
      return onlyNew(memory, await explained(session, order, reading));
    },
  };
}

/** Who sells one-time or pay-per-use only may refuse a yearly order. Every order after this one is of a mode that is taken. */
async function isSoldOtherwise(session: Session, memory: Memory, yearly: Reading<'newInstance'>): Promise<boolean> {
  if (yearly.content.resultCode !== '000002') return false;
  for (const mode of OTHER_MODES) {
    const order = purchase(session, { mode });
    if (isTaken(await ask(session, 'newInstance', order, `newInstance, chargingMode=${mode}`))) {
      memory.mode = mode;
      return true;
    }
  }
  return false;
}

const OTHER_MODES: readonly ChargingMode[] = ['3', '0', '5'];

async function explained(
  session: Session,
  order: Parameters,
  reading: Reading<'newInstance'>,
): Promise<readonly Diagnosis[]> {
  const { content, status } = reading;
  const mayBeForged = isTakenForForged(reading) || MAY_MEAN_FORGED.includes(content.resultCode);
  if (!mayBeForged) return status === 405 ? onlyByPost(session, order, content.diagnosis) : content.diagnosis;
  const refused = { activity: 'newInstance', parameters: order, label: LABEL, reading } as const;
  const found = await findCause(session, refused);
  if (found === null && content.resultCode !== '000001') return content.diagnosis;
  return [refusedBecauseOf(found ?? causeByBodySign(session, reading), refused)];
}

/** Most often the interface of another protocol, or a mapping that forgot GET. */
async function onlyByPost(session: Session, order: Parameters, found: readonly Diagnosis[]): Promise<Diagnosis[]> {
  const posted = await ask(session, 'newInstance', order, 'the same by POST', { method: 'POST' });
  return found.map((each) =>
    each.code === 'http.status' && posted.status === 200
      ? { ...each, seen: '405 to GET, 200 to POST', fix: USE_GET }
      : each,
  );
}

const USE_GET: Words = {
  zh: 'V1.0 的基础接口以 GET 调用：请为该路径开放 GET，并确认填写的不是 V2.0 的地址。',
  en: 'Base calls of V1.0 come by GET: map GET for this path, and check that this is not the address of V2.0.',
};
