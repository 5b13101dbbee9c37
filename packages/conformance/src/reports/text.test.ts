import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { SAMPLE_CASES, sampleReport } from './sample.test-support.ts';
import { explain, renderText } from './text.ts';

/** The report reads from what to put right first to the figures, in both languages, at any width. */

const report = sampleReport();
const passed = sampleReport(SAMPLE_CASES.slice(0, 1));

describe('renderText', () => {
  it('explains in English what to put right first', () => {
    expect(renderText(report, { language: 'en', width: 100 })).toMatchInlineSnapshot(`
      "Conformance · saas-v2 · http://127.0.0.1:8081/produce

      What to put right first

      ✗ A repeated newInstance gave another instanceId
        expected  i-1
        seen      i-2
        to do     Store the instanceId under orderId + orderLineId and return it for every repeat;
                  businessId differs each time and is no key.
        source    saas-v2.md 5.1 · instance.id-changed · newInstance.repeat

      What to improve

      ! The very same request was accepted twice
        expected  000001 for a nonce seen before
        seen      000000
        to do     Remember nonces for the 60 s window and answer 000001 when one comes again.
        source    saas-v2.md 3.1 · security.nonce-not-checked · nonce.repeated

      ! Answered, but later than 5 s
        expected  an answer within 5 s
        seen      5.4 s
        to do     Move slow work to the background and answer at once.
        source    saas-v2.md 2 · transport.slow · newInstance.repeat

      ✓ signature.accepted  A correctly signed request is accepted                                   14 ms

      ✗ newInstance.repeat  A repeated newInstance gives the same instanceId                         1.5 s
                            ✗ A repeated newInstance gave another instanceId
                            ! Answered, but later than 5 s

      ! nonce.repeated      A request sent twice is refused the second time                          20 ms
                            ! The very same request was accepted twice

      – It builds on newInstance.repeat, which did not pass
        queryInstance.answer

      ✓ 1 passed  ✗ 1 failed  ! 1 warned  – 1 skipped  1.6 s · 4 calls"
    `);
  });

  it('and in Chinese', () => {
    expect(renderText(report, { language: 'zh', width: 72 })).toMatchInlineSnapshot(`
      "一致性检查 · saas-v2 · http://127.0.0.1:8081/produce

      优先修复

      ✗ 同一订单行重复创建，返回了不同的 instanceId
        期望  i-1
        实际  i-2
        修复  以 orderId + orderLineId 做幂等：首次请求时保存 instanceId，重复
              请求原样返回。businessId 每次都会变化，不能作为幂等键。
        依据  saas-v2.md 5.1 · instance.id-changed · newInstance.repeat

      建议改进

      ! 完全相同的请求被接受两次（可被重放）
        期望  000001 for a nonce seen before
        实际  000000
        修复  在 60 秒窗口内缓存已使用的 nonce，再次出现时返回 000001。
        依据  saas-v2.md 3.1 · security.nonce-not-checked · nonce.repeated

      ! 有响应，但耗时超过 5 秒
        期望  an answer within 5 s
        实际  5.4 s
        修复  将耗时操作放到后台异步执行，尽快返回结果。
        依据  saas-v2.md 2 · transport.slow · newInstance.repeat

      ✓ signature.accepted  正确签名的请求被接受                         14 ms

      ✗ newInstance.repeat  重复的 newInstance 返回同一个 instanceId     1.5 s
                            ✗ 同一订单行重复创建，返回了不同的 instanceId
                            ! 有响应，但耗时超过 5 秒

      ! nonce.repeated      重放的请求被拒绝                             20 ms
                            ! 完全相同的请求被接受两次（可被重放）

      – 前提用例 newInstance.repeat 未通过
        queryInstance.answer

      ✓ 1 通过  ✗ 1 失败  ! 1 警告  – 1 跳过  1.6 s · 4 次调用"
    `);
  });

  it('is short when all is well', () => {
    expect(renderText(passed, { language: 'en' })).toMatchInlineSnapshot(`
      "Conformance · saas-v2 · http://127.0.0.1:8081/produce

      Nothing to put right

      ✓ signature.accepted  A correctly signed request is accepted               14 ms

      ✓ 1 passed  1.6 s · 1 call"
    `);
  });

  it.each([40, 57, 80, 110])('fits %i columns in both languages', (width) => {
    for (const language of ['zh', 'en'] as const) {
      for (const line of renderText(report, { language, width }).split('\n')) {
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('has colours only when asked for', () => {
    expect(renderText(report, { language: 'en' })).not.toContain('\u001b');
    const coloured = renderText(report, { language: 'en', color: true });
    expect(coloured).toContain('\u001b[31m✗\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(renderText(report, { language: 'en' }));
  });
});

describe('explain', () => {
  it('is the message of an assertion, in either language', () => {
    const english = explain(report, 'en');
    expect(english).toContain('A repeated newInstance gave another instanceId');
    expect(english).toContain('i-2');
    expect(english).not.toContain('signature.accepted');
    expect(explain(report, 'zh')).toContain('重复创建');
  });

  it('is empty when there is nothing to say', () => {
    expect(explain(passed)).toBe('');
  });
});
