import { describe, expect, it } from 'vitest';
import { bodySign } from '../signing/body-sign.ts';
import type { LicenseActivity } from './dialects.ts';
import { diagnoseTransportLicense, readLicenseAnswer } from './read-answer.ts';

/** A License seller's answer as the marketplace reads it: the outcomes of each dialect, and one bad answer for each finding. */

const KEY = 'koo-demo-access-key-0001';
const TIME = '20260101000000000';
const GIVEN = '{"resultCode":"000000","resultMsg":"success.","instanceId":"inst-1","license":"DEMO-LICENCE-0001"}';
const DONE = '{"resultCode":"000000","resultMsg":"success."}';

describe('online 1.0', () => {
  it('gives instance and licence of a signed success', () => {
    expect(read('getLicense', GIVEN)).toMatchObject({
      outcome: 'ok',
      value: { instanceId: 'inst-1', license: 'DEMO-LICENCE-0001' },
      diagnosis: [],
    });
  });

  it('needs no more than the envelope of the other activities', () => {
    for (const activity of ['refreshLicense', 'expireLicense', 'releaseLicense'] as const) {
      expect(read(activity, DONE)).toMatchObject({ outcome: 'ok', diagnosis: [] });
    }
  });

  it.each<[string, string, string]>([
    ['no instanceId', GIVEN.replace('"instanceId":"inst-1",', ''), 'body.member-missing'],
    ['an empty licence', GIVEN.replace('DEMO-LICENCE-0001', ''), 'body.member-missing'],
    ['a licence of blanks', GIVEN.replace('DEMO-LICENCE-0001', ' '), 'body.member-type'],
    ['a licence as an object', GIVEN.replace('"DEMO-LICENCE-0001"', '{"key":"x"}'), 'body.member-type'],
    ['a long instanceId', GIVEN.replace('inst-1', 'x'.repeat(65)), 'body.member-length'],
    ['an instanceId with a line break', GIVEN.replace('inst-1', 'inst-1\\n'), 'body.member-type'],
    [
      'data around both',
      '{"resultCode":"000000","resultMsg":"ok","data":{"instanceId":"i","license":"l"}}',
      'body.wrapped',
    ],
    [
      'data around the licence',
      '{"resultCode":"000000","resultMsg":"ok","instanceId":"i","data":{"license":"l"}}',
      'body.wrapped',
    ],
    ['a number', GIVEN.replace('"000000"', '0'), 'body.result-code-type'],
    ['seven digits', GIVEN.replace('000000', '0000000'), 'body.result-code-misspelt'],
  ])('refuses %s', (_, body, code) => {
    expect(read('getLicense', body)).toMatchObject({ outcome: 'malformed', value: null, diagnosis: [{ code }] });
  });

  it('takes nothing that is not signed', () => {
    const unsigned = read('getLicense', GIVEN, []);
    expect(unsigned).toMatchObject({ outcome: 'malformed', value: null, diagnosis: [{ code: 'body-sign.missing' }] });
    const otherKey = [['Body-Sign', bodySign(GIVEN, KEY + TIME).header]] as const;
    expect(read('getLicense', GIVEN, otherKey).diagnosis).toMatchObject([{ code: 'body-sign.key' }]);
    expect(read('releaseLicense', DONE, [['body-sign', bodySign(DONE, KEY).header]]).diagnosis).toMatchObject([
      { code: 'body-sign.name-case' },
    ]);
  });

  it('knows no 000004, and says so in words of License', () => {
    const waiting = read('getLicense', '{"resultCode":"000004","resultMsg":"wait"}');
    expect(waiting).toMatchObject({
      outcome: 'refused',
      diagnosis: [{ code: 'result.refused', reference: 'license-and-other-types.md 10' }],
    });
  });
});

describe('the POSTed dialects', () => {
  it('need no Body-Sign', () => {
    for (const activity of ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'] as const) {
      expect(read(activity, DONE, [])).toMatchObject({ outcome: 'ok', diagnosis: [] });
    }
  });

  it.each<[LicenseActivity, string, string, string[]]>([
    ['refreshLicenseCode', '000004', 'refused', ['result.refused']],
    ['newInstance', '000004', 'accepted', ['body.member-missing']],
    ['queryInstance', '000004', 'accepted', []],
    ['getLicenseAsync', '000004', 'accepted', []],
    ['getLicenseAsync', '000000', 'ok', []],
    ['getLicenseAsync', '000900', 'refused', ['result.refused']],
    ['getLicenseAsync', '000903', 'refused', ['result.refused']],
    ['getLicenseAsync', '000904', 'refused', ['body.result-code-unknown']],
    ['getLicenseAsync', '0000901', 'malformed', ['body.result-code-misspelt']],
    ['newInstance', '000000', 'malformed', ['body.member-missing']],
  ])('%s answered %s is %s', (activity, resultCode, outcome, codes) => {
    const reading = read(activity, `{"resultCode":"${resultCode}","resultMsg":"text"}`, []);
    expect([reading.outcome, reading.diagnosis.map(({ code }) => code)]).toEqual([outcome, codes]);
  });

  it('says what a code of the application means', () => {
    expect(read('getLicenseAsync', '{"resultCode":"000902","resultMsg":"x"}', []).diagnosis).toMatchObject([
      { summary: { en: expect.stringContaining('needs expireTime'), zh: expect.stringContaining('expireTime') } },
    ]);
  });

  it('reads what a queryInstance tells about instances', () => {
    const body = '{"resultCode":"000000","resultMsg":"ok","info":[{"instanceId":"a"}]}';
    expect(read('queryInstance', body, [], ['a', 'b'])).toMatchObject({
      outcome: 'ok',
      value: { info: [{ instanceId: 'a' }] },
      diagnosis: [{ code: 'query.incomplete' }],
    });
  });
});

it('no answer at all is told in the words of the dialect', () => {
  const error = { kind: 'timeout', message: '20 s' } as const;
  const told = (activity: LicenseActivity) => diagnoseTransportLicense(activity, error).fix.en;
  expect(told('getLicense')).not.toContain('000004');
  expect(told('newInstance')).toContain('000004');
});

function read<A extends LicenseActivity>(
  activity: A,
  body: string,
  headers: readonly (readonly [string, string])[] = [['Body-Sign', bodySign(body, KEY).header]],
  instanceIds: readonly string[] = [],
) {
  const http = {
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(body),
    truncated: false,
    durationMs: 1,
  };
  return readLicenseAnswer(activity, { ...http, headers }, { key: KEY, timeStamp: TIME, instanceIds });
}
