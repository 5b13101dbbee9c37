import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogFocus } from './dialog-focus.ts';
import { Failure } from './feedback.tsx';

interface ReasonDialogProps {
  readonly title: string;
  /** what follows, before it is done */
  readonly children: ReactNode;
  readonly confirm: string;
  /** what is written there to begin with */
  readonly initial?: string;
  /** what else is asked, below the reason; `blocked` while it is not answered */
  readonly more?: ReactNode;
  readonly blocked?: boolean;
  /** it was to be confirmed while blocked: the place to say what is missing, and to lead there */
  readonly onBlocked?: () => void;
  /** something is lost by it */
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => void;
  readonly busy: boolean;
  readonly error: unknown;
}

const longest = 500;

/** Asks once for the reason of a step that others will read of; mount it to open it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const focused = useDialogFocus(() => document.getElementById(id)?.focus());
  const [reason, setReason] = useState(props.initial ?? '');
  const [tried, setTried] = useState(false);
  const missing = tried && reason.trim() === '';
  const confirm = (): void => {
    setTried(true);
    if (reason.trim() === '') document.getElementById(id)?.focus();
    else if (props.blocked === true) props.onBlocked?.();
    else props.onConfirm(reason.trim());
  };
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={props.title}
      okText={props.confirm}
      okButtonProps={{ danger: props.danger === true, 'data-testid': 'reason-confirm' }}
      confirmLoading={props.busy}
      onOk={confirm}
      onCancel={props.onClose}
    >
      <div className="stack">
        <div>{props.children}</div>
        <div className="filter">
          <label htmlFor={id}>{t('lives.reason')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={longest}
            autoSize={{ minRows: 3, maxRows: 8 }}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            aria-describedby={`${id}-rule`}
            data-testid="reason"
          />
          <span id={`${id}-rule`} role={missing ? 'alert' : undefined} className={missing ? 'fault' : 'soft'}>
            {missing ? t('lives.reasonMissing') : t('lives.reasonRule')}
          </span>
        </div>
        {props.more}
        {props.error != null && <Failure error={props.error} />}
      </div>
    </Modal>
  );
}
