import type { ChangeTargetView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeQuoteQuery, change as placeChange } from '../../api/subscriptions.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Derivation, Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { ActionPage } from './action-page.tsx';
import { SubmitOrder } from './submit-order.tsx';
import { presentTarget, type Target, targetFault } from './target.ts';
import { TargetFields } from './target-fields.tsx';

const route = getRouteApi('/services/$resourceId/change');
const quoteDelayMs = 400;

/** Change of a running service (B-70, B-71): what it is, what it is to be, the difference and how that comes about. */
export function ChangePage() {
  const { t } = useTranslation();
  const { resourceId } = route.useParams();
  return (
    <ActionPage title={t('change.title')} action="change" resourceId={resourceId}>
      {(subscription) => {
        const start = presentTarget(subscription);
        return start === null ? null : <Change subscription={subscription} start={start} />;
      }}
    </ActionPage>
  );
}

function Change({ subscription, start }: { subscription: SubscriptionView; start: Target }) {
  const { t } = useTranslation();
  const { resourceId } = subscription.instance;
  const [target, setTarget] = useState(start);
  const settled = useDebounced(target, quoteDelayMs);
  const query = useMemo(() => ({ skuCode: settled.skuCode, quantity: settled.quantity }), [settled]);
  const fault = targetFault(subscription, target);
  const quote = useQuery({ ...changeQuoteQuery(resourceId, query), enabled: fault === null && settled === target });
  const line = fault === null ? quote.data?.lines[0] : undefined;
  const error = fault === null ? quote.error : null;
  return (
    <div className="split">
      <div className="stack">
        <div className="compare">
          <Present subscription={subscription} />
          <Panel title={t('change.target')}>
            <TargetFields subscription={subscription} target={target} onChange={setTarget} />
          </Panel>
        </div>
        <p className="soft">{t('change.upOnly')}</p>
        <Panel title={t('change.difference')}>
          <div className="stack stack--tight">
            {error !== null ? (
              <Failure error={error} onRetry={() => void quote.refetch()} />
            ) : line === undefined ? (
              <p className="soft">{fault === null ? t('product.calculating') : t(`renewal.why.${fault}`)}</p>
            ) : (
              <Derivation steps={line.derivation} />
            )}
            <p className="soft">{t('change.differenceHelp')}</p>
          </div>
        </Panel>
      </div>
      <SubmitOrder
        amount={error === null && fault === null ? (quote.data?.amount ?? null) : null}
        stale={settled !== target || quote.isFetching}
        reason={fault !== null ? t(`renewal.why.${fault}`) : error === null ? null : t('renewal.why.noPrice')}
        place={(expectedAmount) => placeChange(resourceId, { ...target, expectedAmount, agreementsAccepted: true })}
        reloadPrice={() => void quote.refetch()}
      />
    </div>
  );
}

function Present({ subscription: { instance, changeTargets } }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const current: ChangeTargetView | undefined = changeTargets.find((one) => one.current);
  return (
    <Panel title={t('change.current')}>
      <dl className="facts">
        <Pair term={t('order.product')} value={text(instance.productName)} />
        <Pair term={t('product.specification')} value={text(instance.specificationName)} />
        {current?.attributes.map((one) => (
          <Pair key={one.code} term={text(one.name)} value={text(one.value)} />
        ))}
        {instance.linearAttribute !== null && (
          <Pair
            term={text(instance.linearAttribute.name)}
            value={`${instance.quantity} ${text(instance.linearAttribute.unit)}`}
          />
        )}
        {instance.expireAt !== null && <Pair term={t('change.end')} value={<Instant at={instance.expireAt} />} />}
      </dl>
    </Panel>
  );
}
