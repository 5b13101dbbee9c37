/** Rows of a bill or an order list out of the cells of a file; what can not be right is refused by row and column. */
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { ProductClass } from '../facts.ts';
import { readInstant } from '../scenario.ts';
import { type Field, fieldOf } from './columns.ts';

/** A file as texts; the first line with content is the heading. */
export interface Table {
  readonly name: string;
  readonly heading: readonly string[];
  readonly rows: readonly TableRow[];
}
export interface TableRow {
  /** of the file, from 1 */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A file that can not be used; the message names file, row and column. */
export class TableFault extends Error {
  override name = 'TableFault';
}

type RowKind = 'NEW' | 'RENEWAL' | 'CHANGE' | 'REFUND' | 'USAGE' | 'ADJUSTMENT' | 'TRIAL';

export interface Row {
  readonly row: number;
  readonly orderLineId: string;
  readonly orderNo: string;
  /** refunds only (S3-22) */
  readonly originalOrderLineId: string;
  readonly kind: RowKind;
  readonly productClass: ProductClass | null;
  readonly period: string | null;
  readonly instants: Readonly<Partial<Record<InstantField, Date>>>;
  readonly numbers: Readonly<Partial<Record<NumberField, Decimal>>>;
  /** why it can not be billed yet, by what its own states say; null = nothing speaks against it */
  readonly waiting: { readonly rule: string; readonly text: string } | null;
  /** of a bill: the row says itself that no bill holds it */
  readonly unbilled: boolean;
}
export interface Rows {
  readonly name: string;
  readonly fields: ReadonlySet<Field>;
  readonly rows: readonly Row[];
  /** a line that sums up the others; null = there is none */
  readonly total: { readonly row: number; readonly amount: Decimal } | null;
}

const INSTANTS = [
  'transactionTime',
  'paidTime',
  'effectiveTime',
  'supervisionCompletedTime',
  'repaidTime',
  'refundCompletedTime',
] as const;
export type InstantField = (typeof INSTANTS)[number];
const RATIOS = ['sellerShare', 'feeRatio', 'increment', 'managementFeeRatio', 'taxRate'] as const;
const AMOUNTS = [
  'unitPrice',
  'duration',
  'quantity',
  'transactionAmount',
  'voucherDeduction',
  'cashConsumption',
  'managementFee',
  'settlementAmount',
] as const;
export type NumberField = (typeof AMOUNTS)[number] | (typeof RATIOS)[number];

/** @throws TableFault */
export function rowsOf(table: Table, timeZone: string): Rows {
  const places = placesOf(table);
  const rows: Row[] = [];
  let total: Rows['total'] = null;
  for (const { row, cells } of table.rows) {
    const text = (field: Field): string => cellText(cells[places.get(field) ?? -1] ?? '');
    const refuse = (field: Field, expected: string): never => {
      throw new TableFault(
        `${table.name}: row ${row}, column "${table.heading[places.get(field) ?? -1]}": ${expected} expected, not "${text(field)}"`,
      );
    };
    const numbers = numbersOf(text, refuse);
    const [orderLineId, originalOrderLineId] = [text('orderLineId'), text('originalOrderLineId')];
    if (orderLineId === '' && originalOrderLineId === '') {
      if (cells.some((cell) => /^(合计|总计|sum|total)$/i.test(cellText(cell))) && numbers.settlementAmount) {
        total = { row, amount: numbers.settlementAmount };
        continue;
      }
      refuse('orderLineId', 'the id of an order line');
    }
    const kind = kindOf(text('orderType'), originalOrderLineId, refuse);
    if (kind === 'REFUND' && orderLineId === '' && text('orderNo') === '') refuse('orderNo', 'the number of a refund');
    rows.push({
      row,
      orderLineId,
      originalOrderLineId,
      orderNo: text('orderNo'),
      kind,
      productClass: classOf(text('productClass'), refuse),
      period: periodOf(text('period') || text('billId'), text('period') !== '', refuse),
      instants: instantsOf(text, timeZone, refuse),
      numbers,
      waiting: waitingOf(text, kind),
      unbilled: /^(待出账|未出账|不出账|unbilled|in the next bill|never billed)$/i.test(text('billingStatus')),
    });
  }
  return { name: table.name, fields: new Set(places.keys()), rows, total };
}

type Refuse = (field: Field, expected: string) => never;
type Text = (field: Field) => string;

function placesOf({ name, heading }: Table): Map<Field, number> {
  const places = new Map<Field, number>();
  for (const [place, title] of heading.entries()) {
    const field = fieldOf(title);
    if (field === null) continue;
    const other = places.get(field);
    if (other !== undefined)
      throw new TableFault(`${name}: the columns "${heading[other]}" and "${title}" mean the same`);
    places.set(field, place);
  }
  if (!places.has('orderLineId'))
    throw new TableFault(
      `${name}: there is no column of order line ids: "Order line ID" or "订单行ID" in the first row`,
    );
  return places;
}

/** Exports keep a spreadsheet from taking a text for a formula by an apostrophe in front. */
const cellText = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@|])/, '');

function numbersOf(text: Text, refuse: Refuse): Row['numbers'] {
  const numbers: Partial<Record<NumberField, Decimal>> = {};
  for (const field of [...AMOUNTS, ...RATIOS]) {
    const written = text(field);
    if (written === '' || written === '-' || written === '—') continue;
    const value = numberIn(written);
    if (value === null)
      return refuse(
        field,
        RATIOS.some((each) => each === field)
          ? 'a ratio such as 0.95'
          : 'a number such as 1140.00 or 1,140.00 (a comma separates thousands)',
      );
    numbers[field] = value;
  }
  return numbers;
}

/**
 * `1140.00`, `1,140.00`, `¥1,140.00`, `1140.00元`, `CNY 1140`, `95%`, `-8.1`, and as accountants write it `(8.1)`. Null for the rest:
 * of `1140,00` nobody should make a hundred times as much.
 */
function numberIn(written: string): Decimal | null {
  const plain = written.normalize('NFKC').replaceAll('−', '-').replaceAll(/\s/g, '');
  const [, open, sign, digits = '', percent, close] =
    /^(\()?(?:¥|\$|€|CNY|RMB|USD|EUR)?([+-]?)(?:¥|\$|€)?(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)(%?)(?:元|CNY|RMB|USD|EUR)?(\))?$/i.exec(
      plain,
    ) ?? [];
  if (digits === '' || digits.length > 40 || (open === undefined) !== (close === undefined)) return null;
  const amount = decimal(digits.replaceAll(',', '')).dividedBy(percent === '%' ? 100 : 1);
  return open !== undefined || sign === '-' ? amount.negated() : amount;
}

function instantsOf(text: Text, timeZone: string, refuse: Refuse): Row['instants'] {
  const instants: Partial<Record<InstantField, Date>> = {};
  for (const field of INSTANTS) {
    const written = text(field);
    if (written === '' || written === '-' || written === '—') continue;
    instants[field] =
      readInstant(isoOf(written), timeZone) ?? refuse(field, 'a date such as 2024-01-05 or 2024-01-05T10:30:00Z');
  }
  return instants;
}

/** `2024/1/5 9:30`, `2024.01.05`, `2024年1月5日`, `20240105`: the year comes first, so that nobody guesses which is the month. */
function isoOf(written: string): string {
  const [, year, month, day, time = ''] =
    /^(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\s*日)?(?:[ T]+(\S.*))?$/.exec(written) ??
    /^(\d{4})(\d{2})(\d{2})(?:[ T]+(\S.*))?$/.exec(written) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return written;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return time === '' ? date : `${date}T${time.replace(/^\d:/, '0$&').replace(/ +(?=[Z+-])/, '')}`;
}

/** @param strict a bill's id may be anything, a period may not */
function periodOf(written: string, strict: boolean, refuse: Refuse): string | null {
  if (written === '') return null;
  const [, year, month] =
    /^(20\d{2})[-/.年]?(0[1-9]|1[0-2])月?$/.exec(written) ?? /^(20\d{2})[-/.年]([1-9])月?$/.exec(written) ?? [];
  if (year !== undefined && month !== undefined) return `${year}${month.padStart(2, '0')}`;
  return strict ? refuse('period', 'a month such as 202401') : null;
}

function kindOf(written: string, original: string, refuse: Refuse): RowKind {
  if (original !== '') return 'REFUND';
  const kinds: readonly (readonly [RegExp, RowKind])[] = [
    [/^(新购|新订|转商用|new|trial[ _]to[ _]formal)?$/i, 'NEW'],
    [/^(续订|续费|renew|renewal)$/i, 'RENEWAL'],
    [/^(变更|升级|扩容|change|upgrade)$/i, 'CHANGE'],
    [/^(退订|退款|refund|unsubscribe)$/i, 'REFUND'],
    [/^(按需消费|按需|消费|usage|expenditure)$/i, 'USAGE'],
    [/^(调账|费用调账|adjustment)$/i, 'ADJUSTMENT'],
    [/^(试用|trial)$/i, 'TRIAL'],
  ];
  const found = kinds.find(([pattern]) => pattern.test(written));
  return found ? found[1] : refuse('orderType', 'New, Renewal, Change, Refund, Usage or Adjustment');
}

function classOf(written: string, refuse: Refuse): ProductClass | null {
  if (written === '') return null;
  const classes: readonly (readonly [RegExp, ProductClass])[] = [
    [/^(通用|通用商品|general|intl general)$/i, 'GENERAL'],
    [/^(联营|联营商品|joint|joint operation)$/i, 'JOINT'],
    [/^(严选自营|严选自营商品|yanxuan[ _]self([ -]run)?)$/i, 'YANXUAN_SELF'],
    [/^(严选|严选商品|yanxuan)$/i, 'YANXUAN'],
    [/^(华为|华为商品|华为自服务商品|huawei|self-service)$/i, 'HUAWEI'],
  ];
  const found = classes.find(([pattern]) => pattern.test(written));
  return found
    ? found[1]
    : refuse('productClass', 'General, Joint operation, Yanxuan, Yanxuan self-run or Self-service');
}

function waitingOf(text: Text, kind: RowKind): Row['waiting'] {
  if (kind === 'TRIAL') return { rule: 'S2-8', text: 'a trial is never billed' };
  const status = text('orderStatus');
  if (/^(待付款|待支付|已取消|待审核|pending[ _](payment|approval)|cancell?ed|waiting|closed)$/i.test(status))
    return { rule: 'S2-3', text: `the order is not paid (${status})` };
  if (/^(未还款|未结清|not repaid|open|unpaid)$/i.test(text('repaymentStatus')))
    return { rule: 'S2-3', text: 'the customer has not repaid' };
  if (/^(监管中|处理中|进行中|open|processing|in progress)$/i.test(text('supervisionStatus')))
    return { rule: 'S2-4', text: 'service supervision is not completed' };
  if (/^(处理中|processing)$/i.test(status)) return { rule: 'S2-5', text: 'the order is not completed' };
  return null;
}
