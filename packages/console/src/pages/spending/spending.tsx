import type { SpendingEntryView, SpendingOverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { spendingOverviewQuery, spendingQuery } from '../../api/invoices.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseSpendingSearch } from '../../search/invoice-params.ts';
import { isFiltered } from '../../search/params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { stacked } from '../settlement/income-series.ts';
import { useMoney } from '../settlement/words.ts';

const Chart = lazy(() => import('../settlement/income-chart.tsx'));

/** What was paid and given back: by month and product to look at, one by one to read and to export. */
export function SpendingPage() {
  const { t } = useTranslation();
  const text = useText();
  const search = parseSpendingSearch(useSearch({ strict: false }));
  const entries = useQuery(spendingQuery({ ...search }));
  const overview = useQuery(spendingOverviewQuery);
  const columns = useColumns();
  const products = new Map(
    overview.data?.products.flatMap((one) =>
      one.goodsId === null ? [] : [[one.goodsId, text(one.productName)] as const],
    ),
  );
  const { cursor, limit, ...filter } = search;
  return (
    <Page
      title={t('nav.spending')}
      tools={<ExportButton kind="SPENDING" wanted={(how) => ({ kind: 'SPENDING', ...how, filter })} />}
    >
      <Loaded query={overview}>{(found) => <Overview found={found} />}</Loaded>
      <Filters active={isFiltered(search)} names={['period', 'goodsId', 'orderId', 'kind']}>
        <ChoiceFilter
          name="period"
          label={t('spending.month')}
          value={search.period}
          choices={(overview.data?.months ?? []).toReversed().map(({ period }) => ({ value: period, label: period }))}
        />
        <ChoiceFilter
          name="goodsId"
          label={t('spending.product')}
          value={search.goodsId}
          choices={[...products].map(([value, label]) => ({ value, label }))}
        />
        <ChoiceFilter
          name="kind"
          label={t('spending.kind')}
          value={search.kind}
          choices={[
            { value: 'PAYMENT', label: t('spending.payments') },
            { value: 'REFUND', label: t('spending.refunds') },
          ]}
        />
        <TextFilter name="orderId" label={t('spending.order')} value={search.orderId} />
      </Filters>
      <Loaded query={entries}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'spending.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ lineId }) => lineId} testId="spending-row" />
              <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<SpendingEntryView>[] {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  return [
    { key: 'at', title: t('spending.at'), render: ({ at }) => <Instant at={at} /> },
    { key: 'kind', title: t('spending.kind'), render: ({ kind }) => t(`settlement.kind.${kind}`) },
    {
      key: 'product',
      title: t('spending.product'),
      render: ({ productName, specificationName, sellerName }) => (
        <>
          {text(productName)} {text(specificationName)}
          <div className="soft">{sellerName}</div>
        </>
      ),
    },
    { key: 'order', title: t('spending.order'), render: ({ orderId }) => <OrderLink id={orderId} /> },
    {
      key: 'voucher',
      title: t('spending.voucher'),
      align: 'right',
      render: ({ voucher, currency }) => <span className="num">{money(voucher, currency)}</span>,
    },
    {
      key: 'amount',
      title: t('spending.amount'),
      align: 'right',
      render: ({ amount, currency, owed }) => (
        <>
          <span className="num">{money(amount, currency)}</span>
          {owed && <div className="soft">{t('spending.owed')}</div>}
        </>
      ),
    },
  ];
}

/** The last twelve months: a bar of each by product, the same sums as a table behind it. */
function Overview({ found: { months, products, currency } }: { found: SpendingOverviewView }) {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  if (months.length === 0) return null;
  const periods = months.map(({ period }) => period);
  const parts = products.map((one) => ({
    ...{ key: one.goodsId ?? '', name: text(one.productName), period: one.period },
    settlement: one.total,
  }));
  const amount = (value: string) => <span className="num">{money(value, currency)}</span>;
  const columns: Column<SpendingOverviewView['months'][number]>[] = [
    {
      key: 'period',
      title: t('spending.month'),
      render: ({ period }) => (
        <Link to="/spending" search={{ period }} className="num">
          {period}
        </Link>
      ),
    },
    { key: 'payments', title: t('spending.payments'), align: 'right', render: ({ payments }) => amount(payments) },
    { key: 'refunds', title: t('spending.refunds'), align: 'right', render: ({ refunds }) => amount(refunds) },
    { key: 'total', title: t('spending.total'), align: 'right', render: ({ total }) => amount(total) },
    { key: 'entries', title: t('spending.entries'), align: 'right', render: ({ entries }) => entries },
  ];
  return (
    <Panel title={t('spending.byProduct')}>
      <Suspense fallback={<div style={{ height: 240 }} />}>
        <Chart
          title={t('spending.byProduct')}
          periods={periods}
          series={stacked(parts, periods, t('settlement.income.others'))}
          currency={currency}
          stack
        />
      </Suspense>
      <Rows rows={months.toReversed()} columns={columns} rowKey={({ period }) => period} testId="month-row" />
    </Panel>
  );
}
