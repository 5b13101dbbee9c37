import type { CommissionLineView, CommissionMonthsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { commissionMonthsQuery, commissionsQuery } from '../../api/partners.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import { commissionStates, parseCommissionSearch } from '../../search/partner-params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { useMoney } from '../settlement/words.ts';

const IncomeChart = lazy(() => import('../settlement/income-chart.tsx'));

/** What the own distributor, service provider or reseller earns: by month, and line by line (settlement.md 3.4 – 3.6). */
export function CommissionsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.commissions')} tools={<ExportCommissions />}>
      <p className="soft">{t('partners.commissions.intro')}</p>
      <Months />
      <Lines />
    </Page>
  );
}

interface Whose {
  /** absent = the own one */
  readonly distributorId?: string;
}

export function ExportCommissions({ distributorId }: Whose) {
  const { cursor: _, limit: __, ...filter } = parseCommissionSearch(useSearch({ strict: false }));
  const whose = distributorId === undefined ? {} : { distributorId };
  return (
    <ExportButton
      kind="COMMISSIONS"
      wanted={(how) => ({ kind: 'COMMISSIONS', ...how, filter: { ...filter, ...whose } })}
    />
  );
}

/** A chart to look at, a table with the same numbers behind it. */
export function Months({ distributorId }: Whose) {
  const { t } = useTranslation();
  const months = useQuery(commissionMonthsQuery(distributorId === undefined ? {} : { distributorId }));
  return (
    <Panel title={t('partners.commissions.byMonth')}>
      <Loaded query={months}>
        {(found) =>
          found.months.length === 0 ? (
            <Empty sentence={t('partners.commissions.none')} />
          ) : (
            <MonthsShown found={found} />
          )
        }
      </Loaded>
    </Panel>
  );
}

type Month = CommissionMonthsView['months'][number];

function MonthsShown({ found: { months, currency } }: { found: CommissionMonthsView }) {
  const { t } = useTranslation();
  const money = useMoney();
  const series = [{ name: t('partners.commissions.commission'), values: months.map(({ commission }) => commission) }];
  const columns: Column<Month>[] = [
    {
      key: 'period',
      title: t('settlement.column.period'),
      render: ({ period }) => (
        <Link to="." search={(before) => ({ ...before, period })} data-testid="commission-month">
          <span className="num">{period}</span>
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: ({ closed }) => t(closed ? 'partners.commissions.closed' : 'partners.commissions.open'),
    },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    {
      key: 'sales',
      title: t('partners.commissions.sales'),
      align: 'right',
      render: ({ sales }) => <span className="num">{money(sales, currency)}</span>,
    },
    {
      key: 'commission',
      title: t('partners.commissions.commission'),
      align: 'right',
      render: ({ commission }) => (
        <strong className="num" data-testid="month-commission">
          {money(commission, currency)}
        </strong>
      ),
    },
  ];
  return (
    <>
      <Suspense fallback={<div style={{ height: 240 }} />}>
        <IncomeChart
          title={t('partners.commissions.byMonth')}
          periods={months.map(({ period }) => period)}
          series={series}
          currency={currency}
          stack={false}
        />
      </Suspense>
      <Rows rows={months} columns={columns} rowKey={({ period }) => period} testId="month-row" />
    </>
  );
}

/** Filters stand in the URL of the page. */
export function Lines({ distributorId }: Whose) {
  const { t } = useTranslation();
  const search = parseCommissionSearch(useSearch({ strict: false }));
  const lines = useQuery(commissionsQuery(distributorId === undefined ? search : { ...search, distributorId }));
  const columns = useColumns(distributorId === undefined ? 'distributor' : 'operator');
  const { cursor, limit } = search;
  return (
    <>
      <Filters active={isFiltered(search)} names={['orderId', 'period', 'state']}>
        <TextFilter name="orderId" label={t('settlement.filter.order')} value={search.orderId} />
        <TextFilter name="period" label={t('settlement.filter.period')} value={search.period} />
        <ChoiceFilter
          name="state"
          label={t('settlement.column.state')}
          value={search.state}
          choices={commissionStates.map((value) => ({ value, label: t(`partners.state.${value}.word`) }))}
        />
      </Filters>
      <Loaded query={lines}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'partners.commissions.noLines')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ lineId }) => lineId} testId="commission-row" />
              <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function useColumns(area: 'distributor' | 'operator'): Column<CommissionLineView>[] {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const amount = (value: string | null, currency: string) => (
    <span className="num">{value === null ? '—' : money(value, currency)}</span>
  );
  return [
    {
      key: 'product',
      title: t('settlement.column.product'),
      render: ({ productName, kind, class: productClass, note }) => (
        <>
          {text(productName)}
          <div className="soft">
            {productClass === null
              ? note
              : `${t(`settlement.kind.${kind}`)} · ${t(`settlement.class.${productClass}`)}`}
          </div>
        </>
      ),
    },
    {
      key: 'order',
      title: t('settlement.column.order'),
      render: ({ orderId }) => <span className="mono">{orderId}</span>,
    },
    { key: 'at', title: t('settlement.line.placedAt'), render: ({ placedAt }) => <Instant at={placedAt} /> },
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: (line) => (
        <>
          <CommissionMark state={line.state} />
          {line.waitingFor.map((each) => (
            <div key={each.rule + each.text.en} className="soft">
              {text(each.text)}
            </div>
          ))}
        </>
      ),
    },
    {
      key: 'period',
      title: t('settlement.column.period'),
      render: ({ billPeriod }) => <span className="num">{billPeriod ?? '—'}</span>,
    },
    {
      key: 'cash',
      title: t('settlement.line.cash'),
      align: 'right',
      render: ({ cash, currency }) => amount(cash, currency),
    },
    {
      key: 'commission',
      title: t('partners.commissions.commission'),
      align: 'right',
      render: ({ commission, currency }) => amount(commission, currency),
    },
    {
      key: 'why',
      title: t('list.action'),
      render: ({ lineId }) => (
        <Link to={`/${area}/commissions/$lineId`} params={{ lineId }} data-testid="commission-link">
          {t('partners.commissions.how')}
        </Link>
      ),
    },
  ];
}

const tones: Readonly<Record<CommissionLineView['state'], Tone>> = {
  BILLED: 'ok',
  READY: 'run',
  WAITING: 'wait',
  NONE: 'idle',
};

export function CommissionMark({ state, large }: { state: CommissionLineView['state']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={tones[state]}
      word={t(`partners.state.${state}.word`)}
      help={t(`partners.state.${state}.help`)}
      state={state}
      large={large}
      testId={large ? 'commission-state' : undefined}
    />
  );
}
