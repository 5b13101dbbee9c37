import { describe, expect, it } from 'vitest';
import { newVoucherOf, type VoucherDraft, voucherFault } from './voucher-draft.ts';

const draft: VoucherDraft = {
  name: ' Welcome ',
  faceValue: '10.00',
  minimumSpend: '',
  items: [{ key: '1', goodsId: 'g1', specificationId: undefined }],
  modes: ['MONTH'],
  withOffers: true,
  claimable: true,
  validFrom: '2026-11-26T09:00:00.000Z',
  validTo: '2026-12-26T09:00:00.000Z',
  total: 100,
  buyers: [],
};
const buyer = { buyerId: 'b1', accountName: 'globex' };

describe('S-56: a voucher while it is written', () => {
  it('names the first fault in the order of the form', () => {
    const fault = (changes: Partial<VoucherDraft>) => voucherFault({ ...draft, ...changes });
    expect(fault({})).toBeNull();
    expect(fault({ name: '' })).toBe('name');
    for (const faceValue of ['', '0', '0.00', '-1', '1.234', 'ten']) expect(fault({ faceValue })).toBe('faceValue');
    expect(fault({ minimumSpend: '1.234' })).toBe('minimumSpend');
    expect(fault({ items: [{ key: '1', goodsId: undefined, specificationId: undefined }] })).toBe('items');
    expect(fault({ modes: [] })).toBe('modes');
    expect(fault({ validTo: draft.validFrom })).toBe('to');
    expect(fault({ total: null })).toBe('total');
    expect(fault({ total: 1, buyers: [buyer, { ...buyer, buyerId: 'b2' }] })).toBe('tooMany');
  });

  it('reaches somebody: claimed by whoever wants it, or given to customers', () => {
    expect(voucherFault({ ...draft, claimable: false })).toBe('nobody');
    expect(voucherFault({ ...draft, claimable: false, buyers: [buyer] })).toBeNull();
  });

  it('is published as it was written', () => {
    expect(newVoucherOf({ ...draft, minimumSpend: '0' })).toMatchObject({
      name: 'Welcome',
      minimumSpend: null,
      items: [{ goodsId: 'g1', specificationId: null }],
    });
    expect(newVoucherOf({ ...draft, minimumSpend: '50.00' })?.minimumSpend).toBe('50.00');
    expect(newVoucherOf({ ...draft, name: '' })).toBeNull();
  });
});
