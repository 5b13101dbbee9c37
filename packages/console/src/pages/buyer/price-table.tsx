import type { PriceItemView, ProductView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { formatCount, formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { isOnSale, type Offer, offersOf } from './selection.ts';

/** Every price of the product with its brackets; what is not on sale says so (B-15). */
export function PriceTable({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const text = useText();
  const described = (offer: Offer): string =>
    offer.sku.attributes.map((attribute) => `${text(attribute.name)} ${text(attribute.value)}`).join(' · ');
  return (
    <div className="scroll">
      <table className="plain" data-testid="price-table">
        <thead>
          <tr>
            <th scope="col">{t('product.specification')}</th>
            <th scope="col">{t('product.period')}</th>
            <th scope="col">{t('product.pricing')}</th>
            <th scope="col">{t('product.unitPrice')}</th>
          </tr>
        </thead>
        <tbody>
          {offersOf(product).map((offer) => (
            <tr key={offer.price.priceItemId}>
              <td>
                <div>{text(offer.specification.name)}</div>
                <div className="soft">{described(offer)}</div>
                {!isOnSale(offer) && <span className="state state--idle">{t('product.stopped')}</span>}
              </td>
              <td>{t(offer.price.periodType === null ? 'period.none' : `period.one.${offer.price.periodType}`)}</td>
              <td title={t(`priceMode.${offer.price.mode}.help`)}>
                {t(`charging.${offer.specification.chargingMode}`)}
                {offer.price.brackets.length > 1 && (
                  <div className="soft">{t(`priceMode.${offer.price.mode}.help`)}</div>
                )}
              </td>
              <td>
                <Brackets price={offer.price} unit={unitOf(offer, text)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A flat price is one amount; brackets (from, to] are one line each. */
function Brackets({ price, unit }: { price: PriceItemView; unit: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const amount = (unitPrice: string): string =>
    formatMoney({ amount: unitPrice, currency: price.currency }, language) + (unit === '' ? '' : ` / ${unit}`);
  const range = (from: number, to: number | null): string => {
    const low = formatCount(from + 1, language);
    return to === null ? t('product.above', { low }) : t('product.between', { low, high: formatCount(to, language) });
  };
  return price.brackets.map((bracket) => (
    <div key={bracket.from} className="num">
      {price.brackets.length > 1 && <span className="soft">{range(bracket.from, bracket.to)} </span>}
      {amount(bracket.unitPrice)}
    </div>
  ));
}

function unitOf(offer: Offer, text: ReturnType<typeof useText>): string {
  const attribute = offer.specification.linearAttribute;
  return attribute === null ? '' : text(attribute.unit);
}
