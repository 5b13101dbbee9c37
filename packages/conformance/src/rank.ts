/**
 * Which finding of a run is to be put right first. A broken connection explains a missing answer, a wrong status an unusable
 * body, an unusable body a missing member: what stands further up in ORDER may be the reason of what stands further down.
 */
import type { Diagnosis } from '@jishi/protocol';
import type { CaseReport } from './report.ts';

/** A finding with the cases that made it. */
export interface Finding {
  readonly diagnosis: Diagnosis;
  /** in the order of the run, at least one */
  readonly cases: readonly string[];
}

/** Codes, or beginnings of codes that end in a dot or hyphen; the first that fits counts. */
const ORDER: readonly (readonly string[])[] = [
  ['transport.dns', 'transport.refused', 'transport.tls', 'transport.blocked', 'transport.not-sent'],
  ['transport.redirect', 'transport.reset', 'transport.timeout'],
  ['http.status'],
  ['http.too-large'],
  ['http.content-type', 'http.charset'],
  ['body.empty', 'body.not-json', 'body.not-object'],
  ['body.wrapped'],
  ['body.result-code-'],
  // A server that can not read our signature refuses everything; whether it checks one is another matter.
  ['security.valid-refused'],
  ['body-sign.'],
  ['body.', 'query.', 'usage.', 'secret.'],
  ['security.signature-not-checked'],
  ['security.timestamp-not-checked'],
  ['result.', 'instance.', 'kit.', 'license.', 'security.', 'request.'],
];
const SUITE_FAULT = ORDER.length + 2;

/** Every finding of a run once, what to put right first at the front: errors, then warnings; causes before consequences. */
export function rank(cases: readonly CaseReport[]): readonly Diagnosis[] {
  return findingsOf(cases).map(({ diagnosis }) => diagnosis);
}

/** The same with the names of the cases that each finding comes from. */
export function findingsOf(cases: readonly CaseReport[]): readonly Finding[] {
  const byIdentity = new Map<string, { diagnosis: Diagnosis; cases: string[] }>();
  for (const { name, diagnosis: found } of cases) {
    for (const diagnosis of found) {
      const known = byIdentity.get(identity(diagnosis));
      if (known === undefined) byIdentity.set(identity(diagnosis), { diagnosis, cases: [name] });
      else if (!known.cases.includes(name)) known.cases.push(name);
    }
  }
  // Array.sort is stable: what is equal stays in the order of the run.
  return [...byIdentity.values()].sort((one, other) => weight(one.diagnosis) - weight(other.diagnosis));
}

/** What a person would put right in one go: the texts name the member and the cause; another HTTP status is another fault. */
function identity({ code, severity, summary, seen }: Diagnosis): string {
  return JSON.stringify([code, severity, summary.en, code === 'http.status' ? seen.slice(0, 3) : '']);
}

function weight({ code, severity }: Diagnosis): number {
  const place = ORDER.findIndex((row) =>
    row.some((entry) => (/[.-]$/.test(entry) ? code.startsWith(entry) : code === entry)),
  );
  const ofCode = code === 'suite.fault' ? SUITE_FAULT : place === -1 ? ORDER.length : place;
  return ofCode + (severity === 'error' ? 0 : 1_000);
}
