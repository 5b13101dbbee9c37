import type { FileRefView, InvoiceDemandDetail, NewSupplyInvoices } from '@jishi/marketplace/console-api';
import { addDecimal, isDecimal } from '../../format/decimal.ts';

/** What a seller types of its invoices before they are sent: one to begin with for each rate of the list. Pure. */
export interface InvoiceDraft {
  readonly key: number;
  readonly number: string;
  readonly code: string;
  readonly issuedOn: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly remark: string;
  readonly details: Readonly<Record<string, string>>;
  readonly file: FileRefView | null;
}

/** S5-28 */
export const intlFields = [
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

export const draftsOf = ({ list, remark }: InvoiceDemandDetail): InvoiceDraft[] =>
  list.map((taxed, key) => ({ key, number: '', code: '', issuedOn: '', ...taxed, remark, details: {}, file: null }));

/** one more, for the rate of the one before */
export const another = (drafts: readonly InvoiceDraft[], remark: string): InvoiceDraft => ({
  ...{ key: Math.max(0, ...drafts.map(({ key }) => key)) + 1, number: '', code: '', issuedOn: '' },
  ...{ rate: drafts.at(-1)?.rate ?? '', net: '', tax: '', gross: '', remark, details: {}, file: null },
});

/** What is entered at a rate so far; null while an amount is no number. */
export function enteredAt(drafts: readonly InvoiceDraft[], rate: string): string | null {
  const own = drafts.filter((draft) => draft.rate === rate).map(({ gross }) => gross.trim());
  return own.every((gross) => isDecimal(gross))
    ? own.reduce<string>((sum, gross) => addDecimal(sum, gross), '0')
    : null;
}

/** The first member that is not filled in: with the place of its invoice. */
export function gapIn(drafts: readonly InvoiceDraft[], site: string): { place: number; member: string } | null {
  for (const [place, draft] of drafts.entries()) {
    for (const member of ['number', 'issuedOn', 'net', 'tax', 'gross'] as const)
      if (draft[member].trim() === '') return { place, member };
    if (site !== 'CN')
      for (const field of intlFields) if ((draft.details[field] ?? '').trim() === '') return { place, member: field };
    if (draft.file === null) return { place, member: 'file' };
  }
  return null;
}

export const requestOf = (drafts: readonly InvoiceDraft[], site: string): NewSupplyInvoices => ({
  invoices: drafts.map(({ number, code, issuedOn, rate, net, tax, gross, remark, details, file }) => ({
    ...{ number: number.trim(), code: code.trim() === '' ? null : code.trim(), issuedOn, rate },
    ...{ net: net.trim(), tax: tax.trim(), gross: gross.trim(), remark: remark.trim() },
    ...(site === 'CN' ? {} : { details: { ...details } }),
    fileId: file?.fileId ?? '',
  })),
});
