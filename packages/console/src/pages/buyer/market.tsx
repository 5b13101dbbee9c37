import type { FoundProductView, MarketClassesView, MarketHomeView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { marketClassesQuery, marketHomeQuery } from '../../api/finding.ts';
import { hasCode } from '../../api/problem.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { useText } from '../../i18n/text.ts';
import type { MarketSearch } from '../../search/finding-params.ts';
import { ProductCards } from './market-card.tsx';
import { MarketSearchBox } from './market-search-box.tsx';

/** The market's home page (B-10): categories, search, what sells well, what can be tried, what is new, the brands. */
export function MarketPage() {
  const { t } = useTranslation();
  const home = useQuery(marketHomeQuery);
  const classes = useQuery(marketClassesQuery).data;
  if (hasCode(home.error, 'UNAUTHENTICATED')) return <Navigate to="/sign-in" search={{ from: '/' }} replace />;
  return (
    <Page title={t('market.title')}>
      <section className="market-hero" aria-label={t('market.search')}>
        <p className="market-hero-line">{t('finding.hero')}</p>
        <MarketSearchBox q={undefined} large />
      </section>
      {classes !== undefined && <Categories classes={classes} />}
      <Loaded query={home}>
        {(found) => (found.newest.length === 0 ? <Empty sentence={t('market.empty')} /> : <Floors home={found} />)}
      </Loaded>
    </Page>
  );
}

function Floors({ home }: { home: MarketHomeView }) {
  const { t } = useTranslation();
  return (
    <>
      <Floor title={t('finding.popular')} products={home.popular} more={{ sort: 'SALES' }} />
      {home.trials.length > 0 && (
        <Floor
          title={t('finding.trials')}
          hint={t('finding.trialsHint')}
          products={home.trials}
          more={{ trial: 'true' }}
        />
      )}
      <Floor title={t('finding.newest')} products={home.newest} more={{ sort: 'NEWEST' }} />
      {home.brands.length > 0 && <Brands brands={home.brands} />}
    </>
  );
}

interface FloorProps {
  readonly title: string;
  readonly hint?: string;
  readonly products: readonly FoundProductView[];
  readonly more: MarketSearch;
}

function Floor({ title, hint, products, more }: FloorProps) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-label={title}>
      <div className="floor-head">
        <h2>{title}</h2>
        {hint !== undefined && <span className="soft">{hint}</span>}
        <Link to="/market" search={more} aria-label={`${t('finding.more')}: ${title}`}>
          {t('finding.more')}
        </Link>
      </div>
      <ProductCards products={products} />
    </section>
  );
}

/** Top categories with their children as links: the way in for those who do not know a name. */
function Categories({ classes }: { classes: MarketClassesView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <nav className="panel categories" aria-label={t('finding.categories')}>
      {classes.categories.map(({ categoryId, name, children }) => (
        <div key={categoryId} className="category">
          <Link to="/market" search={{ category: categoryId }} className="category-top">
            {text(name)}
          </Link>
          {children.length > 0 && (
            <span className="category-children">
              {children.map((child) => (
                <Link key={child.categoryId} to="/market" search={{ category: child.categoryId }}>
                  {text(child.name)}
                </Link>
              ))}
            </span>
          )}
        </div>
      ))}
    </nav>
  );
}

function Brands({ brands }: { brands: MarketHomeView['brands'] }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-label={t('finding.brands')}>
      <h2>{t('finding.brands')}</h2>
      <ul className="brands">
        {brands.map(({ sellerId, sellerName, products }) => (
          <li key={sellerId}>
            <Link to="/market" search={{ seller: sellerId }} className="panel brand">
              <strong>{sellerName}</strong>
              <span className="soft">{t('finding.products', { count: products })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
