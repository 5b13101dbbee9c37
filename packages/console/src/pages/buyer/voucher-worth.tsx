import { useTranslation } from 'react-i18next';
import type { MyVoucherView } from '../../api/offers.ts';
import { Amount, Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** What a voucher takes off, from what amount on, until when. */
export function VoucherWorth({
  voucher,
}: {
  voucher: Pick<MyVoucherView, 'name' | 'faceValue' | 'minimumSpend' | 'validTo'>;
}) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { name, faceValue, minimumSpend, validTo } = voucher;
  return (
    <span>
      <strong>
        <Amount money={faceValue} />
      </strong>{' '}
      {minimumSpend === null
        ? t('offers.mine.anySum')
        : t('offers.mine.from', { amount: formatMoney(minimumSpend, language) })}
      <span className="soft" style={{ display: 'block' }}>
        {name} · {t('offers.mine.until')} <Instant at={validTo} />
      </span>
    </span>
  );
}
