import type { MeteredServiceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { meteredServicesQuery } from '../../api/usage.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseUsageSearch } from '../../search/usage-params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { RecordsExport } from './records-export.tsx';

/** Pay-per-use services with what this month came to; the same page for buyers and sellers. */
export function UsageServicesPage() {
  const { t } = useTranslation();
  const search = parseUsageSearch(useSearch({ strict: false }));
  const services = useQuery(meteredServicesQuery(search));
  const seller = useQuery(sessionQuery).data?.area === 'seller';
  const columns = useColumns(seller);
  return (
    <Page
      title={t('usage.title')}
      tools={
        <div className="row">
          {seller ? (
            <>
              <RecordsExport />
              <ButtonLink to="/seller/usage-rejected">{t('usage.rejected.title')}</ButtonLink>
            </>
          ) : (
            <>
              <ExportButton kind="USAGE_CHARGES" wanted={(how) => ({ kind: 'USAGE_CHARGES', ...how, filter: {} })} />
              <ButtonLink to="/usage/packages">{t('usage.packages.title')}</ButtonLink>
            </>
          )}
        </div>
      }
    >
      <Loaded query={services}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(seller ? 'usage.noneSeller' : 'usage.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ resourceId }) => resourceId} testId="usage-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(seller: boolean): Column<MeteredServiceView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'product',
      title: t('usage.product'),
      render: (service) => (
        <>
          <Link
            to={seller ? '/seller/usage/$resourceId' : '/usage/$resourceId'}
            params={{ resourceId: service.resourceId }}
          >
            {text(service.productName)}
          </Link>
          <div className="soft">{text(service.specificationName)}</div>
        </>
      ),
    },
    ...(seller
      ? [{ key: 'customer', title: t('usage.customer'), render: ({ buyerName }: MeteredServiceView) => buyerName }]
      : []),
    {
      key: 'used',
      title: t('usage.thisMonth'),
      align: 'right',
      render: ({ usageThisMonth, unit }) => (
        <span className="num">
          {usageThisMonth} {unit ? text(unit) : ''}
        </span>
      ),
    },
    {
      key: 'amount',
      title: t('usage.amount'),
      align: 'right',
      render: ({ amountThisMonth }) => <Amount money={amountThisMonth} />,
    },
    {
      key: 'owed',
      title: t('usage.owed'),
      align: 'right',
      render: ({ owed, owedSince }) =>
        owedSince === null ? (
          '—'
        ) : (
          <span className="state state--bad">
            <Amount money={owed} />
          </span>
        ),
    },
    { key: 'opened', title: t('usage.opened'), render: ({ openedAt }) => <Instant at={openedAt} /> },
  ];
}
