import { useTranslation } from 'react-i18next';

/** The rules by which amounts come about (catalogue.md 4 – 6, settlement.md 7.3), by the words that name such a step. */
const words = {
  '4.1 LINEAR': 'unit',
  '4.1 TIER': 'unit',
  '4.1 STEP': 'slices',
  C17: 'rounding',
  C18: 'duration',
  C20: 'duration',
  C30: 'usage',
  C33: 'trial',
  C53: 'discount',
  L34: 'vcpus',
  'S7-12': 'refundLate',
  'B-60': 'extraDays',
  '6.1 rest': 'monthsLeft',
  '6.1 LINEAR': 'target',
  '6.1 STEP': 'target',
  '6.1 TIER': 'added',
  '6.1': 'difference',
} as const;

const isNamed = (rule: string): rule is keyof typeof words => Object.hasOwn(words, rule);

/** What a step of a derivation does, in words; null for a rule that has none: its number and formula stand alone. */
export function useStepWords(): (rule: string) => string | null {
  const { t } = useTranslation();
  return (rule) => (isNamed(rule) ? t(`step.${words[rule]}`) : null);
}
