import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface ValidityProps {
  readonly from: string | null;
  readonly to: string | null;
  readonly now: Date;
  readonly onChange: (from: string | null, to: string | null) => void;
}

/** From when to when, in the reader's zone, to the minute. */
export function ValidityFields({ from, to, now, onChange }: ValidityProps) {
  const { t } = useTranslation();
  const ids = { from: useId(), to: useId() };
  return (
    <div className="field">
      <label className="label" htmlFor={ids.from}>
        {t('offers.validity')}
      </label>
      <div className="row">
        <DatePicker
          id={ids.from}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={from === null ? null : dayjs(from)}
          minDate={dayjs(now)}
          onChange={(next) => onChange(next?.toISOString() ?? null, to)}
          aria-label={t('offers.from')}
          data-testid="valid-from"
        />
        <span>–</span>
        <DatePicker
          id={ids.to}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={to === null ? null : dayjs(to)}
          minDate={dayjs(now)}
          onChange={(next) => onChange(from, next?.toISOString() ?? null)}
          aria-label={t('offers.to')}
          data-testid="valid-to"
        />
      </div>
    </div>
  );
}
