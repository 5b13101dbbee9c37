import type { InstanceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { instancesQuery } from '../api/queries.ts';
import { Empty, Loaded } from '../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../components/filters.tsx';
import { OrderLink, ServiceLink } from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { type Column, Rows } from '../components/rows.tsx';
import { InstanceState } from '../components/state.tsx';
import { Instant } from '../components/values.tsx';
import { useText } from '../i18n/text.ts';
import { instanceStates, isFiltered } from '../search/params.ts';

const route = getRouteApi('/services');

/** Purchased services of a buyer (B-43). */
export function ServicesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const instances = useQuery(instancesQuery(search));
  return (
    <Page title={t('nav.services')}>
      <Filters active={isFiltered(search)} names={['product', 'state']}>
        <TextFilter name="product" label={t('order.product')} value={search.product} />
        <ChoiceFilter
          name="state"
          label={t('order.state')}
          value={search.state}
          choices={instanceStates.map((state) => ({ value: state, label: t(`state.instance.${state}.word`) }))}
        />
      </Filters>
      <Loaded query={instances}>
        {(page) =>
          page.items.length === 0 ? (
            <NoServices filtered={isFiltered(search)} />
          ) : (
            <>
              <ServiceRows instances={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function ServiceRows({ instances }: { instances: readonly InstanceView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const columns: Column<InstanceView>[] = [
    {
      key: 'product',
      title: t('order.product'),
      render: (row) => <ServiceLink id={row.resourceId}>{text(row.productName)}</ServiceLink>,
    },
    { key: 'specification', title: t('product.specification'), render: (row) => text(row.specificationName) },
    { key: 'state', title: t('order.state'), render: (row) => <InstanceState state={row.state} /> },
    { key: 'start', title: t('service.startedAt'), render: (row) => <Moment at={row.startedAt} /> },
    { key: 'end', title: t('service.expireAt'), render: (row) => <Moment at={row.expireAt} /> },
    { key: 'order', title: t('order.number'), render: (row) => <OrderLink id={row.orderId} /> },
  ];
  return <Rows rows={instances} columns={columns} rowKey={(row) => row.resourceId} testId="service-row" />;
}

/** A time that is not known yet is a dash, not an empty cell. */
function Moment({ at }: { at: string | null }) {
  return at === null ? <span className="soft">—</span> : <Instant at={at} />;
}

function NoServices({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  if (filtered) return <Empty sentence={t('list.noMatch')} />;
  return (
    <Empty sentence={t('service.noneOwn')}>
      <Link to="/">{t('checkout.browse')}</Link>
    </Empty>
  );
}
