import type { SettlementIncome } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { incomeQuery } from '../../api/settlement.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import { parseIncomeSearch, settlementClasses } from '../../search/settlement-params.ts';
import { Forecast } from './forecast.tsx';
import { type Series, stacked } from './income-series.ts';
import { useMoney } from './words.ts';

const IncomeChart = lazy(() => import('./income-chart.tsx'));

/** What will be paid, when, and what was earned so far: by month, product and channel. */
export function IncomePage() {
  const { t } = useTranslation();
  const search = parseIncomeSearch(useSearch({ strict: false }));
  const income = useQuery(incomeQuery(search));
  return (
    <Page title={t('nav.income')}>
      <Forecast />
      <Filters active={isFiltered(search)} names={['from', 'to', 'class']}>
        <TextFilter name="from" label={t('settlement.income.from')} value={search.from} />
        <TextFilter name="to" label={t('settlement.income.to')} value={search.to} />
        <ChoiceFilter
          name="class"
          label={t('settlement.classes')}
          value={search.class}
          choices={settlementClasses.map((value) => ({ value, label: t(`settlement.class.${value}`) }))}
        />
      </Filters>
      <Loaded query={income}>
        {(found) =>
          found.months.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'settlement.income.none')} />
          ) : (
            <Charts income={found} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Charts({ income }: { income: SettlementIncome }) {
  const { t } = useTranslation();
  const text = useText();
  const { months, products, channels } = income;
  const periods = [...new Set(months.map(({ period }) => period))].sort();
  const byMonth: Series[] = (['sales', 'settlement', 'refunds'] as const).map((name) => ({
    name: t(`settlement.income.${name}`),
    values: periods.map((period) => months.find((month) => month.period === period)?.[name] ?? '0'),
  }));
  const others = t('settlement.income.others');
  const product = products.map((one) => ({ ...one, key: one.goodsId, name: text(one.name) }));
  const channel = channels.map((one) => ({
    ...one,
    key: one.distributorId ?? '',
    name: one.name ?? t('settlement.income.direct'),
  }));
  return (
    <>
      <Chart title={t('settlement.income.byMonth')} periods={periods} series={byMonth} currency={income.currency} />
      <Chart
        title={t('settlement.income.byProduct')}
        periods={periods}
        series={stacked(product, periods, others)}
        currency={income.currency}
        stack
      />
      <Chart
        title={t('settlement.income.byChannel')}
        periods={periods}
        series={stacked(channel, periods, others)}
        currency={income.currency}
        stack
      />
    </>
  );
}

interface ChartProps {
  readonly title: string;
  readonly periods: readonly string[];
  readonly series: readonly Series[];
  readonly currency: string;
  readonly stack?: boolean;
}

/** A chart to look at, a table with the same numbers behind it. */
function Chart({ title, periods, series, currency, stack = false }: ChartProps) {
  const { t } = useTranslation();
  const money = useMoney();
  const columns: Column<{ readonly period: string; readonly place: number }>[] = [
    {
      key: 'period',
      title: t('settlement.income.month'),
      render: ({ period }) => <span className="num">{period}</span>,
    },
    ...series.map(
      ({ name, values }): Column<{ readonly period: string; readonly place: number }> => ({
        key: name,
        title: name,
        align: 'right',
        render: ({ place }) => <span className="num">{money(values[place] ?? '0', currency)}</span>,
      }),
    ),
  ];
  return (
    <Panel title={title}>
      <Suspense fallback={<div style={{ height: 240 }} />}>
        <IncomeChart title={title} periods={periods} series={series} currency={currency} stack={stack} />
      </Suspense>
      <details>
        <summary>{t('settlement.income.asTable')}</summary>
        <Rows
          rows={periods.map((period, place) => ({ period, place }))}
          columns={columns}
          rowKey={({ period }) => period}
          testId="income-row"
        />
      </details>
    </Panel>
  );
}
