import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeMemberPassword, memberSessionQuery } from '../../api/workplace.ts';
import { Failure } from '../../components/feedback.tsx';
import { usePageTitle } from '../../components/page.tsx';

interface Fields {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}
/** as the server's rule says */
export const SHORTEST_PASSWORD = 10;

/** The password that somebody else gave is changed before anything is opened (E-13, E-36). */
export function FirstPassword() {
  const { t } = useTranslation();
  usePageTitle(t('workplace.firstPassword'));
  return (
    <div className="sign-in stack">
      <div className="panel stack">
        <h1>{t('workplace.firstPassword')}</h1>
        <Alert type="info" showIcon title={t('workplace.firstPasswordHelp')} data-testid="first-password" />
        <OwnPassword onDone={() => {}} />
      </div>
    </div>
  );
}

export function OwnPassword({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: ({ current, next }: Fields) => changeMemberPassword(current, next),
    onSuccess: (session) => {
      queryClient.setQueryData(memberSessionQuery.queryKey, session);
      void message.success(t('members.passwordChanged'));
      onDone();
    },
  });
  return (
    <div className="stack">
      {change.error !== null && <Failure error={change.error} />}
      <Form
        form={form}
        layout="vertical"
        onFinish={change.mutate}
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="current"
          label={t('members.current')}
          rules={[{ required: true, max: 128, message: t('members.currentRule') }]}
        >
          <Input.Password autoComplete="current-password" data-testid="password-current" />
        </Form.Item>
        <NewPassword />
        <Button type="primary" htmlType="submit" loading={change.isPending} data-testid="password-save">
          {t('members.passwordSave')}
        </Button>
      </Form>
    </div>
  );
}

/** The new password, twice: fields `next` and `again` of the form around them. */
export function NewPassword() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="next"
        label={t('members.next')}
        extra={t('members.nextHelp')}
        rules={[{ required: true, min: SHORTEST_PASSWORD, max: 128, message: t('members.nextRule') }]}
      >
        <Input.Password autoComplete="new-password" data-testid="password-next" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('members.again')}
        dependencies={['next']}
        rules={[
          { required: true, message: t('members.againRule') },
          ({ getFieldValue }) => ({
            validator: (_rule, value: unknown) =>
              value === undefined || value === '' || value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t('members.againRule'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" data-testid="password-again" />
      </Form.Item>
    </>
  );
}
