import type { SpecificationView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { formatCount, formatMoney } from '../../format/money.ts';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import type { Offer } from './selection.ts';

/** What pay-per-use bills and what a package holds (C30, C31), beside the price that is paid now. Nothing of other modes. */
export function UsageTerms({ offer }: { offer: Offer }) {
  const { package: quota } = offer.specification;
  if (quota !== null) return <Package quota={quota} />;
  return offer.specification.chargingMode === 'ON_DEMAND' ? <PayPerUse offer={offer} /> : null;
}

function PayPerUse({ offer: { sku, specification } }: { offer: Offer }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const cycle = specification.usageCycle;
  return (
    <div className="stack stack--tight" data-testid="usage-terms">
      <p className="soft">{t('offers.payPerUse')}</p>
      <ul className="plain-list">
        {sku.prices.map(({ priceItemId, chargeItem, brackets, currency, mode }) => (
          <li key={priceItemId}>
            {chargeItem === null ? t('offers.usage') : text(chargeItem.name)}{' '}
            <span className="num">
              {brackets.map(({ unitPrice }) => formatMoney({ amount: unitPrice, currency }, language)).join(' – ')}
              {chargeItem !== null && ` / ${text(chargeItem.unit)}`}
            </span>
            {brackets.length > 1 && <span className="soft"> {t(`priceMode.${mode}.help`)}</span>}
          </li>
        ))}
      </ul>
      {cycle !== null && <p className="soft">{t(`offers.cycle.${cycle}`)}</p>}
    </div>
  );
}

function Package({ quota }: { quota: NonNullable<SpecificationView['package']> }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const { validity, unit, resetting, stopWhenUsedUp } = quota;
  return (
    <ul className="plain-list soft" data-testid="usage-terms">
      <li>
        {t('offers.package.quota', { quota: formatCount(Number(quota.quota), language), unit: text(unit) })}{' '}
        {resetting !== null && t(`offers.package.resetting.${resetting}`)}
      </li>
      <li>{t('offers.package.validity', { period: formatPeriods(validity.number, validity.type, language) })}</li>
      <li>{t(stopWhenUsedUp ? 'offers.package.stops' : 'offers.package.goesOn')}</li>
      <li>{t('offers.package.noRefund')}</li>
    </ul>
  );
}
