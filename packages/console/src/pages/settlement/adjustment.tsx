import type { SettlementBillDetail } from '@jishi/marketplace/console-api';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAdjustment } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';

/** What a dispute gives (S4-3): a line of the seller's next bill, of this bill's class; the issued one stays. */
export function Adjust({ bill, onClose }: { bill: SettlementBillDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [amount, setAmount] = useState('');
  const [touched, setTouched] = useState(false);
  const fits = /^-?\d{1,12}(\.\d{1,2})?$/.test(amount.trim()) && !/^-?0+(\.0+)?$/.test(amount.trim());
  const faulty = touched && !fits;
  const { sellerId, billId } = bill;
  const adjust = useCommand({
    run: (reason: string) => addAdjustment({ sellerId, class: bill.class, amount: amount.trim(), billId, reason }),
    refresh: ['settlement'],
    done: t('settlement.bill.adjustDone'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <ReasonDialog
      title={t('settlement.bill.adjustTitle')}
      confirm={t('settlement.bill.adjust')}
      blocked={!fits}
      busy={adjust.isPending}
      error={adjust.error}
      onClose={onClose}
      onConfirm={(reason) => adjust.mutate(reason)}
      more={
        <div className="filter">
          <label htmlFor={id}>
            {t('settlement.bill.adjustAmount')} ({bill.currency})
          </label>
          <Input
            id={id}
            value={amount}
            inputMode="decimal"
            status={faulty ? 'error' : ''}
            aria-invalid={faulty}
            aria-describedby={`${id}-rule`}
            onChange={({ target }) => setAmount(target.value)}
            onBlur={() => setTouched(true)}
            data-testid="adjust-amount"
          />
          <span id={`${id}-rule`} role={faulty ? 'alert' : undefined} className={faulty ? 'fault' : 'soft'}>
            {t('settlement.bill.adjustAmountRule')}
          </span>
        </div>
      }
    >
      {t('settlement.bill.adjustHelp', { seller: bill.sellerName })}
    </ReasonDialog>
  );
}
