import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { deliveriesQuery } from '../../api/deliveries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { OrderLink, useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { deliveryKinds, deliveryStatuses, parseDeliverySearch } from '../../search/delivery-params.ts';
import { isFiltered } from '../../search/params.ts';
import { HandoverState } from './delivery-state.tsx';
import { useDeliveryNext } from './delivery-words.ts';

const recordRoute = {
  buyer: '/deliveries/$deliveryId',
  seller: '/seller/deliveries/$deliveryId',
  operator: '/operator/deliveries/$deliveryId',
} as const;

/** What sellers hand over and operators look after: what waits for the reader first to be found (S-40). */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const search = parseDeliverySearch(useSearch({ strict: false }));
  const deliveries = useQuery(deliveriesQuery(search));
  const columns = useColumns();
  const buyer = useBase() === 'buyer';
  return (
    <Page title={t(buyer ? 'handover.myList' : 'handover.list')}>
      <Filters active={isFiltered(search)} names={['mine', 'appealed', 'status', 'kind']}>
        <ChoiceFilter
          name="mine"
          label={t('handover.mine')}
          value={search.mine}
          choices={[{ value: 'true', label: t('handover.onlyMine') }]}
        />
        <ChoiceFilter
          name="appealed"
          label={t('supervision.appeal.title')}
          value={search.appealed}
          choices={[{ value: 'true', label: t('supervision.appeal.open') }]}
        />
        <ChoiceFilter
          name="status"
          label={t('handover.status')}
          value={search.status}
          choices={deliveryStatuses.map((value) => ({ value, label: t(`handover.state.${value}.word`) }))}
        />
        <ChoiceFilter
          name="kind"
          label={t('handover.kind')}
          value={search.kind}
          choices={deliveryKinds.map((value) => ({ value, label: t(`handover.kinds.${value}`) }))}
        />
      </Filters>
      <Loaded query={deliveries}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : buyer ? 'handover.myNone' : 'handover.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ deliveryId }) => deliveryId} testId="delivery-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<OrderDeliveryView>[] {
  const { t } = useTranslation();
  const text = useText();
  const next = useDeliveryNext();
  const base = useBase();
  return [
    {
      key: 'product',
      title: t('handover.product'),
      render: (delivery) => (
        <div className="product-cell">
          <Link to={recordRoute[base]} params={{ deliveryId: delivery.deliveryId }} data-testid="delivery-link">
            {text(delivery.productName)}
          </Link>
          <div className="soft">{t(`handover.kinds.${delivery.payload.kind}`)}</div>
        </div>
      ),
    },
    {
      key: 'status',
      title: t('handover.status'),
      render: (delivery) => (
        <>
          <HandoverState status={delivery.status} />
          {delivery.supervision != null && (
            <div className="soft" data-testid="delivery-step">
              {t(`supervision.step.${delivery.supervision.step}`)} · <Instant at={delivery.supervision.since} />
            </div>
          )}
          <div className="soft">{next(delivery)}</div>
        </>
      ),
    },
    ...(base === 'buyer'
      ? []
      : [{ key: 'buyer', title: t('handover.buyer'), render: (each: OrderDeliveryView) => each.buyerName }]),
    ...(base === 'seller'
      ? []
      : [{ key: 'seller', title: t('handover.seller'), render: (each: OrderDeliveryView) => each.sellerName }]),
    { key: 'order', title: t('handover.order'), render: ({ orderId }) => <OrderLink id={orderId} /> },
    { key: 'created', title: t('handover.createdAt'), render: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
}
