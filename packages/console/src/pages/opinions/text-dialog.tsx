import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Failure } from '../../components/feedback.tsx';

interface TextDialogProps {
  readonly title: string;
  readonly label: string;
  /** what it is an answer to */
  readonly about?: string;
  readonly text?: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (text: string) => void;
  readonly onClose: () => void;
}
const longest = 500;

/** Asks for a text that others will read; mount it to open it. */
export function TextDialog({ title, label, about, busy, error, onSend, onClose, ...given }: TextDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const focused = useDialogFocus(() => document.getElementById(id)?.focus());
  const [text, setText] = useState(given.text ?? '');
  const [tried, setTried] = useState(false);
  const missing = tried && text.trim().length < 2;
  const send = (): void => {
    setTried(true);
    if (text.trim().length < 2) document.getElementById(id)?.focus();
    else onSend(text.trim());
  };
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={title}
      okText={t('opinions.send')}
      okButtonProps={{ 'data-testid': 'send-text' }}
      confirmLoading={busy}
      onOk={send}
      onCancel={onClose}
    >
      <div className="stack">
        {about !== undefined && <p className="prose opinion-answer">{about}</p>}
        <div className="filter">
          <label htmlFor={id}>{label}</label>
          <Input.TextArea
            id={id}
            value={text}
            maxLength={longest}
            showCount
            autoSize={{ minRows: 3, maxRows: 8 }}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            aria-describedby={`${id}-rule`}
            onChange={(event) => setText(event.target.value)}
            data-testid="text"
          />
          <span id={`${id}-rule`} role={missing ? 'alert' : undefined} className={missing ? 'fault' : 'soft'}>
            {t(missing ? 'opinions.textMissing' : 'opinions.textRule')}
          </span>
        </div>
        {error != null && <Failure error={error} />}
      </div>
    </Modal>
  );
}
