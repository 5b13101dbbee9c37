/** What to say of a server that speaks no dialect of License at all, or leaves one out in an odd way. */
import {
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  LICENSE_DIALECTS,
  LICENSE_RESULT_CODES,
  type LicenseDialect,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import type { Probe, Probes } from './probe.ts';
import { unexplainedGet } from './refusals.ts';
import { type AnyReply, inShort, isCalledForged } from './reply.ts';

/** The most telling answer: a refused token, an unusable answer, an interface of something else, no interface. */
export function nothingSpoken(session: Session, probes: Probes): readonly Diagnosis[] {
  const all = LICENSE_DIALECTS.map((dialect) => probes[dialect]);
  const { valid: got, members } = probes.identification;
  // Known mistakes have been tried before.
  if (isCalledForged(got)) return [unexplainedGet(session, { members, reply: got })];
  if (all.some(({ valid }) => Object.hasOwn(LICENSE_RESULT_CODES, valid.content.resultCode ?? '')))
    return [noDialect(all)];
  const [worst] = all.map(({ valid }) => valid).toSorted((one, other) => deadness(one) - deadness(other));
  return worst === undefined ? [] : [...worst.frame, ...worst.content.diagnosis];
}

/** Neither a crash, a redirect nor silence is a way to say that a dialect is unknown; they may as well hide one that is known. */
export function oddities(probes: Probes, spoken: ReadonlySet<LicenseDialect>): readonly Diagnosis[] {
  const left = LICENSE_DIALECTS.filter((dialect) => !spoken.has(dialect)).map((dialect) => probes[dialect]);
  const isOdd = (status: number) => (status >= 300 && status < 400) || (status >= 500 && status !== 501);
  const odd = left.find(({ valid: { status } }) => status === null || isOdd(status));
  return odd === undefined ? [] : odd.valid.content.diagnosis.map(asWarning);
}

function noDialect(probes: readonly Probe[]): Diagnosis {
  const seen = probes.map(({ valid }) => `${valid.activity}: ${inShort(valid)}`).join('; ');
  return diagnose('license.no-dialect', { seen });
}

/** How little an answer has to do with an interface: the least first. */
function deadness({ status, content }: AnyReply): number {
  if (status === 404 || status === 405 || status === 501) return 3;
  if (status !== null && status >= 400 && status < 500) return 2;
  return content.diagnosis.some(({ code }) => UNREADABLE.includes(code)) ? 1 : 0;
}

const UNREADABLE: readonly DiagnosisCode[] = ['body.empty', 'body.not-json', 'body.not-object'];
