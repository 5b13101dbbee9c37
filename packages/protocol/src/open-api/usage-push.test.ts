/** The usage push: its second signature, its records read one by one (openapi.md 5.2, 8 rows 24, 30, 31, 34; S1-12). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signUsagePush, verifyUsagePush } from './usage-push.ts';
import { readUsageRecord, usageOf, usageRecordsOf } from './usage-records.ts';

const KEY = 'koo-demo-access-key-0001';
const TS = '1767225600000';
const NONCE = '6c63c221-1f6b-4141-8ff4-22f5dfe82b65';
const BODY =
  '{"usage_records":[{"begin_time":"20260101T070000Z","end_time":"20260101T080000Z","instance_id":"inst-81c2","metering_sn":"sn-0001","record_time":"20260101T080500Z","usage_value":"12.5"}]}';
const SIGNATURE = '5IHtOTMh4VO66lzGYEg7jA4DI/hl4hj3Poe9u3FxRe0=';

const verdict = (headers: Record<string, string>, body = BODY, nowMs = Number(TS)) =>
  verifyUsagePush({ accessKeys: ['another', KEY], headers, body: new TextEncoder().encode(body), nowMs });
const signed = { ts: TS, nonce: NONCE, signature: SIGNATURE };

describe('body signature (5.2)', () => {
  it('is that of the worked vector', () => {
    expect(signUsagePush({ accessKey: KEY, ts: TS, nonce: NONCE, body: BODY }).signature).toBe(SIGNATURE);
    expect(verdict(signed)).toEqual({ ok: true, nonce: NONCE });
  });

  it('holds over the sorted form too, when the body is sent in another order (O5)', () => {
    const other = `{ "usage_records": [ {"usage_value":"12.5","metering_sn":"sn-0001","instance_id":"inst-81c2","relate_pkg_instance":null,
      "record_time":"20260101T080500Z","end_time":"20260101T080000Z","begin_time":"20260101T070000Z"} ] }`;
    expect(verdict(signed, other)).toEqual({ ok: true, nonce: NONCE });
  });

  it('holds over numbers as they are written (O5)', () => {
    const [signedBody, sent] = [
      '{"usage_records":[{"instance_id":"i","usage_value":12.50}]}',
      '{"usage_records":[{"usage_value":12.50, "instance_id":"i"}]}',
    ];
    const { signature } = signUsagePush({ accessKey: KEY, ts: TS, nonce: NONCE, body: signedBody });
    expect(verdict({ ts: TS, nonce: NONCE, signature }, sent)).toEqual({ ok: true, nonce: NONCE });
    const asJavaScript = signUsagePush({
      accessKey: KEY,
      ts: TS,
      nonce: NONCE,
      body: signedBody.replace('12.50', '12.5'),
    });
    expect(verdict({ ts: TS, nonce: NONCE, ...asJavaScript }, sent)).toEqual({ ok: true, nonce: NONCE });
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no ts', { nonce: NONCE, signature: SIGNATURE }, 0, 'TS_MISSING'],
    ['ts in seconds', { ...signed, ts: '1767225600' }, 0, 'TS_FORMAT'],
    ['ts no number', { ...signed, ts: 'now' }, 0, 'TS_FORMAT'],
    ['60,001 ms old', signed, 60_001, 'TS_SKEW'],
    ['60,001 ms ahead', signed, -60_001, 'TS_SKEW'],
    ['no nonce', { ts: TS, signature: SIGNATURE }, 0, 'NONCE_MISSING'],
    ['a nonce of 65 characters', { ...signed, nonce: 'n'.repeat(65) }, 0, 'NONCE_MISSING'],
    ['no signature', { ts: TS, nonce: NONCE }, 0, 'SIGNATURE_MISSING'],
    ['another signature', { ...signed, signature: SIGNATURE.replace('5', '6') }, 0, 'SIGNATURE'],
  ])('row 24: %s', (_, headers, lateMs, fault) => {
    expect(verdict(headers, BODY, Number(TS) + lateMs)).toEqual({ ok: false, fault });
  });

  it('takes 60 s sharp (O6) and refuses a changed body', () => {
    expect(verdict(signed, BODY, Number(TS) + 60_000)).toMatchObject({ ok: true });
    expect(verdict(signed, BODY.replace('12.5', '12.4'))).toEqual({ ok: false, fault: 'SIGNATURE' });
  });
});

const RECORD = {
  instance_id: 'inst-1',
  metering_sn: 'sn-1',
  begin_time: '20260101T070000Z',
  end_time: '20260101T080000Z',
  record_time: '20260101T080500Z',
  usage_value: '12.5',
};

describe('a record (5.2)', () => {
  it('is read, whatever else it carries', () => {
    expect(readUsageRecord({ ...RECORD, later: 1, relate_pkg_instance: 'pkg-1' }, 'SIGNED')).toEqual({
      ok: true,
      record: {
        instanceId: 'inst-1',
        meteringSn: 'sn-1',
        recordMs: Date.parse('2026-01-01T08:05:00Z'),
        beginMs: Date.parse('2026-01-01T07:00:00Z'),
        endMs: Date.parse('2026-01-01T08:00:00Z'),
        value: '12.5',
        productId: null,
        packageInstanceId: 'pkg-1',
      },
    });
  });

  it.each([
    ['001', { instance_id: '' }],
    ['001', { instance_id: 'i'.repeat(65) }],
    ['001', { instance_id: 7 }],
    ['001', { relate_pkg_instance: 7 }],
    ['002', { begin_time: '2026-01-01 08:00:00' }],
    ['002', { end_time: '20261301T080000Z' }],
    ['002', { record_time: null }],
    ['004', { metering_sn: '' }],
    ['004', { metering_sn: 's'.repeat(65) }],
    ...['0', '0.0000', '-1', 'abc', '1.23456', '1'.repeat(21), '1e3', 'NaN', '', '.5', '1.', '+1', ' 1'].map(
      (usage_value): [string, object] => ['003', { usage_value }],
    ),
    ['003', { usage_value: -1 }],
    ['003', { usage_value: 1e21 }],
    ['003', { usage_value: 0.00001 }],
    ['003', { usage_value: true }],
  ])('%s: %o', (code, change) => {
    expect(readUsageRecord({ ...RECORD, ...change }, 'SIGNED')).toMatchObject({ ok: false, code });
  });

  it('that is no object has no instance', () => {
    expect(readUsageRecord('usage', 'SIGNED')).toMatchObject({ ok: false, code: '001' });
  });

  it('of the old form has a product and no id of its own (5.3)', () => {
    const { metering_sn: _, ...old } = RECORD;
    expect(readUsageRecord({ ...old, product_id: 'OFFI1' }, 'PLAIN')).toMatchObject({
      ok: true,
      record: { meteringSn: null, productId: 'OFFI1' },
    });
  });

  it('S1-12: every decimal of at most 4 places above 0 stays exactly what it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n }), (units) => {
        const text = `${units / 10_000n}.${String(units % 10_000n).padStart(4, '0')}`;
        const exact = usageOf(text) ?? '0';
        const [whole = '0', part = ''] = exact.split('.');
        expect(BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0'))).toBe(units);
      }),
    );
  });
});

it('rows 25, 26: no list, an empty one, 1,001 records', () => {
  const many = (count: number) => ({ usage_records: Array.from({ length: count }, () => RECORD) });
  expect([{}, { usage_records: {} }, many(0), [], null].map(usageRecordsOf)).toEqual(Array(5).fill('MISSING'));
  expect(usageRecordsOf(many(1_001))).toBe('TOO_MANY');
  expect(usageRecordsOf(many(1_000))).toHaveLength(1_000);
});
