/** The debugger's checks in their order, with the words of saas-v2.md 1.6. */
import { type DiagnosisCode, diagnose } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { type CheckName, checksOf, firstMessage, passes, type Seen } from './checks.ts';

const good: Seen = {
  protocol: 'saas-v2',
  activity: 'newInstance',
  httpStatus: 200,
  contentType: 'application/json',
  resultCode: '000000',
  diagnosis: [],
};
const failedAt = (seen: Partial<Seen>): string[] =>
  checksOf({ ...good, ...seen })
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ check }) => check);

it('a good answer passes every check', () => {
  const checks = checksOf(good);
  expect(checks.map(({ check }) => check)).toEqual([
    'REACHABLE',
    'IN_TIME',
    'HTTP_STATUS',
    'CONTENT_TYPE',
    'BODY',
    'RESULT_CODE',
    'MEMBERS',
    'LENGTHS',
  ]);
  expect([passes(checks), firstMessage(checks)]).toEqual([true, null]);
});

it('V1.0 checks signature, account data and a second order as well (saas-v1.md 8)', () => {
  expect(checksOf({ ...good, protocol: 'saas-v1' }).map(({ check }) => check)).toEqual([
    'REACHABLE',
    'IN_TIME',
    'HTTP_STATUS',
    'CONTENT_TYPE',
    'BODY_SIGN',
    'SIGNATURE',
    'BODY',
    'RESULT_CODE',
    'MEMBERS',
    'LENGTHS',
    'ACCOUNT_DATA',
    'REPEATABLE',
  ]);
});

const CASES: [DiagnosisCode, Partial<Seen>, CheckName, string][] = [
  ['transport.dns', { httpStatus: null }, 'REACHABLE', 'unreachable'],
  ['transport.timeout', { httpStatus: null }, 'IN_TIME', 'timed out (20 s)'],
  ['http.status', { httpStatus: 502, resultCode: null }, 'HTTP_STATUS', 'httpCode=502'],
  ['http.content-type', { contentType: 'text/html' }, 'CONTENT_TYPE', 'returned text/html'],
  ['body.not-json', { resultCode: null }, 'BODY', '{"resultCode":"000000","resultMsg":"success."}'],
  ['body.result-msg-missing', {}, 'BODY', '{"resultCode":"000000","resultMsg":"success."}'],
  ['result.refused', { resultCode: '000002' }, 'RESULT_CODE', 'error result code 000002'],
  ['body.member-missing', {}, 'MEMBERS', 'lacks'],
  ['query.front-end-url', {}, 'MEMBERS', 'lacks'],
  ['usage.time', {}, 'MEMBERS', 'one is wrong'],
  ['body.member-length', {}, 'LENGTHS', 'length'],
  ['body-sign.missing', { protocol: 'saas-v1' }, 'BODY_SIGN', 'Body-Sign'],
  ['body-sign.key', { protocol: 'saas-v1' }, 'SIGNATURE', 'signature'],
  ['secret.key', { protocol: 'saas-v1' }, 'ACCOUNT_DATA', 'decrypted'],
  ['instance.id-changed', { protocol: 'saas-v1' }, 'REPEATABLE', 'second identical order'],
];

describe('a finding fails its check, in plain words', () => {
  it.each(CASES)('%s', (code, seen, check, words) => {
    const checks = checksOf({ ...good, ...seen, diagnosis: [diagnose(code)] });
    expect(passes(checks)).toBe(false);
    const first = checks.find(({ outcome }) => outcome === 'failed');
    expect(first?.check).toBe(check);
    expect(first?.message?.en).toContain(words);
    expect(first?.message?.zh).toMatch(/\p{Script=Han}/u);
  });
});

it('a test call is not answered with 000004', () => {
  expect(failedAt({ resultCode: '000004' })).toEqual(['RESULT_CODE']);
});

it('a warning fails nothing', () => {
  expect(failedAt({ diagnosis: [diagnose('transport.slow'), diagnose('query.memo-not-escaped')] })).toEqual([]);
});

it('what can not be told is not reached; independent faults are all told', () => {
  const unreachable = checksOf({
    ...good,
    httpStatus: null,
    resultCode: null,
    diagnosis: [diagnose('transport.refused')],
  });
  expect(unreachable.map(({ outcome }) => outcome)).toEqual(['failed', ...Array(7).fill('not-reached')]);
  expect(
    failedAt({
      diagnosis: [diagnose('http.content-type'), diagnose('body.member-missing'), diagnose('body.member-length')],
    }),
  ).toEqual(['CONTENT_TYPE', 'MEMBERS', 'LENGTHS']);
});
