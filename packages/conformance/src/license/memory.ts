/** What the cases of one run learn for those after them. */
import type { Diagnosis, DiagnosisCode, LicenseCodeActivity, LicenseDialect } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import type { Members } from './calls.ts';
import type { Detection } from './detect.ts';
import type { Term } from './members.ts';
import { type AnyReply, isOfFrame } from './reply.ts';

/** A purchase of online 1.0 and what it got. */
export interface Bought {
  readonly order: Members;
  readonly instanceId: string;
  readonly license: string | null;
}

export interface Memory {
  /** null where the person named cases and so the dialect: it is then taken for spoken */
  detection: Detection | null;
  /** faults of every answer that a case has named already */
  readonly said: Set<DiagnosisCode>;
  /** the way in which the seller sells licences of online 1.0 */
  term: Term;
  /** the activity of authorisation codes that the seller offers, refreshLicenseCode if it can be */
  codeActivity: LicenseCodeActivity;
  /** with the test mark, the first one first */
  readonly bought: Bought[];
}

export function newMemory(): Memory {
  return { detection: null, said: new Set(), term: 'one-time', codeActivity: 'refreshLicenseCode', bought: [] };
}

/** The case is skipped where the server does not speak the dialect. */
export function ofDialect(memory: Memory, dialect: LicenseDialect, item: ConformanceCase): ConformanceCase {
  return {
    ...item,
    run: async (session: Session) => {
      const { detection } = memory;
      if (detection !== null && !detection.spoken.has(dialect)) throw new Skip(detection.reasons[dialect]);
      return item.run(session);
    },
  };
}

/** Why rightly signed calls of the dialect are refused, where that was found out while looking for what is spoken. */
export function knownRefusal({ detection }: Memory, dialect: LicenseDialect): Diagnosis | null {
  return detection?.refusals.get(dialect) ?? null;
}

/** Everything that an answer shows, but for what earlier cases have said of all answers. */
export function findings(memory: Memory, { frame, content }: AnyReply): Diagnosis[] {
  return onlyNew(memory, [...frame, ...content.diagnosis]);
}

export function onlyNew(memory: Memory, diagnosis: readonly Diagnosis[]): Diagnosis[] {
  const fresh = diagnosis.filter(({ code }) => !memory.said.has(code));
  for (const each of fresh) if (isOfFrame(each) || each.code === 'body.result-msg-missing') memory.said.add(each.code);
  return fresh;
}

/** Of an answer that rightly refuses: what is wrong with its form. */
export function formOf(memory: Memory, reply: AnyReply): Diagnosis[] {
  return findings(memory, reply).filter(({ code }) => code !== 'result.refused');
}

/** Findings of a call that is one of several alike: `seen` says which. */
export function named(diagnosis: readonly Diagnosis[], label: string): Diagnosis[] {
  return diagnosis.map((each) => ({ ...each, seen: `${label}: ${each.seen}` }));
}
