import type { InstanceView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { instancesQuery } from '../api/queries.ts';
import { subscriptionQuery } from '../api/subscriptions.ts';
import { Empty, Loaded } from '../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../components/filters.tsx';
import { ServiceLink } from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { type Column, Rows } from '../components/rows.tsx';
import { InstanceState } from '../components/state.tsx';
import { useText } from '../i18n/text.ts';
import { instanceStates, isFiltered } from '../search/params.ts';
import { PolicyButton } from './buyer/expiry-policy.tsx';
import { EndsWithin } from './buyer/renewals.tsx';
import { RowActions } from './buyer/row-actions.tsx';
import { RowEnd } from './buyer/service-end.tsx';

const route = getRouteApi('/services');

/** Purchased services of a buyer (B-43, B-47): when each ends, what happens then, what can be done. */
export function ServicesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const instances = useQuery(instancesQuery(search));
  return (
    <Page title={t('nav.services')}>
      <Filters active={isFiltered(search)} names={['product', 'state', 'endsWithinDays']}>
        <TextFilter name="product" label={t('order.product')} value={search.product} />
        <ChoiceFilter
          name="state"
          label={t('order.state')}
          value={search.state}
          choices={instanceStates.map((state) => ({ value: state, label: t(`state.instance.${state}.word`) }))}
        />
        <EndsWithin value={search.endsWithinDays} />
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

interface Row {
  readonly instance: InstanceView;
  readonly subscription: SubscriptionView | null;
  readonly failed: boolean;
}

/** The list is there at once; what can be done with each service follows, so that nothing waits for it. */
function ServiceRows({ instances }: { instances: readonly InstanceView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const known = useQueries({ queries: instances.map((one) => subscriptionQuery(one.resourceId)) });
  const rows = instances.map(
    (instance, index): Row => ({
      instance,
      subscription: known[index]?.data ?? null,
      failed: known[index]?.isError === true,
    }),
  );
  const follow = (row: Row): string => (row.failed ? t('life.noRow') : '…');
  const columns: Column<Row>[] = [
    {
      key: 'product',
      title: t('serviceList.whichProduct'),
      render: ({ instance }) => (
        <div className="product-cell">
          <ServiceLink id={instance.resourceId}>{text(instance.productName)}</ServiceLink>
          <div className="soft">
            {text(instance.specificationName)}
            {instance.linearAttribute !== null && ` · ${instance.quantity} ${text(instance.linearAttribute.unit)}`}
          </div>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: ({ instance }) => <InstanceState state={instance.state} /> },
    {
      key: 'end',
      title: t('serviceList.end'),
      render: ({ instance, subscription }) => <RowEnd instance={instance} subscription={subscription} />,
    },
    {
      key: 'policy',
      title: t('policy.column'),
      render: (row) =>
        row.subscription === null ? (
          <span className="soft">{follow(row)}</span>
        ) : (
          <PolicyButton subscription={row.subscription} />
        ),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) =>
        row.subscription === null ? (
          <span className="soft">{follow(row)}</span>
        ) : (
          <RowActions subscription={row.subscription} />
        ),
    },
  ];
  return <Rows rows={rows} columns={columns} rowKey={(row) => row.instance.resourceId} testId="service-row" />;
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
