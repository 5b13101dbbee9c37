import type { InstanceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { servicesQuery } from '../../api/lives.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { ServiceLink, useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { InstanceState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseServiceSearch } from '../../search/lives-params.ts';
import { instanceStates, isFiltered } from '../../search/params.ts';
import { EndsWithin } from '../buyer/renewals.tsx';

/** Running and past services of a seller's customers, of everybody for an operator: no access data (S-50a, O-14). */
export function StaffServicesPage() {
  const { t } = useTranslation();
  const search = parseServiceSearch(useSearch({ strict: false }));
  const services = useQuery(servicesQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.customerServices')}>
      <Filters active={isFiltered(search)} names={['product', 'buyer', 'state', 'endsWithinDays']}>
        <TextFilter name="product" label={t('order.product')} value={search.product} />
        <TextFilter name="buyer" label={t('lives.customer')} value={search.buyer} />
        <ChoiceFilter
          name="state"
          label={t('order.state')}
          value={search.state}
          choices={instanceStates.map((state) => ({ value: state, label: t(`state.instance.${state}.word`) }))}
        />
        <EndsWithin value={search.endsWithinDays} />
      </Filters>
      <Loaded query={services}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'lives.noneYet')} />
          ) : (
            <>
              <Rows
                rows={page.items}
                columns={columns}
                rowKey={(service) => service.resourceId}
                testId="staff-service-row"
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** What is not opened yet, or never was, has no end to speak of. */
const startedWithoutEnd = ({ state }: InstanceView): boolean => state !== 'PROVISIONING' && state !== 'FAILED';

function useColumns(): Column<InstanceView>[] {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  return [
    {
      key: 'product',
      title: t('serviceList.whichProduct'),
      render: (service) => (
        <div className="product-cell">
          <ServiceLink id={service.resourceId}>{text(service.productName)}</ServiceLink>
          <div className="soft">
            {text(service.specificationName)}
            {service.linearAttribute !== null && ` · ${service.quantity} ${text(service.linearAttribute.unit)}`}
          </div>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: (service) => <InstanceState state={service.state} /> },
    { key: 'customer', title: t('lives.customer'), render: (service) => service.buyerName },
    ...(operator
      ? [{ key: 'seller', title: t('lives.seller'), render: (service: InstanceView) => service.sellerName }]
      : []),
    {
      key: 'expireAt',
      title: t('lives.expireAt'),
      render: (service) =>
        service.expireAt === null ? (
          <span className="soft">{startedWithoutEnd(service) ? t('lives.noEnd') : '—'}</span>
        ) : (
          <Instant at={service.expireAt} />
        ),
    },
    {
      key: 'instanceId',
      title: t('service.instanceId'),
      render: (service) => <span className="mono">{service.instanceId ?? '—'}</span>,
    },
    { key: 'createdAt', title: t('order.createdAt'), render: (service) => <Instant at={service.createdAt} /> },
  ];
}
