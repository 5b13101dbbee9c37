import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnosis/diagnosis.ts';
import { inWordsOfV1 } from './words.ts';

/** A diagnosis in the words of V1.0: nothing in it may send a developer to what only V2.0 has. */

describe('inWordsOfV1', () => {
  it.each([
    ['instance.id-changed', /orderLineId/],
    ['instance.id-shared', /order line/],
    ['instance.upgrade-not-repeatable', /upgradeInstance|orderLineId/],
    ['instance.async-unfinished', /queryInstance/],
    ['security.signature-not-checked', /\bsignature\b/],
    ['security.valid-refused', /hex|nulls|millisecond/],
    ['security.timestamp-not-checked', /60 s|10 minutes/],
  ] as const)('%s does not speak of V2.0', (code, ofV2) => {
    const { summary, expected, fix, reference } = inWordsOfV1(diagnose(code));
    expect(`${summary.en} ${expected} ${fix.en}`).not.toMatch(ofV2);
    expect(reference).toMatch(/^saas-v1\.md \d/);
    for (const { zh, en } of [summary, fix]) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3000-\u9fff]/);
    }
  });

  it('keeps what the case at hand says', () => {
    const given = diagnose('security.valid-refused', { cause: 'order', causeZh: '顺序', seen: '000001' });
    expect(inWordsOfV1(given)).toMatchObject({ summary: given.summary, seen: '000001', severity: 'error' });
  });

  it('leaves a code alone that V1.0 does not know', () => {
    const given = diagnose('aksk.path');
    expect(inWordsOfV1(given)).toBe(given);
  });
});
