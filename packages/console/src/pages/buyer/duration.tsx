import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { InputNumber, Select } from 'antd';
import { periodUnit } from '../../format/period.ts';
import { usePreferences } from '../../shell/preferences.tsx';

export interface Duration {
  readonly periodType: 'month' | 'year';
  readonly periodNumber: number;
}

type Prices = SubscriptionView['renewalPrices'];

/** One period of the first price; null when there is no price any more. */
export function firstDuration(prices: Prices): Duration | null {
  const first = prices[0];
  return first === undefined ? null : { periodType: first.periodType, periodNumber: 1 };
}

/** `wanted` as far as these prices allow it: their period, at most their number; null when they lack the period. */
export function fitDuration(prices: Prices, wanted: Duration): Duration | null {
  const price = prices.find((one) => one.periodType === wanted.periodType);
  return price === undefined ? null : { ...wanted, periodNumber: Math.min(wanted.periodNumber, price.mostPeriods) };
}

interface DurationFieldProps {
  readonly prices: Prices;
  readonly value: Duration;
  /** names of the two controls, for those who do not see what stands around them */
  readonly label: string;
  readonly unitLabel: string;
  readonly onChange: (duration: Duration) => void;
}

/** How many periods of which kind. */
export function DurationField({ prices, value, label, unitLabel, onChange }: DurationFieldProps) {
  const { language } = usePreferences();
  const most = prices.find((one) => one.periodType === value.periodType)?.mostPeriods ?? 1;
  return (
    <span className="row" style={{ flexWrap: 'nowrap' }}>
      <InputNumber
        value={value.periodNumber}
        min={1}
        max={most}
        precision={0}
        aria-label={label}
        style={{ width: 84 }}
        onChange={(next) => next !== null && onChange({ ...value, periodNumber: next })}
        data-testid="duration-input"
      />
      <Select
        value={value.periodType}
        aria-label={unitLabel}
        style={{ width: 104 }}
        options={prices.map((one) => ({
          value: one.periodType,
          label: periodUnit(value.periodNumber, one.periodType, language),
        }))}
        onChange={(periodType) => {
          const fitted = fitDuration(prices, { ...value, periodType });
          if (fitted !== null) onChange(fitted);
        }}
      />
    </span>
  );
}
