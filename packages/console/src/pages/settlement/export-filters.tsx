import type { NewExportInput } from '@jishi/marketplace/console-api';
import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { billStates } from '../../search/settlement-params.ts';

type TransactionFilter = Extract<NewExportInput, { kind: 'TRANSACTIONS' }>['filter'];
/** S5-4: what an export narrows by beyond the filters of its page */
export type ExportFilters = Pick<
  TransactionFilter,
  'billState' | 'repaymentStatus' | 'supervisionStatus' | 'from' | 'to'
>;

interface ExportFiltersProps {
  readonly value: ExportFilters;
  readonly onChange: (value: ExportFilters) => void;
}

export function ExportFilterFields({ value, onChange }: ExportFiltersProps) {
  const { t } = useTranslation();
  const id = useId();
  const set = (change: ExportFilters): void => onChange({ ...value, ...change });
  return (
    <>
      <Choice
        label={t('settlement.filter.state')}
        value={value.billState}
        choices={billStates.map((state) => ({ value: state, label: t(`settlement.state.${state}.word`) }))}
        onChange={(billState) => set({ billState })}
      />
      <Choice
        label={t('settlement.line.repayment')}
        value={value.repaymentStatus}
        choices={(['NOT_APPLICABLE', 'OPEN', 'REPAID'] as const).map((status) => ({
          value: status,
          label: t(`settlement.repayment.${status}`),
        }))}
        onChange={(repaymentStatus) => set({ repaymentStatus })}
      />
      <Choice
        label={t('settlement.line.supervision')}
        value={value.supervisionStatus}
        choices={(['NOT_APPLICABLE', 'OPEN', 'COMPLETED'] as const).map((status) => ({
          value: status,
          label: t(`settlement.supervision.${status}`),
        }))}
        onChange={(supervisionStatus) => set({ supervisionStatus })}
      />
      <div className="filter">
        <label htmlFor={`${id}-from`}>{t('settlement.line.placedAt')}</label>
        <DatePicker.RangePicker
          id={{ start: `${id}-from`, end: `${id}-to` }}
          format="YYYY-MM-DD"
          allowEmpty={[true, true]}
          value={[value.from === undefined ? null : dayjs(value.from), value.to === undefined ? null : dayjs(value.to)]}
          onChange={(range) =>
            set({ from: range?.[0]?.startOf('day').toISOString(), to: range?.[1]?.endOf('day').toISOString() })
          }
        />
      </div>
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T | undefined) => void;
}

/** One of a few values, or all. */
function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value ?? ''}
        options={[{ value: '', label: t('list.all') }, ...choices]}
        onChange={(next) => onChange(choices.find((choice) => choice.value === next)?.value)}
      />
    </div>
  );
}
