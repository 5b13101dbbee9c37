import type { ProductFacetsView, ProductSuggestionsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { facetsQuery, foundProductsQuery, suggestionsQuery } from '../../api/finding.ts';
import { toSearch } from '../../api/http.ts';
import { hasCode } from '../../api/problem.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager, useSearchChange } from '../../components/pager.tsx';
import { useText } from '../../i18n/text.ts';
import { type MarketSearch, productSorts } from '../../search/finding-params.ts';
import { ProductCards } from './market-card.tsx';
import { ChosenFilters, MarketFilters, withoutPage } from './market-filters.tsx';
import { MarketSearchBox } from './market-search-box.tsx';

const route = getRouteApi('/market');

/** What was found, with filters in the address (B-11, 12.2). */
export function MarketResultsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const found = useQuery(foundProductsQuery(search));
  const { sort: _, ...filters } = withoutPage(search);
  const facets = useQuery(facetsQuery(filters)).data;
  if (hasCode(found.error, 'UNAUTHENTICATED'))
    return <Navigate to="/sign-in" search={{ from: `/market${toSearch(search)}` }} replace />;
  const title = search.q === undefined ? t('finding.results') : t('finding.resultsOf', { q: search.q });
  return (
    <Page title={title} tools={<MarketSearchBox q={search.q} />}>
      <div className="market">
        <MarketFilters search={search} facets={facets} />
        <div className="stack">
          <div className="row market-bar">
            <ChosenFilters search={search} facets={facets} />
            <Total facets={facets} />
            <SortChoice search={search} />
          </div>
          <Loaded query={found}>
            {(page) =>
              page.items.length === 0 ? (
                <Nothing search={search} />
              ) : (
                <>
                  <ProductCards products={page.items} />
                  <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
                </>
              )
            }
          </Loaded>
        </div>
      </div>
    </Page>
  );
}

/** A screen reader hears how the filters changed it. */
function Total({ facets }: { facets: ProductFacetsView | undefined }) {
  const { t } = useTranslation();
  const words =
    facets === undefined
      ? ''
      : t(facets.total >= facets.countedTo ? 'finding.countMore' : 'finding.count', { count: facets.total });
  return (
    <span role="status" className="soft market-total" data-testid="total">
      {words}
    </span>
  );
}

function SortChoice({ search }: { search: MarketSearch }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const id = useId();
  return (
    <span className="row market-sort">
      <label htmlFor={id}>{t('finding.sort')}</label>
      <Select
        id={id}
        value={search.sort ?? 'DEFAULT'}
        style={{ minWidth: 150 }}
        options={productSorts.map((value) => ({ value, label: t(`finding.sorts.${value}`) }))}
        onChange={(sort) => change({ sort: sort === 'DEFAULT' ? undefined : sort, cursor: undefined })}
        data-testid="sort"
      />
    </span>
  );
}

/** Nothing fits: what would, and how to get there. */
function Nothing({ search }: { search: MarketSearch }) {
  const { t } = useTranslation();
  const { sort: _, ...filters } = withoutPage(search);
  const suggestions = useQuery(suggestionsQuery(filters));
  return (
    <div className="stack" data-testid="nothing-found">
      <div className="panel empty" data-testid="empty">
        <p>{search.q === undefined ? t('finding.nothing') : t('market.noHit', { q: search.q })}</p>
        <Link to="/market">{t('market.showAll')}</Link>
      </div>
      <Loaded query={suggestions}>{(found) => <Suggested search={search} found={found} />}</Loaded>
    </div>
  );
}

function Suggested({ search, found }: { search: MarketSearch; found: ProductSuggestionsView }) {
  const { t } = useTranslation();
  const text = useText();
  const change = useSearchChange();
  return (
    <>
      {search.q !== undefined && found.withoutFilters > 0 && (
        <Link to="/market" search={{ q: search.q }}>
          {t('finding.withoutFilters', { count: found.withoutFilters })}
        </Link>
      )}
      {found.words.length > 0 && (
        <div className="row">
          <span>{t('finding.otherWords')}</span>
          {found.words.map(({ q, count }) => (
            <Button key={q} size="small" onClick={() => change({ q, cursor: undefined })}>
              {t('finding.wordCount', { q, count })}
            </Button>
          ))}
        </div>
      )}
      {found.categories.length > 0 && (
        <div className="row">
          <span>{t('finding.inCategories')}</span>
          {found.categories.map(({ categoryId, name }) => (
            <Link key={categoryId} to="/market" search={{ category: categoryId }}>
              {text(name)}
            </Link>
          ))}
        </div>
      )}
      {found.popular.length > 0 && (
        <section className="stack" aria-label={t('finding.meanwhile')}>
          <h2>{t('finding.meanwhile')}</h2>
          <ProductCards products={found.popular} />
        </section>
      )}
    </>
  );
}
