import type { CommissionBillDetailView, SettlementBillDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addAdjustment, billQuery, holdBill, linesQuery, moveBill } from '../../api/settlement.ts';
import { Actor } from '../../components/actor.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { BillDecisions } from './bill-decisions.tsx';
import { ExportButton } from './export-button.tsx';
import { BillStateMark } from './states.tsx';
import { useLineColumns } from './transaction-columns.tsx';
import { useMoney, useStaffBase } from './words.ts';

/** Lines shown in the bill itself; the others stand on the page of transaction details. */
const firstLines = 10;

/** One bill: what it holds, where it is on its way to the payment, and its lines (S5-10). */
export function BillPage() {
  const { t } = useTranslation();
  const { billId } = useParams({ strict: false });
  const operator = useStaffBase() === 'operator';
  const bill = useQuery(billQuery(billId ?? ''));
  return (
    <Loaded query={bill} title={t('nav.bills')}>
      {(found) => (
        <RecordPage
          title={t('settlement.bill.title', { period: found.period, class: t(`settlement.class.${found.class}`) })}
          state={<BillStateMark bill={found} large />}
          subtitle={
            <>
              {found.sellerName} · <span className="mono">{found.billId}</span>
            </>
          }
          next={
            <NextStep
              action={
                <ExportButton
                  kind="BILL_LINES"
                  wanted={(how) => ({ kind: 'BILL_LINES', ...how, filter: { billId: found.billId } })}
                />
              }
            >
              <WhatNext bill={found} />
            </NextStep>
          }
        >
          {operator && <Decisions bill={found} />}
          <Facts bill={found} />
          <Payments bill={found} />
          <Schedule bill={found} />
          <Lines bill={found} />
          <Products bill={found} />
          <Distributors bill={found} />
          <History bill={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function Decisions({ bill }: { bill: SettlementBillDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  const { billId, sellerId, sellerName, period, class: productClass } = bill;
  return (
    <BillDecisions
      bill={bill}
      party={sellerName}
      moveHelp={t('settlement.bill.moveHelp', { seller: sellerName, period, total: money(bill.total, bill.currency) })}
      move={(change) => moveBill(billId, change)}
      hold={(change) => holdBill(billId, change)}
      adjust={(given) => addAdjustment({ ...given, sellerId, class: productClass, billId })}
    />
  );
}

/** What happens to a bill now, or why it is kept back. */
export function WhatNext({
  bill,
}: {
  bill: Pick<SettlementBillDetail | CommissionBillDetailView, 'state' | 'held' | 'heldReason' | 'heldNote'>;
}) {
  const { t } = useTranslation();
  if (!bill.held) return t(`settlement.state.${bill.state}.help`);
  const reason = bill.heldReason === null ? '' : t(`settlement.held.${bill.heldReason}`);
  const note = bill.heldNote === null ? '' : ` ${bill.heldNote}`;
  return t('settlement.bill.heldBecause', { reason: reason + note });
}

/** S5-10: a bill that waits for its invoice, or whose invoice is being verified, has an invoice list. */
const invoiced: readonly SettlementBillDetail['state'][] = ['TO_INVOICE', 'INVOICE_REVIEW'];

function Facts({ bill }: { bill: SettlementBillDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  const amount = (value: string) => <span className="num">{money(value, bill.currency)}</span>;
  const base = useStaffBase();
  const others = bill.requisition?.bills.filter(({ billId }) => billId !== bill.billId) ?? [];
  return (
    <Panel title={t('settlement.bill.facts')}>
      <dl className="facts">
        <Pair term={t('settlement.bill.range')} value={t('settlement.bill.to', { from: bill.from, to: bill.to })} />
        <Pair
          term={t('settlement.bill.runDay')}
          value={
            <>
              {bill.runDay}{' '}
              {bill.nominalRunDay !== bill.runDay && (
                <span className="soft">{t('settlement.bill.nominal', { day: bill.nominalRunDay })}</span>
              )}
            </>
          }
        />
        <Pair term={t('settlement.column.sales')} value={amount(bill.sales)} />
        <Pair term={t('settlement.column.fee')} value={amount(bill.platformFee)} />
        <Pair
          term={t('settlement.column.total')}
          value={
            <strong className="num amount-large" data-testid="bill-total">
              {money(bill.total, bill.currency)}
            </strong>
          }
        />
        {bill.requisition !== null && (
          <Pair
            term={t('settlement.bill.requisition')}
            value={
              <>
                <span className="mono">{bill.requisition.requisitionId}</span> {amount(bill.requisition.total)}{' '}
                {invoiced.includes(bill.state) && (
                  <Link
                    to={`/${base}/invoice-demands/$requisitionId`}
                    params={{ requisitionId: bill.requisition.requisitionId }}
                    data-testid="invoice-list"
                  >
                    {t('invoices.demand.list')}
                  </Link>
                )}
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

/** When the bank paid it, by its own reference; a payment that came back stays to be seen. */
export function Payments({ bill }: { bill: Pick<SettlementBillDetail, 'payments' | 'currency'> }) {
  const { t } = useTranslation();
  const money = useMoney();
  if (bill.payments.length === 0) return null;
  return (
    <Panel title={t('payout.bill.title')}>
      <dl className="facts" data-testid="bill-payments">
        {bill.payments.map(({ paymentId, state, amount, paidOn, account, bankReference, reason }) => (
          <Pair
            key={paymentId}
            term={t(`payout.payment.${state}.word`)}
            value={
              <>
                <strong className="num">{money(amount, bill.currency)}</strong>{' '}
                {t('payout.bill.paid', { day: paidOn, account })}
                {bankReference !== null && (
                  <div className="soft">{t('payout.bill.reference', { reference: bankReference })}</div>
                )}
                {state === 'RETURNED' && <div className="fault">{t('payout.bill.returned', { reason })}</div>}
              </>
            }
          />
        ))}
      </dl>
    </Panel>
  );
}

export function Schedule({ bill }: { bill: Pick<SettlementBillDetail, 'schedule'> }) {
  const { t } = useTranslation();
  if (bill.schedule.length === 0) return null;
  return (
    <Panel title={t('settlement.bill.schedule')}>
      <p className="soft">{t('settlement.bill.scheduleHelp')}</p>
      <dl className="facts" data-testid="schedule" style={{ marginTop: 8 }}>
        {bill.schedule.map(({ step, by }) => (
          <Pair key={step} term={t(`settlement.step.${step}`)} value={<span className="num">{by}</span>} />
        ))}
      </dl>
    </Panel>
  );
}

function Lines({ bill }: { bill: SettlementBillDetail }) {
  const { t } = useTranslation();
  const base = useStaffBase();
  const lines = useQuery(linesQuery({ billId: bill.billId, limit: firstLines }));
  const columns = useLineColumns({ inBill: true });
  return (
    <Panel title={t('settlement.bill.lines')}>
      <Loaded query={lines}>
        {({ items }) => <Rows rows={items} columns={columns} rowKey={({ lineId }) => lineId} testId="line-row" />}
      </Loaded>
      <p>
        <Link to={`/${base}/transactions`} search={{ billId: bill.billId }} data-testid="all-lines">
          {t('settlement.bill.allLines', { lines: bill.lines })}
        </Link>
      </p>
    </Panel>
  );
}

function Products({ bill }: { bill: SettlementBillDetail }) {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const amount = (value: string) => <span className="num">{money(value, bill.currency)}</span>;
  const columns: Column<SettlementBillDetail['products'][number]>[] = [
    { key: 'product', title: t('settlement.column.product'), render: ({ name }) => text(name) },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    { key: 'sales', title: t('settlement.column.sales'), align: 'right', render: ({ sales }) => amount(sales) },
    {
      key: 'settlement',
      title: t('settlement.column.settlement'),
      align: 'right',
      render: ({ settlement }) => amount(settlement),
    },
  ];
  return (
    <Panel title={t('settlement.bill.products')}>
      <Rows
        rows={bill.products}
        columns={columns}
        rowKey={({ goodsId, name }) => goodsId ?? name.en}
        testId="bill-product"
      />
    </Panel>
  );
}

function Distributors({ bill }: { bill: SettlementBillDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  if (bill.distributors.length === 0) return null;
  return (
    <Panel title={t('settlement.bill.distributors')}>
      <dl className="facts">
        {bill.distributors.map(({ id, name, settlement, lines }) => (
          <Pair
            key={id}
            term={name}
            value={`${money(settlement, bill.currency)} · ${t('settlement.income.waitingLines', { lines })}`}
          />
        ))}
      </dl>
    </Panel>
  );
}

export function History({ bill }: { bill: Pick<SettlementBillDetail, 'history'> }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('settlement.bill.history')}>
      <ol className="derivation" data-testid="bill-history">
        {bill.history.map((entry) => (
          <li key={`${entry.at} ${entry.state}`}>
            <strong>{t(`settlement.state.${entry.state}.word`)}</strong>
            <div className="soft">
              <Instant at={entry.at} exact /> · <Actor name={entry.by === 'SYSTEM' ? 'system' : entry.by} />
            </div>
            {entry.note !== null && <div className="prose">{entry.note}</div>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
