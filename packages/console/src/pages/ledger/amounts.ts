import type { LedgerTrialRow } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { subtractDecimal } from '../../format/decimal.ts';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

type AccountType = LedgerTrialRow['type'];

/** A balance on the side on which its account grows: what is owed to somebody is no negative number to a reader. */
export const onItsSide = (type: AccountType, balance: string): string =>
  type === 'asset' || type === 'expense' ? balance : subtractDecimal('0', balance);

export function useLedgerMoney(): (amount: string, currency: string) => string {
  const { language } = usePreferences();
  return (amount, currency) => formatMoney({ amount, currency }, language);
}

const kinds = [
  'TOP_UP',
  'PAYMENT',
  'REFUND',
  'BILL',
  'PAYOUT',
  'ADJUSTMENT',
  'GRANT',
  'WITHDRAWAL',
  'REPAYMENT',
  'USAGE',
] as const;

/** What an entry records, in words. */
export function useEntryWords(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = kinds.find((one) => one === kind);
    return known === undefined ? kind : t(`ledger.kind.${known}`);
  };
}

/** `202601` as `2026-01`. */
export const monthName = (month: string): string => `${month.slice(0, 4)}-${month.slice(4)}`;
