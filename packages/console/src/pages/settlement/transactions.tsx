import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linesQuery } from '../../api/settlement.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Rows } from '../../components/rows.tsx';
import { isFiltered } from '../../search/params.ts';
import { lineBillings, parseLineSearch } from '../../search/settlement-params.ts';
import { ClassTabs } from './class-tabs.tsx';
import { ExportButton } from './export-button.tsx';
import { ExportFilterFields, type ExportFilters } from './export-filters.tsx';
import { LineExpansion } from './line-expansion.tsx';
import { useLineColumns } from './transaction-columns.tsx';
import { useStaffBase } from './words.ts';

/** Transaction details (S5-1 … S5-9, S-61): every order line and refund, with the bill it is in or what it waits for. */
export function TransactionsPage() {
  const { t } = useTranslation();
  const base = useStaffBase();
  const search = parseLineSearch(useSearch({ strict: false }));
  const lines = useQuery(linesQuery(search));
  const columns = useLineColumns();
  const [narrowed, setNarrowed] = useState<ExportFilters>({});
  const { cursor, limit, ...filter } = search;
  return (
    <Page
      title={t('nav.transactions')}
      tools={
        <ExportButton
          kind="TRANSACTIONS"
          wanted={(how) => ({ kind: 'TRANSACTIONS', ...how, filter: { ...filter, ...narrowed } })}
          more={<ExportFilterFields value={narrowed} onChange={setNarrowed} />}
        />
      }
    >
      <p className="soft">{t('settlement.lines.intro')}</p>
      <ClassTabs active={search.class}>
        <Filters
          active={isFiltered({ ...search, class: undefined })}
          names={['orderId', 'period', 'buyerId', 'billing', 'billId', 'sellerId']}
        >
          <TextFilter name="orderId" label={t('settlement.filter.order')} value={search.orderId} />
          <TextFilter name="period" label={t('settlement.filter.period')} value={search.period} />
          <TextFilter name="buyerId" label={t('settlement.filter.customer')} value={search.buyerId} />
          {base === 'operator' && (
            <TextFilter name="sellerId" label={t('settlement.filter.seller')} value={search.sellerId} />
          )}
          <ChoiceFilter
            name="billing"
            label={t('settlement.filter.billing')}
            value={search.billing}
            choices={lineBillings.map((value) => ({ value, label: t(`settlement.billing.${value}.word`) }))}
          />
        </Filters>
        {search.billId !== undefined && <p className="soft">{t('settlement.lines.filteredBill')}</p>}
        <Loaded query={lines}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'settlement.lines.none')} />
            ) : (
              <>
                <Rows
                  rows={page.items}
                  columns={columns}
                  rowKey={({ lineId }) => lineId}
                  testId="line-row"
                  expand={(line) => <LineExpansion line={line} />}
                />
                <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </ClassTabs>
    </Page>
  );
}
