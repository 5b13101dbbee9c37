import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { resetFactorOf } from '../../api/members.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

/** A main account has lost its second factor: the system administrator resets it by the login name. */
export function RecoverAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ loginName: string }>();
  const reset = useCommand({
    run: ({ loginName }: { loginName: string }) => resetFactorOf(loginName.trim()),
    refresh: ['members'],
    done: t('security.memberResetDone'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('security.recover')}
      okText={t('security.memberReset')}
      cancelText={t('security.cancel')}
      okButtonProps={{ danger: true, 'data-testid': 'recover-confirm' }}
      confirmLoading={reset.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('security.recoverHelp')}</p>
      {reset.error !== null && <Failure error={reset.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={reset.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="loginName"
          label={t('security.recoverLogin')}
          rules={[{ required: true, whitespace: true, message: t('security.recoverLoginRule') }]}
        >
          <Input maxLength={64} autoComplete="off" autoCapitalize="none" data-testid="recover-login" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
