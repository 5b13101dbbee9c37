import type { InvoiceKindName, InvoiceTitleView, NewTitle } from '@jishi/marketplace/console-api';

/** Whom an invoice is made out to and where it goes, as typed; the server's rules said before it is asked (B-101). Pure. */
export interface TitleDraft {
  readonly type: InvoiceTitleView['title']['type'];
  readonly name: string;
  readonly taxNumber: string;
  readonly address: string;
  readonly phone: string;
  readonly bank: string;
  readonly account: string;
  readonly email: string;
  readonly receiver: string;
  readonly receiverPhone: string;
  readonly receiverAddress: string;
}
export const titleTypes = ['ENTERPRISE', 'ORGANISATION', 'PERSONAL'] as const;

export const emptyTitle: TitleDraft = {
  ...{ type: 'ENTERPRISE', name: '', taxNumber: '', address: '', phone: '', bank: '', account: '' },
  ...{ email: '', receiver: '', receiverPhone: '', receiverAddress: '' },
};

export const draftOf = ({ title, receiver }: InvoiceTitleView): TitleDraft => ({
  ...{ type: title.type, name: title.name, taxNumber: title.taxNumber ?? '', address: title.address ?? '' },
  ...{ phone: title.phone ?? '', bank: title.bank ?? '', account: title.account ?? '' },
  ...{ email: receiver.email ?? '', receiver: receiver.name ?? '' },
  ...{ receiverPhone: receiver.phone ?? '', receiverAddress: receiver.address ?? '' },
});

export function titleRequestOf(draft: TitleDraft): Omit<NewTitle, 'titleId'> {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const { type, name, email } = draft;
  return {
    title: {
      ...{ type, name: name.trim(), taxNumber: orNull(draft.taxNumber.toUpperCase()), address: orNull(draft.address) },
      ...{ phone: orNull(draft.phone), bank: orNull(draft.bank), account: orNull(draft.account) },
    },
    receiver: {
      ...{ email: orNull(email), name: orNull(draft.receiver) },
      ...{ phone: orNull(draft.receiverPhone), address: orNull(draft.receiverAddress) },
    },
  };
}

export const isPaper = (kind: InvoiceKindName): boolean => kind.endsWith('_PAPER');
export type TitleFault = 'name' | 'taxNumber' | 'person' | 'email' | 'address';

/** @param kind null = a title that is only kept */
export function titleFaultOf(draft: TitleDraft, kind: InvoiceKindName | null): TitleFault | null {
  const special = kind?.startsWith('SPECIAL_') ?? false;
  if (draft.name.trim() === '') return 'name';
  if (special && draft.type === 'PERSONAL') return 'person';
  const taxNumber = draft.taxNumber.trim().toUpperCase();
  if (taxNumber === '' ? special || draft.type === 'ENTERPRISE' : !/^[0-9A-Z]{5,20}$/.test(taxNumber))
    return 'taxNumber';
  if (draft.email.trim() === '' ? kind !== null && !isPaper(kind) : !/^\S+@\S+\.\S+$/.test(draft.email.trim()))
    return 'email';
  const posted = [draft.receiver, draft.receiverPhone, draft.receiverAddress].every((text) => text.trim() !== '');
  return kind !== null && isPaper(kind) && !posted ? 'address' : null;
}
