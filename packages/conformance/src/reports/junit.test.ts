import { diagnose } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { toJunit } from './junit.ts';
import { SAMPLE_CASES, sampleReport } from './sample.test-support.ts';

/** Readers of JUnit XML see counts, seconds, and the explanation as the text of a failure. */

describe('toJunit', () => {
  it('has a test case for each case', () => {
    expect(toJunit(sampleReport())).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites tests="4" failures="1" errors="0" skipped="1">
        <testsuite name="jishi conformance saas-v2" timestamp="2026-01-01T08:00:00" time="1.6" tests="4" failures="1" errors="0" skipped="1">
          <properties>
            <property name="target" value="http://127.0.0.1:8081/produce"/>
          </properties>
          <testcase classname="saas-v2.signature" name="signature.accepted: A correctly signed request is accepted" time="0.014"/>
          <testcase classname="saas-v2.newInstance" name="newInstance.repeat: A repeated newInstance gives the same instanceId" time="1.53">
            <failure message="A repeated newInstance gave another instanceId" type="instance.id-changed"><![CDATA[✗ A repeated newInstance gave another instanceId
        expected  i-1
        seen      i-2
        to do     Store the instanceId under orderId + orderLineId and return it for every repeat;
                  businessId differs each time and is no key.
        source    saas-v2.md 5.1 · instance.id-changed · newInstance.repeat

      ! Answered, but later than 5 s
        expected  an answer within 5 s
        seen      5.4 s
        to do     Move slow work to the background and answer at once.
        source    saas-v2.md 2 · transport.slow · newInstance.repeat]]></failure>
          </testcase>
          <testcase classname="saas-v2.nonce" name="nonce.repeated: A request sent twice is refused the second time" time="0.02">
            <system-out><![CDATA[! The very same request was accepted twice
        expected  000001 for a nonce seen before
        seen      000000
        to do     Remember nonces for the 60 s window and answer 000001 when one comes again.
        source    saas-v2.md 3.1 · security.nonce-not-checked · nonce.repeated]]></system-out>
          </testcase>
          <testcase classname="saas-v2.queryInstance" name="queryInstance.answer: queryInstance tells the instance" time="0">
            <skipped/>
            <system-out><![CDATA[It builds on newInstance.repeat, which did not pass]]></system-out>
          </testcase>
        </testsuite>
      </testsuites>"
    `);
  });

  it('is well-formed whatever a server answered', () => {
    const [first] = SAMPLE_CASES;
    if (first === undefined) throw new Error('no sample');
    const seen = ']]></failure><x> & " \u0000\u0008\u001b[2J \ufffe\uffff \ud800 ]]>';
    const hostile = [
      { ...first, status: 'failed' as const, diagnosis: [diagnose('body.empty', { seen })] },
      { ...first, status: 'failed' as const, diagnosis: [diagnose('suite.fault', { seen })] },
      { ...first, status: 'warned' as const, diagnosis: [diagnose('transport.slow', { seen })] },
    ];
    const xml = toJunit(sampleReport(hostile), 'zh');
    expect(xml).not.toMatch(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u);
    const outsideOfText = xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
    expect(outsideOfText).not.toMatch(/<x>|\]\]>/);
    expect(outsideOfText.match(/<\/(failure|error|system-out)>/g)).toHaveLength(3);
    expect(xml).toContain('<testsuites tests="3" failures="1" errors="1" skipped="0">');
  });
});
