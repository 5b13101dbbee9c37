import type { SpecificationView } from '@jishi/marketplace/console-api';
import { InputNumber } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { periodUnit } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import type { PurchaseSearch } from '../../search/params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { isAllowedQuantity } from './selection.ts';

/** Most periods that one order may take; the API's own limit. */
const maximumPeriods = 99;

interface QuantityFieldsProps {
  readonly attribute: SpecificationView['linearAttribute'];
  readonly periodType: 'month' | 'year' | null;
  readonly quantity: number | undefined;
  readonly periodNumber: number | undefined;
  readonly onChange: (change: Partial<PurchaseSearch>) => void;
}

/** How many and how long. A wrong quantity is not corrected behind the buyer's back: the rule that fails is named. */
export function QuantityFields({ attribute, periodType, quantity, periodNumber, onChange }: QuantityFieldsProps) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const ids = { quantity: useId(), rule: useId(), duration: useId() };
  return (
    <>
      {attribute !== null && (
        <div className="field">
          <label className="label" htmlFor={ids.quantity}>
            {text(attribute.name)}
          </label>
          <InputNumber
            id={ids.quantity}
            value={quantity ?? null}
            step={attribute.step}
            precision={0}
            status={isAllowedQuantity(attribute, quantity ?? 0) ? '' : 'error'}
            aria-describedby={ids.rule}
            suffix={text(attribute.unit)}
            style={{ width: '100%' }}
            onChange={(next) => onChange({ quantity: typeof next === 'number' && next > 0 ? next : undefined })}
            data-testid="quantity-input"
          />
          <span id={ids.rule} className="soft">
            {t('product.quantityRule', attribute)}
          </span>
        </div>
      )}
      {periodType !== null && (
        <div className="field">
          <label className="label" htmlFor={ids.duration}>
            {t('product.duration')}
          </label>
          <InputNumber
            id={ids.duration}
            value={periodNumber ?? 1}
            min={1}
            max={maximumPeriods}
            precision={0}
            suffix={periodUnit(periodNumber ?? 1, periodType, language)}
            style={{ width: '100%' }}
            onChange={(next) => onChange({ periodNumber: next ?? undefined })}
            data-testid="duration-input"
          />
        </div>
      )}
    </>
  );
}
