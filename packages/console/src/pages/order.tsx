import type { OrderLineView, OrderView } from '@jishi/marketplace/console-api';
import { useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveOrder } from '../api/live-order.ts';
import { Id } from '../components/copy.tsx';
import { Loaded } from '../components/feedback.tsx';
import { Panel } from '../components/page.tsx';
import { RecordPage } from '../components/record.tsx';
import { Pair } from '../components/rows.tsx';
import { OrderState } from '../components/state.tsx';
import { Amount, Instant } from '../components/values.tsx';
import { useText } from '../i18n/text.ts';
import { DeliveryOfResource } from './deliveries/block.tsx';
import { OrderLine } from './order-line.tsx';
import { OrderNext } from './order-next.tsx';
import { LinesOfOrder } from './settlement/lines-of-order.tsx';
import { PaidWith } from './wallet/paid-with.tsx';

/** The order's record, the same for buyer, seller and operator; live while it is processed. */
export function OrderPage() {
  const { orderId } = useParams({ strict: false });
  return <OrderRecord orderId={orderId ?? ''} />;
}

function OrderRecord({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const text = useText();
  const { order, timeline } = useLiveOrder(orderId);
  return (
    <Loaded query={order} title={t('order.title')}>
      {(found) => (
        <RecordPage
          title={found.lines.map((line) => text(line.productName)).join(' + ') || t('order.title')}
          state={<OrderState state={found.state} large />}
          subtitle={
            <>
              {t(`orderType.${found.orderType}`)} · <Id value={found.orderId} name={t('order.number')} />
            </>
          }
          next={<OrderNext order={found} />}
          timeline={{ ...timeline, of: found.orderId }}
        >
          {found.lines.map((line) => (
            <Fragment key={line.orderLineId}>
              <OrderLine order={found} line={line} />
              {isDelivered(found, line) && <DeliveryOfResource resourceId={line.orderLineId} />}
            </Fragment>
          ))}
          <OrderFacts order={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** A paid purchase; its line has the id of the service that it creates. */
const isDelivered = ({ orderType, paidAt }: OrderView, { state }: OrderLineView): boolean =>
  (orderType === 'NEW' || orderType === 'TRIAL') && paidAt !== null && state !== 'CLOSED';

function OrderFacts({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('order.facts')}>
      <dl className="facts">
        <Pair term={t('order.amount')} value={<Amount money={order.amount} testId="amount" />} />
        {order.payment.length > 0 && <Pair term={t('wallet.pay.paidWith')} value={<PaidWith order={order} />} />}
        <Pair term={t('order.buyer')} value={order.buyerName} />
        <Pair term={t('order.createdAt')} value={<Instant at={order.createdAt} />} />
        {order.paidAt !== null && <Pair term={t('order.paidAt')} value={<Instant at={order.paidAt} />} />}
        {order.completedAt !== null && (
          <Pair term={t('order.completedAt')} value={<Instant at={order.completedAt} />} />
        )}
        {order.cancelAt !== null && order.state === 'PENDING_PAYMENT' && (
          <Pair term={t('order.cancelAt')} value={<Instant at={order.cancelAt} />} />
        )}
        <LinesOfOrder orderId={order.orderId} />
        <Pair term={t('order.traceId')} value={<Id value={order.traceId} name={t('order.traceId')} />} />
      </dl>
    </Panel>
  );
}
