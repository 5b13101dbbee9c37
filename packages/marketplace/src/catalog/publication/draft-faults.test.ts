/** A good draft of each type breaks no rule; what is only worth a look is a hint. */
import { expect, it } from 'vitest';
import { ACCESS_TYPES, type AccessType, LICENSE_VARIANTS, type LicenseVariant } from '../access-types.ts';
import { draftFaults } from './draft-faults.ts';
import { file, goodDraft, goodFacts, releasedAs } from './good-draft.test-support.ts';
import { brackets, real } from './spoiling.test-support.ts';

const TYPES: { type: AccessType; variant?: LicenseVariant }[] = [
  ...ACCESS_TYPES.filter((type) => type !== 'LICENSE').map((type) => ({ type })),
  ...LICENSE_VARIANTS.map((variant) => ({ type: 'LICENSE' as const, variant })),
];

it.each(TYPES)('a good draft of $type $variant may be submitted, and its change too', ({ type, variant }) => {
  const draft = goodDraft(type, variant ? { variant } : {});
  const facts = goodFacts(type, draft);
  expect(real(draftFaults(draft, facts))).toEqual([]);
  expect(real(draftFaults(draft, releasedAs(draft, facts)))).toEqual([]);
});

it('4.1: ten that cost more than eleven are hinted at, and allowed', () => {
  const draft = structuredClone(goodDraft('SAAS'));
  brackets(draft.content, [
    [0, 10, '100'],
    [10, null, '90'],
  ]);
  const faults = draftFaults(draft, goodFacts('SAAS'));
  expect(faults).toMatchObject([{ rule: '4.1 TIER', severity: 'HINT' }]);
});

it('C57: the reviewer of a self-service product is reminded to compare the template', () => {
  const draft = structuredClone(goodDraft('SERVICE'));
  draft.content.class = 'HUAWEI';
  draft.content.deliveryTemplate = file('template.docx', 100, '9');
  expect(draftFaults(draft, goodFacts('SERVICE'))).toMatchObject([{ rule: 'C57', severity: 'HINT' }]);
});
