import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { diagnose, isDiagnosisCode } from './diagnosis.ts';

/** The catalogue is complete, bilingual and readable whatever values a case brings. */

const CODES = `
transport.dns transport.not-sent transport.refused transport.reset transport.timeout transport.tls transport.redirect transport.slow transport.plain-http
transport.bare-ip transport.blocked
http.status http.content-type http.charset http.too-large body.empty body.not-json body.not-object
body.result-code-missing body.result-code-type body.result-code-unknown body.result-code-misspelt body.result-msg-missing
body.member-missing body.member-type body.member-length body.wrapped result.refused result.not-refused
instance.id-changed instance.id-shared instance.unknown-accepted instance.release-not-repeatable instance.status-not-repeatable
instance.refresh-not-repeatable instance.upgrade-not-repeatable instance.async-unfinished
query.front-end-url query.incomplete query.memo-not-escaped usage.decimals usage.time
secret.no-iv secret.form secret.key secret.length secret.type secret.plain
security.signature-not-checked security.timestamp-not-checked security.nonce-not-checked security.valid-refused security.test-flag-ignored
body-sign.missing body-sign.name-case body-sign.quotes body-sign.sign-type body-sign.form body-sign.key body-sign.body-altered
kit.add-not-repeatable kit.delete-not-repeatable kit.delete-needs-instance kit.secret kit.org-order kit.user-list license.no-dialect license.code-changed suite.fault
request.signature-missing request.timestamp-missing request.nonce-missing request.timestamp-unit request.timestamp-expired
request.timestamp-future request.nonce-replayed request.signature-key request.signature-unsorted request.signature-descending
request.signature-nulls request.signature-whitespace request.signature-escapes request.signature-inner-hash request.signature-form
request.body-altered request.auth-token-encoding request.auth-token-plus request.auth-token-parameters
aksk.authorization-missing aksk.algorithm aksk.malformed aksk.date-missing aksk.date-format aksk.date-skew aksk.host-not-signed
aksk.signed-header-absent aksk.unknown-key aksk.disabled-key aksk.secret aksk.body-hash aksk.query aksk.path aksk.header-value`
  .trim()
  .split(/\s+/);

const WARNINGS = [
  'body.result-msg-missing',
  'instance.unknown-accepted',
  'query.memo-not-escaped',
  'result.not-refused',
  'security.nonce-not-checked',
  'security.test-flag-ignored',
  'transport.bare-ip',
  'transport.plain-http',
  'transport.slow',
];

describe('the catalogue', () => {
  it('has every code, and no other', () => {
    expect(Object.keys(CATALOGUE).sort()).toEqual(CODES.toSorted());
  });

  it('warns where the contract warns', () => {
    const warnings = Object.entries(CATALOGUE).filter(([, entry]) => entry.severity === 'warning');
    expect(warnings.map(([code]) => code).sort()).toEqual(WARNINGS);
  });

  it.each(Object.entries(CATALOGUE))('%s is written in both languages', (_, { summary, fix, expected, reference }) => {
    for (const { zh, en } of [summary, fix]) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3000-\u9fff]/);
    }
    expect(expected).not.toBe('');
    expect(reference).toMatch(/^[a-z0-9-]+\.md/);
  });
});

describe('diagnose', () => {
  it('fills the places of the texts, Chinese ones with their own value', () => {
    const found = diagnose('body.not-json', { kind: 'an HTML page', kindZh: 'HTML 页面', seen: '<html>' });
    expect(found).toMatchObject({
      summary: { zh: '报文体不是合法的 JSON：HTML 页面', en: 'The body is not JSON: an HTML page' },
      seen: '<html>',
    });
  });

  it('reads without values', () => {
    expect(diagnose('body.not-json').summary).toEqual({ zh: '报文体不是合法的 JSON', en: 'The body is not JSON' });
    const texts = CODES.filter(isDiagnosisCode).flatMap((code) => {
      const { summary, fix, expected } = diagnose(code);
      return [summary.zh, summary.en, fix.zh, fix.en, expected];
    });
    for (const text of texts)
      expect(text).not.toMatch(/\{(change|member|limit|kind|wrapper|cause)\}|[:：]\s*$|^\s|\s$/);
  });

  it('cuts long values and prints no control character and no half of a surrogate pair', () => {
    const found = diagnose('body.wrapped', {
      wrapper: 'x'.repeat(100_000),
      seen: '\u0000\u001b[31m\ud83d \ud83d\ude00\n\t',
    });
    expect(found.seen).toBe('\ufffd\ufffd[31m\ufffd \ud83d\ude00\n\t');
    expect(found.summary.en.length).toBeLessThan(1_100);
  });

  it('knows what is no code', () => expect(isDiagnosisCode('toString')).toBe(false));
});
