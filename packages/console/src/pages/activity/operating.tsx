import type { OperatingFigures, OperatingView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { lazy, Suspense, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { operatingQuery } from '../../api/activity.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { formatCount, formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import {
  hiddenColumns,
  OPERATING_COLUMNS,
  type OperatingColumn,
  type OperatingSearch,
  parseOperatingSearch,
} from '../../search/activity-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ExportButton } from '../settlement/export-button.tsx';
import { RangeChoice } from './range.tsx';

const ActivityChart = lazy(() => import('./chart.tsx'));
type Day = OperatingView['days'][number];

/** 运营分析: orders, renewals, income, refunds and active users, as cards, a line and tables (S-76). */
export function OperatingPage() {
  const { t } = useTranslation();
  const search = parseOperatingSearch(useSearch({ strict: false }));
  const { line: _, hidden: __, ...range } = search;
  const query = useQuery(operatingQuery(range));
  return (
    <Loaded query={query} title={t('operating.title')}>
      {({ from, to, lastDay, total, days, products }) => (
        <Page
          title={t('operating.title')}
          tools={
            <ExportButton kind="OPERATING" wanted={(how) => ({ kind: 'OPERATING', ...how, filter: { from, to } })} />
          }
        >
          <RangeChoice search={search} lastDay={lastDay} from={from} to={to} />
          <Cards figures={total} />
          <Days days={days} search={search} />
          <Products products={products} search={search} />
          <p className="soft">
            {t('operating.meaningOfDays')} {t('operating.traffic')}
          </p>
        </Page>
      )}
    </Loaded>
  );
}

/** A figure in words; one that nobody counts is a dash. */
function useFigure(): (figures: OperatingFigures, name: OperatingColumn) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (figures, name) => {
    const value = figures[name];
    if (value === null) return t('jointActivity.noValue');
    return typeof value === 'number' ? formatCount(value, language) : formatMoney(value, language);
  };
}

function Cards({ figures }: { readonly figures: OperatingFigures }) {
  const { t } = useTranslation();
  const shown = useFigure();
  return (
    <Panel title={t('operating.cards')}>
      <ul className="figures">
        {OPERATING_COLUMNS.map((name) => (
          <li key={name} title={t(`operating.meaning.${name}`)}>
            <span>
              <span className="figure num" data-testid={`operating-${name}`}>
                {shown(figures, name)}
              </span>
              <span className="soft">{t(`operating.metric.${name}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Days({ days, search }: { readonly days: readonly Day[]; readonly search: OperatingSearch }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const id = useId();
  const line = search.line ?? 'income';
  const short = useMemo(() => days.map(({ day }) => day.slice(5)), [days]);
  const values = useMemo(() => days.map(({ figures }) => numberOf(figures[line])), [days, line]);
  const columns: Column<Day>[] = [
    { key: 'day', title: t('jointActivity.day'), render: ({ day }) => <span className="num">{day}</span> },
    ...useFigureColumns<Day>(OPERATING_COLUMNS),
  ];
  return (
    <Panel title={t('operating.byDay')}>
      <div className="filter">
        <label htmlFor={id}>{t('operating.line')}</label>
        <Select
          id={id}
          value={line}
          options={OPERATING_COLUMNS.map((value) => ({ value, label: t(`operating.metric.${value}`) }))}
          onChange={(value: OperatingColumn) => change({ line: value })}
        />
      </div>
      <Suspense fallback={<div style={{ height: 220 }} />}>
        <ActivityChart name={t(`operating.metric.${line}`)} days={short} values={values} colour="#0072b2" zoom />
      </Suspense>
      <details>
        <summary>{t('jointActivity.asTable')}</summary>
        <Rows rows={days} columns={columns} rowKey={({ day }) => day} testId="operating-day" />
      </details>
    </Panel>
  );
}

interface ProductsProps {
  readonly products: OperatingView['products'];
  readonly search: OperatingSearch;
}
function Products({ products, search }: ProductsProps) {
  const { t } = useTranslation();
  const text = useText();
  const change = useSearchChange();
  const hidden = hiddenColumns(search);
  const shown = OPERATING_COLUMNS.filter((name) => !hidden.includes(name));
  const columns: Column<OperatingView['products'][number]>[] = [
    { key: 'product', title: t('jointActivity.product'), render: ({ name }) => text(name) },
    ...useFigureColumns<OperatingView['products'][number]>(shown),
  ];
  return (
    <Panel title={t('operating.byProduct')}>
      {products.length === 0 ? (
        <Empty sentence={t('operating.none')} />
      ) : (
        <>
          <fieldset>
            <legend className="soft">{t('operating.columns')}</legend>
            <Checkbox.Group
              value={shown}
              options={OPERATING_COLUMNS.map((value) => ({ value, label: t(`operating.metric.${value}`) }))}
              onChange={(wanted) => {
                const left = OPERATING_COLUMNS.filter((name) => !wanted.includes(name));
                change({ hidden: left.length === 0 ? undefined : left.join('.') });
              }}
            />
          </fieldset>
          <Rows rows={products} columns={columns} rowKey={({ goodsId }) => goodsId} testId="operating-product" />
        </>
      )}
    </Panel>
  );
}

function useFigureColumns<T extends { readonly figures: OperatingFigures }>(
  names: readonly OperatingColumn[],
): Column<T>[] {
  const { t } = useTranslation();
  const shown = useFigure();
  return names.map((name) => ({
    key: name,
    title: t(`operating.metric.${name}`),
    align: 'right',
    render: ({ figures }) => <span className="num">{shown(figures, name)}</span>,
  }));
}

const numberOf = (value: OperatingFigures[OperatingColumn]): number =>
  value === null ? 0 : typeof value === 'number' ? value : Number(value.amount);
