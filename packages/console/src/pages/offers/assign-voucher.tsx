import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assignVoucher, type VoucherView } from '../../api/offers.ts';
import type { ListedBuyerView } from '../../api/sales.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { BuyerList } from '../sales/buyer-list.tsx';

/** Gives the voucher to customers, who find it among theirs. */
export function AssignVoucher({ voucher }: { voucher: VoucherView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [buyers, setBuyers] = useState<ListedBuyerView[]>([]);
  const left = voucher.total - voucher.claimed;
  const close = (): void => {
    setOpen(false);
    setBuyers([]);
  };
  const assign = useCommand({
    run: () => assignVoucher(voucher.voucherId, buyers),
    refresh: ['vouchers'],
    done: t('offers.voucher.assign.done'),
    onDone: close,
    onFailed: () => true,
  });
  return (
    <>
      <Button
        size="small"
        disabled={left === 0}
        title={left === 0 ? t('offers.voucher.assign.noneLeft') : undefined}
        onClick={() => setOpen(true)}
        aria-label={`${t('offers.voucher.assign.button')}: ${voucher.name}`}
        data-testid="assign-voucher"
      >
        {t('offers.voucher.assign.button')}
      </Button>
      <Modal
        open={open}
        title={t('offers.voucher.assign.title', { name: voucher.name })}
        okText={t('offers.voucher.assign.confirm')}
        okButtonProps={{ disabled: buyers.length === 0, 'data-testid': 'assign-confirm' }}
        confirmLoading={assign.isPending}
        onOk={() => assign.mutate(undefined)}
        onCancel={close}
      >
        <div className="stack">
          <p>{t('offers.voucher.assign.help', { left })}</p>
          <BuyerList value={buyers} onChange={setBuyers} label={t('offers.buyers')} most={Math.min(left, 1_000)} />
          {assign.error !== null && <Failure error={assign.error} />}
        </div>
      </Modal>
    </>
  );
}
