import type { BillState, ExportJobView, SettlementLine, SettlementPeriod } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { useBase } from '../../components/links.tsx';
import type { Tone } from '../../components/tones.ts';
import { isDecimal } from '../../format/decimal.ts';
import { localeOf } from '../../format/locale.ts';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** Tones of the states of settlement, and how its amounts and periods are written. */

export const billTone: Readonly<Record<BillState, Tone>> = {
  UNDER_REVIEW: 'run',
  TO_CONFIRM: 'wait',
  TO_COUNTERSIGN: 'run',
  COUNTERSIGNING: 'run',
  COUNTERSIGN_REJECTED: 'bad',
  REQUISITION_PENDING: 'run',
  REQUISITION_FAILED: 'bad',
  TO_INVOICE: 'wait',
  INVOICE_REVIEW: 'run',
  REQUISITION_REVIEW: 'run',
  PAYING: 'run',
  PAID: 'ok',
};
export const lineTone: Readonly<Record<SettlementLine['billing'], Tone>> = {
  BILLED: 'ok',
  READY: 'run',
  WAITING: 'wait',
  NEVER: 'idle',
  ERROR: 'bad',
};
export const periodTone: Readonly<Record<SettlementPeriod['state'], Tone>> = { OPEN: 'run', CLOSED: 'ok' };
export const exportTone: Readonly<Record<ExportJobView['state'], Tone>> = {
  WAITING: 'wait',
  RUNNING: 'run',
  DONE: 'ok',
  FAILED: 'bad',
};

/** The pages stand under both areas. */
export const useStaffBase = (): 'seller' | 'operator' => (useBase() === 'operator' ? 'operator' : 'seller');

/** Settlement writes amounts without their currency, which is the bill's. */
export function useMoney(): (amount: string, currency: string) => string {
  const { language } = usePreferences();
  return (amount, currency) => formatMoney({ amount, currency }, language);
}

/** A ratio as a percentage with all its decimals: 0.955 = 95.5 %. */
export function useRatio(): (ratio: string | null) => string {
  const { language } = usePreferences();
  const percent = new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 8 });
  return (ratio) => (ratio !== null && isDecimal(ratio) ? percent.format(ratio) : (ratio ?? '-'));
}

const ruleNames = [
  'S3-1',
  'S3-3a',
  'S3-3b',
  'S3-3c',
  'S3-3d',
  'S3-8',
  'S3-9',
  'S3-11',
  'S3-12',
  'S3-13',
  'S3-14',
  'S3-15',
  'S3-16',
  'S3-17',
  'S3-18',
  'S3-18a',
  'S3-18b',
  'S3-19',
  'S3-25',
  'S3-30',
  'S4-3',
] as const;

/** What a step of the computation does; null for a rule without words. */
export function useRuleWords(): (rule: string) => string | null {
  const { t } = useTranslation();
  return (rule) => {
    const named = ruleNames.find((one) => one === rule);
    return named === undefined ? null : t(`settlement.rule.${named}`);
  };
}
