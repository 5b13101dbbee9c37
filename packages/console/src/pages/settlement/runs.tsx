import type { SettlementPeriod } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { periodsQuery } from '../../api/settlement.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { Certifications } from './certifications.tsx';
import { PeriodState } from './states.tsx';
import { useMoney } from './words.ts';

/** Account periods with their billing day and state (O-30). */
export function RunsPage() {
  const { t } = useTranslation();
  const periods = useQuery(periodsQuery);
  const columns = useColumns();
  return (
    <Page title={t('nav.billRuns')}>
      <p className="soft">{t('settlement.runs.intro')}</p>
      <Loaded query={periods}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('settlement.runs.none')} />
          ) : (
            <Rows
              rows={items}
              columns={columns}
              rowKey={({ site, period }) => `${site} ${period}`}
              testId="period-row"
            />
          )
        }
      </Loaded>
      <Certifications />
    </Page>
  );
}

function useColumns(): Column<SettlementPeriod>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return [
    {
      key: 'period',
      title: t('settlement.column.period'),
      render: ({ period }) => (
        <Link to="/operator/settlement/$period" params={{ period }} data-testid="period-link">
          <span className="num">{period}</span>
        </Link>
      ),
    },
    { key: 'site', title: t('settlement.runs.site'), render: ({ site }) => site },
    { key: 'state', title: t('settlement.column.state'), render: ({ state }) => <PeriodState state={state} /> },
    {
      key: 'runDay',
      title: t('settlement.runs.runDay'),
      render: ({ runDay, nominalRunDay }) => (
        <>
          <span className="num">{runDay ?? t('settlement.runs.noRunDay')}</span>
          {runDay !== null && runDay !== nominalRunDay && (
            <div className="soft">{t('settlement.bill.nominal', { day: nominalRunDay })}</div>
          )}
        </>
      ),
    },
    {
      key: 'closed',
      title: t('settlement.runs.closedAt'),
      render: ({ closedAt }) => (closedAt === null ? '—' : <Instant at={closedAt} />),
    },
    { key: 'lines', title: t('settlement.runs.lines'), align: 'right', render: ({ lines }) => lines },
    { key: 'errors', title: t('settlement.runs.errors'), align: 'right', render: ({ errors }) => errors },
    {
      key: 'bills',
      title: t('settlement.runs.bills'),
      align: 'right',
      render: ({ bills, period }) =>
        bills === 0 ? (
          '—'
        ) : (
          <Link to="/operator/bills" search={{ period }}>
            {bills}
          </Link>
        ),
    },
    {
      key: 'total',
      title: t('settlement.column.total'),
      align: 'right',
      render: ({ total, currency }) => <span className="num">{money(total, currency)}</span>,
    },
  ];
}
