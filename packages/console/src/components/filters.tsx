import { Button, DatePicker, Grid, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from './pager.tsx';

/** The filters of a list. Every change goes into the URL and starts at the first page. */
export function Filters({
  active,
  names,
  children,
}: {
  active: boolean;
  names: readonly string[];
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const clear = Object.fromEntries([...names, 'cursor'].map((name) => [name, undefined]));
  const wide = Grid.useBreakpoint().md ?? true;
  const fields = (
    <div className="filters">
      {children}
      {active && (
        <Button onClick={() => change(clear)} data-testid="clear-filters">
          {t('list.clear')}
        </Button>
      )}
    </div>
  );
  return (
    <search className="panel" aria-label={t('list.filters')}>
      {wide ? (
        fields
      ) : (
        // a narrow screen shows the list first; filters that narrow it down stay in sight
        <details open={active}>
          <summary>{t('list.filters')}</summary>
          {fields}
        </details>
      )}
    </search>
  );
}

/** A text filter: applied by Enter or when it is left, not at each key. */
export function TextFilter({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  const change = useSearchChange();
  const id = useId();
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const apply = (): void => {
    const next = text.trim() === '' ? undefined : text.trim();
    if (next !== value) change({ [name]: next, cursor: undefined });
  };
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={text}
        maxLength={100}
        allowClear
        onChange={(event) => setText(event.target.value)}
        onPressEnter={apply}
        onBlur={apply}
        onClear={() => change({ [name]: undefined, cursor: undefined })}
        data-testid={`filter-${name}`}
      />
    </div>
  );
}

interface ChoiceFilterProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** One of a few values, or all. */
export function ChoiceFilter({ name, label, value, choices }: ChoiceFilterProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value ?? ''}
        onChange={(next) => change({ [name]: next === '' ? undefined : next, cursor: undefined })}
        options={[{ value: '', label: t('list.all') }, ...choices]}
        data-testid={`filter-${name}`}
      />
    </div>
  );
}

/** Of a list that is narrowed down by the state alone. */
export function StateFilter<State extends string>({
  value,
  states,
  word,
}: {
  readonly value: State | undefined;
  readonly states: readonly State[];
  word(state: State): string;
}) {
  const { t } = useTranslation();
  return (
    <Filters active={value !== undefined} names={['state']}>
      <ChoiceFilter
        name="state"
        label={t('order.state')}
        value={value}
        choices={states.map((state) => ({ value: state, label: word(state) }))}
      />
    </Filters>
  );
}

/** From when to when, in the reader's zone; the URL holds UTC. */
export function TimeFilter({ label, from, to }: { label: string; from: string | undefined; to: string | undefined }) {
  const change = useSearchChange();
  const id = useId();
  return (
    <div className="filter wide">
      <label htmlFor={`${id}-from`}>{label}</label>
      <DatePicker.RangePicker
        id={{ start: `${id}-from`, end: `${id}-to` }}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowEmpty={[true, true]}
        value={[from === undefined ? null : dayjs(from), to === undefined ? null : dayjs(to)]}
        onChange={(range) =>
          change({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString(), cursor: undefined })
        }
      />
    </div>
  );
}
