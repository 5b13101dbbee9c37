import type { UsageRejectionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';

const codes = ['001', '002', '003', '004', '005', '006', '007', '009', '010', '011', '012', '013'] as const;

/** A record's code in the reader's words; of a code that is not known, what the marketplace calls it. */
export function useReason(): (rejection: UsageRejectionView) => string {
  const { t } = useTranslation();
  return ({ code, meaning }) => {
    const known = codes.find((each) => each === code);
    return known === undefined ? meaning : t(`usage.reasons.${known}`);
  };
}
