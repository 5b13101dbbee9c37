import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';

interface AdjustProps {
  /** whose next bill it is a line of */
  readonly party: string;
  readonly currency: string;
  readonly run: (adjustment: { readonly amount: string; readonly reason: string }) => Promise<unknown>;
  readonly onClose: () => void;
}

/** What a dispute gives (S4-3): a line of the next bill of the seller, for its class, or of the distributor; the issued one stays. */
export function Adjust({ party, currency, run, onClose }: AdjustProps) {
  const { t } = useTranslation();
  const id = useId();
  const [amount, setAmount] = useState('');
  const [touched, setTouched] = useState(false);
  const fits = /^-?\d{1,12}(\.\d{1,2})?$/.test(amount.trim()) && !/^-?0+(\.0+)?$/.test(amount.trim());
  const faulty = touched && !fits;
  const adjust = useCommand({
    run: (reason: string) => run({ amount: amount.trim(), reason }),
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
      onBlocked={() => {
        setTouched(true);
        document.getElementById(id)?.focus();
      }}
      busy={adjust.isPending}
      error={adjust.error}
      onClose={onClose}
      onConfirm={(reason) => adjust.mutate(reason)}
      more={
        <div className="filter">
          <label htmlFor={id}>
            {t('settlement.bill.adjustAmount')} ({currency})
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
      {t('settlement.bill.adjustHelp', { party })}
    </ReasonDialog>
  );
}
