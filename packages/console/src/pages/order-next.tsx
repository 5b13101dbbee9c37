import type { OrderView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/queries.ts';
import { ButtonLink } from '../components/button-link.tsx';
import { ServiceLink, useBase } from '../components/links.tsx';
import { NextStep } from '../components/record.tsx';
import { addHours, formatInstant } from '../format/time.ts';
import { may } from '../shell/areas.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { refundAfterHours } from './order-steps.ts';

/** What comes next for this order, by when, and the one thing to do about it. */
export function OrderNext({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const buyer = useBase() === 'buyer';
  const about = order.orderType === 'NEW' || order.orderType === 'TRIAL' ? null : order.orderType;
  const time = (instant: string): string => formatInstant(instant, language);
  switch (order.state) {
    case 'PENDING_PAYMENT': {
      const sentence = order.cancelAt === null ? t('next.pay') : t('next.payUntil', { time: time(order.cancelAt) });
      return <NextStep action={buyer && <PayOrCancel orderId={order.orderId} />}>{sentence}</NextStep>;
    }
    case 'PROCESSING': {
      const failed = order.lines.some((line) => line.state === 'FAILED');
      if (failed) return <NextStep>{t('next.refundSoon')}</NextStep>;
      if (order.lines.some((line) => line.state === 'SUPERVISING')) return <NextStep>{t('next.supervised')}</NextStep>;
      if (about !== null) return <NextStep>{t(`orderNext.${about}.processing`)}</NextStep>;
      const latest = addHours(order.paidAt ?? order.createdAt, refundAfterHours);
      return <NextStep>{t('next.processing', { time: time(latest) })}</NextStep>;
    }
    case 'COMPLETED': {
      const action = buyer && (
        <span className="row">
          <ToService order={order} />
          <ToInvoice order={order} />
        </span>
      );
      return (
        <NextStep action={action}>{about === null ? t('next.completed') : t(`orderNext.${about}.completed`)}</NextStep>
      );
    }
    case 'REFUNDED':
      if (about !== null)
        return <NextStep action={buyer && <ToService order={order} />}>{t('orderNext.refunded')}</NextStep>;
      return <NextStep action={buyer && <BuyAgain order={order} />}>{t('next.refunded')}</NextStep>;
    case 'CANCELLED':
      if (about !== null)
        return <NextStep action={buyer && <ToService order={order} />}>{t('orderNext.closed')}</NextStep>;
      return <NextStep action={buyer && <BuyAgain order={order} />}>{t('next.cancelled')}</NextStep>;
    case 'REFUNDING':
      return <NextStep>{t('next.refunding')}</NextStep>;
    case 'PENDING_APPROVAL':
      return <NextStep>{t('next.approval')}</NextStep>;
  }
}

function PayOrCancel({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  return (
    <span className="row">
      {may(session, 'order.cancel') && <CancelOrder orderId={orderId} />}
      <ButtonLink
        color="primary"
        variant="solid"
        to="/orders/$orderId/pay"
        params={{ orderId }}
        data-testid="go-to-payment"
      >
        {t('next.payNow')}
      </ButtonLink>
    </span>
  );
}

function ToService({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const resourceId = order.lines.find((line) => line.resourceId !== null)?.resourceId ?? null;
  return resourceId === null ? null : <ServiceLink id={resourceId}>{t('next.openService')}</ServiceLink>;
}

/** Trials and unsubscriptions have no invoice. */
function ToInvoice({ order: { orderId, orderType } }: { order: OrderView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'invoice.request');
  if (!allowed || orderType === 'TRIAL' || orderType === 'UNSUBSCRIBE') return null;
  return (
    <Link to="/invoices/orders" search={{ orderId }} data-testid="to-invoice">
      {t('invoices.request.name')}
    </Link>
  );
}

function BuyAgain({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const line = order.lines[0];
  if (line === undefined) return null;
  return (
    <Link to="/products/$goodsId" params={{ goodsId: line.goodsId }} search={{ priceItemId: line.priceItemId }}>
      {t('next.buyAgain')}
    </Link>
  );
}
