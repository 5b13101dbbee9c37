/** What an invoice of a seller to the marketplace must be (settlement.md 5.4). Pure. */
import { decimal } from '../../../platform/money.ts';
import type { Site } from '../../../platform/site.ts';
import { type Day, monthLater, type Period } from '../../calendar.ts';
import type { TaxedAmount } from '../amounts.ts';

export const SUPPLY_STATES = ['SUBMITTED', 'VERIFIED', 'REJECTED'] as const;
export type SupplyState = (typeof SUPPLY_STATES)[number];

/** S5-28: what an invoice of the other sites names besides */
export const INTL_FIELDS = [
  'companyName',
  'partnerVatNo',
  'bankAccountNo',
  'beneficiary',
  'bankName',
  'bankAddress',
  'swift',
  'billTo',
  'huaweiVatNo',
  'serviceItem',
] as const;
export type IntlField = (typeof INTL_FIELDS)[number];

export interface InvoiceEntry extends TaxedAmount {
  readonly number: string;
  /** of paper and electronic invoices; fully digital ones have none */
  readonly code: string | null;
  readonly issuedOn: Day;
  readonly remark: string;
  readonly details: Readonly<Partial<Record<IntlField, string>>>;
}

/** What is demanded for a requisition: its invoice list (开票清单). */
export interface Demand {
  readonly requisitionId: string;
  readonly site: Site;
  readonly periods: readonly Period[];
  readonly list: readonly TaxedAmount[];
  readonly today: Day;
}

export interface InvoiceFault {
  readonly rule: string;
  readonly text: string;
  /** which invoice, from 0; null = all together */
  readonly place: number | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** S5-24: due within one month of the notice */
export const dueOn = (noticeDay: Day): Day => monthLater(noticeDay);

/** Items of one invoice are rounded one by one, so its tax may differ by this much from that of its sum [chosen]. */
const TAX_TOLERANCE = '0.06';

/** Every fault, in the order in which a person would look: each invoice, then what they are together. */
export function invoiceFaults(demand: Demand, entries: readonly InvoiceEntry[]): InvoiceFault[] {
  return [
    ...entries.flatMap((entry, place) => faultsOf(demand, entry, place, entries)),
    ...totalFaults(demand, entries),
  ];
}

function faultsOf(
  { requisitionId, site, periods, today }: Demand,
  entry: InvoiceEntry,
  place: number,
  all: readonly InvoiceEntry[],
): InvoiceFault[] {
  const { number, code, issuedOn, net, tax, gross, rate, remark } = entry;
  const found: InvoiceFault[] = [];
  const fault = (rule: string, text: string, facts: Record<string, string> = {}) =>
    found.push({ rule, text, place, facts: { number, ...facts } });
  if (site === 'CN' && !isChineseNumber(number, code))
    fault('S5-23', 'a VAT invoice has 20 digits, or 8 digits and a code of 10 or 12');
  if (all.findIndex((each) => each.number === number && each.code === code) < place)
    fault('S5-26', 'the same invoice stands in the list twice');
  if (issuedOn > today) fault('S5-27', 'an invoice is not dated in the future', { issuedOn });
  if (!decimal(net).plus(tax).equals(gross))
    fault('S1-9', 'amount without tax + tax is not the amount with tax', { net, tax, gross });
  else if (decimal(net).times(rate).minus(tax).abs().greaterThan(TAX_TOLERANCE))
    fault('S1-8', 'the tax is not the rate of the amount without tax', { net, tax, rate });
  if (site === 'CN') {
    const missing = [requisitionId, ...periods].filter((part) => !remark.includes(part));
    if (missing.length > 0)
      fault('S5-25', 'the remark must hold the requisition number and the periods', { missing: missing.join(', ') });
  } else {
    const missing = INTL_FIELDS.filter((field) => (entry.details[field] ?? '').trim() === '');
    if (missing.length > 0) fault('S5-28', 'the invoice must name these', { missing: missing.join(', ') });
  }
  return found;
}

/** S5-25, S5-27: at each rate of the list, to the cent; at no other. */
function totalFaults({ list }: Demand, entries: readonly InvoiceEntry[]): InvoiceFault[] {
  const entered = new Map<string, ReturnType<typeof decimal>>();
  for (const { rate, gross } of entries) {
    const key = decimal(rate).toFixed();
    entered.set(key, (entered.get(key) ?? decimal('0')).plus(gross));
  }
  const differing = list.flatMap(({ rate, gross }): InvoiceFault[] => {
    const sum = entered.get(rate) ?? decimal('0');
    const facts = { rate, expected: gross, seen: sum.toFixed(2) };
    return sum.equals(gross)
      ? []
      : [{ rule: 'S5-27', text: 'the invoices of a rate must add up to the invoice list', place: null, facts }];
  });
  const unknown = [...entered.keys()].filter((rate) => !list.some((each) => each.rate === rate));
  return [
    ...differing,
    ...unknown.map((rate) => ({
      rule: 'S5-25',
      text: 'the rate is not on the invoice list',
      place: null,
      facts: { rate },
    })),
  ];
}

function isChineseNumber(number: string, code: string | null): boolean {
  if (code === null) return /^\d{20}$/.test(number);
  return /^\d{8}$/.test(number) && /^(\d{10}|\d{12})$/.test(code);
}
