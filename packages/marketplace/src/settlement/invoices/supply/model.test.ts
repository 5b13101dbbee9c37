/** What a seller sends for a requisition fits its invoice list, or the rule that it breaks is named. */
import { describe, expect, it } from 'vitest';
import { type Demand, dueOn, INTL_FIELDS, type InvoiceEntry, invoiceFaults } from './model.ts';

const demand: Demand = {
  requisitionId: 'R-CN-202601-JOINT-s',
  site: 'CN',
  periods: ['202512', '202601'],
  list: [
    { rate: '0.13', net: '1000.00', tax: '130.00', gross: '1130.00' },
    { rate: '0.06', net: '500.00', tax: '30.00', gross: '530.00' },
  ],
  today: '2026-02-20',
};
const invoice = (number: string, more: Partial<InvoiceEntry> = {}): InvoiceEntry => ({
  ...{ number: number.padStart(20, '2'), code: null, issuedOn: '2026-02-20', details: {} },
  ...{ rate: '0.13', net: '1000.00', tax: '130.00', gross: '1130.00', remark: 'R-CN-202601-JOINT-s 202512, 202601' },
  ...more,
});
const service = { rate: '0.06', net: '500.00', tax: '30.00', gross: '530.00' };
const good = [invoice('1'), invoice('2', service)];
const faults = (entries: readonly InvoiceEntry[], of: Demand = demand) =>
  invoiceFaults(of, entries).map(({ rule, place }) => `${rule}@${place ?? 'all'}`);

it('S5-25, S5-26: one invoice a rate, or several of a rate, that add up are right', () => {
  expect(faults(good)).toEqual([]);
  const parts = [
    invoice('1', { net: '400', tax: '52', gross: '452' }),
    invoice('3', { net: '600', tax: '78', gross: '678' }),
  ];
  expect(faults([...parts, invoice('2', service)])).toEqual([]);
});

describe('what is wrong is named with its rule and place', () => {
  it.each<[string, readonly InvoiceEntry[], string[]]>([
    [
      'S5-27: a cent too much',
      [invoice('1', { net: '1000.01', gross: '1130.01' }), invoice('2', service)],
      ['S5-27@all'],
    ],
    ['S5-27: a rate is missing', [invoice('1')], ['S5-27@all']],
    [
      'S5-25: a rate that is not on the list',
      [...good, invoice('3', { rate: '0.03', net: '0.97', tax: '0.03', gross: '1' })],
      ['S5-25@all'],
    ],
    [
      'S5-25: the remark lacks a period',
      [invoice('1', { remark: 'R-CN-202601-JOINT-s 202601' }), invoice('2', service)],
      ['S5-25@0'],
    ],
    ['S5-26: the same number twice', [invoice('1'), invoice('1', service)], ['S5-26@1']],
    ['S5-23: no number of a VAT invoice', [invoice('1', { number: 'A-1' }), invoice('2', service)], ['S5-23@0']],
    ['S5-23: eight digits need a code', [invoice('1', { number: '12345678' }), invoice('2', service)], ['S5-23@0']],
    ['S5-27: tomorrow', [invoice('1', { issuedOn: '2026-02-21' }), invoice('2', service)], ['S5-27@0']],
    ['S1-9: net and tax are not gross', [invoice('1', { tax: '129.00' }), invoice('2', service)], ['S1-9@0']],
    ['S1-8: not the tax of the rate', [invoice('1', { net: '999', tax: '131' }), invoice('2', service)], ['S1-8@0']],
  ])('%s', (_name, entries, expected) => {
    expect(faults(entries)).toEqual(expected);
  });

  it('S5-23: eight digits with a code of ten or twelve are a paper or electronic VAT invoice', () => {
    const paper = invoice('1', { number: '12345678', code: '3100201130' });
    expect(faults([paper, invoice('2', service)])).toEqual([]);
    expect(faults([{ ...paper, code: '31002' }, invoice('2', service)])).toEqual(['S5-23@0']);
  });

  it('S5-28: other sites name the parties and the bank, and need no Chinese number', () => {
    const intl: Demand = { ...demand, site: 'INTL', list: demand.list.slice(0, 1) };
    const details = Object.fromEntries(INTL_FIELDS.map((field) => [field, 'given']));
    expect(faults([invoice('1', { number: 'INV-7', remark: '', details })], intl)).toEqual([]);
    const [fault] = invoiceFaults(intl, [invoice('1', { details: { ...details, swift: ' ' } })]);
    expect(fault).toMatchObject({ rule: 'S5-28', place: 0, facts: { missing: 'swift' } });
  });
});

it('S5-24: due within a month of the notice, at its end where the day does not exist', () => {
  expect(dueOn('2026-02-20')).toBe('2026-03-20');
  expect(dueOn('2026-01-31')).toBe('2026-02-28');
});
