import { GiftOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/values.tsx';
import { useRateWords } from '../offers/offer-words.tsx';
import { type Applicable, noOffer } from './my-offers.ts';

interface OfferChoiceProps {
  readonly applicable: readonly Applicable[];
  readonly chosen: Applicable | undefined;
  readonly onChange: (offerId: string) => void;
}

/** The private offers of this buyer: the best one counts (C53); he may take another, or none. */
export function OfferChoice({ applicable, chosen, onChange }: OfferChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const words = useRateWords();
  if (applicable.length === 0) return null;
  return (
    <div className="field" data-testid="offer-choice">
      <label className="label" htmlFor={id}>
        <GiftOutlined /> {t('offers.mine.offer')}
      </label>
      <Select
        id={id}
        value={chosen?.offer.offerId ?? noOffer}
        style={{ width: '100%' }}
        options={[
          ...applicable.map(({ offer, rate }) => ({ value: offer.offerId, label: `${offer.name} · ${words(rate)}` })),
          { value: noOffer, label: t('offers.mine.noOffer') },
        ]}
        onChange={onChange}
      />
      {chosen !== undefined && (
        <span className="soft">
          {t('offers.mine.until')} <Instant at={chosen.offer.validTo} />
        </span>
      )}
    </div>
  );
}
