/** What a batch of attempts says of the addresses they went to. */
import { describe, expect, it } from 'vitest';
import { tallyOf } from './breaker.ts';
import type { AttemptRecord } from './call.ts';
import type { SellerCall } from './store.ts';

const START = new Date('2026-01-05T02:00:00.000Z');
const CALL: SellerCall = {
  id: 'c',
  pool: 'a',
  once: false,
  state: 'RUNNING',
  due_at: START,
  attempts: 1,
  trace_id: 't',
  created_at: START,
  protocol: 'saas-v2',
  activity: 'newInstance',
  occasion: 'create',
  resource_id: 'r',
  seller_id: 's',
  buyer_id: 'b',
  order_id: 'o',
  order_line_id: 'r',
  goods_id: 'g',
  product_name: { zh: '', en: '' },
  instance_id: null,
  details: null,
  anchor: START,
  slot: 0,
  restarted_by: null,
  ended_by: null,
  end_reason: null,
  last_at: null,
  last_http_status: null,
  last_result_code: null,
  last_result_msg: null,
  last_duration_ms: null,
  last_diagnosis_code: null,
  last_diagnosis_summary: null,
};
/** @param httpStatus null = no answer at all */
const attempt = (
  pool: string,
  second: number,
  httpStatus: number | null,
  more: Partial<SellerCall> = {},
  url = 'u',
) => {
  const record: AttemptRecord = {
    startedAt: START,
    finishedAt: new Date(START.getTime() + second * 1000),
    durationMs: 1,
    outcome: httpStatus === 200 ? 'ok' : 'failed',
    httpStatus,
    resultCode: null,
    resultMsg: null,
    request: { method: 'POST', url, headers: [], body: '' },
    response: httpStatus === null ? null : { headers: [], body: '', truncated: false },
    diagnosis: [],
    instanceId: null,
    access: null,
    seen: null,
    license: null,
  };
  return { call: { ...CALL, pool, ...more }, record };
};

describe('a tally', () => {
  it('counts failures in a row, by address, in the order in which they ended', () => {
    expect(tallyOf([attempt('b', 3, null), attempt('a', 1, 503), attempt('b', 1, 200), attempt('b', 2, 500)])).toEqual([
      { pool: 'a', failures: 1, answeredAt: null },
      { pool: 'b', failures: 2, answeredAt: new Date(START.getTime() + 1000) },
    ]);
  });

  it('takes any answer of a working server for one, a refusal too', () => {
    const record = attempt('a', 2, 404);
    expect(tallyOf([attempt('a', 1, null), record])).toMatchObject([
      { failures: 0, answeredAt: record.record.finishedAt },
    ]);
  });

  it('leaves out what was not sent, and what somebody waits for', () => {
    expect(tallyOf([attempt('a', 1, null, {}, ''), attempt('view:s', 1, null, { once: true })])).toEqual([]);
  });
});
