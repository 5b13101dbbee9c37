import type { DifferenceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { differencesQuery } from '../../api/lives.ts';
import { Id } from '../../components/copy.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ServiceLink, useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseDifferenceSearch } from '../../search/lives-params.ts';
import { CompareNow } from './compare-now.tsx';

/** Where seller and marketplace disagree about running services, each with what to do about it. */
export function DifferencesPage() {
  const { t } = useTranslation();
  const search = parseDifferenceSearch(useSearch({ strict: false }));
  const differences = useQuery(differencesQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.differences')}>
      <p className="soft">{t('differences.intro')}</p>
      <CompareNow />
      <Loaded query={differences}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('differences.none')} />
          ) : (
            <>
              <Rows
                rows={page.items}
                columns={columns}
                rowKey={(difference) => difference.differenceId}
                testId="difference-row"
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<DifferenceView>[] {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  return [
    {
      key: 'service',
      title: t('refund.service'),
      render: (row) => (
        <div className="product-cell">
          <ServiceLink id={row.resourceId}>{text(row.productName)}</ServiceLink>
          <div>
            <Id value={row.instanceId} name={t('service.instanceId')} />
          </div>
        </div>
      ),
    },
    ...(operator ? [{ key: 'seller', title: t('lives.seller'), render: (row: DifferenceView) => row.sellerName }] : []),
    {
      key: 'what',
      title: t('differences.what'),
      render: (row) => (
        <>
          <strong>{t(`differences.kind.${row.kind}`)}</strong>
          <div>{text(row.detail)}</div>
        </>
      ),
    },
    { key: 'remedy', title: t('differences.remedy'), render: (row) => text(row.remedy) },
    { key: 'since', title: t('differences.since'), render: (row) => <Instant at={row.since} /> },
    { key: 'lastSeen', title: t('differences.lastSeen'), render: (row) => <Instant at={row.lastSeenAt} /> },
  ];
}
