import type { ProductPageView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { productPageQuery } from '../../api/finding.ts';
import { hasCode } from '../../api/problem.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Logo } from '../../components/logo.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Rating } from '../../components/stars.tsx';
import { Support } from '../../components/support.tsx';
import { useText } from '../../i18n/text.ts';
import { FavouriteButton } from '../opinions/favourite-button.tsx';
import { ProductQuestions } from '../opinions/product-questions.tsx';
import { ProductReviews } from '../opinions/product-reviews.tsx';
import { BuyBox } from './buy-box.tsx';
import { Gallery } from './gallery.tsx';
import { PriceTable } from './price-table.tsx';
import { ProductFacts } from './product-facts.tsx';

const route = getRouteApi('/products/$goodsId');

/** The product page (B-13): what it is on the left, choosing and buying on the right. */
export function ProductPage() {
  const { t } = useTranslation();
  const text = useText();
  const { goodsId } = route.useParams();
  const product = useQuery(productPageQuery(goodsId));
  if (hasCode(product.error, 'UNAUTHENTICATED')) {
    // the choice in the link is kept: a purchase link may lead to a hidden specification (C42)
    return <Navigate to="/sign-in" search={{ from: window.location.pathname + window.location.search }} replace />;
  }
  return (
    <Page
      title={product.data === undefined ? t('product.title') : text(product.data.name)}
      tools={<Link to="/">{t('product.back')}</Link>}
    >
      <Loaded query={product}>{(found) => <ProductContent product={found} />}</Loaded>
    </Page>
  );
}

function ProductContent({ product }: { product: ProductPageView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <>
      {product.status !== 'ON_SALE' && (
        <Alert type="warning" showIcon title={t(`product.status.${product.status}`)} data-testid="product-status" />
      )}
      {product.status === 'ON_SALE' && !product.listed && (
        <Alert type="info" showIcon title={t('finding.hidden')} data-testid="product-hidden" />
      )}
      <div className="product">
        <Introduction product={product} />
        <div className="product-buy">
          <Buy product={product} />
        </div>
        <div className="product-rest stack">
          <SectionLinks />
          <Anchored id="description">
            <Panel title={t('finding.description')}>
              <p className="prose">{text(product.description)}</p>
              <Cases product={product} />
            </Panel>
          </Anchored>
          <Anchored id="prices">
            <Panel title={t('product.prices')}>
              <PriceTable product={product} />
            </Panel>
          </Anchored>
          <Anchored id="usage">
            <Panel title={t('product.usageGuide')}>
              <p className="prose">{text(product.usageGuide)}</p>
            </Panel>
          </Anchored>
          <Anchored id="support">
            <Support title={t('product.support')} sellerName={product.sellerName} support={product.support} />
          </Anchored>
          <Anchored id="agreement">
            <Panel title={t('product.agreement')}>
              <p className="prose">{text(product.agreement)}</p>
            </Panel>
          </Anchored>
          <Anchored id="reviews">
            <ProductReviews goodsId={product.goodsId} />
          </Anchored>
          <Anchored id="questions">
            <ProductQuestions goodsId={product.goodsId} />
          </Anchored>
        </div>
      </div>
    </>
  );
}

const sections = {
  description: 'finding.description',
  prices: 'product.prices',
  usage: 'product.usageGuide',
  support: 'product.support',
  agreement: 'product.agreement',
  reviews: 'opinions.reviews',
  questions: 'opinions.questions',
} as const;

function SectionLinks() {
  const { t } = useTranslation();
  return (
    <nav className="panel section-links" aria-label={t('finding.sections')}>
      {Object.entries(sections).map(([id, name]) => (
        <a key={id} href={`#${id}`}>
          {t(name)}
        </a>
      ))}
    </nav>
  );
}

function Anchored({ id, children }: { id: keyof typeof sections; children: ReactNode }) {
  return (
    <div id={id} className="anchored">
      {children}
    </div>
  );
}

/** What is only listed as a link is traded at the seller's own site (L1). */
function Buy({ product }: { product: ProductPageView }) {
  const { t } = useTranslation();
  if (product.consultingUrl === null) return <BuyBox product={product} />;
  return (
    <section className="panel stack" aria-label={t('product.choose')}>
      <a href={product.consultingUrl} target="_blank" rel="noopener noreferrer">
        {t('finding.consulting')}
      </a>
    </section>
  );
}

function Introduction({ product }: { product: ProductPageView }) {
  const { t } = useTranslation();
  const text = useText();
  const name = text(product.name);
  return (
    <section className="panel stack" aria-label={t('product.about')}>
      <div className="product-head">
        <Logo url={product.logoUrl} name={name} large />
        <div className="card-name stack stack--tight">
          <span className="row">
            <a href="#reviews" className="plain">
              <Rating rating={product.rating} reviews={product.reviews} />
            </a>
            {product.sales > 0 && <span className="soft num">{t('finding.sales', { count: product.sales })}</span>}
          </span>
          <span>
            <Link to="/market" search={{ seller: product.sellerId }}>
              {product.sellerName}
            </Link>
          </span>
        </div>
        <FavouriteButton goodsId={product.goodsId} name={name} favourite={product.favourite} />
      </div>
      <p style={{ fontSize: 16 }}>{text(product.summary)}</p>
      <Gallery product={product} />
      {product.highlights.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: 20 }}>
          {product.highlights.map((highlight) => (
            <li key={highlight.zh}>{text(highlight)}</li>
          ))}
        </ul>
      )}
      <ProductFacts product={product} />
    </section>
  );
}

function Cases({ product }: { product: ProductPageView }) {
  const { t } = useTranslation();
  const text = useText();
  if (product.customerCases.length === 0) return null;
  return (
    <>
      <h3 style={{ margin: '12px 0 4px' }}>{t('finding.cases')}</h3>
      <ul style={{ margin: 0, paddingLeft: 20 }}>
        {product.customerCases.map((each) => (
          <li key={each.zh}>{text(each)}</li>
        ))}
      </ul>
    </>
  );
}
