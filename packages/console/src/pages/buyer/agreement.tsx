import { Button, Checkbox, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface AgreementProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId: string;
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A tick with the text it stands for, one click away (B-26). */
export function Agreement({ checked, onChange, testId, label, title, children }: AgreementProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="row" style={{ gap: 0, flexWrap: 'nowrap', justifyContent: 'space-between', alignItems: 'start' }}>
      <Checkbox checked={checked} onChange={(event) => onChange(event.target.checked)} data-testid={testId}>
        {label}
      </Checkbox>
      <Button type="link" size="small" onClick={() => setOpen(true)} aria-label={`${t('checkout.read')}: ${title}`}>
        {t('checkout.read')}
      </Button>
      <Modal title={title} open={open} footer={null} onCancel={() => setOpen(false)}>
        <p className="prose">{children}</p>
      </Modal>
    </div>
  );
}
