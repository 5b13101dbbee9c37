import type { MoneyView, OrderView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/problem.ts';
import { orderQuery } from '../../api/queries.ts';
import { touchedKeys } from '../../api/subscriptions.ts';
import { Failure } from '../../components/feedback.tsx';
import { Amount } from '../../components/values.tsx';
import { Agreement } from './agreement.tsx';

interface SubmitOrderProps {
  /** null while the price is not known */
  readonly amount: MoneyView | null;
  /** the price belongs to an older choice; a new one is being asked */
  readonly stale: boolean;
  /** why the order cannot be submitted yet; the agreement is looked after here */
  readonly reason: string | null;
  readonly place: (expectedAmount: string) => Promise<OrderView>;
  readonly reloadPrice: () => void;
}

/** Amount due, the agreement's tick and the button that says why it waits; leads on to the payment. */
export function SubmitOrder({ amount, stale, reason, place, reloadPrice }: SubmitOrderProps) {
  const { t } = useTranslation();
  const reasonId = useId();
  const [accepted, setAccepted] = useState(false);
  const submit = usePlacing(place, reloadPrice);
  const waiting = amount === null || stale;
  const why = reason ?? (waiting ? t('renewal.why.quote') : accepted ? null : t('renewal.why.agree'));
  return (
    <section className="panel stack stack--tight buy-box" aria-label={t('renewal.submit')}>
      <div className="between" aria-live="polite" aria-busy={stale}>
        <span>{t('renewal.total')}</span>
        {amount === null ? <span className="soft">—</span> : <Amount money={amount} large testId="amount" />}
      </div>
      <Agreement
        checked={accepted}
        onChange={setAccepted}
        testId="agreement"
        label={t('renewal.agree')}
        title={t('checkout.marketAgreement')}
      >
        {t('checkout.marketAgreementText')} {t('renewal.agreementText')}
      </Agreement>
      {submit.error !== null && <Failure error={submit.error} />}
      <Button
        type="primary"
        size="large"
        block
        disabled={why !== null}
        loading={submit.isPending}
        aria-describedby={why === null ? undefined : reasonId}
        onClick={() => amount !== null && submit.mutate(amount.amount)}
        data-testid="submit-order"
      >
        {t('renewal.submit')}
      </Button>
      {why !== null && (
        <p id={reasonId} className="soft" data-testid="why-not">
          {why}
        </p>
      )}
    </section>
  );
}

/** Places the order and leads on to its payment. A price that changed meanwhile is said and loaded anew (B-29). */
function usePlacing(place: SubmitOrderProps['place'], reloadPrice: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: place,
    onSuccess: async (order) => {
      queryClient.setQueryData(orderQuery(order.orderId).queryKey, order);
      await navigate({ to: '/orders/$orderId/pay', params: { orderId: order.orderId }, replace: true });
      for (const key of touchedKeys) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => {
      if (hasCode(error, 'PRICE_CHANGED')) reloadPrice();
      void queryClient.invalidateQueries({ queryKey: ['subscription'] });
    },
  });
}
