import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../api/members.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Failure } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { homeOf } from '../../shell/areas.ts';

interface Fields {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}
/** as the server's rule says */
const SHORTEST = 10;

/** One's own password. With an initial one this is the only page there is (E-13). */
export function PasswordPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const session = useQuery(sessionQuery).data ?? null;
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: ({ current, next }: Fields) => changePassword({ current, next }),
    onSuccess: async (changed) => {
      queryClient.setQueryData(sessionQuery.queryKey, changed);
      void message.success(t('members.passwordChanged'));
      form.resetFields();
      if (session?.mustChangePassword === true) await navigate({ to: homeOf(changed), replace: true });
    },
  });
  return (
    <Page title={t('members.ownPassword')}>
      <div className="panel stack" style={{ maxWidth: 480 }}>
        {session?.mustChangePassword === true && (
          <Alert type="warning" showIcon title={t('members.mustChange')} data-testid="must-change" />
        )}
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
          <Form.Item
            name="next"
            label={t('members.next')}
            extra={t('members.nextHelp')}
            rules={[{ required: true, min: SHORTEST, max: 128, message: t('members.nextRule') }]}
          >
            <Input.Password autoComplete="new-password" data-testid="password-next" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('members.again')}
            dependencies={['next']}
            rules={[
              {
                required: true,
                validator: (_rule, value: unknown) =>
                  value === form.getFieldValue('next')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('members.againRule'))),
              },
            ]}
          >
            <Input.Password autoComplete="new-password" data-testid="password-again" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={change.isPending} data-testid="password-save">
            {t('members.passwordSave')}
          </Button>
        </Form>
      </div>
    </Page>
  );
}
