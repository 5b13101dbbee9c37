import type { ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/problem.ts';
import { productQuery } from '../../api/queries.ts';
import { accessTypeName } from '../../components/access-type.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Support } from '../../components/support.tsx';
import { useText } from '../../i18n/text.ts';
import { BuyBox } from './buy-box.tsx';
import { PriceTable } from './price-table.tsx';

const route = getRouteApi('/products/$goodsId');

/** The product page (B-13): what it is on the left, choosing and buying on the right. */
export function ProductPage() {
  const { t } = useTranslation();
  const text = useText();
  const { goodsId } = route.useParams();
  const product = useQuery(productQuery(goodsId));
  if (hasCode(product.error, 'UNAUTHENTICATED')) {
    return <Navigate to="/sign-in" search={{ from: `/products/${encodeURIComponent(goodsId)}` }} replace />;
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

function ProductContent({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <>
      {product.status !== 'ON_SALE' && (
        <Alert type="warning" showIcon title={t(`product.status.${product.status}`)} data-testid="product-status" />
      )}
      <div className="product">
        <Introduction product={product} />
        <div className="product-buy">
          <BuyBox product={product} />
        </div>
        <div className="product-rest stack">
          <Panel title={t('product.prices')}>
            <PriceTable product={product} />
          </Panel>
          <Panel title={t('product.usageGuide')}>
            <p className="prose">{text(product.usageGuide)}</p>
          </Panel>
          <Support title={t('product.support')} sellerName={product.sellerName} support={product.support} />
          <Panel title={t('product.agreement')}>
            <p className="prose">{text(product.agreement)}</p>
          </Panel>
        </div>
      </div>
    </>
  );
}

function Introduction({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <section className="panel stack" aria-label={t('product.about')}>
      <p style={{ fontSize: 16 }}>{text(product.summary)}</p>
      {product.highlights.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: 20 }}>
          {product.highlights.map((highlight) => (
            <li key={highlight.zh}>{text(highlight)}</li>
          ))}
        </ul>
      )}
      <p className="prose">{text(product.description)}</p>
      <dl className="facts">
        <Pair term={t('product.seller')} value={product.sellerName} />
        <Pair term={t('product.delivery')} value={accessTypeName(product.accessType)} />
        <Pair
          term={t('product.charging')}
          value={product.chargingModes.map((mode) => t(`charging.${mode}`)).join(' · ')}
        />
        <Pair
          term={t('product.supervision')}
          value={t(product.supervised ? 'product.supervised' : 'product.unsupervised')}
        />
        <Pair term={t('product.version')} value={String(product.version)} />
        <Pair term={t('product.number')} value={<span className="mono">{product.goodsId}</span>} />
      </dl>
    </section>
  );
}
