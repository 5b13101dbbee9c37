import type { CustomerView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { customersQuery } from '../../api/lives.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Filters, TextFilter } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { parseCustomerSearch } from '../../search/lives-params.ts';

/** Who bought: name and account (S-50a), orders, what they came to, services. */
export function CustomersPage() {
  const { t } = useTranslation();
  const search = parseCustomerSearch(useSearch({ strict: false }));
  const customers = useQuery(customersQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.customers')}>
      <Filters active={search.name !== undefined} names={['name']}>
        <TextFilter name="name" label={t('lives.customer')} value={search.name} />
      </Filters>
      <Loaded query={customers}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(search.name === undefined ? 'customers.none' : 'list.noMatch')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={(customer) => customer.buyerId} testId="customer-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<CustomerView>[] {
  const { t } = useTranslation();
  const base = useBase() === 'operator' ? 'operator' : 'seller';
  return [
    {
      key: 'customer',
      title: t('lives.customer'),
      render: (customer) => (
        <>
          {customer.buyerName}
          <div className="soft">
            {t('customers.account')} <span className="mono">{customer.accountName}</span>
          </div>
        </>
      ),
    },
    { key: 'orders', title: t('customers.orders'), align: 'right', render: (customer) => customer.orders },
    {
      key: 'amount',
      title: t('customers.amount'),
      align: 'right',
      render: (customer) => (
        <>
          <Amount money={customer.amount} />
          <div className="soft">{t('customers.amountHelp')}</div>
        </>
      ),
    },
    {
      key: 'services',
      title: t('customers.services'),
      render: (customer) => (
        <Link to={`/${base}/services`} search={{ buyer: customer.buyerName }} data-testid="customer-services">
          {t('customers.active', { active: customer.activeServices, services: customer.services })}
        </Link>
      ),
    },
    { key: 'first', title: t('customers.first'), render: (customer) => <Instant at={customer.firstOrderAt} /> },
    { key: 'last', title: t('customers.last'), render: (customer) => <Instant at={customer.lastOrderAt} /> },
  ];
}
