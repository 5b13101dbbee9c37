import type { RefundQuoteView, RefundView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { askForRefund, refundQuery, refundQuoteQuery, touchedKeys } from '../../api/subscriptions.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Amount } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ConsumptionFacts } from '../consumption-facts.tsx';
import { ActionPage, ServiceFacts } from './action-page.tsx';
import { RefundForm, type RefundWish } from './refund-form.tsx';

const route = getRouteApi('/services/$resourceId/unsubscription');

/** Unsubscribe, or cancel a renewal ahead (B-66, B-80 … B-82): what comes back by which rule, why, confirm. */
export function UnsubscriptionPage() {
  const { t } = useTranslation();
  const { resourceId } = route.useParams();
  const { kind } = route.useSearch();
  const ahead = kind === 'RENEWAL';
  return (
    <ActionPage
      title={t(ahead ? 'refund.cancelTitle' : 'refund.formTitle')}
      action={ahead ? 'cancelRenewal' : 'unsubscribe'}
      resourceId={resourceId}
    >
      {(subscription) => <Quoted subscription={subscription} kind={kind} />}
    </ActionPage>
  );
}

function Quoted({ subscription, kind }: { subscription: SubscriptionView; kind: 'RENEWAL' | undefined }) {
  const { t } = useTranslation();
  const { resourceId } = subscription.instance;
  const quote = useQuery(refundQuoteQuery(resourceId, { kind }));
  const ask = useRefund(resourceId);
  return (
    <Loaded query={quote}>
      {(found) => (
        <div className="split">
          <What subscription={subscription} quote={found} />
          <div className="stack buy-box">
            {ask.error !== null && <Failure error={ask.error} />}
            <RefundForm subscription={subscription} quote={found} busy={ask.isPending} onConfirm={ask.mutate} />
            <Link to="/services/$resourceId" params={{ resourceId }}>
              {t('refund.keep')}
            </Link>
          </div>
        </div>
      )}
    </Loaded>
  );
}

function What({ subscription, quote }: { subscription: SubscriptionView; quote: RefundQuoteView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { quota } = quote;
  return (
    <Panel title={t('refund.what')}>
      <ServiceFacts subscription={subscription}>
        <Pair term={t('refund.type')} value={t(`refund.kind.${quote.kind}`)} />
        <Pair term={t('refund.paid')} value={<Amount money={quote.paid} />} />
        <ConsumptionFacts refund={quote} />
        <Pair
          term={t(quote.selfService ? 'refund.back' : quote.partOnly ? 'refund.below' : 'refund.most')}
          value={<Amount money={quote.amount} large testId="refund-amount" />}
        />
        <Pair
          term={t('refund.instruments')}
          value={quote.back.map(({ instrument, amount, void: over }) => (
            <div
              key={`${instrument} ${over}`}
              className="row"
              style={{ minHeight: 26 }}
              data-testid="refund-instrument"
            >
              {t(`wallet.instrument.${instrument}`)} <Amount money={amount} />
              {over && <span className="soft">{t('refund.void')}</span>}
            </div>
          ))}
        />
        {quote.vouchers !== null && (
          <Pair
            term={t('refund.vouchers')}
            value={
              <span className="row" data-testid="refund-vouchers">
                <Amount money={quote.vouchers.amount} />
                {t(quote.vouchers.returned ? 'refund.vouchersBack' : 'refund.vouchersLost')}
              </span>
            }
          />
        )}
        <Pair term={t('refund.decided')} value={t(quote.selfService ? 'refund.self' : 'refund.seller')} />
        <Pair
          term={t('refund.quota')}
          value={
            quote.usesQuota ? <span data-testid="quota">{t('refund.quotaLeft', quota)}</span> : t('refund.quotaFree')
          }
        />
        <Pair
          term={t('refund.orders')}
          value={quote.lines.map((line) => (
            <div key={line.orderLineId} className="row" style={{ minHeight: 26 }}>
              <OrderLink id={line.orderId} /> <Amount money={line.amount} />
            </div>
          ))}
        />
      </ServiceFacts>
      <p>{t(`refund.rule.${quote.kind}`)}</p>
      {quote.holdsUntil !== null && (
        <p style={{ marginTop: 8 }} data-testid="refund-holds">
          {t('refund.holdsUntil', { at: formatInstant(quote.holdsUntil, language) })}
        </p>
      )}
      {quote.partOnly && (
        <p style={{ marginTop: 8 }} data-testid="part-only">
          {t('rule.partOnly')}
        </p>
      )}
      {quote.large && <p style={{ marginTop: 8 }}>{t('refund.large')}</p>}
    </Panel>
  );
}

function useRefund(resourceId: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const refresh = (): void => {
    for (const key of [...touchedKeys, 'wallet']) void queryClient.invalidateQueries({ queryKey: [key] });
  };
  return useMutation({
    mutationFn: (wish: RefundWish): Promise<RefundView> =>
      askForRefund(resourceId, { ...wish, dataLossAccepted: true }),
    onSuccess: async (refund) => {
      void message.success(t('refund.done'));
      queryClient.setQueryData(refundQuery(refund.refundId).queryKey, refund);
      // leave first: the page would flash "not possible" between the new state and the new address
      await navigate({ to: '/refunds/$refundId', params: { refundId: refund.refundId }, replace: true });
      refresh();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: ['refund-quote', resourceId] }),
  });
}
