import type { ChangeTargetView, SubscriptionView } from '@jishi/marketplace/console-api';
import { InputNumber, Radio } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { isAllowedQuantity } from './selection.ts';
import { switchSku, type Target } from './target.ts';

interface TargetFieldsProps {
  readonly subscription: SubscriptionView;
  readonly target: Target;
  readonly onChange: (target: Target) => void;
}

/** The SKU and the quantity a service is to have. A wrong quantity is not corrected: the rule that fails is named. */
export function TargetFields({ subscription, target, onChange }: TargetFieldsProps) {
  const { t } = useTranslation();
  const skuName = useSkuName();
  const targets = subscription.changeTargets;
  const chosen = targets.find((one) => one.skuCode === target.skuCode);
  return (
    <div className="stack stack--tight">
      {targets.length > 1 && (
        <fieldset className="field">
          <legend className="label">{t('change.specification')}</legend>
          <Radio.Group
            className="choices"
            value={target.skuCode}
            options={targets.map((one) => ({
              value: one.skuCode,
              label: one.current ? `${skuName(one)} (${t('change.isCurrent')})` : skuName(one),
            }))}
            onChange={(event) => {
              const next = targets.find((one) => one.skuCode === event.target.value);
              if (next !== undefined) onChange(switchSku(next, target.quantity));
            }}
            data-testid="target-sku"
          />
        </fieldset>
      )}
      {chosen?.linearAttribute != null && (
        <QuantityField attribute={chosen.linearAttribute} target={target} onChange={onChange} />
      )}
    </div>
  );
}

interface QuantityFieldProps {
  readonly attribute: NonNullable<ChangeTargetView['linearAttribute']>;
  readonly target: Target;
  readonly onChange: (target: Target) => void;
}

function QuantityField({ attribute, target, onChange }: QuantityFieldProps) {
  const { t } = useTranslation();
  const text = useText();
  const ids = { quantity: useId(), rule: useId() };
  return (
    <div className="field">
      <label className="label" htmlFor={ids.quantity}>
        {text(attribute.name)}
      </label>
      <InputNumber
        id={ids.quantity}
        value={target.quantity === 0 ? null : target.quantity}
        step={attribute.step}
        precision={0}
        status={isAllowedQuantity(attribute, target.quantity) ? '' : 'error'}
        aria-describedby={ids.rule}
        suffix={text(attribute.unit)}
        style={{ width: '100%', maxWidth: 240 }}
        onChange={(next) => onChange({ ...target, quantity: next ?? 0 })}
        data-testid="quantity-input"
      />
      <span id={ids.rule} className="soft">
        {t('product.quantityRule', attribute)}
      </span>
    </div>
  );
}

/** The attributes that tell a SKU from its siblings; its code when it has none. */
function useSkuName(): (target: ChangeTargetView) => string {
  const text = useText();
  return (target) =>
    target.attributes.map((one) => `${text(one.name)} ${text(one.value)}`).join(' · ') || target.skuCode;
}
