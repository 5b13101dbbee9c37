import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { favouritesQuery } from '../../api/opinions.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { ProductCard } from '../buyer/market-card.tsx';

const route = getRouteApi('/favourites');

/** Products that the reader keeps at hand; one that is not to be found now says so. */
export function FavouritesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const favourites = useQuery(favouritesQuery(search));
  return (
    <Page title={t('finding.favourites')}>
      <Loaded query={favourites}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('finding.noFavourites')}>
              <ButtonLink to="/" color="primary" variant="solid">
                {t('finding.browse')}
              </ButtonLink>
            </Empty>
          ) : (
            <>
              <ul className="cards">
                {page.items.map((product) => (
                  <li key={product.goodsId}>
                    <ProductCard product={product} {...(product.listed ? {} : { note: t('finding.unlisted') })} />
                  </li>
                ))}
              </ul>
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
