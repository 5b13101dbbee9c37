import { describe, expect, it } from 'vitest';
import { readKitAnswer } from './read-answer.ts';

/** An answer to a kit call is the bare envelope; 000101 to applicationSync is about the secret. */

describe('the answer to a kit call', () => {
  it.each([
    ['{"resultCode":"000000","resultMsg":"success."}', 'ok', []],
    ['{"resultCode":"000000"}', 'ok', ['body.result-msg-missing']],
    ['{"resultCode":"000004","resultMsg":"later"}', 'refused', ['result.refused']],
    ['{"resultCode":"000002","resultMsg":"no"}', 'refused', ['result.refused']],
    ['{"resultCode":0,"resultMsg":"x"}', 'malformed', ['body.result-code-type']],
    ['{"data":{"resultCode":"000000","resultMsg":"x"}}', 'malformed', ['body.wrapped']],
    ['<html>', 'malformed', ['body.not-json']],
  ])('%s is %s', (body, outcome, codes) => {
    const reading = read('tenantSync', body);
    expect([reading.outcome, reading.diagnosis.map(({ code }) => code)]).toEqual([outcome, codes]);
  });

  it('000101 names the secret and its padding, for applicationSync only', () => {
    const body = '{"resultCode":"000101","resultMsg":"appSecret"}';
    expect(read('applicationSync', body)).toMatchObject({
      outcome: 'refused',
      diagnosis: [{ code: 'kit.secret', seen: '000101 appSecret' }],
    });
    expect(read('applicationSync', body).diagnosis[0]?.expected).toContain('SHA-1/MGF1-SHA-1');
    expect(read('tenantSync', body)).toMatchObject({ diagnosis: [{ code: 'result.refused' }] });
  });
});

function read(kit: 'tenantSync' | 'applicationSync', body: string) {
  const http = { status: 200, contentType: 'application/json', truncated: false, durationMs: 5 };
  return readKitAnswer(kit, { ...http, body: new TextEncoder().encode(body) }, { padding: 'SHA-1/MGF1-SHA-1' });
}
