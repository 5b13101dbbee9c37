import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Proof } from '../../api/security.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

interface ProofDialogProps<R> {
  readonly title: string;
  readonly help: string;
  /** a code of the second factor as well */
  readonly withCode: boolean;
  readonly run: (proof: Proof) => Promise<R>;
  readonly onDone: (result: R) => void;
  readonly onClose: () => void;
}

/** Asks for the password, and for a code where there is a second factor, before the account's locks are changed. */
export function ProofDialog<R>({ title, help, withCode, run, onDone, onClose }: ProofDialogProps<R>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Proof>();
  const send = useCommand({ run, refresh: ['security'], onDone, onFailed: () => true });
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('security.cancel')}
      okButtonProps={{ 'data-testid': 'proof-confirm' }}
      confirmLoading={send.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{help}</p>
      {send.error !== null && <Failure error={send.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ password: '', code: '' }}
        onFinish={send.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="password"
          label={t('security.password')}
          rules={[{ required: true, max: 128, message: t('security.passwordRule') }]}
        >
          <Input.Password autoComplete="current-password" data-testid="proof-password" />
        </Form.Item>
        {withCode && (
          <Form.Item
            name="code"
            label={t('security.code')}
            extra={t('security.codeOrRecovery')}
            rules={[{ required: true, min: 6, max: 40, message: t('security.codeRule') }]}
          >
            <Input autoComplete="one-time-code" data-testid="proof-code" />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
