import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/feedback.tsx';
import { useBase } from '../../components/links.tsx';

interface SettingDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** what buyers notice of it, in the present choice */
  readonly meaning: string;
  /** why it cannot be saved yet */
  readonly blocked: string | null;
  readonly save: (reason: { reason?: string }) => Promise<unknown>;
  readonly onClose: () => void;
}

/** One setting: the choice, what it means for buyers, and – for the operator, who acts over the seller's head (O-31) – the reason. */
export function SettingDialog({ title, children, meaning, blocked, save, onClose }: SettingDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const operator = useBase() === 'operator';
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const saving = useSaving(save, onClose);
  const why = blocked ?? (operator && reason.trim() === '' ? t('sales.reasonMissing') : null);
  const confirm = (): void => {
    setTried(true);
    if (why === null) saving.mutate(operator ? { reason: reason.trim() } : {});
  };
  return (
    <Modal
      open
      title={title}
      okText={t('sales.save')}
      okButtonProps={{ 'data-testid': 'setting-save' }}
      confirmLoading={saving.isPending}
      onOk={confirm}
      onCancel={onClose}
      width={560}
    >
      <div className="stack">
        {children}
        <div className="next-step" role="status" data-testid="meaning">
          <span>
            {meaning} <span className="soft">{t('sales.atOnce')}</span>
          </span>
        </div>
        {operator && (
          <div className="filter">
            <label htmlFor={id}>{t('sales.reason')}</label>
            <Input.TextArea
              id={id}
              value={reason}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => setReason(event.target.value)}
              data-testid="setting-reason"
            />
            <span className="soft">{t('sales.reasonRule')}</span>
          </div>
        )}
        {tried && why !== null && (
          <p className="fault" role="alert" data-testid="why-not">
            {why}
          </p>
        )}
        {saving.error !== null && <Failure error={saving.error} />}
      </div>
    </Modal>
  );
}

function useSaving(save: SettingDialogProps['save'], onClose: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sales'] });
      void queryClient.invalidateQueries({ queryKey: ['product'] });
      void message.success(t('sales.saved'));
      onClose();
    },
  });
}
