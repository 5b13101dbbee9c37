import type { ProductCardView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/problem.ts';
import { productsQuery } from '../../api/queries.ts';
import { accessTypeName } from '../../components/access-type.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager, useSearchChange } from '../../components/pager.tsx';
import { Amount } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';

const route = getRouteApi('/');

/** The market: what is on sale, searched and paged by the server (B-10, B-11). */
export function MarketPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const products = useQuery(productsQuery(search));
  const change = useSearchChange();
  if (hasCode(products.error, 'UNAUTHENTICATED')) return <Navigate to="/sign-in" search={{ from: '/' }} replace />;
  return (
    <Page
      title={t('market.title')}
      tools={
        <search style={{ flex: '0 1 360px' }}>
          <Input.Search
            key={search.q ?? ''}
            defaultValue={search.q ?? ''}
            maxLength={100}
            allowClear
            placeholder={t('market.search')}
            aria-label={t('market.search')}
            onSearch={(text) => change({ q: text.trim() === '' ? undefined : text.trim(), cursor: undefined })}
            data-testid="market-search"
          />
        </search>
      }
    >
      <Loaded query={products}>
        {(page) =>
          page.items.length === 0 ? (
            <NoProducts searched={search.q} onClear={() => change({ q: undefined, cursor: undefined })} />
          ) : (
            <>
              <ul className="cards">
                {page.items.map((product) => (
                  <li key={product.goodsId}>
                    <ProductCard product={product} />
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

function ProductCard({ product }: { product: ProductCardView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <article className="panel card" data-testid="product-card" data-goods-id={product.goodsId}>
      <div>
        <h2>
          <Link to="/products/$goodsId" params={{ goodsId: product.goodsId }}>
            {text(product.name)}
          </Link>
        </h2>
        <span className="soft">{product.sellerName}</span>
      </div>
      <div className="row" style={{ gap: 4 }}>
        <span className="chip">{accessTypeName(product.accessType)}</span>
        {product.chargingModes.map((mode) => (
          <span key={mode} className="chip">
            {t(`charging.${mode}`)}
          </span>
        ))}
      </div>
      <p className="clamp">{text(product.summary)}</p>
      <PriceFrom product={product} />
    </article>
  );
}

/** The lowest price for one period at the minimum quantity (catalogue.md 12.2). */
function PriceFrom({ product }: { product: ProductCardView }) {
  const { t } = useTranslation();
  if (product.priceFrom === null) return <span className="soft">{t('market.noPrice')}</span>;
  const { money, periodType } = product.priceFrom;
  return (
    <span>
      <span className="soft">{t('market.from')} </span>
      <strong>
        <Amount money={money} />
      </strong>
      {periodType !== null && <span className="soft"> {t(`period.per.${periodType}`)}</span>}
    </span>
  );
}

function NoProducts({ searched, onClear }: { searched: string | undefined; onClear: () => void }) {
  const { t } = useTranslation();
  if (searched === undefined) return <Empty sentence={t('market.empty')} />;
  return (
    <Empty sentence={t('market.noHit', { q: searched })}>
      <Button onClick={onClear}>{t('market.showAll')}</Button>
    </Empty>
  );
}
