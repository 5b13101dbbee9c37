import type { SessionView } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { sendCode } from '../../api/endpoints.ts';
import { Failure } from '../../components/feedback.tsx';

interface SecondStepProps {
  readonly onEntered: (session: SessionView | null) => void;
  readonly onStartOver: () => void;
}

/** After the password: the code of the app, or a recovery code. */
export function SecondStep({ onEntered, onStartOver }: SecondStepProps) {
  const { t } = useTranslation();
  const send = useMutation({
    mutationFn: ({ code }: { readonly code: string }) => sendCode(code),
    onSuccess: onEntered,
  });
  return (
    <div className="panel stack">
      <h1>{t('security.secondStep')}</h1>
      <p className="soft">{t('security.secondStepHelp')}</p>
      {send.error !== null && <Failure error={send.error} />}
      <Form layout="vertical" requiredMark={false} onFinish={send.mutate} scrollToFirstError={{ focus: true }}>
        <Form.Item
          name="code"
          label={t('security.code')}
          extra={t('security.codeOrRecovery')}
          rules={[{ required: true, min: 6, max: 40, message: t('security.codeRule') }]}
        >
          <Input autoComplete="one-time-code" autoFocus data-testid="second-step-code" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={send.isPending} data-testid="second-step-submit">
          {t('security.confirm')}
        </Button>
      </Form>
      <Button type="link" onClick={onStartOver} data-testid="start-over">
        {t('security.startOver')}
      </Button>
    </div>
  );
}
