import { useTranslation } from 'react-i18next';
import type { OfferItemView } from '../../api/offers.ts';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { percentOf } from './rate.ts';

/** A rate as people of the language say it: 8.5 折 in Chinese, 15 % off in English. */
export function useRateWords(): (rate: string) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (rate) => {
    const percent = percentOf(rate);
    if (percent === 100) return t('offers.listPrice');
    const value = language === 'zh' ? percent / 10 : 100 - percent;
    return t('offers.rate', { value: Math.round(value * 1_000) / 1_000 });
  };
}

/** What an offer is for and what it takes off, one product a line. */
export function OfferItems({ items }: { items: readonly OfferItemView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const rateWords = useRateWords();
  return (
    <ul className="plain-list">
      {items.map((item) => (
        <li key={`${item.goodsId} ${item.specificationId} ${item.priceItemId} ${item.quantity}`}>
          {text(item.productName)}
          {' · '}
          {item.specificationName === null ? t('offers.everySpecification') : text(item.specificationName)}
          <div className="soft">
            {[
              rateWords(item.rate),
              ...(item.quantity === null ? [] : [t('offers.pieces', { quantity: item.quantity })]),
              ...(item.periodNumber === null || item.periodType === null
                ? []
                : [formatPeriods(item.periodNumber, item.periodType, language)]),
              ...(item.vcpus === null ? [] : [t('offers.vcpus', { vcpus: item.vcpus })]),
            ].join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  );
}
