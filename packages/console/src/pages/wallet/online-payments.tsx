import type { OnlinePaymentView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { PaymentState } from './states.tsx';

/** What went through the payment gateway, newest first. */
export function OnlinePayments({ payments }: { payments: readonly OnlinePaymentView[] }) {
  const { t } = useTranslation();
  const columns: Column<OnlinePaymentView>[] = [
    { key: 'at', title: t('wallet.credit.at'), render: ({ createdAt }) => <Instant at={createdAt} /> },
    {
      key: 'for',
      title: t('wallet.payments.purpose'),
      render: ({ orderId }) =>
        orderId === null ? t('wallet.payments.topUp') : <OrderLink id={orderId} base="buyer" />,
    },
    { key: 'amount', title: t('wallet.amount'), align: 'right', render: ({ amount }) => <Amount money={amount} /> },
    { key: 'state', title: t('order.state'), render: (payment) => <PaymentState payment={payment} /> },
  ];
  return (
    <Panel title={t('wallet.payments.title')}>
      {payments.length === 0 ? (
        <p className="soft">{t('wallet.payments.none')}</p>
      ) : (
        <Rows rows={payments} columns={columns} rowKey={({ paymentId }) => paymentId} testId="online-row" />
      )}
    </Panel>
  );
}
