import type { SettlementBill } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { billsQuery } from '../../api/settlement.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { isFiltered } from '../../search/params.ts';
import { billStates, parseBillSearch } from '../../search/settlement-params.ts';
import { ClassTabs } from './class-tabs.tsx';
import { ExportButton } from './export-button.tsx';
import { BillStateMark } from './states.tsx';
import { useMoney, useStaffBase } from './words.ts';

/** Bills (S5-10, S-63): of the seller, or of all sellers for operators, who move them on. */
export function BillsPage() {
  const { t } = useTranslation();
  const base = useStaffBase();
  const search = parseBillSearch(useSearch({ strict: false }));
  const bills = useQuery(billsQuery(base, search));
  const columns = useColumns();
  const { cursor, limit, ...filter } = search;
  const operator = base === 'operator';
  return (
    <Page
      title={t(operator ? 'nav.allBills' : 'nav.bills')}
      tools={<ExportButton kind="BILLS" wanted={(how) => ({ kind: 'BILLS', ...how, filter })} />}
    >
      {!operator && <p className="soft">{t('settlement.bills.intro')}</p>}
      <ClassTabs active={search.class}>
        <Filters active={isFiltered({ ...search, class: undefined })} names={['period', 'state', 'held', 'sellerId']}>
          <TextFilter name="period" label={t('settlement.filter.period')} value={search.period} />
          {operator && <TextFilter name="sellerId" label={t('settlement.filter.seller')} value={search.sellerId} />}
          <ChoiceFilter
            name="state"
            label={t('settlement.filter.state')}
            value={search.state}
            choices={billStates.map((value) => ({ value, label: t(`settlement.state.${value}.word`) }))}
          />
          <ChoiceFilter
            name="held"
            label={t('settlement.filter.held')}
            value={search.held}
            choices={[
              { value: 'true', label: t('settlement.held.only') },
              { value: 'false', label: t('settlement.held.not') },
            ]}
          />
        </Filters>
        {bills.error !== null && problemOf(bills.error).code === 'AGREEMENT_OPEN' && (
          <p>
            <Link to="/seller/agreement" data-testid="to-agreement">
              {t('settlement.agreement.toIt')}
            </Link>
          </p>
        )}
        <Loaded query={bills}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty
                sentence={t(
                  isFiltered(search)
                    ? 'list.noMatch'
                    : operator
                      ? 'settlement.bills.noneOperator'
                      : 'settlement.bills.none',
                )}
              />
            ) : (
              <>
                <Rows rows={page.items} columns={columns} rowKey={({ billId }) => billId} testId="bill-row" />
                <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </ClassTabs>
    </Page>
  );
}

function useColumns(): Column<SettlementBill>[] {
  const { t } = useTranslation();
  const money = useMoney();
  const operator = useStaffBase() === 'operator';
  const amount = (value: string, { currency }: SettlementBill) => <span className="num">{money(value, currency)}</span>;
  return [
    { key: 'period', title: t('settlement.column.period'), render: (bill) => <BillLink bill={bill} /> },
    ...(operator
      ? [{ key: 'seller', title: t('settlement.column.seller'), render: (bill: SettlementBill) => bill.sellerName }]
      : []),
    { key: 'class', title: t('settlement.column.class'), render: (bill) => t(`settlement.class.${bill.class}`) },
    { key: 'sales', title: t('settlement.column.sales'), align: 'right', render: (bill) => amount(bill.sales, bill) },
    { key: 'total', title: t('settlement.column.total'), align: 'right', render: (bill) => amount(bill.total, bill) },
    {
      key: 'fee',
      title: t('settlement.column.fee'),
      align: 'right',
      render: (bill) => amount(bill.platformFee, bill),
    },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: (bill) => bill.lines },
    {
      key: 'runDay',
      title: t('settlement.column.runDay'),
      render: (bill) => <span className="num">{bill.runDay}</span>,
    },
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: (bill) => (
        <>
          <BillStateMark bill={bill} />
          {bill.heldReason !== null && <div className="soft">{t(`settlement.held.${bill.heldReason}`)}</div>}
        </>
      ),
    },
  ];
}

/** Leads to the details, unless they may not be seen yet (S5-7). */
function BillLink({ bill }: { bill: SettlementBill }) {
  const { t } = useTranslation();
  const base = useStaffBase();
  if (!bill.mayView && base !== 'operator')
    return (
      <>
        <span className="num">{bill.period}</span>
        <div className="soft">{t('settlement.bills.greyed')}</div>
      </>
    );
  return (
    <Link
      to={`/${base}/bills/$billId`}
      params={{ billId: bill.billId }}
      aria-label={t('settlement.bills.open', { period: bill.period })}
      data-testid="bill-link"
    >
      <span className="num">{bill.period}</span>
    </Link>
  );
}
