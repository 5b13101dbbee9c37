import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { deliveryQuery } from '../../api/deliveries.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink, ServiceLink, useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { DeliveryBlock } from './block.tsx';
import { HandoverState } from './delivery-state.tsx';
import { Operations } from './operations.tsx';

const pollMs = 5_000;

/** One delivery for whoever hands it over or looks after it. */
export function DeliveryPage() {
  const { deliveryId } = useParams({ strict: false });
  return <DeliveryRecord deliveryId={deliveryId ?? ''} />;
}

function DeliveryRecord({ deliveryId }: { deliveryId: string }) {
  const { t } = useTranslation();
  const text = useText();
  const base = useBase();
  const delivery = useQuery({
    ...deliveryQuery(deliveryId),
    refetchInterval: (query) => (query.state.data?.waitsFor === 'SYSTEM' ? pollMs : false),
  });
  return (
    <Loaded query={delivery} title={t('handover.record')}>
      {(found) => (
        <RecordPage
          title={text(found.productName)}
          state={<HandoverState status={found.status} large />}
          subtitle={
            <>
              {t(`handover.kinds.${found.payload.kind}`)} · {base === 'buyer' ? found.sellerName : found.buyerName} ·{' '}
              <Id value={found.deliveryId} name={t('handover.number')} />
            </>
          }
        >
          <DeliveryBlock delivery={found} />
          {found.supervision !== null && <Operations deliveryId={found.deliveryId} />}
          <Panel title={t('order.facts')}>
            <dl className="facts">
              <Pair term={t('handover.order')} value={<OrderLink id={found.orderId} />} />
              <Pair term={t('handover.service')} value={<ServiceLink id={found.resourceId} />} />
              <Pair term={t('handover.buyer')} value={found.buyerName} />
              <Pair term={t('handover.seller')} value={found.sellerName} />
              <Pair term={t('handover.createdAt')} value={<Instant at={found.createdAt} />} />
            </dl>
          </Panel>
        </RecordPage>
      )}
    </Loaded>
  );
}
