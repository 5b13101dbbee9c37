import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { salesProductsQuery, salesQuery } from '../../api/sales.ts';
import { useText } from '../../i18n/text.ts';

interface ProductChoiceProps {
  readonly goodsId: string | undefined;
  readonly onChange: (goodsId: string | undefined) => void;
}

/** One of the seller's products that are on sale (S9-4). */
export function ProductChoice({ goodsId, onChange }: ProductChoiceProps) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const products = useQuery(salesProductsQuery).data?.items ?? [];
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t('checkout.product')}
      </label>
      <Select
        id={id}
        value={goodsId ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('offers.chooseProduct')}
        style={{ width: '100%' }}
        options={products
          .filter(({ state }) => state === 'ON_SALE')
          .map((one) => ({ value: one.goodsId, label: text(one.name) }))}
        onChange={(next: string | null) => onChange(next ?? undefined)}
        data-testid="choose-product"
      />
    </div>
  );
}

interface SpecificationChoiceProps {
  readonly goodsId: string | undefined;
  readonly specificationId: string | undefined;
  readonly onChange: (specificationId: string | undefined) => void;
}

const every = '';

/** One specification of the product, or every one. */
export function SpecificationChoice({ goodsId, specificationId, onChange }: SpecificationChoiceProps) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const settings = useQuery({ ...salesQuery(goodsId ?? ''), enabled: goodsId !== undefined }).data;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t('product.specification')}
      </label>
      <Select
        id={id}
        value={specificationId ?? every}
        disabled={goodsId === undefined}
        style={{ width: '100%' }}
        options={[
          { value: every, label: t('offers.everySpecification') },
          ...(settings?.specifications ?? []).map((one) => ({ value: one.specificationId, label: text(one.name) })),
        ]}
        onChange={(next) => onChange(next === every ? undefined : next)}
        data-testid="choose-specification"
      />
    </div>
  );
}
