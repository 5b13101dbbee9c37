import type { NewVoucher } from '../../api/offers.ts';
import type { ListedBuyerView } from '../../api/sales.ts';
import { compareDecimal } from '../../format/decimal.ts';

/** A voucher while it is being written (S-56, S9-5): what is still wrong, and what is published. Pure. */
export interface VoucherDraft {
  readonly name: string;
  readonly faceValue: string;
  /** empty = from any sum on */
  readonly minimumSpend: string;
  readonly items: readonly VoucherDraftItem[];
  readonly modes: readonly NewVoucher['modes'][number][];
  readonly withOffers: boolean;
  readonly claimable: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly total: number | null;
  readonly buyers: readonly ListedBuyerView[];
}

export interface VoucherDraftItem {
  readonly key: string;
  readonly goodsId: string | undefined;
  readonly specificationId: string | undefined;
}

export type VoucherFault =
  | 'name'
  | 'faceValue'
  | 'minimumSpend'
  | 'items'
  | 'modes'
  | 'to'
  | 'total'
  | 'tooMany'
  | 'nobody';

const amount = /^\d{1,9}(\.\d{1,2})?$/;

/** The first thing that is missing or wrong, in the order of the form; null = it can be published. */
export function voucherFault(draft: VoucherDraft): VoucherFault | null {
  if (draft.name.trim() === '') return 'name';
  if (!amount.test(draft.faceValue) || compareDecimal(draft.faceValue, '0') <= 0) return 'faceValue';
  if (draft.minimumSpend !== '' && !amount.test(draft.minimumSpend)) return 'minimumSpend';
  if (draft.items.length === 0 || draft.items.some(({ goodsId }) => goodsId === undefined)) return 'items';
  if (draft.modes.length === 0) return 'modes';
  if (draft.validFrom === null || draft.validTo === null || draft.validTo <= draft.validFrom) return 'to';
  if (draft.total === null || draft.total < 1) return 'total';
  if (draft.buyers.length > draft.total) return 'tooMany';
  // a voucher that nobody has and nobody can claim is good for nothing
  return !draft.claimable && draft.buyers.length === 0 ? 'nobody' : null;
}

/** What is published; null while something is wrong that the form shows. */
export function newVoucherOf(draft: VoucherDraft): NewVoucher | null {
  const { validFrom, validTo, total } = draft;
  if (voucherFault(draft) !== null || validFrom === null || validTo === null || total === null) return null;
  return {
    name: draft.name.trim(),
    faceValue: draft.faceValue,
    minimumSpend:
      draft.minimumSpend === '' || compareDecimal(draft.minimumSpend, '0') === 0 ? null : draft.minimumSpend,
    items: draft.items.flatMap(({ goodsId, specificationId }) =>
      goodsId === undefined ? [] : [{ goodsId, specificationId: specificationId ?? null }],
    ),
    modes: [...draft.modes],
    withOffers: draft.withOffers,
    claimable: draft.claimable,
    validFrom,
    validTo,
    total,
    buyers: [...draft.buyers],
  };
}
