/** The side-by-side view of two versions (8.2): parts are paired by what they are, not by where they stand. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentDifferences } from './difference.ts';
import { goodDraft } from './good-draft.test-support.ts';

const before = goodDraft('SAAS').content;
const changed = (change: (content: typeof before) => void) => {
  const after = structuredClone(before);
  change(after);
  return contentDifferences(before, after).map(({ path, kind, before: old, after: now }) => [kind, path, old, now]);
};

it('equal versions have none, whatever the order of their parts', () => {
  const orders = fc.shuffledSubarray(before.specifications, { minLength: before.specifications.length });
  fc.assert(
    fc.property(orders, (specifications) => {
      expect(contentDifferences(before, { ...before, specifications })).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

it('a changed text, a price, an added and a removed specification are told by path, with what was and is', () => {
  expect(changed((content) => Object.assign(content.name, { en: 'Another' }))).toEqual([
    ['CHANGED', 'name.en', before.name.en, 'Another'],
  ]);
  const brackets = [{ from: 0, to: null, unitPrice: '9' }];
  expect(
    changed((content) => Object.assign(content.specifications[1]?.skus[0]?.prices[0] ?? {}, { brackets })),
  ).toEqual([
    [
      'CHANGED',
      'specifications.1.skus.0.prices.0.brackets',
      before.specifications[1]?.skus[0]?.prices[0]?.brackets,
      brackets,
    ],
  ]);
  const [first] = before.specifications;
  expect(changed((content) => content.specifications.shift())).toEqual([['REMOVED', 'specifications.0', first, null]]);
  const added = first && { ...first, specificationId: 'spec-new' };
  expect(changed((content) => added && content.specifications.push(added))).toEqual([
    ['ADDED', `specifications.${before.specifications.length}`, null, added],
  ]);
});

it('a difference inside a specification names it; of a new product each member is added', () => {
  const after = structuredClone(before);
  Object.assign(after.specifications[0] ?? {}, { changeable: true });
  expect(contentDifferences(before, after)[0]?.about).toEqual([before.specifications[0]?.name]);
  expect(new Set(contentDifferences(null, before).map(({ kind }) => kind))).toEqual(new Set(['ADDED']));
});

it('what the differences say, applied, is the newer version', () => {
  const texts = fc.record({
    version: fc.string(),
    sellerShare: fc.string(),
    categoryId: fc.string(),
    supervised: fc.boolean(),
  });
  fc.assert(
    fc.property(texts, (members) => {
      const after = { ...before, ...members };
      const told = contentDifferences(before, after);
      expect({ ...before, ...Object.fromEntries(told.map(({ path, after: now }) => [path, now])) }).toEqual(after);
    }),
    { numRuns: 30 },
  );
});
