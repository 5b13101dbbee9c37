import type { LedgerState } from '@jishi/marketplace/console-api';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from '../../components/pager.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';
import { monthName } from './amounts.ts';

type Month = LedgerState['months'][number];
const tone: Readonly<Record<Month['state'], Tone>> = { CURRENT: 'run', OPEN: 'wait', CLOSED: 'ok' };

/** The month that a page shows, with its state; the choice stands in the address. */
export function MonthChoice({ months, month }: { months: readonly Month[]; month: string }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const id = useId();
  const shown = months.find((each) => each.month === month);
  return (
    <div className="row">
      <label htmlFor={id}>{t('ledger.month')}</label>
      <Select
        id={id}
        style={{ minWidth: 130 }}
        value={month}
        options={months.map((each) => ({ value: each.month, label: monthName(each.month) }))}
        onChange={(next) => change({ month: next, cursor: undefined })}
        data-testid="month"
      />
      {shown && (
        <State
          tone={tone[shown.state]}
          word={t(`ledger.state.${shown.state}.word`)}
          help={t(`ledger.state.${shown.state}.help`)}
          state={shown.state}
          testId="month-state"
        />
      )}
      {shown?.closedAt && (
        <span className="soft">
          {t('ledger.closedBy', { name: shown.closedBy })} <Instant at={shown.closedAt} />
        </span>
      )}
    </div>
  );
}
