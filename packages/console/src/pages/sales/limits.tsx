import { Checkbox, InputNumber, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PurchaseLimitView, type SalesSettingsView, setLimit } from '../../api/sales.ts';
import { ChangeButton, type SaleScope, Scopes, useScopes } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';

/** Purchase limit (S-81, C49): one purchase, or a ceiling of the quantity; never of pay-per-use. */
export function Limits({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const scopes = useScopes(settings);
  const words = useLimitWords();
  const [open, setOpen] = useState<SaleScope | null>(null);
  const limitOf = ({ specification }: SaleScope) => (specification === null ? settings.limit : specification.limit);
  return (
    <div className="stack">
      <p className="soft">{t('sales.limit.help')}</p>
      <Scopes
        scopes={scopes}
        testId="limit-row"
        present={(scope) => words(limitOf(scope))}
        action={(scope) => (
          <ChangeButton
            name={scope.name}
            reason={scope.specification?.chargingMode === 'ON_DEMAND' ? t('sales.limit.onDemand') : null}
            onClick={() => setOpen(scope)}
          />
        )}
      />
      {open !== null && (
        <LimitDialog settings={settings} scope={open} now={limitOf(open)} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function useLimitWords(): (limit: PurchaseLimitView | null) => string {
  const { t } = useTranslation();
  return (limit) => {
    if (limit === null) return t('sales.limit.none');
    const what =
      limit.kind === 'ONCE' ? t('sales.limit.once') : t('sales.limit.quantity', { quantity: limit.quantity ?? 0 });
    return limit.untilExpiry ? `${what} ${t('sales.limit.untilExpiryShort')}` : what;
  };
}

type Kind = 'NONE' | PurchaseLimitView['kind'];

interface LimitDialogProps {
  readonly settings: SalesSettingsView;
  readonly scope: SaleScope;
  readonly now: PurchaseLimitView | null;
  readonly onClose: () => void;
}

function LimitDialog({ settings, scope: { specification, name }, now, onClose }: LimitDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [kind, setKind] = useState<Kind>(now?.kind ?? 'NONE');
  const [quantity, setQuantity] = useState<number | null>(now?.quantity ?? null);
  const [untilExpiry, setUntilExpiry] = useState(now?.untilExpiry ?? false);
  const counted = (specification === null ? settings.specifications : [specification]).some((one) => one.hasQuantity);
  const limit = kind === 'NONE' ? null : { kind, quantity: kind === 'QUANTITY' ? quantity : null, untilExpiry };
  const meaning =
    kind === 'NONE' ? t('sales.limit.meaning.NONE') : t(`sales.limit.meaning.${kind}`, { quantity: quantity ?? '…' });
  return (
    <SettingDialog
      title={t('sales.limit.title', { name })}
      meaning={kind !== 'NONE' && untilExpiry ? `${meaning} ${t('sales.limit.meaning.untilExpiry')}` : meaning}
      blocked={kind === 'QUANTITY' && quantity === null ? t('sales.limit.missing') : null}
      onClose={onClose}
      save={(reason) =>
        setLimit(settings.goodsId, { specificationId: specification?.specificationId ?? null, limit, ...reason })
      }
    >
      <fieldset className="field">
        <legend className="label">{t('sales.limit.kind')}</legend>
        <Radio.Group value={kind} onChange={(event) => setKind(event.target.value)} className="choices">
          <Radio value="NONE" data-testid="limit-NONE">
            {t('sales.limit.none')}
          </Radio>
          <Radio value="ONCE" data-testid="limit-ONCE">
            {t('sales.limit.once')}
          </Radio>
          <Radio value="QUANTITY" disabled={!counted} data-testid="limit-QUANTITY">
            {t('sales.limit.ceiling')}
            {!counted && <div className="soft">{t('sales.limit.noQuantity')}</div>}
          </Radio>
        </Radio.Group>
      </fieldset>
      {kind === 'QUANTITY' && (
        <div className="field">
          <label className="label" htmlFor={id}>
            {t('sales.limit.most')}
          </label>
          <InputNumber
            id={id}
            value={quantity}
            min={1}
            max={9_999_999}
            precision={0}
            onChange={setQuantity}
            style={{ width: 180 }}
            data-testid="limit-quantity"
          />
        </div>
      )}
      {kind !== 'NONE' && (
        <Checkbox
          checked={untilExpiry}
          onChange={(event) => setUntilExpiry(event.target.checked)}
          data-testid="limit-until-expiry"
        >
          {t('sales.limit.untilExpiry')}
        </Checkbox>
      )}
    </SettingDialog>
  );
}
