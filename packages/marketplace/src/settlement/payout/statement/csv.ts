/**
 * A statement as a table, as banks' sites export them: Chinese or English headings, lines above the heading and sums
 * below the entries are passed over. Pure.
 */
import { type CsvRow, csvRows } from './csv-rows.ts';
import type { Statement, StatementEntry } from './entry.ts';
import { type FaultRule, MOST_FAULTS, type StatementFault } from './faults.ts';
import { amountOf, dayOf } from './values.ts';

const FIELDS = {
  date: ['记账日期', '交易日期', '入账日期', '记账日', '交易日', '日期', 'booking date', 'transaction date', 'date'],
  amount: ['金额', '交易金额', '发生额', 'amount', 'transaction amount'],
  debit: ['借方金额', '借方发生额', '支出金额', '支出', 'debit', 'debit amount', 'paid out', 'withdrawal'],
  credit: ['贷方金额', '贷方发生额', '收入金额', '收入', 'credit', 'credit amount', 'paid in', 'deposit'],
  direction: ['借贷方向', '借贷标志', '借贷', '收支方向', '收支', 'direction', 'debit/credit', 'dr/cr', 'd/c'],
  currency: ['币种', '货币', 'currency', 'ccy'],
  endToEndId: [
    '申付单号',
    '端到端标识',
    '客户参考号',
    '付款编号',
    'requisition',
    'end-to-end id',
    'endtoendid',
    'customer reference',
  ],
  bankReference: ['流水号', '交易流水号', '银行流水号', 'bank reference', 'transaction id', 'reference number'],
  name: ['对方户名', '对方名称', '收款人名称', '户名', 'counterparty name', 'counterparty', 'payee', 'name'],
  account: ['对方账号', '对方帐号', '收款人账号', 'counterparty account', 'payee account', 'beneficiary account'],
  remark: ['附言', '摘要', '用途', '备注', 'remark', 'remittance information', 'description', 'details', 'purpose'],
  reason: ['退汇原因', '退回原因', 'return reason'],
  own: ['本方账号', '本方帐号', 'own account', 'account number'],
} as const;
type Field = keyof typeof FIELDS;
const FIELD_NAMES: readonly Field[] = Object.keys(FIELDS).filter((key): key is Field => key in FIELDS);

/** banks put their name, the account and a period above the heading */
const MOST_LINES_ABOVE = 30;

/** @param currency of entries that do not name one */
export function readCsv(text: string, currency: string): Statement | readonly StatementFault[] {
  const rows = csvRows(text);
  if (!Array.isArray(rows)) return [rows];
  if (rows.length === 0) return [{ place: 'file', rule: 'EMPTY', seen: '' }];
  const heading = rows.slice(0, MOST_LINES_ABOVE).findIndex(isHeading);
  const titles = rows[heading];
  if (titles === undefined)
    return [{ place: 'line 1', rule: 'HEADING', seen: rows[0]?.cells.join(',').slice(0, 80) ?? '' }];
  const places = new Map<Field, number>();
  for (const [place, title] of titles.cells.entries()) {
    const field = fieldOf(title);
    if (field === null) continue;
    // several columns of remarks are common, and say the same in other words
    if (places.has(field) && field === 'remark') continue;
    if (places.has(field)) return [{ place: `line ${titles.line}`, rule: 'DOUBLE_COLUMN', seen: title.slice(0, 80) }];
    places.set(field, place);
  }
  const faults: StatementFault[] = [];
  const entries: StatementEntry[] = [];
  const owns = new Set<string>();
  for (const row of rows.slice(heading + 1)) {
    const cell = (field: Field): string => cellText(row.cells[places.get(field) ?? -1] ?? '');
    if (isTotal(row) && dayOf(cell('date')) === null) continue;
    const entry = entryOf(row, cell, currency, faults);
    if (entry) entries.push(entry);
    if (cell('own') !== '') owns.add(cell('own'));
    if (faults.length >= MOST_FAULTS) break;
  }
  if (faults.length > 0) return faults;
  const [account = null] = owns.size === 1 ? owns : [];
  return { format: 'CSV', account, entries, notBooked: 0 };
}

function entryOf(
  { line }: CsvRow,
  cell: (field: Field) => string,
  otherwise: string,
  faults: StatementFault[],
): StatementEntry | null {
  const fault = (rule: FaultRule, seen: string): null => {
    faults.push({ place: `line ${line}`, rule, seen: seen.slice(0, 80) });
    return null;
  };
  const optional = (field: Field): string | null => (cell(field) === '' ? null : cell(field));
  const bookedOn = dayOf(cell('date')) ?? fault('DATE', cell('date'));
  const moved = movedBy(cell);
  const amount = moved.amount === null ? fault('AMOUNT', moved.seen) : moved.amount;
  const direction =
    moved.amount !== null && moved.direction === null ? fault('DIRECTION', moved.seen) : moved.direction;
  const currency = currencyOf(cell('currency'), otherwise) ?? fault('CURRENCY', cell('currency'));
  if (bookedOn === null || amount === null || direction === null || currency === null) return null;
  const [endToEndId, remark] = [optional('endToEndId'), optional('remark')];
  return {
    place: `line ${line}`,
    ...{ direction, bookedOn, amount, currency },
    // a bank that has no column for it repeats what the payment was for
    endToEndId: endToEndId ?? (remark !== null && /^R-[A-Z0-9-]{3,33}$/.test(remark) ? remark : null),
    bankReference: optional('bankReference'),
    name: optional('name'),
    account: optional('account'),
    remark,
    reversal: false,
    reason: optional('reason'),
  };
}

/** One column and its direction or sign, or one column for each direction. */
function movedBy(cell: (field: Field) => string): {
  amount: string | null;
  direction: 'DEBIT' | 'CREDIT' | null;
  seen: string;
} {
  const filled = (['debit', 'credit'] as const).filter((field) => !/^([-—]|0(\.0+)?)?$/.test(cell(field)));
  const [only] = filled;
  if (cell('amount') === '' && only !== undefined && filled.length === 1) {
    const seen = cell(only);
    return { amount: amountOf(seen.replace(/^-/, '')), direction: only === 'debit' ? 'DEBIT' : 'CREDIT', seen };
  }
  const written = cell('amount');
  const negative = /^[-−(]/.test(written);
  const amount = amountOf(written.replaceAll(/^[-−+(]|\)$/g, ''));
  const named = directionOf(cell('direction'));
  if (cell('direction') !== '') return { amount, direction: named, seen: named === null ? cell('direction') : written };
  return { amount, direction: negative ? 'DEBIT' : 'CREDIT', seen: written };
}

function directionOf(written: string): 'DEBIT' | 'CREDIT' | null {
  if (/^(借|借方|支出|支|付款|出账|dbit|debit|dr|d|out)$/i.test(written)) return 'DEBIT';
  return /^(贷|贷方|收入|收|收款|入账|crdt|credit|cr|c|in)$/i.test(written) ? 'CREDIT' : null;
}

function currencyOf(written: string, otherwise: string): string | null {
  if (written === '') return otherwise;
  if (/^(人民币元?|RMB|元)$/i.test(written)) return 'CNY';
  if (/^(美元|美金)$/.test(written)) return 'USD';
  if (written === '欧元') return 'EUR';
  return /^[A-Z]{3}$/.test(written) ? written : null;
}

/** A line that adds up others is no payment. */
const isTotal = ({ cells }: CsvRow): boolean =>
  cells.some((each) => /^(合计|总计|小计|(sub)?total\b)/i.test(each.trim()));

const isHeading = ({ cells }: CsvRow): boolean => {
  const fields = new Set(cells.map(fieldOf));
  return fields.has('date') && (['amount', 'debit', 'credit'] as const).some((field) => fields.has(field));
};
/** Case, spaces and what stands in brackets do not count. */
function fieldOf(title: string): Field | null {
  const plain = title
    .toLowerCase()
    .replaceAll(/[(（[].*?[)）\]]/g, '')
    .replaceAll(/[\s*:：]+/g, ' ')
    .trim();
  const names = (field: Field): readonly string[] => FIELDS[field];
  return FIELD_NAMES.find((field) => names(field).includes(plain)) ?? null;
}
/** A mark in front keeps a spreadsheet from counting with an account or from taking a text for a formula. */
const cellText = (cell: string): string =>
  cell
    .trim()
    .replace(/^['`=]+(?=[\d"+\-@])/, '')
    .replaceAll(/^"|"$/g, '')
    .trim();
