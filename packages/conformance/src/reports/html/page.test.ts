import { createHash } from 'node:crypto';
import { diagnose } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import type { CaseReport } from '../../report.ts';
import { exchange, SAMPLE_CASES, sampleReport } from '../sample.test-support.ts';
import { toHtml } from './page.ts';

/** One file that loads nothing and runs nothing, in both languages, with the part that matters marked. */

const page = toHtml(sampleReport());

function caseWith(diagnosis: CaseReport['diagnosis'], ...exchanges: CaseReport['exchanges']): string {
  const words = { zh: '标题', en: 'title' };
  const common = { name: 'a.b', title: words, reference: 'x', durationMs: 1, reason: null };
  return toHtml(sampleReport([{ ...common, status: 'failed', diagnosis, exchanges }]));
}

/** The texts of <mark>, as they are read. */
function marksOf(source: string): string[] {
  return [...source.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, text = '']) =>
    text
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>'),
  );
}

describe('toHtml', () => {
  it('has everything in both languages', () => {
    for (const { diagnosis, title, reason } of SAMPLE_CASES) {
      for (const { summary, fix } of diagnosis) {
        for (const text of [summary.zh, summary.en, fix.zh, fix.en])
          expect(page).toContain(text.replaceAll('"', '&quot;'));
      }
      expect(page).toContain(title.zh);
      expect(page).toContain(title.en);
      if (reason !== null) expect(page).toContain(reason.zh);
    }
  });

  it('opens in the language that was asked for', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toMatch(/id="language-en" checked/);
    const chinese = toHtml(sampleReport(), { language: 'zh' });
    expect(chinese).toContain('<html lang="zh-Hans">');
    expect(chinese).toMatch(/id="language-zh" checked/);
  });

  it('forbids scripts and everything from elsewhere, and allows its own style by its digest', () => {
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;;`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
  });

  it('escapes whatever a server sent', () => {
    const attack = '</pre></style><script>alert(1)</script><img src=x onerror=alert(1)>"\'\u0000\u202e';
    const source = caseWith(
      [diagnose('body.not-json', { kind: attack, kindZh: attack, seen: attack })],
      exchange(attack, { label: attack, headers: { [attack]: attack }, url: `http://h/?${attack}` }),
      exchange(JSON.stringify({ [attack]: attack })),
      { ...exchange(''), outcome: { ok: false, error: { kind: 'reset', message: attack } } },
    );
    expect(source).not.toMatch(/<script|<img/i);
    expect(source.match(/<\/style>/g)).toHaveLength(1);
    for (const character of ['\u0000', '\u202e']) expect(source).not.toContain(character);
    expect(source).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('puts causes before cases, and leads from one to the other', () => {
    expect(page.indexOf('What to put right first')).toBeLessThan(page.indexOf('All cases'));
    expect(page).toContain('href="#case-newInstance.repeat"');
    expect(page).toContain('id="case-newInstance.repeat"');
  });

  it('opens failed cases only', () => {
    expect(page.match(/<details class="case \w+" open>/g)).toEqual(['<details class="case failed" open>']);
  });
});

describe('marks', () => {
  it('the members that differ, laid out and as they came', () => {
    const found = caseWith(
      [diagnose('instance.id-changed', { seen: 'i-1, then i-2' })],
      exchange('{"resultCode":"000000","instanceId":"i-1"}'),
      exchange('{"resultCode":"000000","instanceId":"i-2"}'),
    );
    const both = (id: string) => ['"instanceId"', `"${id}"`, `"instanceId":"${id}"`];
    const ofRequest = ['"orderId"', '"CSTEST1"', '"orderId":"CSTEST1"'];
    expect(marksOf(found)).toEqual([...ofRequest, ...both('i-1'), ...ofRequest, ...both('i-2')]);
  });

  it('a misspelt name, however it is written', () => {
    const found = caseWith([diagnose('body.result-code-missing')], exchange('{"Result_Code":"000000"}'));
    expect(marksOf(found)).toEqual(['"Result_Code"', '"000000"', '"Result_Code":"000000"']);
  });

  it('the status, the content type of the answer, the body that is none, the error', () => {
    const answer = exchange('<html>', { headers: { 'Content-Type': 'application/json' } });
    const wrong = {
      status: 500,
      headers: [['Content-Type', 'text/html'] as const],
      body: Buffer.from('<html>'),
      truncated: false,
    };
    const found = caseWith([diagnose('http.status'), diagnose('http.content-type'), diagnose('body.not-json')], {
      ...answer,
      outcome: { ok: true, answer: wrong },
    });
    expect(marksOf(found)).toEqual(['500', 'text/html', '<html>']);
    const error = { kind: 'tls' as const, message: 'expired' };
    const none = caseWith([diagnose('transport.tls')], { ...answer, outcome: { ok: false, error } });
    expect(marksOf(none)).toEqual(['tls: expired']);
  });

  it('the parameters of a request that should have been refused', () => {
    const found = caseWith([diagnose('security.signature-not-checked')], exchange('{"resultCode":"000000"}'));
    expect(marksOf(found)).toEqual(['signature=ab12', '"resultCode"', '"000000"', '"resultCode":"000000"']);
  });

  it('nothing where nothing is wrong', () => {
    expect(marksOf(toHtml(sampleReport(SAMPLE_CASES.slice(0, 1))))).toEqual([]);
  });
});

describe('bodies', () => {
  it('show bytes where they are no UTF-8, and are cut when they are long', () => {
    const gbk = caseWith([diagnose('http.charset')], exchange(Buffer.of(0xc4, 0xe3)));
    expect(gbk).toContain('C4 E3');
    const long = caseWith([diagnose('http.too-large')], exchange('x'.repeat(500_000)));
    expect(long.length).toBeLessThan(100_000);
    expect(long).toContain('and 483616 more characters');
  });
});
