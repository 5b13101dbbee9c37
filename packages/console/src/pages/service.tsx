import type { ResourceDetailsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { resourceQuery, resourceTimelineQuery } from '../api/queries.ts';
import { Id } from '../components/copy.tsx';
import { Loaded } from '../components/feedback.tsx';
import { OrderLink } from '../components/links.tsx';
import { Panel } from '../components/page.tsx';
import { RecordPage } from '../components/record.tsx';
import { Pair } from '../components/rows.tsx';
import { InstanceState } from '../components/state.tsx';
import { Instant } from '../components/values.tsx';
import { useText } from '../i18n/text.ts';
import { Access } from './access.tsx';
import { ServiceNext } from './service-next.tsx';

/** How often the page asks while the seller is still provisioning. */
const provisioningPollMs = 5_000;

/** Resource details (B-43): application info, basic info, seller info; with the instance's timeline. */
export function ServicePage() {
  const { resourceId } = useParams({ strict: false });
  return <ServiceRecord resourceId={resourceId ?? ''} />;
}

function ServiceRecord({ resourceId }: { resourceId: string }) {
  const text = useText();
  const { t } = useTranslation();
  const details = useQuery({
    ...resourceQuery(resourceId),
    refetchInterval: (query) => (query.state.data?.instance.state === 'PROVISIONING' ? provisioningPollMs : false),
    // each read asks the seller live (B-45): not again just because a window came to the front
    refetchOnWindowFocus: false,
  });
  const timeline = useQuery(resourceTimelineQuery(resourceId));
  return (
    <Loaded query={details}>
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
          next={<ServiceNext details={found} />}
          timeline={timeline}
        >
          <Access details={found} />
          <BasicInfo details={found} />
          <SellerInfo details={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function BasicInfo({ details: { instance } }: { details: ResourceDetailsView }) {
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
      </dl>
    </Panel>
  );
}

function SellerInfo({ details }: { details: ResourceDetailsView }) {
  const { t } = useTranslation();
  const text = useText();
  const { support } = details;
  return (
    <Panel title={t('service.seller')}>
      <dl className="facts">
        <Pair term={t('product.seller')} value={details.instance.sellerName} />
        <Pair term={t('product.hours')} value={text(support.hours)} />
        <Pair
          term={t('product.phone')}
          value={<a href={`tel:${support.phone.replace(/\s/g, '')}`}>{support.phone}</a>}
        />
        <Pair term={t('product.email')} value={<a href={`mailto:${support.email}`}>{support.email}</a>} />
      </dl>
    </Panel>
  );
}
