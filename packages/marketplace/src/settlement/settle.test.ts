/** Which bill a line is in, and which bills go on (settlement.md 2, 4.5). */
import { describe, expect, it } from 'vitest';
import { refund, sale, settled } from './settle.test-support.ts';

const credit = (paidAt: string, repaidAt: string | null) => ({ mode: 'CREDIT', paidAt, repaidAt });

describe('when a line is billed (settlement.md 2.4)', () => {
  it('T1: a run of February holds January', async () => {
    const line = sale('L', {
      placedAt: '2020-01-31',
      payment: { paidAt: '2020-01-31' },
      activatedAt: '2020-01-31T23:59:59',
    });
    const { bills } = await settled({ lines: [line], billRuns: ['2020-02-03'] });
    expect(bills).toMatchObject([
      { id: '202001', period: { from: '2020-01-01', to: '2020-01-31' }, nominalRunDate: '2020-02-03' },
    ]);
  });

  it('T2: credit that is not repaid is not billed (S2-3)', async () => {
    const line = sale('L', {
      placedAt: '2020-01-01',
      payment: credit('2020-01-01', null),
      supervisionCompletedAt: '2020-03-15',
    });
    const { bills, unbilled } = await settled({
      product: { supervised: true },
      lines: [line],
      billRuns: ['2020-01/2020-06'],
    });
    expect(bills).toEqual([]);
    expect(unbilled).toMatchObject([{ id: 'L', waitingFor: [{ rule: 'S2-3' }] }]);
  });

  it('T3: the repayment is the last condition (S2-11)', async () => {
    const line = sale('L', {
      placedAt: '2020-01-01',
      payment: credit('2020-01-01', '2020-05-20'),
      activatedAt: '2020-01-01',
    });
    const { bills } = await settled({ lines: [line], billRuns: ['2020-01/2020-06'] });
    expect(bills).toMatchObject([{ id: '202005', nominalRunDate: '2020-06-03', lines: [{ id: 'L' }] }]);
  });

  it('T4: the European run is on the 7th', async () => {
    const line = sale('L', { placedAt: '2022-01-10', payment: { paidAt: '2022-01-10' }, activatedAt: '2022-01-10' });
    const { bills } = await settled({ site: 'EU', lines: [line], billRuns: ['2022-01/2022-01'] });
    expect(bills).toMatchObject([{ id: '202201', nominalRunDate: '2022-02-07', runDate: '2022-02-07' }]);
  });

  it('T5: a service flow that ends in November is billed in December (S2-12)', async () => {
    const line = sale('L', {
      placedAt: '2022-10-03',
      payment: { paidAt: '2022-10-03' },
      activatedAt: null,
      supervisionCompletedAt: '2022-11-15',
    });
    const { bills } = await settled({
      site: 'EU',
      product: { supervised: true },
      lines: [line],
      billRuns: ['2022-10/2022-12'],
    });
    expect(bills).toMatchObject([{ id: '202211', nominalRunDate: '2022-12-07' }]);
  });

  it.each([
    ['T6', null],
    ['T7', '2024-01-01'],
  ])('%s: acceptance decides the period, whatever opening time was entered (S2-13, Q18)', async (_, activatedAt) => {
    const line = sale('L', {
      periods: '1',
      placedAt: '2024-01-01',
      payment: { paidAt: '2024-01-01' },
      activatedAt,
      supervisionCompletedAt: '2024-02-01',
    });
    const { bills } = await settled({ product: { supervised: true }, lines: [line], billRuns: ['2024-01/2024-02'] });
    expect(bills).toMatchObject([{ id: '202402' }]);
  });

  it.each([
    ['202003', '2020-03-10', []],
    ['202004', '2020-04-10', ['PREPAID']],
  ])('T8: in %s a prepaid order beside an unpaid post-paid one (S2-14)', async (_, day, expected) => {
    const lines = [
      sale('PREPAID', { placedAt: day, payment: { paidAt: day }, activatedAt: day }),
      sale('POSTPAID', { placedAt: day, payment: credit(day, null), activatedAt: day }),
    ];
    const { bills, unbilled } = await settled({ lines, billRuns: ['2020-03/2020-05'] });
    expect(bills.flatMap((bill) => bill.lines.map(({ id }) => id))).toEqual(expected);
    expect(unbilled.map(({ id }) => id)).toContain('POSTPAID');
  });

  it('S2-14: what waited is billed when the last post-paid customer has repaid', async () => {
    const day = '2020-03-10';
    const lines = [
      sale('PREPAID', { placedAt: day, payment: { paidAt: day }, activatedAt: day }),
      sale('POSTPAID', { placedAt: day, payment: credit(day, '2020-05-02'), activatedAt: day }),
    ];
    const { bills } = await settled({ lines, billRuns: ['2020-03/2020-05'] });
    expect(bills).toMatchObject([{ id: '202005', lines: [{ id: 'PREPAID' }, { id: 'POSTPAID' }] }]);
  });

  it('T9: the run moves to a make-up Sunday, the steps count working days (S4-1)', async () => {
    const { bills, releases } = await settled({ lines: [sale('L')], billRuns: ['2024-02-03'] });
    expect(bills).toMatchObject([{ nominalRunDate: '2024-02-03', runDate: '2024-02-04' }]);
    expect(releases).toMatchObject([
      {
        runDate: '2024-02-04',
        bills: ['202401'],
        schedule: [
          { step: 'RUN', by: '2024-02-05' },
          { step: 'REVIEW', by: '2024-02-07' },
          { step: 'COUNTERSIGN', by: '2024-02-23' },
          { step: 'PAY', by: '2024-03-04' },
        ],
      },
    ]);
  });

  it('S2-1: a seller without certification has no bill; certified later, the next run takes all', async () => {
    const lines = [sale('L')];
    const none = await settled({ sellers: [{ id: 's1' }], lines, billRuns: ['2024-02-03'] });
    expect(none).toMatchObject({ bills: [], unbilled: [{ waitingFor: [{ rule: 'S2-1' }] }] });
    const later = await settled({
      sellers: [{ id: 's1', certifiedAt: '2024-02-20' }],
      lines,
      billRuns: ['2024-01/2024-02'],
    });
    expect(later.bills).toMatchObject([{ id: '202402', lines: [{ id: 'L' }] }]);
  });

  it('S2-10: a line that no run reaches says in which bill it can be', async () => {
    const line = sale('L', { activatedAt: '2024-03-02' });
    const { unbilled } = await settled({ lines: [line], billRuns: ['2024-02-03'] });
    expect(unbilled).toMatchObject([
      { earliestBill: '202403', waitingFor: [{ rule: 'S2-10', text: expect.stringContaining('2024-04-03') }] },
    ]);
  });

  it('S3-31: a renewal is billed after it takes effect, not after it is paid', async () => {
    const line = sale('L', {
      kind: 'RENEWAL',
      placedAt: '2024-01-31',
      payment: { paidAt: '2024-01-31' },
      activatedAt: null,
      effectiveAt: '2024-02-01',
    });
    const { bills } = await settled({ product: { supervised: true }, lines: [line], billRuns: ['2024-01/2024-02'] });
    expect(bills).toMatchObject([{ id: '202402' }]);
  });

  it('S2-3: what a buyer bought on credit counts when its whole month is repaid; nothing is owed for what was given back', async () => {
    const onCredit = (id: string, buyer: string, placedAt: string, repaidAt: string | null) =>
      sale(id, { buyer, placedAt, payment: { mode: 'CREDIT', paidAt: placedAt, repaidAt } });
    const { bills, unbilled } = await settled({
      lines: [
        onCredit('A1', 'a', '2024-01-05', '2024-01-20'),
        onCredit('A2', 'a', '2024-01-31T23:30:00', '2024-03-10'),
        onCredit('A3', 'a', '2024-02-01', '2024-02-02'),
        onCredit('B1', 'b', '2024-01-05', '2024-01-20'),
        onCredit('B2', 'b', '2024-01-06', null),
        onCredit('C1', 'c', '2024-01-05', '2024-01-20'),
        onCredit('C2', 'c', '2024-01-06', null),
        refund('C2-R', 'C2', '1200', '2024-01-08'),
      ],
      billRuns: ['2024-01/2024-04'],
    });
    expect(bills.map(({ id, lines }) => [id, lines.map((line) => line.id)])).toEqual([
      ['202401', ['C1']],
      ['202402', ['A3']],
      ['202403', ['A1', 'A2']],
    ]);
    expect(unbilled).toMatchObject([
      { id: 'B1', waitingFor: [{ rule: 'S2-3', text: 'the buyer has not repaid the credit of this month' }] },
      { id: 'B2', waitingFor: [{ rule: 'S2-3' }] },
      { id: 'C2', waitingFor: [{ rule: 'S3-30' }] },
      { id: 'C2-R', waitingFor: [{ rule: 'S3-30' }] },
    ]);
  });

  it('S2-5, S3-31: a renewal without an effective time of its own has not taken effect', async () => {
    const renewal = sale('L', { kind: 'RENEWAL', activatedAt: '2024-01-05', effectiveAt: null });
    const { bills, unbilled } = await settled({ lines: [renewal], billRuns: ['2024-02-03'] });
    expect(bills).toEqual([]);
    expect(unbilled).toMatchObject([{ id: 'L', waitingFor: [{ rule: 'S2-5' }] }]);
  });

  it('S2-10: runs are a list of nominal days, or a range of periods by itself', async () => {
    const { bills } = await settled({ lines: [sale('L')], billRuns: '2024-01/2024-04' });
    expect(bills).toMatchObject([{ id: '202401' }]);
  });

  it('refuses a year whose holidays are not known', async () => {
    await expect(settled({ lines: [sale('L')], billRuns: ['2031-02-03'] })).rejects.toThrow(/2031 are not known/);
    await expect(
      settled({ policy: { calendar: 'none' }, lines: [sale('L')], billRuns: ['2031-02-03'] }),
    ).resolves.toBeDefined();
  });
});

describe('minimum and carry-over (settlement.md 4.5)', () => {
  const of = (id: string, amount: string, month: string) =>
    sale(id, { amount, placedAt: `${month}-10`, payment: { paidAt: `${month}-10` }, activatedAt: `${month}-10` });

  it('S2-6, S4-4: bills of a class wait for each other until they have 1000 together', async () => {
    const lines = [of('A', '500', '2024-01'), of('B', '400', '2024-02'), of('C', '300', '2024-03')];
    const { bills, releases } = await settled({ lines, billRuns: ['2024-01/2024-03'] });
    expect(bills.map(({ total, held }) => [total, held])).toEqual([
      ['475.00', false],
      ['380.00', false],
      ['285.00', false],
    ]);
    expect(releases).toMatchObject([
      { runDate: '2024-04-03', bills: ['202401', '202402', '202403'], total: '1140.00' },
    ]);
    const short = await settled({ lines: lines.slice(0, 2), billRuns: ['2024-01/2024-03'] });
    expect(short.bills.map(({ held, heldReason }) => [held, heldReason])).toEqual([
      [true, 'S2-6'],
      [true, 'S2-6'],
    ]);
  });

  it('S4-6: without a minimum a sum that is not positive is carried on', async () => {
    const lines = [of('A', '1000', '2024-01'), refund('R', 'A', '400', '2024-02-10'), of('B', '500', '2024-03')];
    const { bills, releases } = await settled({ policy: { minimum: '0' }, lines, billRuns: ['2024-01/2024-03'] });
    expect(bills.map(({ total, heldReason }) => [total, heldReason])).toEqual([
      ['950.00', null],
      ['-380.00', null],
      ['475.00', null],
    ]);
    expect(releases.map(({ bills: ids, total }) => [ids, total])).toEqual([
      [['202401'], '950.00'],
      [['202402', '202403'], '95.00'],
    ]);
  });

  it('S1-11: only the total is rounded, half up or cut', async () => {
    const lines = [of('A', '1000.006', '2024-01'), of('B', '0.01', '2024-01')];
    const [rounded, cut] = await Promise.all(
      ['HALF_UP', 'TRUNCATE'].map((rounding) => settled({ policy: { rounding }, lines, billRuns: ['2024-02-03'] })),
    );
    const exact = [{ settlement: '950.0057' }, { settlement: '0.0095' }];
    expect(rounded?.bills).toMatchObject([{ total: '950.02', lines: exact }]);
    expect(cut?.bills).toMatchObject([{ total: '950.01' }]);
  });
});

describe('what a bill is (settlement.md 1.2, 2.2, 3.1, 3.3, 9.2)', () => {
  const GENERAL = { id: 'g', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' };
  const JOINT = { id: 'j', seller: 's1', class: 'JOINT', type: 'SAAS', share: { mode: 'DEAL_PRICE', ratio: '0.8' } };
  const runs = ['2024-01/2024-03'];

  it('S1-1: bills are kept by class; a seller without joint-operation lines has no joint-operation bill', async () => {
    const lines = [sale('G', { product: 'g' }), sale('J', { product: 'j' })];
    const both = await settled({ products: [GENERAL, JOINT], lines, billRuns: runs });
    expect(both.bills.map((bill) => [bill.class, bill.lines.map(({ id }) => id)])).toEqual([
      ['GENERAL', ['G']],
      ['JOINT', ['J']],
    ]);
    const one = await settled({ products: [GENERAL, JOINT], lines: lines.slice(0, 1), billRuns: runs });
    expect(one.bills.map((bill) => bill.class)).toEqual(['GENERAL']);
  });

  it('S2-7: the refund window is no condition: billed while it is open, the refund follows in its own month', async () => {
    // opened on the last day of January, refundable until the 5th of February
    const last = '2024-01-31';
    const lines = [
      sale('L', { placedAt: last, payment: { paidAt: last }, activatedAt: last }),
      refund('R', 'L', '1200', '2024-02-04'),
    ];
    const { bills } = await settled({ lines, billRuns: runs });
    expect(bills.map(({ id, total }) => [id, total])).toEqual([
      ['202401', '1140.00'],
      ['202402', '-1140.00'],
    ]);
  });

  it('S3-2: a period’s settlement is the sum of those of its orders', async () => {
    const lines = [sale('A'), sale('B', { amount: '333.33' }), sale('C', { amount: '10.01' })];
    const { bills } = await settled({ lines, billRuns: runs });
    const sum = bills[0]?.lines.reduce((total, { settlement }) => total + Number(settlement), 0);
    expect(bills[0]?.lines.map(({ settlement }) => settlement)).toEqual(['1140', '316.6635', '9.5095']);
    expect([bills[0]?.total, sum?.toFixed(2)]).toEqual(['1466.17', '1466.17']);
  });

  it.each([
    ['S3-3b, S9-9: from 2024-03-01, the increment share on top', '2024-03-10', '77.6', 'S3-3b'],
    ['S3-3a, S9-9: before 2024-03-01, without it', '2024-02-10', '76', 'S3-3a'],
  ])('%s: the seller’s voucher counts off', async (_, day, settlement, rule) => {
    const on = (used: object) => ({ placedAt: day, payment: { paidAt: day, ...used }, activatedAt: day });
    const lines = [
      sale('V', { ...on({ voucher: { used: '20' } }), amount: '100' }),
      // with it the month reaches the tier of 2 %
      sale('L', { ...on({}), amount: '1000000' }),
    ];
    const { bills } = await settled({ lines, billRuns: runs });
    const one = bills[0]?.lines.find(({ id }) => id === 'V');
    // (100 − 20) × 97 %, or × 95 %
    expect(one?.settlement).toBe(settlement);
    expect(one?.derivation.map((step) => step.rule)).toContain(rule);
  });

  it('S3-9, S3-10: joint operation: Σ deal price × duration × quantity; the deal price is list price × discount', async () => {
    const lines = [sale('J', { product: 'j', listPrice: '200', unitPrice: '160', periods: '3', quantity: '2' })];
    const { bills } = await settled({ products: [JOINT], lines, billRuns: runs });
    // 200 × 80 % = 160; 160 × 3 × 2
    expect(bills[0]?.lines[0]?.sales).toBe('960');
    expect(bills[0]?.lines[0]?.derivation[0]).toMatchObject({ rule: 'S3-9', value: '960' });
  });

  it('S3-26, S3-28: a refund after the pay-out is deducted from what is paid next, a month after its own bill', async () => {
    const of = (id: string, amount: string, day: string) =>
      sale(id, { amount, placedAt: day, payment: { paidAt: day }, activatedAt: day });
    const lines = [
      of('A', '2000', '2024-01-10'),
      refund('R', 'A', '1000', '2024-02-10'),
      of('B', '3000', '2024-03-10'),
    ];
    const { bills, releases } = await settled({ lines, billRuns: runs });
    expect(bills.map(({ id, total, runDate }) => [id, total, runDate])).toEqual([
      ['202401', '1900.00', '2024-02-04'],
      ['202402', '-950.00', '2024-03-04'],
      ['202403', '2850.00', '2024-04-03'],
    ]);
    // the bill of January stays as it was paid; March pays what is left
    expect(releases.map((release) => [release.bills, release.total, release.schedule.at(-1)])).toEqual([
      [['202401'], '1900.00', { step: 'PAY', by: '2024-03-04' }],
      [['202402', '202403'], '1900.00', { step: 'PAY', by: '2024-04-28' }],
    ]);
  });

  it('S3-37: a change order is a line of its own and leaves the settled original as it was', async () => {
    const changed = { kind: 'CHANGE', amount: '300', placedAt: '2024-02-10', payment: { paidAt: '2024-02-10' } };
    const lines = [sale('L'), sale('UP', { ...changed, activatedAt: '2024-02-10' })];
    const { bills } = await settled({ lines, billRuns: runs });
    expect(bills.map(({ id, lines: all }) => [id, all.map((line) => [line.id, line.settlement])])).toEqual([
      ['202401', [['L', '1140']]],
      ['202402', [['UP', '285']]],
    ]);
  });
});
