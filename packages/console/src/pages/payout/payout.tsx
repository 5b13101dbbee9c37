import type { PayoutRun } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { payoutRunsQuery } from '../../api/payout.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { parsePayoutSearch } from '../../search/payout-params.ts';
import { useMoney } from '../settlement/words.ts';
import { DuePanel } from './due.tsx';
import { RunState } from './words.tsx';

/** Paying sellers: what is due, and the runs that pay it. */
export function PayoutPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('nav.payout')}
      tools={
        <span className="row">
          <Link to="/operator/payout/statements" data-testid="to-statements">
            {t('payout.statements.title')}
          </Link>
          <Link to="/operator/payout/accounts" data-testid="to-accounts">
            {t('payout.accounts.title')}
          </Link>
        </span>
      }
    >
      <p className="soft">{t('payout.intro')}</p>
      <DuePanel />
      <Runs />
    </Page>
  );
}

function Runs() {
  const { t } = useTranslation();
  const search = parsePayoutSearch(useSearch({ strict: false }));
  const runs = useQuery(payoutRunsQuery(search));
  const columns = useColumns();
  return (
    <Panel title={t('payout.runs.title')}>
      <Loaded query={runs}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <p className="soft">{t('payout.runs.none')}</p>
          ) : (
            <>
              <Rows rows={items} columns={columns} rowKey={({ runId }) => runId} testId="run-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function useColumns(): Column<PayoutRun>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return [
    {
      key: 'run',
      title: t('payout.column.run'),
      render: ({ runId }) => (
        <Link to="/operator/payout/runs/$runId" params={{ runId }} data-testid="run-link">
          <span className="mono">{runId}</span>
        </Link>
      ),
    },
    { key: 'state', title: t('payout.column.state'), render: ({ state }) => <RunState state={state} /> },
    {
      key: 'made',
      title: t('payout.column.made'),
      render: ({ madeBy, madeAt }) => (
        <>
          {madeBy}
          <div className="soft">
            <Instant at={madeAt} />
          </div>
        </>
      ),
    },
    { key: 'day', title: t('payout.column.day'), render: (run) => <span className="num">{run.executionDay}</span> },
    {
      key: 'progress',
      title: t('payout.column.progress'),
      render: ({ progress }) =>
        progress.map(({ state, payments }) => `${t(`payout.payment.${state}.word`)} ${payments}`).join(' · '),
    },
    {
      key: 'total',
      title: t('payout.column.total'),
      align: 'right',
      render: ({ total, currency }) => <span className="num">{money(total, currency)}</span>,
    },
  ];
}
