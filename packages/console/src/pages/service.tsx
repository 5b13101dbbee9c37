import type { ResourceDetailsView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { resourceQuery, resourceTimelineQuery } from '../api/queries.ts';
import { subscriptionQuery } from '../api/subscriptions.ts';
import { Id } from '../components/copy.tsx';
import { Loaded } from '../components/feedback.tsx';
import { OrderLink } from '../components/links.tsx';
import { Panel } from '../components/page.tsx';
import { NextStep, RecordPage } from '../components/record.tsx';
import { Pair } from '../components/rows.tsx';
import { InstanceState } from '../components/state.tsx';
import { Support } from '../components/support.tsx';
import { Instant } from '../components/values.tsx';
import { ViolationFacts } from '../components/violation-facts.tsx';
import { useText } from '../i18n/text.ts';
import { Access } from './access.tsx';
import { LicenceOfService } from './buyer/licence.tsx';
import { ServiceActions } from './buyer/service-actions.tsx';
import { ServiceLife } from './buyer/service-life.tsx';
import { DeliveryOfResource } from './deliveries/block.tsx';
import { useDeliveryNext } from './deliveries/delivery-words.ts';
import { useDeliveryOf } from './deliveries/use-delivery.ts';
import { ServiceNext } from './service-next.tsx';

const route = getRouteApi('/services/$resourceId');

/** How often the page asks while the seller is still provisioning. */
const provisioningPollMs = 5_000;

/** Resource details (B-43): application info, the life of the service and what can be done, basic info, seller info, timeline. */
export function ServicePage() {
  const { resourceId } = route.useParams();
  const text = useText();
  const { t } = useTranslation();
  const details = useQuery({
    ...resourceQuery(resourceId),
    refetchInterval: (query) => (query.state.data?.instance.state === 'PROVISIONING' ? provisioningPollMs : false),
    // each read asks the seller live (B-45): not again just because a window came to the front
    refetchOnWindowFocus: false,
  });
  const timeline = useQuery(resourceTimelineQuery(resourceId));
  const subscription = useQuery(subscriptionQuery(resourceId));
  const { delivery } = useDeliveryOf(resourceId);
  const deliveryNext = useDeliveryNext();
  return (
    <Loaded query={details} title={t('service.title')}>
      {(found) => (
        <RecordPage
          title={text(found.instance.productName)}
          state={<InstanceState state={found.instance.state} large />}
          subtitle={
            <>
              {text(found.instance.specificationName)} ·{' '}
              <Id value={found.instance.resourceId} name={t('service.resource')} />
            </>
          }
          next={
            delivery != null && found.instance.state === 'PROVISIONING' ? (
              <NextStep action={<OrderLink id={found.instance.orderId}>{t('next.viewOrder')}</OrderLink>}>
                {deliveryNext(delivery)}
              </NextStep>
            ) : (
              <ServiceNext details={found} subscription={subscription.data ?? null} />
            )
          }
          timeline={{ ...timeline, of: found.instance.resourceId }}
        >
          <DeliveryOfResource resourceId={resourceId} />
          <LicenceOfService resourceId={resourceId} />
          <Access details={found} signsIn={delivery == null || delivery.payload.kind === 'ACCESS'} />
          <Loaded query={subscription}>
            {(running) => (
              <>
                <ServiceLife subscription={running} />
                <ServiceActions subscription={running} />
              </>
            )}
          </Loaded>
          <BasicInfo details={found} violation={subscription.data?.violation ?? null} />
          <Support title={t('service.seller')} sellerName={found.instance.sellerName} support={found.support} />
        </RecordPage>
      )}
    </Loaded>
  );
}

interface BasicInfoProps {
  readonly details: ResourceDetailsView;
  /** the open one, with its evidence (O-14) */
  readonly violation: SubscriptionView['violation'];
}

function BasicInfo({ details: { instance }, violation }: BasicInfoProps) {
  const { t } = useTranslation();
  const text = useText();
  const { linearAttribute } = instance;
  return (
    <Panel title={t('service.basic')}>
      <dl className="facts">
        <Pair term={t('order.product')} value={text(instance.productName)} />
        <Pair term={t('product.specification')} value={text(instance.specificationName)} />
        <Pair term={t('product.charging')} value={t(`charging.${instance.chargingMode}`)} />
        {linearAttribute !== null && (
          <Pair term={text(linearAttribute.name)} value={`${instance.quantity} ${text(linearAttribute.unit)}`} />
        )}
        <Pair term={t('order.number')} value={<OrderLink id={instance.orderId} />} />
        {instance.instanceId !== null && (
          <Pair
            term={t('service.instanceId')}
            value={<Id value={instance.instanceId} name={t('service.instanceId')} />}
          />
        )}
        <Pair term={t('order.buyer')} value={instance.buyerName} />
        <Pair term={t('order.createdAt')} value={<Instant at={instance.createdAt} />} />
        {instance.startedAt !== null && (
          <Pair term={t('service.startedAt')} value={<Instant at={instance.startedAt} />} />
        )}
        {instance.expireAt !== null && <Pair term={t('service.expireAt')} value={<Instant at={instance.expireAt} />} />}
        {violation !== null && <ViolationFacts violation={violation} />}
      </dl>
    </Panel>
  );
}
