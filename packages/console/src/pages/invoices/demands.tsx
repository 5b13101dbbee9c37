import type { InvoiceDemand } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { demandsQuery } from '../../api/invoices.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { parseDemandSearch } from '../../search/invoice-params.ts';
import { isFiltered } from '../../search/params.ts';
import { useMoney, useStaffBase } from '../settlement/words.ts';
import { DemandState, InvoiceTabs } from './words.tsx';

/** Requisitions that the seller invoices the marketplace for (S5-24); operators verify what came. */
export function DemandsPage() {
  const { t } = useTranslation();
  const base = useStaffBase();
  const search = parseDemandSearch(useSearch({ strict: false }));
  const demands = useQuery(demandsQuery({ ...search }));
  const columns = useColumns();
  return (
    <Page title={t('nav.invoices')}>
      <InvoiceTabs active={base === 'operator' ? 'fromSellers' : 'toPlatform'}>
        <p className="soft">{t('invoices.demand.intro')}</p>
        <Filters active={isFiltered(search)} names={['open']}>
          <ChoiceFilter
            name="open"
            label={t('invoices.demand.which')}
            value={search.open}
            choices={[
              { value: 'true', label: t('invoices.demand.open') },
              { value: 'false', label: t('invoices.demand.closed') },
            ]}
          />
        </Filters>
        <Loaded query={demands}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'invoices.demand.none')} />
            ) : (
              <>
                <Rows rows={page.items} columns={columns} rowKey={(row) => row.requisitionId} testId="demand-row" />
                <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </InvoiceTabs>
    </Page>
  );
}

function useColumns(): Column<InvoiceDemand>[] {
  const { t } = useTranslation();
  const base = useStaffBase();
  const money = useMoney();
  return [
    {
      key: 'requisition',
      title: t('invoices.demand.requisition'),
      render: ({ requisitionId }) => (
        <Link
          to={`/${base}/invoice-demands/$requisitionId`}
          params={{ requisitionId }}
          className="mono"
          data-testid="demand-link"
        >
          {requisitionId}
        </Link>
      ),
    },
    ...(base === 'operator'
      ? [{ key: 'seller', title: t('settlement.column.seller'), render: (row: InvoiceDemand) => row.sellerName }]
      : []),
    { key: 'class', title: t('settlement.column.class'), render: (row) => t(`settlement.class.${row.class}`) },
    {
      key: 'periods',
      title: t('settlement.column.period'),
      render: (row) => <span className="num">{row.periods.join(', ')}</span>,
    },
    {
      key: 'total',
      title: t('invoices.gross'),
      align: 'right',
      render: (row) => <span className="num">{money(row.total, row.currency)}</span>,
    },
    {
      key: 'due',
      title: t('invoices.dueOn'),
      render: ({ dueOn, overdue }) => (
        <span className={overdue ? 'num fault' : 'num'}>
          {dueOn}
          {overdue && ` · ${t('invoices.overdue')}`}
        </span>
      ),
    },
    { key: 'state', title: t('settlement.column.state'), render: (row) => <DemandState demand={row} /> },
  ];
}
