import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Failure } from '../../components/feedback.tsx';

/** Above zero, up to twelve digits, two decimals: what the API takes. */
export const amountPattern = /^(?=.*[1-9])\d{1,12}(\.\d{1,2})?$/;

interface AmountDialogProps {
  readonly title: string;
  readonly help: ReactNode;
  readonly confirm: string;
  readonly currency: string;
  readonly initial: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onConfirm: (amount: string) => void;
}

/** Asks for one amount; mount it to open it. */
export function AmountDialog(props: AmountDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const focused = useDialogFocus(() => document.getElementById(id)?.focus());
  const [amount, setAmount] = useState(props.initial);
  const [tried, setTried] = useState(false);
  const fits = amountPattern.test(amount.trim());
  const faulty = tried && !fits;
  const confirm = (): void => {
    setTried(true);
    if (fits) props.onConfirm(amount.trim());
    else document.getElementById(id)?.focus();
  };
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={props.title}
      okText={props.confirm}
      okButtonProps={{ 'data-testid': 'amount-confirm' }}
      confirmLoading={props.busy}
      onOk={confirm}
      onCancel={props.onClose}
    >
      <div className="stack">
        <p className="soft">{props.help}</p>
        <div className="filter">
          <label htmlFor={id}>{t('wallet.amount')}</label>
          <Input
            id={id}
            value={amount}
            inputMode="decimal"
            suffix={props.currency}
            status={faulty ? 'error' : ''}
            aria-invalid={faulty}
            aria-describedby={`${id}-rule`}
            onChange={({ target }) => setAmount(target.value)}
            onPressEnter={confirm}
            data-testid="amount-field"
          />
          <span id={`${id}-rule`} role={faulty ? 'alert' : undefined} className={faulty ? 'fault' : 'soft'}>
            {t('wallet.amountRule')}
          </span>
        </div>
        {props.error != null && <Failure error={props.error} />}
      </div>
    </Modal>
  );
}
