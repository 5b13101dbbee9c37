import type { AssetCardView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assetsQuery } from '../../api/assets.ts';
import { sessionQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { assetKinds, assetStates, parseAssetSearch } from '../../search/asset-params.ts';
import { isFiltered } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { AssetState } from './asset-state.tsx';

/** Assets (L18, L23): what specifications deliver, each with its newest version and what the scan said. */
export function AssetsPage() {
  const { t } = useTranslation();
  const search = parseAssetSearch(useSearch({ strict: false }));
  const assets = useQuery(assetsQuery(search));
  const session = useQuery(sessionQuery).data;
  const columns = useColumns();
  const add = may(session, 'catalog.manage') && (
    <ButtonLink to="/seller/assets/new" color="primary" variant="solid" data-testid="new-asset">
      {t('asset.add')}
    </ButtonLink>
  );
  return (
    <Page title={t('nav.assets')} tools={add}>
      <Filters active={isFiltered(search)} names={['q', 'kind', 'state']}>
        <TextFilter name="q" label={t('asset.nameOrId')} value={search.q} />
        <ChoiceFilter
          name="kind"
          label={t('asset.kindLabel')}
          value={search.kind}
          choices={assetKinds.map((value) => ({ value, label: t(`asset.kind.${value}`) }))}
        />
        <ChoiceFilter
          name="state"
          label={t('asset.stateLabel')}
          value={search.state}
          choices={assetStates.map((value) => ({ value, label: t(`asset.state.${value}.word`) }))}
        />
      </Filters>
      <Loaded query={assets}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'asset.none')}>{!isFiltered(search) && add}</Empty>
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={(asset) => asset.assetId} testId="asset-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<AssetCardView>[] {
  const { t } = useTranslation();
  const base = useBase() === 'operator' ? 'operator' : 'seller';
  const seller: Column<AssetCardView> = {
    key: 'seller',
    title: t('lives.seller'),
    render: (asset) => asset.seller.name,
  };
  return [
    {
      key: 'name',
      title: t('asset.name'),
      render: (asset) => (
        <>
          <Link to={`/${base}/assets/$assetId`} params={{ assetId: asset.assetId }} data-testid="asset-link">
            {asset.name}
          </Link>
          <div className="mono soft">{asset.assetId}</div>
        </>
      ),
    },
    { key: 'kind', title: t('asset.kindLabel'), render: (asset) => t(`asset.kind.${asset.kind}`) },
    ...(base === 'operator' ? [seller] : []),
    {
      key: 'latest',
      title: t('asset.latest'),
      render: ({ latest }) => (
        <span className="row">
          <span className="mono">{latest.version}</span> <AssetState version={latest} />
        </span>
      ),
    },
    {
      key: 'sold',
      title: t('asset.sold'),
      render: (asset) =>
        asset.usedUp ? (
          <span className="soft">{t('asset.usedUp')}</span>
        ) : asset.approvedVersion === null ? (
          <span className="soft">{t('asset.notYet')}</span>
        ) : (
          <span className="mono">{asset.approvedVersion}</span>
        ),
    },
    { key: 'at', title: t('asset.submittedAt'), render: ({ latest }) => <Instant at={latest.submittedAt} /> },
  ];
}
