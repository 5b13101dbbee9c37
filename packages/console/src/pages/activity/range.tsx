import { DatePicker, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from '../../components/pager.tsx';
import type { ActivitySearch } from '../../search/activity-params.ts';

const MOST_DAYS = 30;

interface RangeProps {
  readonly search: ActivitySearch;
  /** the last day that has figures: yesterday in Beijing */
  readonly lastDay: string;
  readonly from: string;
  readonly to: string;
}

/** S-70, S-71: the last 7 or 30 days, or others, at most 30 of them, none after yesterday. */
export function RangeChoice({ search, lastDay, from, to }: RangeProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const [own, setOwn] = useState(search.from !== undefined);
  const id = useId();
  const choose = (value: unknown): void => {
    setOwn(value === 'own');
    if (value !== 'own') change({ days: String(value), from: undefined, to: undefined });
  };
  const outside = (day: Dayjs, { from: first }: { from?: Dayjs | undefined }): boolean =>
    day.isAfter(lastDay, 'day') || (first !== undefined && Math.abs(day.diff(first, 'day')) >= MOST_DAYS);
  return (
    <search className="panel" aria-label={t('jointActivity.range')}>
      <div className="filters">
        <div className="filter">
          <span id={`${id}-range`}>{t('jointActivity.range')}</span>
          <Radio.Group
            aria-labelledby={`${id}-range`}
            value={own ? 'own' : (search.days ?? '7')}
            onChange={({ target }) => choose(target.value)}
            optionType="button"
            options={[
              { value: '7', label: t('jointActivity.last7') },
              { value: '30', label: t('jointActivity.last30') },
              { value: 'own', label: t('jointActivity.custom') },
            ]}
          />
        </div>
        {own && (
          <div className="filter wide">
            <label htmlFor={`${id}-from`}>{t('jointActivity.customRange')}</label>
            <DatePicker.RangePicker
              id={{ start: `${id}-from`, end: `${id}-to` }}
              allowClear={false}
              disabledDate={outside}
              value={[dayjs(from), dayjs(to)]}
              onChange={(range) =>
                change({
                  days: undefined,
                  from: range?.[0]?.format('YYYY-MM-DD'),
                  to: range?.[1]?.format('YYYY-MM-DD'),
                })
              }
            />
          </div>
        )}
      </div>
      <p className="soft">{t('jointActivity.until', { from, to })}</p>
    </search>
  );
}
