import { useTranslation } from 'react-i18next';
import type { VoucherView } from '../../api/offers.ts';
import { useText } from '../../i18n/text.ts';

/** What a voucher is good for: products, charging modes, together with offers or not (S9-5, S9-8). */
export function VoucherItems({ voucher }: { voucher: Pick<VoucherView, 'items' | 'modes' | 'withOffers'> }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <>
      <ul className="plain-list">
        {voucher.items.map(({ goodsId, specificationId, productName, specificationName }) => (
          <li key={`${goodsId} ${specificationId}`}>
            {text(productName)}
            {specificationName !== null && <span className="soft"> · {text(specificationName)}</span>}
          </li>
        ))}
      </ul>
      <div className="soft">{voucher.modes.map((mode) => t(`offers.voucher.mode.${mode}`)).join(t('sales.comma'))}</div>
      {!voucher.withOffers && <div className="soft">{t('offers.voucher.withoutOffers')}</div>}
    </>
  );
}
