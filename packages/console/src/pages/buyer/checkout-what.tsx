import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import type { CheckoutLine } from './checkout-order.tsx';
import { UsageTerms } from './usage-terms.tsx';

/** What is bought: product, specification, attributes, quantity, duration. */
export function What({ lines }: { lines: readonly CheckoutLine[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('checkout.what')}>
      <div className="stack">
        {lines.map((line) => (
          <OneLine key={`${line.purchase.priceItemId} ${line.purchase.quantity}`} line={line} />
        ))}
      </div>
    </Panel>
  );
}

function OneLine({ line: { product, offer, purchase } }: { line: CheckoutLine }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const { linearAttribute: attribute, name, chargingMode } = offer.specification;
  const { priceItemId, quantity, periodNumber, vcpus } = purchase;
  const { periodType } = offer.price;
  return (
    <div className="stack stack--tight" data-testid="checkout-line">
      <dl className="facts">
        <Pair
          term={t('checkout.product')}
          value={
            <Link to="/products/$goodsId" params={{ goodsId: product.goodsId }} search={{ priceItemId }}>
              {text(product.name)}
            </Link>
          }
        />
        <Pair term={t('product.seller')} value={product.sellerName} />
        <Pair term={t('product.specification')} value={text(name)} />
        {offer.sku.attributes.map((one) => (
          <Pair key={one.code} term={text(one.name)} value={text(one.value)} />
        ))}
        {attribute !== null && quantity !== undefined && (
          <Pair term={text(attribute.name)} value={`${quantity} ${text(attribute.unit)}`} />
        )}
        {vcpus !== undefined && <Pair term={t('offers.image.server')} value={t('offers.vcpus', { vcpus })} />}
        {periodType !== null && periodNumber !== undefined && (
          <Pair term={t('product.duration')} value={formatPeriods(periodNumber, periodType, language)} />
        )}
        <Pair term={t('product.charging')} value={t(`charging.${chargingMode}`)} />
      </dl>
      <UsageTerms offer={offer} />
      {product.supervised && <p className="soft">{t('product.supervised')}</p>}
    </div>
  );
}
