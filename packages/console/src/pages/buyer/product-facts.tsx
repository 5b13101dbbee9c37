import type { ProductPageView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccessTypeName } from '../../components/access-type-name.ts';
import { Pair } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';

/** Delivery, charging, refunds, supervision, category: what decides before the price does (B-13). */
export function ProductFacts({ product }: { product: ProductPageView }) {
  const { t } = useTranslation();
  const text = useText();
  const typeName = useAccessTypeName();
  const time = useDeliveryTime(product);
  return (
    <dl className="facts">
      <Pair term={t('product.delivery')} value={typeName(product.accessType)} />
      <Pair
        term={t('product.charging')}
        value={product.chargingModes.map((mode) => t(`charging.${mode}`)).join(' · ')}
      />
      <Pair term={t('finding.refund')} value={<RefundRules product={product} />} />
      <Pair
        term={t('product.supervision')}
        value={t(product.supervised ? 'product.supervised' : 'product.unsupervised')}
      />
      {time !== '' && <Pair term={t('finding.deliveryTime')} value={time} />}
      <Pair
        term={t('finding.categories')}
        value={product.category.map(({ categoryId, name }, place) => (
          <span key={categoryId}>
            {place > 0 && <span className="soft"> / </span>}
            <Link to="/market" search={{ category: categoryId }}>
              {text(name)}
            </Link>
          </span>
        ))}
      />
      {product.tags.length > 0 && (
        <Pair
          term={t('publication.tags')}
          value={
            <span className="row" style={{ gap: 4 }}>
              {product.tags.map(({ tag, name }) => (
                <Link key={tag} to="/market" search={{ tag }} className="chip">
                  {text(name)}
                </Link>
              ))}
            </span>
          }
        />
      )}
      <Pair term={t('product.version')} value={product.versionName} />
      <Pair term={t('product.number')} value={<span className="mono">{product.goodsId}</span>} />
    </dl>
  );
}

/** One sentence, or one for each group of charging modes where they differ (catalogue.md 6.3). */
function RefundRules({ product: { refundRules } }: { product: ProductPageView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <span className="stack stack--tight" data-testid="refund-rules">
      {refundRules.map((rule) => (
        <span key={rule.policy} data-policy={rule.policy}>
          {refundRules.length > 1 && (
            <strong>{rule.chargingModes.map((mode) => t(`charging.${mode}`)).join(' · ')} </strong>
          )}
          {text(rule.text)}
        </span>
      ))}
    </span>
  );
}

/** What is promised (L35), and how long the last deliveries took. */
function useDeliveryTime({ deliveryDays, averageDeliveryHours }: ProductPageView): string {
  const { t } = useTranslation();
  const promised = deliveryDays === null ? [] : [t('finding.promisedDays', { days: deliveryDays })];
  if (averageDeliveryHours === null) return promised.join('');
  const average =
    averageDeliveryHours < 1 ? t('finding.averageMinutes') : t('finding.averageHours', { hours: averageDeliveryHours });
  return [...promised, average].join(' · ');
}
