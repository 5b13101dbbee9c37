import { InputNumber } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRateWords } from './offer-words.tsx';
import { rateOf } from './rate.ts';

interface PercentFieldProps {
  readonly percent: number | null;
  readonly onChange: (percent: number | null) => void;
}

/** What the buyer pays of the list price; said again in the words of the language. */
export function PercentField({ percent, onChange }: PercentFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const words = useRateWords();
  const rate = rateOf(percent);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t('offers.percent')}
      </label>
      <InputNumber
        id={id}
        value={percent}
        min={0.01}
        max={100}
        precision={2}
        suffix="%"
        status={percent !== null && rate === null ? 'error' : ''}
        aria-describedby={`${id}-words`}
        style={{ width: 140 }}
        onChange={onChange}
        data-testid="offer-percent"
      />
      <span id={`${id}-words`} className="soft">
        {rate === null ? t('offers.percentRule') : words(rate)}
      </span>
    </div>
  );
}
