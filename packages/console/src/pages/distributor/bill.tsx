import type { CommissionBillDetailView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  adjustCommissionBill,
  commissionBillQuery,
  holdCommissionBill,
  moveCommissionBill,
} from '../../api/partners.ts';
import { Loaded } from '../../components/feedback.tsx';
import { useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { History, Payments, Schedule, WhatNext } from '../settlement/bill.tsx';
import { BillDecisions } from '../settlement/bill-decisions.tsx';
import { ExportButton } from '../settlement/export-button.tsx';
import { BillStateMark } from '../settlement/states.tsx';
import { useMoney, useRatio } from '../settlement/words.ts';
import { DecideBills } from './decide-bills.tsx';

/** One bill of commissions: what it adds up, where it is on its way to the payment, what to invoice (settlement.md 4.6). */
export function CommissionBillPage() {
  const { t } = useTranslation();
  const { billId } = useParams({ strict: false });
  const operator = useBase() === 'operator';
  const bill = useQuery(commissionBillQuery(billId ?? ''));
  return (
    <Loaded query={bill} title={t('nav.commissionBills')}>
      {(found) => (
        <RecordPage
          title={t('partners.bills.title', { period: found.period })}
          state={<BillStateMark bill={found} large />}
          subtitle={
            <>
              {found.distributorName} · <span className="mono">{found.billId}</span>
            </>
          }
          next={
            <NextStep
              action={
                found.mayDecide ? (
                  <DecideBills billIds={[found.billId]} single />
                ) : (
                  <ExportButton
                    kind="COMMISSIONS"
                    wanted={(how) => ({ kind: 'COMMISSIONS', ...how, filter: linesOf(found) })}
                  />
                )
              }
            >
              <WhatNext bill={found} />
            </NextStep>
          }
        >
          {operator && <Decisions bill={found} />}
          <Facts bill={found} />
          <Adjustments bill={found} />
          <InvoiceList bill={found} />
          <Payments bill={found} />
          <Schedule bill={found} />
          <History bill={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

interface Of {
  readonly bill: CommissionBillDetailView;
}

/** Its lines are the billed ones of its party and period. */
const linesOf = ({ distributorId, period }: CommissionBillDetailView) => ({
  distributorId,
  period,
  state: 'BILLED' as const,
});

function Decisions({ bill }: Of) {
  const { t } = useTranslation();
  const money = useMoney();
  const { billId, distributorName: partner, period } = bill;
  return (
    <BillDecisions
      bill={bill}
      party={partner}
      moveHelp={t('partners.bills.moveHelp', { partner, period, total: money(bill.total, bill.currency) })}
      move={(change) => moveCommissionBill(billId, change)}
      hold={(change) => holdCommissionBill(billId, change)}
      adjust={(given) => adjustCommissionBill(billId, given)}
    />
  );
}

function Facts({ bill }: Of) {
  const { t } = useTranslation();
  const money = useMoney();
  const operator = useBase() === 'operator';
  const amount = (value: string) => <span className="num">{money(value, bill.currency)}</span>;
  const others = bill.requisition?.bills.filter(({ billId }) => billId !== bill.billId) ?? [];
  const lines = t('settlement.bill.allLines', { lines: bill.lines });
  const search = { period: bill.period, state: 'BILLED' as const };
  return (
    <Panel title={t('settlement.bill.facts')}>
      <dl className="facts">
        <Pair term={t('settlement.bill.runDay')} value={bill.runDay} />
        <Pair term={t('partners.commissions.sales')} value={amount(bill.sales)} />
        <Pair term={t('settlement.line.cash')} value={amount(bill.cash)} />
        <Pair
          term={t('partners.commissions.commission')}
          value={
            <strong className="num amount-large" data-testid="bill-total">
              {money(bill.total, bill.currency)}
            </strong>
          }
        />
        <Pair
          term={t('settlement.bill.lines')}
          value={
            operator ? (
              <Link
                to="/operator/partners/$distributorId"
                params={{ distributorId: bill.distributorId }}
                search={search}
              >
                {lines}
              </Link>
            ) : (
              <Link to="/distributor/commissions" search={search} data-testid="all-lines">
                {lines}
              </Link>
            )
          }
        />
        {bill.requisition !== null && (
          <Pair
            term={t('settlement.bill.requisition')}
            value={
              <>
                <span className="mono">{bill.requisition.requisitionId}</span> {amount(bill.requisition.total)}
                {others.length > 0 && (
                  <div className="soft">
                    {t('settlement.bill.together', { periods: others.map(({ period }) => period).join(', ') })}
                  </div>
                )}
              </>
            }
          />
        )}
      </dl>
    </Panel>
  );
}

type Adjustment = CommissionBillDetailView['adjustments'][number];

/** S4-3: lines of this bill that correct an earlier one, each with its reason. */
function Adjustments({ bill }: Of) {
  const { t } = useTranslation();
  const money = useMoney();
  const operator = useBase() === 'operator';
  if (bill.adjustments.length === 0) return null;
  const columns: Column<Adjustment>[] = [
    { key: 'reason', title: t('partners.bills.reason'), render: ({ reason }) => reason },
    {
      key: 'corrects',
      title: t('partners.bills.corrects'),
      render: ({ corrects }) =>
        corrects === null ? (
          '—'
        ) : (
          <Link
            to={operator ? '/operator/commission-bills/$billId' : '/distributor/bills/$billId'}
            params={{ billId: corrects.billId }}
          >
            <span className="num">{corrects.period}</span>
          </Link>
        ),
    },
    { key: 'at', title: t('partners.bills.adjustedAt'), render: ({ madeAt }) => <Instant at={madeAt} /> },
    {
      key: 'amount',
      title: t('partners.bills.amount'),
      align: 'right',
      render: ({ amount }) => <span className="num">{money(amount, bill.currency)}</span>,
    },
  ];
  return (
    <Panel title={t('partners.bills.adjustments')}>
      <Rows rows={bill.adjustments} columns={columns} rowKey={({ lineId }) => lineId} testId="adjustment-row" />
      <p className="soft">{t('partners.bills.adjustmentsHelp')}</p>
    </Panel>
  );
}

/** S5-25: at which rate how much is invoiced, and what the remark must hold. */
function InvoiceList({ bill }: Of) {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  if (bill.requisition === null || bill.invoiceList.length === 0) return null;
  const amount = (value: string) => <span className="num">{money(value, bill.currency)}</span>;
  const columns: Column<CommissionBillDetailView['invoiceList'][number]>[] = [
    { key: 'rate', title: t('partners.bills.rate'), render: ({ rate }) => <span className="num">{ratio(rate)}</span> },
    { key: 'net', title: t('partners.bills.net'), align: 'right', render: ({ net }) => amount(net) },
    { key: 'tax', title: t('partners.bills.tax'), align: 'right', render: ({ tax }) => amount(tax) },
    { key: 'gross', title: t('partners.bills.gross'), align: 'right', render: ({ gross }) => amount(gross) },
  ];
  const { requisitionId, bills } = bill.requisition;
  return (
    <Panel title={t('partners.bills.invoiceList')}>
      <Rows rows={bill.invoiceList} columns={columns} rowKey={({ rate }) => rate} testId="invoice-rate" />
      <p className="soft">
        {t('partners.bills.invoiceHelp', {
          requisition: requisitionId,
          periods: bills.map(({ period }) => period).join(', '),
        })}
      </p>
    </Panel>
  );
}
