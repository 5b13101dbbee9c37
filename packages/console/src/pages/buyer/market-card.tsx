import type { FoundProductView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccessTypeName } from '../../components/access-type-name.ts';
import { Logo } from '../../components/logo.tsx';
import { Rating } from '../../components/stars.tsx';
import { Amount } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { FavouriteButton } from '../opinions/favourite-button.tsx';

/** Cards of products; `heading` is the level that they stand on in the page. */
export function ProductCards({ products }: { products: readonly FoundProductView[] }) {
  return (
    <ul className="cards">
      {products.map((product) => (
        <li key={product.goodsId}>
          <ProductCard product={product} />
        </li>
      ))}
    </ul>
  );
}

export function ProductCard({ product, note }: { product: FoundProductView; note?: string }) {
  const { t } = useTranslation();
  const text = useText();
  const typeName = useAccessTypeName();
  const name = text(product.name);
  return (
    <article className="panel card" data-testid="product-card" data-goods-id={product.goodsId}>
      <div className="card-head">
        <Logo url={product.logoUrl} name={name} />
        <div className="card-name">
          <h3>
            <Link to="/products/$goodsId" params={{ goodsId: product.goodsId }}>
              {name}
            </Link>
          </h3>
          <span className="soft">{product.sellerName}</span>
        </div>
        <FavouriteButton goodsId={product.goodsId} name={name} favourite={product.favourite} />
      </div>
      <div className="row" style={{ gap: 4 }}>
        <span className="chip">{typeName(product.accessType)}</span>
        {product.chargingModes.map((mode) => (
          <span key={mode} className="chip">
            {t(`charging.${mode}`)}
          </span>
        ))}
        {product.trialDays !== null && (
          <span className="chip chip--good">{t('finding.trialDays', { days: product.trialDays })}</span>
        )}
      </div>
      <p className="clamp">{text(product.summary)}</p>
      <div className="card-foot">
        <PriceFrom product={product} />
        <span className="row card-marks">
          <Rating rating={product.rating} reviews={product.reviews} />
          {product.sales > 0 && <span className="soft num">{t('finding.sales', { count: product.sales })}</span>}
        </span>
      </div>
      {note !== undefined && <span className="soft">{note}</span>}
    </article>
  );
}

/** The lowest price for one period at the minimum quantity (catalogue.md 12.2). */
function PriceFrom({ product }: { product: FoundProductView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (product.free) return <strong className="good">{t('finding.free')}</strong>;
  if (product.priceFrom === null) return <span className="soft">{t('market.noPrice')}</span>;
  const { money, periodType, perUse } = product.priceFrom;
  const from = <span className="soft">{t('market.from')}</span>;
  return (
    <span>
      {language === 'en' && <>{from} </>}
      <strong>
        <Amount money={money} />
      </strong>
      {periodType !== null && <span className="soft"> {t(`period.per.${periodType}`)}</span>}
      {perUse && <span className="soft"> {t('finding.perUse')}</span>}
      {language === 'zh' && <> {from}</>}
    </span>
  );
}
