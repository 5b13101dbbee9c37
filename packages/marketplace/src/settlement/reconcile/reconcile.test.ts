/** A bill agrees with the orders it was made of; whatever is planted in it is found, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOf } from './columns.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';
import { rowsOf, type Table } from './rows.ts';

const HEADINGS = {
  en: [
    'Period',
    'Order number',
    'Order line ID',
    'Original order line ID',
    'Order type',
    'Effective time',
    'Refund completed time',
    'Transaction amount',
    'Voucher deduction',
    'Seller share',
    'Settlement amount',
  ],
  zh: [
    '账期',
    '订单号',
    '订单行ID',
    '原始订单行ID',
    '订单类型',
    '生效时间',
    '退款完成时间',
    '交易金额',
    '代金券扣款',
    '商家分成比例',
    '应结算金额',
  ],
};
const columns = HEADINGS.en;
const at = (name: string) => columns.indexOf(name);
type Cells = readonly string[];

const table = (name: string, heading: Cells, rows: readonly Cells[]): Table => ({
  name,
  heading,
  rows: rows.map((cells, place) => ({ row: place + 2, cells })),
});
const run = (bill: readonly Cells[], orders: readonly Cells[], language: 'en' | 'zh' = 'en', own = HEADINGS.en) =>
  reconcile(
    rowsOf(table('bill', HEADINGS[language], bill), 'Asia/Shanghai'),
    rowsOf(table('orders', own, orders), 'Asia/Shanghai'),
    'CN',
  );
const kinds = ({ differences }: Reconciliation) =>
  differences.map(({ kind, orderLineId }) => `${kind} ${orderLineId}`).toSorted();

interface Sale {
  readonly cents: number;
  readonly day: number;
  readonly share: string;
  readonly refunded: boolean;
}
const sale: fc.Arbitrary<Sale> = fc.record({
  cents: fc.integer({ min: 100, max: 10_000_000 }),
  day: fc.integer({ min: 1, max: 29 }),
  share: fc.constantFrom('0.95', '0.9', '0.875'),
  refunded: fc.boolean(),
});

/** The rows of a bill: exact lines, as S1-11 keeps them. */
function billOf(sales: readonly Sale[]): string[][] {
  return sales.flatMap(({ cents, day, share, refunded }, place) => {
    const id = `CS${place}-000001`;
    const amount = (cents / 100).toFixed(2);
    const settled = (BigInt(cents) * BigInt(share.replace('0.', '').padEnd(3, '0'))).toString().padStart(6, '0');
    const settlement = `${settled.slice(0, -5)}.${settled.slice(-5)}`;
    const row = (changes: Record<string, string>) => columns.map((name) => changes[name] ?? '');
    const when = `2024-02-${String(day).padStart(2, '0')}T08:00:00+08:00`;
    const order = row({
      Period: '202402',
      'Order number': `CS${place}`,
      'Order line ID': id,
      'Order type': '新购',
      'Effective time': when,
      'Transaction amount': amount,
      'Seller share': share,
      'Settlement amount': settlement,
    });
    const refund = row({
      Period: '202402',
      'Order number': `RF${place}`,
      'Order line ID': `RF${place}-000001`,
      'Original order line ID': id,
      'Order type': '退订',
      'Refund completed time': when,
      'Transaction amount': `-${amount}`,
      'Seller share': share,
      'Settlement amount': `-${settlement}`,
    });
    return refunded ? [order, refund] : [order];
  });
}
/** The seller's own list: in another order, without the marketplace's period and settlement. */
const without = (rows: readonly Cells[], ...names: string[]): string[][] =>
  rows.map((cells) => cells.map((cell, place) => (names.some((name) => at(name) === place) ? '' : cell)));

describe('reconciling', () => {
  it('a bill with its own orders gives no difference, in either language, with the orders in any order', () => {
    fc.assert(
      fc.property(
        fc.array(sale, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('en' as const, 'zh' as const),
        (sales, language) => {
          const bill = billOf(sales);
          for (const orders of [bill, without(bill, 'Period', 'Settlement amount').toReversed()]) {
            const result = run(bill, orders, language);
            expect(kinds(result)).toEqual([]);
            expect(result).toMatchObject({ matched: bill.length, notCompared: 0, outside: 0 });
            expect(result.totals.expected).toBe(result.totals.billed);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('finds everything that was planted, and only that', () => {
    fc.assert(
      fc.property(
        fc.array(sale, { minLength: 5, maxLength: 12 }),
        fc.array(fc.constantFrom('amount', 'period', 'missing-in-bill', 'duplicate', 'unknown-in-bill'), {
          minLength: 1,
          maxLength: 5,
        }),
        (sales, plants) => {
          const orders = billOf(sales.map((each) => ({ ...each, refunded: false })));
          const bill = orders.map((cells) => [...cells]);
          const expected: string[] = [];
          for (const [place, plant] of plants.entries()) {
            const row = bill[place];
            if (!row) continue;
            const id = row[at('Order line ID')] ?? '';
            expected.push(`${plant} ${plant === 'unknown-in-bill' ? `NEW-${place}` : id}`);
            if (plant === 'amount') row[at('Settlement amount')] = '0.5';
            if (plant === 'period') row[at('Period')] = '202403';
            if (plant === 'duplicate') bill.push([...row]);
            if (plant === 'unknown-in-bill') bill.push(row.with(at('Order line ID'), `NEW-${place}`));
          }
          const gone = plants.flatMap((plant, place) => (plant === 'missing-in-bill' ? [place] : []));
          const kept = bill.filter((_, place) => !gone.includes(place));
          expect(kinds(run(kept, without(orders, 'Period', 'Settlement amount')))).toEqual(expected.toSorted());
        },
      ),
      { numRuns: 25 },
    );
  });

  const [order = []] = billOf([{ cents: 120_000, day: 5, share: '0.95', refunded: false }]);
  const changed = (changes: Record<string, string>, row: Cells = order) =>
    row.map((cell, place) => changes[columns[place] ?? ''] ?? cell);

  it.each([
    '2024-02-05',
    '2024/2/5',
    '2024.02.05 9:30',
    '2024年2月5日',
    '20240205',
    '2024-2-5 09:30:00',
    '2024/2/5 9:30 +08:00',
  ])('reads a day as people write it: %s', (written) => {
    const list = without([changed({ 'Effective time': written })], 'Period', 'Settlement amount');
    expect(run([order], list)).toMatchObject({ matched: 1, differences: [], outside: 0 });
  });

  it.each(['05/01/2024', '2024-02-30', '2024年13月5日', '20241305', '45296'])(
    'refuses a day that may be another: %s',
    (written) => {
      expect(() => run([order], [changed({ 'Effective time': written })])).toThrow(
        /row 2, column .*a date such as 2024-01-05/,
      );
    },
  );

  it.each(['1200', '1,200.00', '¥1,200.00', '￥1，200.0000000000', 'CNY 1200', '1200.00元', '+1200'])(
    'reads an amount as people write it: %s',
    (written) => {
      const list = without([changed({ 'Transaction amount': written })], 'Settlement amount');
      expect(run([order], list)).toMatchObject({ matched: 1, differences: [] });
    },
  );

  it.each(['1200,00', '1.200,00', '12,00.00', '1.2E+3', 'NaN', '12-', '(1200'])(
    'refuses an amount instead of making another of it: %s',
    (written) => {
      expect(() => run([order], [changed({ 'Transaction amount': written })])).toThrow(
        /row 2, column "Transaction amount": a number such as 1140.00 or 1,140.00/,
      );
    },
  );

  it('takes a refund with its amount in brackets, below zero, or above it', () => {
    const pair = billOf([{ cents: 120_000, day: 5, share: '0.95', refunded: true }]);
    for (const written of ['(1,200.00)', '−1200', '1200']) {
      const list = pair.map((cells) =>
        cells[at('Order number')] === 'RF0' ? changed({ 'Transaction amount': written }, cells) : cells,
      );
      expect(kinds(run(pair, without(list, 'Settlement amount')))).toEqual([]);
    }
  });

  it('explains an amount by the formula and by what the files say differently (S3-3a, 5.2)', () => {
    const bill = [changed({ 'Seller share': '0.9', 'Settlement amount': '1080' })];
    expect(run(bill, without([order], 'Settlement amount')).differences).toEqual([
      {
        orderLineId: 'CS0-000001',
        kind: 'amount',
        expected: '1140.00',
        seen: '1080.00',
        reason:
          'order line CS0-000001 is billed with 60 less than expected: the bill has the seller share 0.9, the list 0.95',
        derivation: [
          { rule: 'S3-1', text: '1200', value: '1200' },
          { rule: 'S3-3c', text: '1200 × (1 − 0.05)', value: '1140' },
        ],
        billRow: 2,
        ordersRow: 2,
      },
    ]);
  });

  it('takes a refund by its original and its own number, with the ratio of the original (S3-22, S3-25)', () => {
    const pair = billOf([{ cents: 120_000, day: 5, share: '0.95', refunded: true }]);
    const wrong = pair.map((cells) =>
      cells[at('Order number')] === 'RF0' ? changed({ 'Settlement amount': '-1200' }, cells) : cells,
    );
    const [difference] = run(wrong, without(pair, 'Settlement amount')).differences;
    expect(difference).toMatchObject({
      kind: 'amount',
      originalOrderLineId: 'CS0-000001',
      expected: '-1140.00',
      seen: '-1200.00',
    });
    expect(difference?.derivation).toEqual([{ rule: 'S3-25', text: '−(1200 × 1140 / 1200)', value: '-1140' }]);
    const positive = pair.map((cells) =>
      cells[at('Order number')] === 'RF0' ? changed({ 'Settlement amount': '1140' }, cells) : cells,
    );
    expect(kinds(run(positive, pair))).toEqual(['amount RF0-000001']);
  });

  it('says by which condition a line belongs to another month, in the zone of the site (S2-11)', () => {
    const list = without([changed({ 'Effective time': '2024-01-31T16:00:00Z' })], 'Period');
    expect(run([order], list).differences).toEqual([]); // midnight of 1 February in Beijing
    const early = without([changed({ 'Effective time': '2024-01-31T15:59:59Z' })], 'Period');
    expect(run([order], early).differences).toMatchObject([{ kind: 'period', expected: '202401', seen: '202402' }]);
    expect(run([order], early).differences[0]?.reason).toMatch(/\(in effect, S2-5\); what becomes known after/);
  });

  it('leaves out what the bill does not concern: other months, trials, what is not paid, repaid, completed', () => {
    const names = [...columns, 'Order status', 'Supervision status', 'Repayment status'];
    const more = (status: string, supervision: string, repayment: string, changes: Record<string, string> = {}) => [
      ...changed({ 'Order line ID': `X${status}${supervision}${repayment}`, ...changes }),
      status,
      supervision,
      repayment,
    ];
    const list = [
      [...order, '', '', ''],
      more('', '', '', { 'Order line ID': 'other month', Period: '202403' }),
      more('', '', '', { 'Order line ID': 'later', Period: '', 'Effective time': '' }),
      more('', '', '', { 'Order line ID': 'trial', 'Order type': '试用' }),
      more('待付款', '', ''),
      more('', '监管中', ''),
      more('', '', '未还款'),
    ];
    const result = run([order], list, 'en', names);
    // nothing in the list says that "later" is not due
    expect(kinds(result)).toEqual(['missing-in-bill later']);
    expect(result).toMatchObject({ matched: 1, outside: 5 });
    const billed = run([changed({ 'Order line ID': 'X监管中' })], [more('', '监管中', '')], 'en', names);
    expect(billed.differences).toMatchObject([
      { kind: 'period', reason: expect.stringMatching(/although service supervision is not completed \(S2-4\)/) },
    ]);
  });

  it('reads rows of a list of transactions that are billed, and compares a total that is printed (5.2)', () => {
    const headed = [...columns, '出账状态'];
    const bill = rowsOf(
      table('bill', headed, [
        [...order, '已出账'],
        [...changed({ 'Order line ID': 'CS9-000001' }), '未出账'],
        ['合计', ...columns.slice(1).map((name) => (name === 'Settlement amount' ? '1,140.02' : '')), ''],
      ]),
      'Asia/Shanghai',
    );
    const result = reconcile(bill, rowsOf(table('orders', columns, [order]), 'Asia/Shanghai'), 'CN');
    expect(result.differences).toMatchObject([{ kind: 'amount', expected: '1140.00', seen: '1140.02', billRow: 4 }]);
  });

  it.each([
    [['Order line', '订单行ID'], [['a', 'b']], /mean the same/],
    [['Period', 'Amount'], [['202401', '1']], /no column of order line ids/],
    [
      ['Order line ID', 'Settlement amount'],
      [
        ['a', '1'],
        ['b', 'x1'],
      ],
      /^bill: row 3, column "Settlement amount": a number .* not "x1"/,
    ],
    [['Order line ID', 'Seller share'], [['a', 'much']], /row 2, column "Seller share": a ratio/],
    [['Order line ID', 'Period'], [['a', '202413']], /row 2, column "Period": a month/],
    [['Order line ID', '生效时间'], [['a', '2024-02-30']], /row 2, column "生效时间": a date/],
    [['Order line ID', 'Order type'], [['a', 'gift']], /row 2, column "Order type"/],
    [['Order line ID', 'Quantity'], [['', '1']], /row 2, column "Order line ID": the id of an order line/],
  ])('refuses by row and column what can not be right: %j', (heading, rows, message) => {
    expect(() => rowsOf(table('bill', heading, rows), 'Asia/Shanghai')).toThrow(message);
  });

  it.each([
    ['settlementAmount', 'settlementAmount'],
    ['结算金额（含税）', 'settlementAmount'],
    ['Settlement amount (incl. tax)', 'settlementAmount'],
    ['order_line_id', 'orderLineId'],
    ['订单行 ID', 'orderLineId'],
    ['账单ID / 账期', 'billId'],
    ['colour', null],
  ])('knows the column %s', (heading, field) => {
    expect(fieldOf(heading)).toBe(field);
  });
});
