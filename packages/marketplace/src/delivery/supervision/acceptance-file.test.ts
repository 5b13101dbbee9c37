/** S6-8: each key element of an acceptance file that differs from the orders is refused, by its name. */
import { describe, expect, it } from 'vitest';
import { type AcceptanceKnown, acceptanceFaults, acceptanceRefusal, needsAcceptanceFacts } from './acceptance-file.ts';
import type { AcceptanceFacts } from './definition.ts';

const line = (name: string) => ({
  product: { zh: `商品${name}`, en: `Product ${name}` },
  specification: { zh: '标准版', en: 'Standard' },
});
const KNOWN: AcceptanceKnown = {
  orderId: 'CS1',
  accessType: 'SAAS',
  joint: true,
  companyName: '环球贸易有限公司',
  orders: [
    { orderId: 'CS1', lines: [line('A')] },
    { orderId: 'CS2', lines: [line('B')] },
  ],
  fileIds: ['validity', 'kit', 'report'],
};
const FACTS: AcceptanceFacts = {
  orderNumbers: ['CS1', 'CS2'],
  companyName: ' 环球贸易有限公司 ',
  items: [
    { product: 'Product B', specification: '标准版' },
    { product: '商品A', specification: 'Standard' },
  ],
  validityFileId: 'validity',
  kitFileId: 'kit',
};
const members = (facts: Partial<AcceptanceFacts>, known: Partial<AcceptanceKnown> = {}) =>
  acceptanceFaults({ ...KNOWN, ...known }, { ...FACTS, ...facts }).map(({ member, seen }) => [member, seen]);

describe('S6-8: an acceptance file', () => {
  it('agrees when orders, company, products and attachments are those of the orders', () => {
    expect(members({})).toEqual([]);
    expect(acceptanceRefusal(KNOWN, FACTS)).toBeNull();
  });

  it('order numbers start with CS, name the delivered order, and are this buyer’s and seller’s', () => {
    expect(members({ orderNumbers: ['CS1', 'CS2', 'X3'] })).toEqual([['orderNumbers', 'X3']]);
    const alone = { orders: [{ orderId: 'CS2', lines: [line('B')] }] };
    expect(members({ orderNumbers: ['CS2'], items: FACTS.items.slice(0, 1) }, alone)).toEqual([
      ['orderNumbers', 'CS2'],
    ]);
    expect(members({ orderNumbers: ['CS1', 'CS2', 'CS9'] })).toEqual([['orderNumbers', 'CS9']]);
    // of the same buyer, but nothing of this seller
    const foreign = { orders: [...KNOWN.orders, { orderId: 'CS9', lines: [] }] };
    expect(members({ orderNumbers: ['CS1', 'CS2', 'CS9'] }, foreign)).toEqual([['orderNumbers', 'CS9']]);
  });

  it('the company’s full name is equal', () => {
    expect(members({ companyName: '环球贸易' })).toEqual([['companyName', '环球贸易']]);
  });

  it('products and specifications are identical, none missing, none added', () => {
    expect(members({ items: FACTS.items.slice(1) })).toEqual([['items', '']]);
    const more = [...FACTS.items, { product: 'Product C', specification: 'Standard' }];
    expect(members({ items: more })).toEqual([['items', 'Product C / Standard']]);
    expect(
      members({
        items: [FACTS.items[0] ?? more[0], { product: '商品A', specification: '专业版' }].flatMap((one) => one ?? []),
      }),
    ).toEqual([['items', '商品A / 专业版']]);
  });

  it('SaaS and License come with the validity, those of joint operation with the kit; others need neither', () => {
    expect(members({ validityFileId: null, kitFileId: null })).toEqual([
      ['validityFileId', ''],
      ['kitFileId', ''],
    ]);
    expect(members({ kitFileId: 'not sent' })).toEqual([['kitFileId', '']]);
    expect(members({ kitFileId: null }, { joint: false })).toEqual([]);
    expect(members({ validityFileId: null, kitFileId: null }, { accessType: 'SERVICE' })).toEqual([]);
  });

  it('is needed where the platform reviews; the refusal names rule and member', () => {
    expect(['service-1', 'service-1-reviewed', 'saas-1-reviewed'].map(needsAcceptanceFacts)).toEqual([
      false,
      true,
      true,
    ]);
    expect(acceptanceRefusal(KNOWN, { ...FACTS, companyName: 'x' })).toMatchObject({
      refusal: {
        code: 'ACCEPTANCE_FILE',
        facts: { rule: 'S6-8', member: 'companyName', expected: '环球贸易有限公司' },
      },
    });
  });
});
