import type { CommissionBillView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commissionBillsQuery } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { isFiltered } from '../../search/params.ts';
import { parseCommissionBillSearch } from '../../search/partner-params.ts';
import { billStates } from '../../search/settlement-params.ts';
import { may } from '../../shell/areas.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { BillStateMark } from '../settlement/states.tsx';
import { useMoney } from '../settlement/words.ts';
import { DecideBills } from './decide-bills.tsx';

/** Bills of commissions (settlement.md 4.6): the own ones to confirm, or those of all for operators. */
export function CommissionBillsPage() {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const search = parseCommissionBillSearch(useSearch({ strict: false }));
  const bills = useQuery(commissionBillsQuery(search));
  const decides = may(useQuery(sessionQuery).data, 'commission.decide');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const columns = useColumns(
    decides
      ? { chosen, choose: (id, yes) => setChosen(yes ? [...chosen, id] : chosen.filter((each) => each !== id)) }
      : null,
  );
  const { cursor, limit, ...filter } = search;
  return (
    <Page
      title={t(operator ? 'nav.commissionBills' : 'nav.ownCommissionBills')}
      tools={<ExportButton kind="COMMISSION_BILLS" wanted={(how) => ({ kind: 'COMMISSION_BILLS', ...how, filter })} />}
    >
      <p className="soft">{t(operator ? 'partners.bills.introOperator' : 'partners.bills.intro')}</p>
      <Filters active={isFiltered(search)} names={['period', 'state', 'distributorId']}>
        <TextFilter name="period" label={t('settlement.filter.period')} value={search.period} />
        {operator && <TextFilter name="distributorId" label={t('partners.id')} value={search.distributorId} />}
        <ChoiceFilter
          name="state"
          label={t('settlement.filter.state')}
          value={search.state}
          choices={billStates.map((value) => ({ value, label: t(`settlement.state.${value}.word`) }))}
        />
      </Filters>
      <Loaded query={bills}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'partners.bills.none')} />
          ) : (
            <>
              {decides &&
                (page.items.some(waits) ? (
                  <DecideBills
                    billIds={page.items.filter((bill) => waits(bill) && chosen.includes(bill.billId)).map(idOf)}
                    onDone={() => setChosen([])}
                  />
                ) : (
                  <p className="soft">{t('partners.bills.noneToConfirm')}</p>
                ))}
              <Rows rows={page.items} columns={columns} rowKey={idOf} testId="commission-bill-row" />
              <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const idOf = ({ billId }: CommissionBillView): string => billId;
const waits = ({ state }: CommissionBillView): boolean => state === 'TO_CONFIRM';

interface Choice {
  readonly chosen: readonly string[];
  readonly choose: (billId: string, yes: boolean) => void;
}

/** @param choice null = who looks decides nothing */
function useColumns(choice: Choice | null): Column<CommissionBillView>[] {
  const { t } = useTranslation();
  const money = useMoney();
  const operator = useBase() === 'operator';
  const amount = (value: string, { currency }: CommissionBillView) => (
    <span className="num">{money(value, currency)}</span>
  );
  const choosing: Column<CommissionBillView>[] =
    choice === null
      ? []
      : [
          {
            key: 'choose',
            title: t('payout.column.choose'),
            render: (bill) => (
              <Checkbox
                checked={waits(bill) && choice.chosen.includes(bill.billId)}
                disabled={!waits(bill)}
                aria-label={t('partners.bills.choose', { period: bill.period })}
                onChange={({ target }) => choice.choose(bill.billId, target.checked)}
              />
            ),
          },
        ];
  return [
    ...choosing,
    {
      key: 'period',
      title: t('settlement.column.period'),
      render: (bill) =>
        bill.mayView || operator ? (
          <Link
            to={operator ? '/operator/commission-bills/$billId' : '/distributor/bills/$billId'}
            params={{ billId: bill.billId }}
            aria-label={t('partners.bills.open', { period: bill.period })}
            data-testid="commission-bill-link"
          >
            <span className="num">{bill.period}</span>
          </Link>
        ) : (
          <>
            <span className="num">{bill.period}</span>
            <div className="soft">{t('partners.bills.greyed')}</div>
          </>
        ),
    },
    ...(operator
      ? [
          {
            key: 'partner',
            title: t('partners.bills.partner'),
            render: (bill: CommissionBillView) => bill.distributorName,
          },
        ]
      : []),
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    {
      key: 'sales',
      title: t('partners.commissions.sales'),
      align: 'right',
      render: (bill) => amount(bill.sales, bill),
    },
    {
      key: 'total',
      title: t('partners.commissions.commission'),
      align: 'right',
      render: (bill) => amount(bill.total, bill),
    },
    {
      key: 'runDay',
      title: t('settlement.column.runDay'),
      render: ({ runDay }) => <span className="num">{runDay}</span>,
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
