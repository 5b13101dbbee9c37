/** What the cases of one run learn for those after them. */
import type { ActivityV1, Diagnosis, DiagnosisCode } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { ask, isTaken } from './ask.ts';
import { type ChargingMode, freshId, type Parameters, purchase } from './parameters.ts';
import type { Reading } from './reading.ts';

/** An order, and the instance that newInstance gave for it. */
export interface Bought {
  readonly order: Parameters;
  readonly instanceId: string;
  /** whether the answer told how to use it; then repeats have to, too */
  readonly hasAccess?: boolean;
}

export interface Memory {
  /** how the product is sold: of the modes that the seller takes, the first */
  mode: ChargingMode;
  /** faults of the frame that a case has named already: they spoil every answer alike */
  readonly said: Set<DiagnosisCode>;
  /** activities that were carried out at least once */
  readonly offered: Set<ActivityV1>;
  /** what is wrong with the plain answer of newInstance, and so with its variants */
  readonly ofPurchase: Set<DiagnosisCode>;
  /** of calls with the test mark, the first one first */
  readonly bought: Bought[];
}

export function newMemory(): Memory {
  return { mode: '1', said: new Set(), offered: new Set(), ofPurchase: new Set(), bought: [] };
}

/** Everything that an answer shows, but for what earlier cases have said of all answers. */
export function findings(memory: Memory, { frame, content }: Reading<ActivityV1>): readonly Diagnosis[] {
  return onlyNew(memory, [...frame, ...content.diagnosis]);
}

export function onlyNew(memory: Memory, diagnosis: readonly Diagnosis[]): readonly Diagnosis[] {
  const fresh = diagnosis.filter(({ code }) => !memory.said.has(code));
  for (const { code } of fresh) if (isOfEveryAnswer(code)) memory.said.add(code);
  return fresh;
}

/** Findings of a call that is one of several alike: `seen` says which. */
export function named(diagnosis: readonly Diagnosis[], label: string): readonly Diagnosis[] {
  return diagnosis.map((each) => ({ ...each, seen: `${label}: ${each.seen}` }));
}

/** The instanceId of an answer, also of one that is malformed elsewhere; null where none can be sent back in a query. */
export function instanceIdIn({ object }: Reading<'newInstance'>): string | null {
  const instanceId = object?.instanceId;
  return typeof instanceId === 'string' && /^[^,\s]{1,64}$/.test(instanceId) ? instanceId : null;
}

/** A test instance to ask about: the first that was bought, else one bought now, else an id that nobody knows. */
export async function testInstance(session: Session, memory: Memory, place = 0): Promise<Bought> {
  const known = memory.bought[place];
  if (known !== undefined) return known;
  const order = purchase(session, memory);
  const reading = await ask(session, 'newInstance', order, 'newInstance, for an instance to ask about');
  const given = isTaken(reading) ? instanceIdIn(reading) : null;
  const bought = { order, instanceId: given ?? freshId(session) };
  memory.bought[place] = bought;
  return bought;
}

export function orderIdOf({ order }: Bought): string {
  return order.orderId ?? '';
}

function isOfEveryAnswer(code: DiagnosisCode): boolean {
  return /^(body-sign|secret|http)\./.test(code) || SAID_ONCE.includes(code);
}

const SAID_ONCE: readonly DiagnosisCode[] = ['transport.slow', 'body.result-msg-missing', 'query.memo-not-escaped'];
