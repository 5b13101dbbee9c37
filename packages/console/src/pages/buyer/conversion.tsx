import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversionQuoteQuery, convert } from '../../api/subscriptions.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Derivation, Instant } from '../../components/values.tsx';
import { formatPeriods } from '../../format/period.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ActionPage, ServiceFacts } from './action-page.tsx';
import { type Duration, DurationField, firstDuration } from './duration.tsx';
import { SubmitOrder } from './submit-order.tsx';

const route = getRouteApi('/services/$resourceId/conversion');
const quoteDelayMs = 300;

/** A trial becomes a commercial subscription (B-52, C34): choose how long, see what it costs, order. */
export function ConversionPage() {
  const { t } = useTranslation();
  const { resourceId } = route.useParams();
  return (
    <ActionPage title={t('conversion.title')} action="convert" resourceId={resourceId}>
      {(subscription) => {
        const start = firstDuration(subscription.renewalPrices);
        return start === null ? null : <Conversion subscription={subscription} start={start} />;
      }}
    </ActionPage>
  );
}

function Conversion({ subscription, start }: { subscription: SubscriptionView; start: Duration }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { resourceId, expireAt } = subscription.instance;
  const [duration, setDuration] = useState(start);
  const settled = useDebounced(duration, quoteDelayMs);
  const query = useMemo(() => ({ periodType: settled.periodType, periodNumber: settled.periodNumber }), [settled]);
  const quote = useQuery(conversionQuoteQuery(resourceId, query));
  const line = quote.data?.lines[0];
  return (
    <div className="split">
      <div className="stack">
        <Panel title={t('refund.service')}>
          <ServiceFacts subscription={subscription}>
            {expireAt !== null && <Pair term={t('conversion.trialEnds')} value={<Instant at={expireAt} />} />}
            <Pair
              term={t('conversion.duration')}
              value={
                <DurationField
                  prices={subscription.renewalPrices}
                  value={duration}
                  label={t('conversion.duration')}
                  unitLabel={t('product.period')}
                  onChange={setDuration}
                />
              }
            />
            <Pair
              term={t('conversion.end')}
              value={
                line?.to == null ? (
                  t('conversion.endFromPayment', {
                    duration: formatPeriods(duration.periodNumber, duration.periodType, language),
                  })
                ) : (
                  <Instant at={line.to} />
                )
              }
            />
          </ServiceFacts>
          <p className="soft">{t('conversion.help')}</p>
        </Panel>
        <Panel title={t('checkout.parts')}>
          {quote.error !== null ? (
            <Failure error={quote.error} onRetry={() => void quote.refetch()} />
          ) : line === undefined ? (
            <p className="soft">{t('product.calculating')}</p>
          ) : (
            <Derivation steps={line.derivation} />
          )}
        </Panel>
      </div>
      <SubmitOrder
        amount={quote.error === null ? (quote.data?.amount ?? null) : null}
        stale={settled !== duration || quote.isFetching}
        reason={quote.error === null ? null : t('renewal.why.noPrice')}
        place={(expectedAmount) => convert(resourceId, { ...duration, expectedAmount, agreementsAccepted: true })}
        reloadPrice={() => void quote.refetch()}
      />
    </div>
  );
}
