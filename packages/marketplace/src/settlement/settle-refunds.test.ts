/** Refunds in the bill by example. */
import { describe, expect, it } from 'vitest';
import { refund, sale, settled } from './settle.test-support.ts';

describe('refunds in the bill (settlement.md 3.8)', () => {
  it('R1: full refund in the same period: two lines, sum 0 (S3-22, S3-24)', async () => {
    const lines = [sale('L'), refund('R', 'L', '1200', '2024-01-07')];
    const { bills } = await settled({ lines, billRuns: ['2024-02-03'] });
    expect(bills).toMatchObject([
      {
        total: '0.00',
        platformFee: '0.00',
        lines: [
          { id: 'L', sales: '1200', settlement: '1140' },
          {
            id: 'R',
            sales: '-1200',
            settlement: '-1140',
            derivation: [{ rule: 'S3-25', text: '−(1200 × 0.95)', value: '-1140' }],
          },
        ],
      },
    ]);
  });

  it('S3-23: a refund of a later month is a negative line of a later bill', async () => {
    const lines = [sale('L'), refund('R', 'L', '300', '2024-03-07')];
    const { bills } = await settled({ lines, billRuns: ['2024-01/2024-03'] });
    expect(bills.map(({ id, total, held }) => [id, total, held])).toEqual([
      ['202401', '1140.00', false],
      ['202403', '-285.00', true],
    ]);
  });

  it('S3-30: refunded in full before acceptance: neither line; in part: the rest is settled', async () => {
    const supervised = sale('L', { activatedAt: null, supervisionCompletedAt: '2024-01-20' });
    const [all, some] = await Promise.all(
      ['1200', '200'].map((amount) =>
        settled({
          product: { supervised: true },
          lines: [supervised, refund('R', 'L', amount, '2024-01-10')],
          billRuns: ['2024-02-03'],
        }),
      ),
    );
    expect(all).toMatchObject({ bills: [], unbilled: [{ id: 'L', waitingFor: [{ rule: 'S3-30' }] }, { id: 'R' }] });
    expect(some).toMatchObject({
      bills: [{ total: '950.00', lines: [{ id: 'L', sales: '1000' }] }],
      unbilled: [{ id: 'R', waitingFor: [{ rule: 'S3-30' }] }],
    });
  });

  it('S3-24: a renewal that was taken back before it took effect is billed with its refund', async () => {
    const renewal = sale('L', { kind: 'RENEWAL', activatedAt: null, effectiveAt: '2024-06-01' });
    const { bills } = await settled({
      lines: [renewal, refund('R', 'L', '1200', '2024-01-10')],
      billRuns: ['2024-01/2024-06'],
    });
    expect(bills).toMatchObject([{ id: '202401', total: '0.00', lines: [{ id: 'L' }, { id: 'R' }] }]);
  });

  it.each([
    ['S7-11: more than was paid', refund('R', 'L', '1200.01', '2024-01-07'), 'lines[1].amount: S7-11'],
    ['S3-22: a refund of nothing', refund('X', 'gone', '1', '2024-01-07'), 'lines[1].refundOf: S3-22'],
    ['S7-11: a refund of 0', refund('R', 'L', '0', '2024-01-07'), 'lines[1].amount: S7-11: a refund is of more than 0'],
    [
      'S3-22: a refund of another product',
      refund('R', 'L', '1', '2024-01-07', { product: 'p2' }),
      'lines[1].product: S3-22: line L, which it gives back, is of product p1',
    ],
    [
      'S3-22: a refund of another buyer',
      refund('R', 'L', '1', '2024-01-07', { buyer: 'b2' }),
      'lines[1].buyer: S3-22: line L, which it gives back, is of buyer b1',
    ],
    [
      'a ratio that is none',
      sale('R', { distributor: { id: 'd', scene: 'JOINT', floorPrice: '1', commissionRatio: 'most' } }),
      'lines[1].distributor.commissionRatio: a ratio from "0" to "1", as text',
    ],
    ['an id of another line', sale('L'), 'lines[1].id: L is the id of lines[0] too'],
  ])('refuses by path and reason: %s', async (_, line, message) => {
    const products = ['p1', 'p2'].map((id) => ({ id, seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' }));
    const lines = [sale('L', { buyer: 'b1' }), line];
    await expect(settled({ products, lines, billRuns: ['2024-02-03'] })).rejects.toThrow(message);
  });

  it('S3-25: a refund need not say again how its original was charged and paid', async () => {
    const { mode: _, payment: __, ...bare } = { mode: '', payment: '', ...refund('R', 'L', '1200', '2024-01-07') };
    const { bills } = await settled({ lines: [sale('L'), bare], billRuns: ['2024-02-03'] });
    expect(bills).toMatchObject([{ total: '0.00', lines: [{ id: 'L' }, { id: 'R', settlement: '-1140' }] }]);
    await expect(settled({ lines: [{ ...sale('L'), mode: undefined }], billRuns: ['2024-02-03'] })).rejects.toThrow(
      'lines[0].mode: one of "PERIOD"',
    );
  });

  it('S7-11: refunds together are not more than was paid, and the one that goes beyond is named', async () => {
    const lines = [sale('L'), refund('R', 'L', '700', '2024-01-07'), refund('S', 'L', '500.01', '2024-03-07')];
    const told = { lines, billRuns: ['2024-02-03'] };
    await expect(settled(told)).rejects.toThrow('lines[2].amount: S7-11: the refunds of line L are 1200.01, more than');
  });
});
