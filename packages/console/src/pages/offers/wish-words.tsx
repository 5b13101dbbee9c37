import { useTranslation } from 'react-i18next';
import type { DemandView } from '../../api/offers.ts';
import { useText } from '../../i18n/text.ts';
import { useRateWords } from './offer-words.tsx';

/** What a service provider has in mind for its customer (S9-3), in one line; nothing where all is left to the seller. */
export function WishWords({
  demand: { specificationName, quantity, rate },
}: {
  demand: Pick<DemandView, 'specificationName' | 'quantity' | 'rate'>;
}) {
  const { t } = useTranslation();
  const text = useText();
  const rateWords = useRateWords();
  const words = [
    ...(specificationName === null ? [] : [text(specificationName)]),
    ...(quantity === null ? [] : [t('offers.pieces', { quantity })]),
    ...(rate === null ? [] : [rateWords(rate)]),
  ];
  return words.length === 0 ? null : <div data-testid="demand-wish">{words.join(' · ')}</div>;
}
