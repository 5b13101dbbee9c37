/** Every form's presets make a request that a seller's server accepts: signature, parameters, testFlag. */
import {
  parseIdentificationRequest,
  parseLicenseCodeRequest,
  parseProvisioningRequest,
  parseRequest,
  parseRequestV1,
  verifyAuthToken,
  verifyBase,
} from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../platform/random.ts';
import { curlOf } from '../curl.ts';
import { type DebugProtocol, debugProtocol, formOf, type InterfaceForm, tidy } from './index.ts';

const at = new Date('2026-01-05T02:00:00.123Z');
const accessKey = 'debug-key-0001';
const presets = (form: InterfaceForm) =>
  tidy(form, Object.fromEntries(form.fields.map((each) => [each.name, each.preset])));
const build = (
  protocol: DebugProtocol,
  activity: string,
  parameters: Record<string, string>,
  url = 'https://a.example/p',
) => protocol.build({ activity, parameters }, { url, accessKey }, { at, random: seededRandom('debug') });
function built(...input: Parameters<typeof build>) {
  const result = build(...input);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

describe.each(debugProtocol('saas-v2').forms)('saas-v2 $activity', (form) => {
  it('is a signed test call', () => {
    const { url, body, method } = built(debugProtocol('saas-v2'), form.activity, presets(form));
    const query = new URL(url).searchParams;
    const [signature = '', timestamp = '', nonce = ''] = ['signature', 'timestamp', 'nonce'].map(
      (name) => query.get(name) ?? '',
    );
    expect(method).toBe('POST');
    expect(verifyBase({ accessKey, body: body ?? '', signature, timestamp, nonce, nowMs: at.getTime() })).toEqual({
      ok: true,
    });
    expect(parseRequest(body ?? '')).toMatchObject({ ok: true, request: { activity: form.activity, testFlag: '1' } });
  });
});

describe.each(debugProtocol('saas-v1').forms)('saas-v1 $activity', (form) => {
  it('is a signed test call, its path and query kept', () => {
    const { url, body, method } = built(
      debugProtocol('saas-v1'),
      form.activity,
      presets(form),
      'https://a.example/p?tenant=7',
    );
    const rawQuery = url.slice(url.indexOf('?') + 1);
    expect([method, body]).toEqual(['GET', null]);
    expect(rawQuery).toMatch(/^tenant=7&/);
    expect(verifyAuthToken(rawQuery, accessKey)).toMatchObject({ ok: true });
    expect(parseRequestV1(rawQuery)).toMatchObject({ ok: true, request: { activity: form.activity, testFlag: '1' } });
  });
});

const LICENSE = [
  ['license-identification', parseIdentificationRequest],
  ['license-code', parseLicenseCodeRequest],
  ['license-provisioning', parseProvisioningRequest],
] as const;
describe.each(LICENSE)('%s', (protocol, parse) => {
  it.each(debugProtocol(protocol).forms)('$activity is a signed test call of its dialect', (form) => {
    const { url, body } = built(debugProtocol(protocol), form.activity, presets(form));
    const rawQuery = url.slice(url.indexOf('?') + 1);
    const query = new URLSearchParams(rawQuery);
    const [signature = '', timestamp = '', nonce = ''] = ['signature', 'timestamp', 'nonce'].map(
      (name) => query.get(name) ?? '',
    );
    expect(
      body === null
        ? verifyAuthToken(rawQuery, accessKey)
        : verifyBase({ accessKey, body, signature, timestamp, nonce, nowMs: at.getTime() }),
    ).toMatchObject({ ok: true });
    expect(parse(body ?? rawQuery)).toMatchObject({ ok: true, request: { activity: form.activity, testFlag: '1' } });
  });
});

it('an emptied productId of a V1.0 renewal is sent as an empty value', () => {
  const form = formOf('saas-v1', 'refreshInstance');
  if (!form) throw new Error('no form');
  const { url } = built(debugProtocol('saas-v1'), 'refreshInstance', presets(form));
  expect(new URL(url).searchParams.get('productId')).toBe('');
  expect(new URL(url).searchParams.has('trialToFormal')).toBe(false);
});

it('what breaks a rule is named and nothing is built', () => {
  expect(build(debugProtocol('saas-v2'), 'newInstance', { orderId: 'o' })).toMatchObject({
    ok: false,
    refusal: { code: 'PARAMETERS_INVALID', message: expect.stringContaining('orderLineId') },
  });
  expect(build(debugProtocol('saas-v1'), 'upgradeInstance', {})).toMatchObject({ ok: false });
});

it('a case keeps what the form has, tidied, and nothing else', () => {
  const form = formOf('saas-v2', 'releaseInstance');
  if (!form) throw new Error('no form');
  expect(tidy(form, { instanceId: ' i-1 ', orderId: '  ', evil: 'x', testFlag: '0' })).toEqual({ instanceId: 'i-1' });
});

it('curl survives quotes of the shell', () => {
  const { url, headers } = built(debugProtocol('saas-v2'), 'releaseInstance', { instanceId: 'i' });
  const text = curlOf({ method: 'POST', url, headers, body: `{"a":"it's"}`, instanceIds: [], timeStamp: '' });
  expect(text).toContain(`--data-raw '{"a":"it'\\''s"}'`);
  expect(text.startsWith("curl -sS -i -X POST 'https://a.example/p?signature=")).toBe(true);
});
