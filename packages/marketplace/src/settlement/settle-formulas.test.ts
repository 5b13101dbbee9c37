/** What a line comes to, by example. */
import { describe, expect, it } from 'vitest';
import { refund, sale, settled } from './settle.test-support.ts';

describe('formulas (settlement.md 3)', () => {
  it('S3-3c: 5 % fee, with the derivation of the contract', async () => {
    const { bills } = await settled({ lines: [sale('L')], billRuns: ['2024-02-03'] });
    expect(bills).toMatchObject([
      {
        total: '1140.00',
        platformFee: '60.00',
        lines: [
          {
            derivation: [
              { rule: 'S3-1', text: '100 × 12 × 1', value: '1200' },
              { rule: 'S3-3c', text: '1200 × (1 − 0.05)', value: '1140' },
            ],
            conditions: [
              { rule: 'S2-3', met: '2024-01-05T00:00:00+08:00' },
              { rule: 'S2-5', met: '2024-01-05T00:00:00+08:00' },
            ],
          },
        ],
      },
    ]);
  });

  const march = (id: string, amount: string, changes: object = {}) =>
    sale(id, {
      amount,
      placedAt: '2024-03-05',
      payment: { paidAt: '2024-03-05' },
      activatedAt: '2024-03-05',
      ...changes,
    });

  it.each([
    ['499999.99', '0.95'],
    ['500000', '0.96'],
    ['999999.99', '0.96'],
    ['1000000', '0.97'],
  ])('S3-4, S3-5: %s a month of one product is settled with %s as a whole', async (amount, share) => {
    const { bills } = await settled({ lines: [march('L', amount)], billRuns: ['2024-04-03'] });
    expect(Number(bills[0]?.lines[0]?.settlement)).toBeCloseTo(Number(amount) * Number(share), 6);
  });

  it('S3-6, Q5: refunds and vouchers of the month count off, other products do not count', async () => {
    const other = { id: 'p2', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' };
    const lines = [
      march('A', '600000', { payment: { paidAt: '2024-03-05', voucher: { used: '50000' } } }),
      refund('R', 'A', '100000', '2024-03-20'),
      march('B', '400000', { product: 'p2' }),
    ];
    const { bills } = await settled({
      products: [{ id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' }, other],
      lines,
      billRuns: ['2024-04-03'],
    });
    expect(bills[0]?.lines.map(({ settlement }) => settlement)).toEqual(['522500', '-95000', '380000']);
  });

  it('S3-7: what was bought before 2024-03-01 keeps the old policy, also a renewal that takes effect later', async () => {
    const lines = [
      march('NEW', '1000000'),
      march('OLD', '1000', {
        kind: 'RENEWAL',
        placedAt: '2024-02-29T23:59:59',
        effectiveAt: '2024-03-10',
        activatedAt: null,
      }),
    ];
    const { bills } = await settled({ lines, billRuns: ['2024-04-03'] });
    expect(bills[0]?.lines.map(({ settlement }) => settlement)).toEqual(['970000', '950']);
  });

  it('S3-3d: a voucher of which the seller bears another part than its share', async () => {
    const voucher = { paidAt: '2024-01-05', voucher: { used: '200', sellerPart: '0.5' } };
    const { bills } = await settled({ lines: [sale('L', { payment: voucher })], billRuns: ['2024-02-03'] });
    expect(bills).toMatchObject([
      { total: '1040.00', platformFee: '60.00', lines: [{ derivation: [{}, { rule: 'S3-3d' }] }] },
    ]);
  });

  it('S3-8: VAT and the customer’s tax before the fee, the seller’s taxes after it', async () => {
    const tax = { vat: '200', customerWht: '100', sellerWht: '50', dst: '20' };
    const { bills } = await settled({
      site: 'INTL',
      product: { feeRatio: '0.15' },
      lines: [sale('L', { tax })],
      billRuns: ['2024-01/2024-01'],
    });
    expect(bills).toMatchObject([{ total: '695.00', platformFee: '135.00' }]);
  });

  const shared = (share: object, more: object = {}) => ({
    class: 'JOINT',
    feeRatio: null,
    share,
    outputTax: '0.06',
    sellerInvoiceTax: '0.03',
    ...more,
  });

  it('S3-11, S3-13: deal price × ratio, without the output tax, with the seller’s own', async () => {
    const { bills } = await settled({
      product: shared({ mode: 'DEAL_PRICE', ratio: '0.7' }),
      lines: [sale('L')],
      billRuns: ['2024-02-03'],
    });
    // 840 / 1.06 × 1.03
    expect(bills).toMatchObject([{ class: 'JOINT', total: '816.23', platformFee: '0.00' }]);
  });

  it('S3-12, S3-14, S3-15: list price × floor discount; the management fee is taken of the sales', async () => {
    const { bills } = await settled({
      product: shared({ mode: 'FLOOR_DISCOUNT', ratio: '0.9', floorDiscount: '0.8' }, { managementFeeRatio: '0.02' }),
      lines: [sale('L', { listPrice: '120' })],
      billRuns: ['2024-02-03'],
    });
    // 120 × 0.8 × 0.9 × 12 / 1.06 × 1.03 − 1200 × 0.02
    expect(bills).toMatchObject([{ total: '983.46' }]);
  });

  it.each([
    ['S3-16', { scene: 'SOLO', floorPrice: '80' }, '216.00'],
    ['S3-17', { scene: 'JOINT', floorPrice: '80', commissionRatio: '0.5' }, '120.00'],
  ])('%s: a distributor earns of the spread', async (_, distributor, settlement) => {
    const { bills } = await settled({
      product: { ...shared({ mode: 'DEAL_PRICE', ratio: '0.7' }), class: 'YANXUAN', serviceTax: '0.06' },
      lines: [sale('L', { distributor: { id: 'd1', ...distributor } })],
      billRuns: ['2024-02-03'],
    });
    expect(bills).toMatchObject([{ distributors: [{ id: 'd1', settlement, lines: [{ id: 'L' }] }] }]);
  });

  it('Q2: a line whose product has no ratio is an exception of the run, the others are billed', async () => {
    const { bills, errors } = await settled({
      products: [
        { id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' },
        { id: 'p2', seller: 's1', class: 'JOINT', type: 'SAAS' },
      ],
      lines: [sale('L'), sale('M', { product: 'p2' })],
      billRuns: ['2024-02-03'],
    });
    expect(bills).toMatchObject([{ lines: [{ id: 'L' }] }]);
    expect(errors).toMatchObject([{ id: 'M', text: expect.stringContaining('share') }]);
  });
});
