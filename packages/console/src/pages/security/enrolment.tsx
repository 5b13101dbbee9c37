import type { EnrolmentView, RecoveryCodesView } from '@jishi/marketplace/console-api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { confirmFactor } from '../../api/security.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Failure } from '../../components/feedback.tsx';
import { QrCode } from '../../components/qr-code.tsx';

interface EnrolmentProps {
  readonly enrolment: EnrolmentView;
  readonly onConfirmed: (made: RecoveryCodesView) => void;
}

/** Picture and key for the app; the first right code turns the second factor on. */
export function Enrolment({ enrolment, onConfirmed }: EnrolmentProps) {
  const { t } = useTranslation();
  const confirm = useCommand({
    run: ({ code }: { readonly code: string }) => confirmFactor(code),
    refresh: ['security'],
    done: t('security.turnedOn'),
    onDone: onConfirmed,
    onFailed: () => true,
  });
  return (
    <div className="stack" style={{ maxWidth: 480 }}>
      <p>{t('security.scan')}</p>
      <QrCode text={enrolment.address} name={t('security.picture')} />
      <div className="row">
        <span>{t('security.key')}</span>
        <span className="mono" style={{ overflowWrap: 'anywhere' }} data-testid="factor-secret">
          {enrolment.secret}
        </span>
        <CopyButton text={enrolment.secret} name={t('security.key')} />
      </div>
      {confirm.error !== null && <Failure error={confirm.error} />}
      <Form layout="vertical" requiredMark={false} onFinish={confirm.mutate} scrollToFirstError={{ focus: true }}>
        <Form.Item
          name="code"
          label={t('security.code')}
          extra={t('security.codeHelp')}
          rules={[{ required: true, pattern: /^\s*(\d\s*){6}$/, message: t('security.codeRule') }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={12} data-testid="factor-code" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending} data-testid="factor-confirm">
          {t('security.turnOn')}
        </Button>
      </Form>
    </div>
  );
}
