import type { ProductView } from '@jishi/marketplace/console-api';
import { Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import {
  attributesOf,
  attributeValue,
  type Offer,
  periodsOf,
  switchAttribute,
  switchSpecification,
} from './selection.ts';

interface ChooserProps {
  readonly product: ProductView;
  readonly offer: Offer;
  readonly onChoose: (offer: Offer) => void;
}

/** Specification, then one value for each attribute, then the period (B-20, B-21). */
export function Chooser({ product, offer, onChoose }: ChooserProps) {
  const { t } = useTranslation();
  const text = useText();
  const periods = periodsOf(offer);
  return (
    <>
      <Field label={t('product.specification')}>
        <Radio.Group
          optionType="button"
          value={offer.specification.specificationId}
          onChange={(event) => onChoose(switchSpecification(product, offer, String(event.target.value)))}
          options={product.specifications.map((one) => ({
            value: one.specificationId,
            label: one.status === 'ON_SALE' ? text(one.name) : `${text(one.name)} (${t('product.stopped')})`,
          }))}
          data-testid="specification"
        />
      </Field>
      {attributesOf(offer.specification).map((attribute) => (
        <Field key={attribute.code} label={text(attribute.name)}>
          <Radio.Group
            optionType="button"
            value={attributeValue(offer.sku, attribute.code)}
            onChange={(event) => onChoose(switchAttribute(product, offer, attribute.code, String(event.target.value)))}
            options={attribute.values.map((value) => ({ value: value.zh, label: text(value) }))}
            data-testid={`attribute-${attribute.code}`}
          />
        </Field>
      ))}
      {periods.length > 1 && (
        <Field label={t('product.period')}>
          <Radio.Group
            optionType="button"
            value={offer.price.priceItemId}
            onChange={(event) => {
              const price = periods.find((one) => one.priceItemId === event.target.value);
              if (price !== undefined) onChoose({ ...offer, price });
            }}
            options={periods.map((price) => ({
              value: price.priceItemId,
              label: t(price.periodType === null ? 'period.none' : `period.by.${price.periodType}`),
            }))}
            data-testid="period-type"
          />
        </Field>
      )}
    </>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="field">
      <legend className="label">{label}</legend>
      {children}
    </fieldset>
  );
}
