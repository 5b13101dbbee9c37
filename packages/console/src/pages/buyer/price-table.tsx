import type { Localized, PriceItemView, ProductView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { type Column, Rows } from '../../components/rows.tsx';
import { formatCount, formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { isOnSale, type Offer, offersOf } from './selection.ts';

/** Every price of the product with its brackets; what is not on sale says so (B-15). */
export function PriceTable({ product, narrow = false }: { product: ProductView; narrow?: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  const unitOf = (counted: { readonly unit: Localized } | null): string => (counted === null ? '' : text(counted.unit));
  const columns: Column<Offer>[] = [
    { key: 'specification', title: t('product.specification'), render: (offer) => <Specification offer={offer} /> },
    {
      key: 'period',
      title: t('product.period'),
      render: ({ price, specification }) =>
        price.periodType !== null
          ? t(`period.one.${price.periodType}`)
          : specification.chargingMode === 'ONE_TIME'
            ? t('period.none')
            : '—',
    },
    {
      key: 'pricing',
      title: t('product.pricing'),
      render: ({ price, specification }) => (
        <>
          {t(`charging.${specification.chargingMode}`)}
          {price.brackets.length > 1 && <div className="soft">{t(`priceMode.${price.mode}.help`)}</div>}
        </>
      ),
    },
    {
      key: 'unitPrice',
      title: t('product.unitPrice'),
      render: ({ price, specification: { linearAttribute } }) => (
        <>
          {price.chargeItem !== null && <div>{text(price.chargeItem.name)}</div>}
          <Brackets price={price} unit={unitOf(price.chargeItem ?? linearAttribute)} />
        </>
      ),
    },
  ];
  return (
    <Rows
      rows={offersOf(product)}
      columns={columns}
      rowKey={(offer) => offer.price.priceItemId}
      testId="price-row"
      narrow={narrow}
    />
  );
}

function Specification({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <>
      {text(offer.specification.name)}
      {offer.sku.attributes.map((attribute) => (
        <div key={attribute.code} className="soft">
          {text(attribute.name)} {text(attribute.value)}
        </div>
      ))}
      {!isOnSale(offer) && <span className="state state--idle">{t('product.stopped')}</span>}
    </>
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
