import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type UsableVoucherView, usableVouchersQuery } from '../../api/offers.ts';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import type { Wanted } from './order-quote.ts';
import { VoucherWorth } from './voucher-worth.tsx';

interface VoucherChoiceProps {
  readonly wanted: Wanted;
  readonly voucherId: string | undefined;
  readonly onChange: (voucherId: string | undefined) => void;
}

const none = '';

/** One voucher for the order (C53, S9-6): each of the buyer's own with what it takes off, or why it cannot be used. */
export function VoucherChoice({ wanted, voucherId, onChange }: VoucherChoiceProps) {
  const { t } = useTranslation();
  const vouchers = useQuery(usableVouchersQuery(wanted));
  const items = vouchers.data?.items ?? [];
  if (vouchers.error !== null) return <Failure error={vouchers.error} onRetry={() => void vouchers.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Panel title={t('offers.mine.use')}>
      <Radio.Group
        value={voucherId ?? none}
        onChange={(event) => onChange(event.target.value === none ? undefined : String(event.target.value))}
        className="choices"
        aria-label={t('offers.mine.use')}
        data-testid="voucher-choice"
      >
        <Radio value={none}>{t('offers.mine.noVoucher')}</Radio>
        {items.map((voucher) => (
          <Radio
            key={voucher.voucherId}
            value={voucher.voucherId}
            disabled={voucher.blockedBy !== null}
            data-testid={`voucher-${voucher.voucherId}`}
          >
            <VoucherWorth voucher={voucher} />
            <Effect voucher={voucher} />
          </Radio>
        ))}
      </Radio.Group>
      <p style={{ marginTop: 8 }}>
        <Link to="/vouchers" search={{}}>
          {t('offers.mine.all')}
        </Link>
      </p>
    </Panel>
  );
}

function Effect({ voucher: { takesOff, blockedBy } }: { voucher: UsableVoucherView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  if (blockedBy !== null)
    return (
      <span className="soft" style={{ display: 'block' }} data-testid="voucher-why-not">
        {t('offers.mine.whyNot')} {text(blockedBy.message)}
      </span>
    );
  return takesOff === null ? null : (
    <span className="ok" style={{ display: 'block' }}>
      {t('offers.mine.takesOff', { amount: formatMoney(takesOff, language) })}
    </span>
  );
}
