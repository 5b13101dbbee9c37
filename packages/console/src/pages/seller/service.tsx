import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { serviceQuery, serviceTimelineQuery } from '../../api/lives.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink, useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { InstanceState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { ViolationFacts } from '../../components/violation-facts.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { LicenceOfService } from '../buyer/licence.tsx';
import { ServiceLife } from '../buyer/service-life.tsx';
import { whatNext } from '../buyer/what-next.ts';
import { DeliveryOfResource } from '../deliveries/block.tsx';
import { Violation } from '../operator/violation.tsx';

/** While the seller is at work on the instance its record is read again this often. */
const movingPollMs = 5_000;
const moving: readonly string[] = ['PROVISIONING', 'CHANGING', 'RELEASING'];

/** One service as its seller and operators see it: where it stands, what comes next, its whole life; no access data. */
export function StaffServicePage() {
  const { resourceId } = useParams({ strict: false });
  return <ServiceRecord resourceId={resourceId ?? ''} />;
}

function ServiceRecord({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const text = useText();
  const service = useQuery({
    ...serviceQuery(resourceId),
    refetchInterval: ({ state }) => (moving.includes(state.data?.instance.state ?? '') ? movingPollMs : false),
  });
  const timeline = useQuery({
    ...serviceTimelineQuery(resourceId),
    refetchInterval: moving.includes(service.data?.instance.state ?? '') ? movingPollMs : false,
  });
  return (
    <Loaded query={service} title={t('lives.basic')}>
      {(found) => (
        <RecordPage
          title={text(found.instance.productName)}
          state={<InstanceState state={found.instance.state} large />}
          subtitle={
            <>
              {text(found.instance.specificationName)} · {found.instance.buyerName} ·{' '}
              <Id value={found.instance.resourceId} name={t('service.resource')} />
            </>
          }
          next={
            <NextStep action={<Violation subscription={found} />}>
              <Next subscription={found} />
            </NextStep>
          }
          timeline={{ ...timeline, of: found.instance.resourceId }}
        >
          <DeliveryOfResource resourceId={resourceId} />
          <LicenceOfService resourceId={resourceId} />
          <ServiceLife subscription={found} />
          <Facts subscription={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** What happens if nobody does anything, in the words of those who serve the customer. */
function Next({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const next = whatNext(subscription);
  if (next.key === 'state') return t(`lives.next.${subscription.instance.state}`);
  const time = (name: 'at' | 'end' | 'freeze' | 'release'): string => {
    const moment = Object.entries(next).find(([key]) => key === name)?.[1];
    return moment === undefined ? '' : formatInstant(moment, language);
  };
  return t(`lives.next.${next.key}`, {
    at: time('at'),
    end: time('end'),
    freeze: time('freeze'),
    release: time('release'),
    reason: next.key === 'violation' ? next.reason : '',
  });
}

function Facts({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const base = useBase();
  const { instance, violation } = subscription;
  const { linearAttribute } = instance;
  return (
    <Panel title={t('lives.basic')}>
      <dl className="facts">
        <Pair term={t('lives.customer')} value={instance.buyerName} />
        {base === 'operator' && <Pair term={t('lives.seller')} value={instance.sellerName} />}
        <Pair term={t('order.product')} value={text(instance.productName)} />
        <Pair term={t('product.specification')} value={text(instance.specificationName)} />
        <Pair term={t('product.charging')} value={t(`charging.${instance.chargingMode}`)} />
        {linearAttribute !== null && (
          <Pair term={text(linearAttribute.name)} value={`${instance.quantity} ${text(linearAttribute.unit)}`} />
        )}
        {instance.instanceId !== null && (
          <Pair
            term={t('service.instanceId')}
            value={<Id value={instance.instanceId} name={t('service.instanceId')} />}
          />
        )}
        <Pair term={t('order.number')} value={<OrderLink id={instance.orderId} />} />
        <Pair term={t('order.createdAt')} value={<Instant at={instance.createdAt} />} />
        {instance.startedAt !== null && (
          <Pair term={t('service.startedAt')} value={<Instant at={instance.startedAt} />} />
        )}
        {instance.expireAt !== null && <Pair term={t('lives.expireAt')} value={<Instant at={instance.expireAt} />} />}
        {instance.chargingMode === 'PERIOD' && !subscription.trial && subscription.expiryPolicy !== null && (
          <Pair term={t('lives.policy')} value={t(`policy.word.${subscription.expiryPolicy}`)} />
        )}
        {violation !== null && <ViolationFacts violation={violation} />}
        {instance.instanceId !== null && base !== 'buyer' && (
          <Pair
            term={t('lives.calls')}
            value={
              <Link to={`/${base}/calls`} search={{ instanceId: instance.instanceId }} data-testid="service-calls">
                {t('lives.allCalls')}
              </Link>
            }
          />
        )}
      </dl>
    </Panel>
  );
}
