/** One member of a good draft is spoiled, and the rule that it breaks has to say so, at its place, in both languages. */
import { expect, it } from 'vitest';
import type { Draft, DraftContent, DraftSpecification } from './draft.ts';
import { draftFaults, mayBeSubmitted } from './draft-faults.ts';
import type { DraftFacts, DraftFault } from './faults.ts';
import { goodDraft, goodFacts } from './good-draft.test-support.ts';

export const TYPE_OF = {
  saas: 'SAAS',
  image: 'IMAGE',
  license: 'LICENSE',
  service: 'SERVICE',
  hardware: 'HARDWARE',
  api: 'API',
} as const;
export type Type = keyof typeof TYPE_OF;
export type Spoil = (content: DraftContent) => void;
type Around = (facts: DraftFacts) => DraftFacts;

export const real = (faults: readonly DraftFault[]) => faults.filter(({ severity }) => severity === 'FAULT');

/** Declares a test: this content, in these surroundings, breaks the rule at the path. */
export function refused(
  rule: string,
  what: string,
  type: Type,
  path: RegExp,
  spoil: Spoil,
  around: Around = (facts) => facts,
): void {
  it(`${rule}: ${what} is refused (${type})`, () => {
    const draft: Draft = structuredClone(goodDraft(TYPE_OF[type]));
    spoil(draft.content);
    const faults = draftFaults(draft, around(goodFacts(TYPE_OF[type])));
    const found = real(faults).filter((each) => each.rule === rule && path.test(each.path));
    expect(
      found,
      real(faults)
        .map((each) => `${each.rule} ${each.path}`)
        .join(', '),
    ).not.toEqual([]);
    expect(mayBeSubmitted(faults)).toBe(false);
    for (const { message } of found) {
      expect(message.zh).toMatch(/\p{Script=Han}/u);
      // what it names may be Chinese
      expect(message.en.replaceAll(/“[^”]*”/g, '')).not.toMatch(/\p{Script=Han}/u);
    }
  });
}
/** Declares a test: a good draft breaks the rule because of what is around it. */
export const refusedAround = (rule: string, what: string, type: Type, path: RegExp, around: Around): void =>
  refused(rule, what, type, path, () => {}, around);

export function spec(content: DraftContent): DraftSpecification {
  const [first] = content.specifications;
  if (!first) throw new Error('a good draft has a specification');
  return first;
}
export function price(content: DraftContent) {
  const item = spec(content).skus[0]?.prices[0];
  if (!item) throw new Error('a good draft has a price');
  return item;
}
const attribute = (code: string, value: string) => ({
  code,
  name: { zh: `属性${code}`, en: `Attribute ${code}` },
  value: { zh: value, en: value },
});
/** The first specification gets these SKUs, each with the prices of its first. */
export function skus(content: DraftContent, all: readonly (readonly { code: string; value: string }[])[]): void {
  const [sku] = spec(content).skus;
  if (!sku) throw new Error('a good draft has a SKU');
  spec(content).skus = all.map((values, place) => ({
    ...sku,
    skuCode: `00000000-0000-4000-9000-${String(place).padStart(12, '0')}`,
    attributes: values.map(({ code, value }) => attribute(code, value)),
    prices: sku.prices.map((item, index) => ({
      ...item,
      priceItemId: `OFFI${String(place * 10 + index).padStart(18, '0')}`,
    })),
  }));
}
export function brackets(content: DraftContent, all: readonly [number | null, number | null, string][]): void {
  price(content).mode = 'TIER';
  price(content).brackets = all.map(([from, to, unitPrice]) => ({ from, to, unitPrice }));
}
