import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../diagnosis/catalogue.ts';
import { diagnose, isDiagnosisCode } from '../diagnosis/diagnosis.ts';
import { LICENSE_ACTIVITIES, LICENSE_DIALECTS } from './dialects.ts';
import { inWordsOfLicense } from './words.ts';

/** License's own words: in both languages, about licences, and with the section that demands it. */

describe.each(LICENSE_DIALECTS)('%s', (dialect) => {
  it('says everything in both languages', () => {
    for (const code of Object.keys(CATALOGUE).filter(isDiagnosisCode)) {
      const { summary, fix, reference } = inWordsOfLicense(dialect, diagnose(code));
      for (const { zh, en } of [summary, fix]) {
        expect(zh).toMatch(/[\u4e00-\u9fff]/);
        expect(en).not.toMatch(/[\u3000-\u9fff]/);
      }
      expect(reference).toMatch(/^[a-z0-9-]+\.md/);
    }
  });

  it('finds the table of each activity’s members', () => {
    const sections = LICENSE_ACTIVITIES[dialect].map(
      (activity) => inWordsOfLicense(dialect, diagnose('body.member-missing'), activity).reference,
    );
    expect(new Set(sections)).toEqual(new Set(TABLES[dialect]));
  });
});

const TABLES = {
  identification: ['license-and-other-types.md 3.2', 'license-and-other-types.md 3.4'],
  code: ['license-and-other-types.md 4.5'],
  // The others have the members of SaaS V2.0.
  provisioning: ['license-and-other-types.md 5', 'saas-v2.md 5'],
};

it('speaks of orders and codes where SaaS speaks of order lines and instances', () => {
  const fix = (dialect: 'identification' | 'code') =>
    inWordsOfLicense(dialect, diagnose(dialect === 'code' ? 'instance.unknown-accepted' : 'instance.id-changed')).fix
      .en;
  expect(fix('identification')).toContain('under orderId');
  expect(fix('code')).toContain('unknown code');
});
