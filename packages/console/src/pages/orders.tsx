import type { OrderView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ordersQuery } from '../api/queries.ts';
import { Empty, Loaded } from '../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter, TimeFilter } from '../components/filters.tsx';
import { type Base, OrderLink, useBase } from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { type Column, Rows } from '../components/rows.tsx';
import { OrderState } from '../components/state.tsx';
import { Amount, Instant } from '../components/values.tsx';
import { useText } from '../i18n/text.ts';
import { isFiltered, type OrderSearch, orderStates, parseOrderSearch } from '../search/params.ts';
import { ExportButton } from './settlement/export-button.tsx';

/** Orders: the buyer's own, the seller's customers', or all of them – the server decides by who asks. */
export function OrdersPage() {
  const { t } = useTranslation();
  const base = useBase();
  const search = parseOrderSearch(useSearch({ strict: false }));
  const orders = useQuery(ordersQuery(search));
  const { cursor, limit, ...filter } = search;
  return (
    <Page
      title={t(base === 'buyer' ? 'nav.orders' : 'nav.customerOrders')}
      // S-50
      tools={base !== 'buyer' && <ExportButton kind="ORDERS" wanted={(how) => ({ kind: 'ORDERS', ...how, filter })} />}
    >
      <OrderFilters search={search} />
      <Loaded query={orders}>
        {(page) =>
          page.items.length === 0 ? (
            <NoOrders filtered={isFiltered(search)} base={base} />
          ) : (
            <>
              <OrderRows orders={page.items} base={base} />
              <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function OrderFilters({ search }: { search: OrderSearch }) {
  const { t } = useTranslation();
  return (
    <Filters active={isFiltered(search)} names={['orderId', 'product', 'state', 'from', 'to']}>
      <TextFilter name="orderId" label={t('order.number')} value={search.orderId} />
      <TextFilter name="product" label={t('order.product')} value={search.product} />
      <ChoiceFilter
        name="state"
        label={t('order.state')}
        value={search.state}
        choices={orderStates.map((state) => ({ value: state, label: t(`state.order.${state}.word`) }))}
      />
      <TimeFilter label={t('order.createdAt')} from={search.from} to={search.to} />
    </Filters>
  );
}

function OrderRows({ orders, base }: { orders: readonly OrderView[]; base: Base }) {
  const { t } = useTranslation();
  const text = useText();
  const products = (order: OrderView): string => order.lines.map((line) => text(line.productName)).join(' + ');
  const columns: Column<OrderView>[] = [
    { key: 'number', title: t('order.number'), render: (order) => <OrderLink id={order.orderId} /> },
    { key: 'product', title: t('order.product'), render: products },
    ...(base === 'buyer'
      ? []
      : [{ key: 'buyer', title: t('order.buyer'), render: (order: OrderView) => order.buyerName }]),
    { key: 'type', title: t('order.type'), render: (order) => t(`orderType.${order.orderType}`) },
    { key: 'state', title: t('order.state'), render: (order) => <OrderState state={order.state} /> },
    { key: 'time', title: t('order.createdAt'), render: (order) => <Instant at={order.createdAt} /> },
    { key: 'amount', title: t('order.amount'), align: 'right', render: (order) => <Amount money={order.amount} /> },
    ...(base === 'buyer'
      ? [{ key: 'action', title: t('list.action'), render: (order: OrderView) => <RowAction order={order} /> }]
      : []),
  ];
  return <Rows rows={orders} columns={columns} rowKey={(order) => order.orderId} testId="order-row" />;
}

function RowAction({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const params = { orderId: order.orderId };
  return order.state === 'PENDING_PAYMENT' ? (
    <Link to="/orders/$orderId/pay" params={params}>
      {t('next.payNow')}
    </Link>
  ) : (
    <Link to="/orders/$orderId" params={params}>
      {t('list.details')}
    </Link>
  );
}

function NoOrders({ filtered, base }: { filtered: boolean; base: Base }) {
  const { t } = useTranslation();
  if (filtered) return <Empty sentence={t('list.noMatch')} />;
  if (base !== 'buyer') return <Empty sentence={t('order.noneYet')} />;
  return (
    <Empty sentence={t('order.noneOwn')}>
      <Link to="/">{t('checkout.browse')}</Link>
    </Empty>
  );
}
