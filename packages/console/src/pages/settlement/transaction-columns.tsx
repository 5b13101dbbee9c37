import type { SettlementLine } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../components/links.tsx';
import type { Column } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { LineBilling } from './states.tsx';
import { useMoney, useStaffBase } from './words.ts';

/** Columns of lines on the page of transaction details; a bill says itself what is the same in all of its lines. */
export function useLineColumns({ inBill = false } = {}): Column<SettlementLine>[] {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const base = useStaffBase();
  const ofSeller = base === 'operator' && !inBill;
  const columns: Column<SettlementLine>[] = [
    {
      key: 'order',
      title: t('settlement.column.order'),
      render: (line) => (
        <>
          {line.kind === 'ADJUSTMENT' ? (
            <span className="mono">{line.lineId}</span>
          ) : (
            <OrderLink id={line.orderId} base={base} />
          )}
          <div className="soft">{t(`settlement.kind.${line.kind}`)}</div>
        </>
      ),
    },
    {
      key: 'product',
      title: t('settlement.column.product'),
      render: (line) => (
        <div className="product-cell">
          {text(line.productName)}
          <div className="soft">{t(`settlement.class.${line.class}`)}</div>
        </div>
      ),
    },
    {
      key: 'customer',
      title: t(ofSeller ? 'settlement.column.seller' : 'settlement.column.customer'),
      render: (line) => (ofSeller ? line.sellerName : (line.buyerName ?? '—')),
    },
    {
      key: 'transaction',
      title: t('settlement.column.transaction'),
      align: 'right',
      render: (line) => <span className="num">{money(line.transactionAmount, line.currency)}</span>,
    },
    {
      key: 'settlement',
      title: t('settlement.column.settlement'),
      align: 'right',
      render: (line) => (
        <span className="num">
          {line.settlementAmount === null ? t('settlement.lines.unknown') : money(line.settlementAmount, line.currency)}
        </span>
      ),
    },
    {
      key: 'billing',
      title: t('settlement.column.billing'),
      render: (line) => (
        <>
          <LineBilling line={line} />
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
      render: (line) => <span className="num">{line.billPeriod ?? line.period ?? '—'}</span>,
    },
    {
      key: 'action',
      title: t('settlement.column.action'),
      render: (line) => (
        <div className="row">
          <Link to={`/${base}/transactions/$lineId`} params={{ lineId: line.lineId }} data-testid="line-link">
            {t(
              line.billing === 'WAITING' || line.billing === 'READY'
                ? 'settlement.lines.why'
                : 'settlement.lines.details',
            )}
          </Link>
          {!inBill && <ViewBill line={line} />}
        </div>
      ),
    },
  ];
  return inBill ? columns.filter(({ key }) => key !== 'period' && key !== 'billing') : columns;
}

/** Grey while the bill is in review or below the minimum (S5-7), and says so. */
export function ViewBill({ line }: { line: SettlementLine }) {
  const { t } = useTranslation();
  const base = useStaffBase();
  if (line.billId === null) return null;
  if (line.mayViewBill || base === 'operator')
    return (
      <Link to={`/${base}/bills/$billId`} params={{ billId: line.billId }} data-testid="view-bill">
        {t('settlement.lines.viewBill')}
      </Link>
    );
  const why = t('settlement.lines.viewBillWhy');
  return (
    <span title={why}>
      <Button type="link" size="small" disabled data-testid="view-bill" aria-description={why}>
        {t('settlement.lines.viewBill')}
      </Button>
    </span>
  );
}
