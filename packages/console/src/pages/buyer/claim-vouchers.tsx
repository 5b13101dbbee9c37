import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { claimableVouchersQuery, claimVoucher, type MyVoucherView } from '../../api/offers.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';
import { VoucherWorth } from './voucher-worth.tsx';

/** Vouchers to claim on the product page (B-13, S9-5); nothing where there are none or the reader buys nothing. */
export function ClaimVouchers({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const vouchers = useQuery({ ...claimableVouchersQuery(goodsId), enabled: may(session, 'offer.use') }).data?.items;
  if (vouchers === undefined || vouchers.length === 0) return null;
  return (
    <section className="field" aria-label={t('offers.mine.claimable')}>
      <span className="label">{t('offers.mine.claimable')}</span>
      <ul className="plain-list vouchers">
        {vouchers.map((voucher) => (
          <li key={voucher.voucherId} className="between" data-testid="claimable-voucher">
            <VoucherWorth voucher={voucher} />
            <Claim voucher={voucher} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Claim({ voucher }: { voucher: MyVoucherView }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const claim = useCommand({
    run: claimVoucher,
    refresh: ['my-vouchers'],
    done: t('offers.mine.claimed'),
    onDone: () => void queryClient.invalidateQueries({ queryKey: ['usable-vouchers'] }),
  });
  if (voucher.state !== 'CLAIMABLE') return <span className="soft">{t('offers.mine.had')}</span>;
  return (
    <Button
      size="small"
      onClick={() => claim.mutate(voucher.voucherId)}
      loading={claim.isPending}
      aria-label={`${t('offers.mine.claim')}: ${voucher.name}`}
      data-testid="claim-voucher"
    >
      {t('offers.mine.claim')}
    </Button>
  );
}
