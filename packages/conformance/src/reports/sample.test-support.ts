/** A report with everything that can stand in one, for the tests of its forms. */
import { diagnose } from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { rank } from '../rank.ts';
import type { CaseReport, ConformanceReport } from '../report.ts';

export const AT = Date.parse('2026-01-01T08:00:00Z');

export function exchange(answer: string | Uint8Array, more: Partial<Exchange['request']> = {}): Exchange {
  return {
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:8081/produce?signature=ab12&timestamp=1767225600000&nonce=n1',
      headers: { 'Content-Type': 'application/json;charset=utf-8' },
      body: '{"activity":"newInstance","orderId":"CSTEST1","testFlag":"1"}',
      label: 'newInstance, repeated',
      ...more,
    },
    startedAt: AT,
    durationMs: 12,
    outcome: {
      ok: true,
      answer: {
        status: 200,
        headers: [
          ['Content-Type', 'application/json'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ],
        body: typeof answer === 'string' ? Buffer.from(answer) : answer,
        truncated: false,
      },
    },
  };
}

const OK = '{"resultCode":"000000","resultMsg":"success.","instanceId":"i-1"}';

export const SAMPLE_CASES: readonly CaseReport[] = [
  {
    name: 'signature.accepted',
    title: { zh: '正确签名的请求被接受', en: 'A correctly signed request is accepted' },
    reference: 'saas-v2.md 3.1',
    status: 'passed',
    durationMs: 14,
    diagnosis: [],
    reason: null,
    exchanges: [exchange(OK)],
  },
  {
    name: 'newInstance.repeat',
    title: { zh: '重复的 newInstance 返回同一个 instanceId', en: 'A repeated newInstance gives the same instanceId' },
    reference: 'saas-v2.md 5.1',
    status: 'failed',
    durationMs: 1_530,
    diagnosis: [
      diagnose('instance.id-changed', { expected: 'i-1', seen: 'i-2' }),
      diagnose('transport.slow', { seen: '5.4 s' }),
    ],
    reason: null,
    exchanges: [exchange(OK), exchange(OK.replace('i-1', 'i-2'))],
  },
  {
    name: 'nonce.repeated',
    title: { zh: '重放的请求被拒绝', en: 'A request sent twice is refused the second time' },
    reference: 'saas-v2.md 3.1',
    status: 'warned',
    durationMs: 20,
    diagnosis: [diagnose('security.nonce-not-checked', { seen: '000000' })],
    reason: null,
    exchanges: [exchange(OK)],
  },
  {
    name: 'queryInstance.answer',
    title: { zh: 'queryInstance 返回实例信息', en: 'queryInstance tells the instance' },
    reference: 'saas-v2.md 5.2',
    status: 'skipped',
    durationMs: 0,
    diagnosis: [],
    reason: {
      zh: '前提用例 newInstance.repeat 未通过',
      en: 'It builds on newInstance.repeat, which did not pass',
    },
    exchanges: [],
  },
];

export function sampleReport(cases: readonly CaseReport[] = SAMPLE_CASES): ConformanceReport {
  const count = (status: CaseReport['status']) => cases.filter((item) => item.status === status).length;
  return {
    protocol: 'saas-v2',
    target: 'http://127.0.0.1:8081/produce',
    startedAt: AT,
    durationMs: 1_600,
    passed: count('passed'),
    failed: count('failed'),
    warned: count('warned'),
    skipped: count('skipped'),
    causes: rank(cases),
    cases,
  };
}
