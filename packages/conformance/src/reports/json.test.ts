import { expect, it } from 'vitest';
import { toJson } from './json.ts';
import { AT, exchange, SAMPLE_CASES, sampleReport } from './sample.test-support.ts';

/** The JSON report keeps the members of contracts/cli.md and the exchanges as they were. */

it('has the promised members', () => {
  const json = JSON.parse(JSON.stringify(toJson(sampleReport())));
  expect(json).toMatchObject({
    protocol: 'saas-v2',
    target: 'http://127.0.0.1:8081/produce',
    startedAt: '2026-01-01T08:00:00.000Z',
    passed: 1,
    failed: 1,
    warned: 1,
    skipped: 1,
  });
  expect(json.causes[0]).toMatchObject({ code: 'instance.id-changed', severity: 'error' });
  expect(json.cases[1]).toMatchObject({
    name: 'newInstance.repeat',
    title: 'A repeated newInstance gives the same instanceId',
    titles: { zh: '重复的 newInstance 返回同一个 instanceId' },
    status: 'failed',
    durationMs: 1530,
  });
  expect(json.cases[3].reason.en).toContain('newInstance.repeat');
  expect(json.cases[1].exchanges[1]).toEqual({
    label: 'newInstance, repeated',
    startedAt: new Date(AT).toISOString(),
    durationMs: 12,
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:8081/produce?signature=ab12&timestamp=1767225600000&nonce=n1',
      headers: { 'Content-Type': 'application/json;charset=utf-8' },
      body: '{"activity":"newInstance","orderId":"CSTEST1","testFlag":"1"}',
    },
    response: {
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Set-Cookie': 'a=1, b=2' },
      body: '{"resultCode":"000000","resultMsg":"success.","instanceId":"i-2"}',
      truncated: false,
    },
    error: null,
  });
});

it('keeps bytes that are no text, and says why there is no answer', () => {
  const [first] = SAMPLE_CASES;
  if (first === undefined) throw new Error('no sample');
  const error = { kind: 'reset' as const, message: 'closed' };
  const cases = [
    {
      ...first,
      exchanges: [
        exchange(Buffer.of(0xc4, 0xe3)),
        { ...exchange(''), outcome: { ok: false as const, error } },
        exchange('', { method: 'GET', body: null }),
      ],
    },
  ];
  const json = JSON.parse(JSON.stringify(toJson(sampleReport(cases))));
  const [bytes, none, get] = json.cases[0].exchanges;
  expect(bytes.response).toMatchObject({ body: '\ufffd\ufffd', bodyBase64: 'xOM=' });
  expect(none).toMatchObject({ response: null, error });
  expect(get.request.body).toBeNull();
});
