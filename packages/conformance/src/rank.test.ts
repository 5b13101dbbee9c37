import { type Diagnosis, diagnose } from '@jishi/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf, rank } from './rank.ts';
import type { CaseReport } from './report.ts';

/** Every finding once, what explains others before what it explains. */

function report(name: string, ...diagnosis: Diagnosis[]): CaseReport {
  const words = { zh: name, en: name };
  return {
    name,
    title: words,
    reference: 'x',
    status: 'failed',
    durationMs: 1,
    diagnosis,
    reason: null,
    exchanges: [],
  };
}

const codes = (cases: readonly CaseReport[]) => rank(cases).map(({ code }) => code);

describe('rank', () => {
  it('puts transport before HTTP, body, members, conduct and warnings, whatever the order of the run', () => {
    const inOrder = [
      diagnose('transport.refused'),
      diagnose('transport.timeout'),
      diagnose('http.status', { seen: '500' }),
      diagnose('http.content-type'),
      diagnose('body.not-json'),
      diagnose('body.wrapped'),
      diagnose('body.result-code-type'),
      diagnose('security.valid-refused', { cause: 'case' }),
      diagnose('body-sign.missing'),
      diagnose('body.member-missing', { member: 'instanceId' }),
      diagnose('security.signature-not-checked'),
      diagnose('security.timestamp-not-checked'),
      diagnose('instance.id-changed'),
      diagnose('suite.fault'),
      diagnose('body.result-msg-missing'),
      diagnose('security.nonce-not-checked'),
    ];
    const shuffled = inOrder.map((diagnosis, place) => report(`case.${place}`, diagnosis)).reverse();
    expect(rank(shuffled)).toEqual(inOrder);
  });

  it('lets a refused right signature explain the refusals of later cases', () => {
    const refused = diagnose('result.refused', { resultCode: '000001' });
    const cause = diagnose('security.valid-refused', { cause: 'plus-sign' });
    expect(codes([report('a', refused), report('b', cause)])).toEqual(['security.valid-refused', 'result.refused']);
  });

  it('keeps the order of the run among equals', () => {
    const cases = [report('a', diagnose('instance.id-shared')), report('b', diagnose('instance.id-changed'))];
    expect(codes(cases)).toEqual(['instance.id-shared', 'instance.id-changed']);
    expect(codes(cases.toReversed())).toEqual(['instance.id-changed', 'instance.id-shared']);
  });

  it('names a finding once, with every case that made it; another member is another finding', () => {
    const slow = (seen: string) => diagnose('transport.slow', { seen });
    const missing = (member: string) => diagnose('body.member-missing', { member });
    const found = findingsOf([
      report('a', slow('5.1 s'), missing('instanceId'), slow('6 s')),
      report('b', missing('appInfo'), slow('7.2 s')),
    ]);
    expect(found.map(({ diagnosis, cases }) => `${diagnosis.code} ${diagnosis.seen} ${cases}`)).toEqual([
      'body.member-missing  a',
      'body.member-missing  b',
      'transport.slow 5.1 s a,b',
    ]);
  });

  it('tells one HTTP status from another', () => {
    const status = (seen: string) => diagnose('http.status', { seen });
    const found = rank([
      report('a', status('500 Oops 1')),
      report('b', status('500 Oops 2')),
      report('c', status('404')),
    ]);
    expect(found.map(({ seen }) => seen)).toEqual(['500 Oops 1', '404']);
  });

  it('loses no code, adds none, and puts every error before every warning', () => {
    const diagnosis = fc
      .constantFrom('transport.slow', 'http.status', 'body.empty', 'instance.id-changed', 'security.nonce-not-checked')
      .map((code) => diagnose(code));
    fc.assert(
      fc.property(fc.array(fc.array(diagnosis, { maxLength: 4 }), { maxLength: 8 }), (lists) => {
        const cases = lists.map((list, place) => report(`case.${place}`, ...list));
        const ranked = rank(cases);
        expect(new Set(ranked.map(({ code }) => code))).toEqual(new Set(lists.flat().map(({ code }) => code)));
        expect(new Set(ranked).size).toBe(ranked.length);
        const severities = ranked.map(({ severity }) => severity);
        expect(severities).toEqual(severities.toSorted());
      }),
    );
  });
});
