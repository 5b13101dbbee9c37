import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ApiError, problemOf } from '../../api/problem.ts';
import { memberSessionQuery, signInMember } from '../../api/workplace.ts';
import { Failure } from '../../components/feedback.tsx';
import { usePageTitle } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';

interface Credentials {
  readonly account: string;
  readonly password: string;
}

/** The unified login of all enterprises: `account@short-name` (E-36). */
export function MemberSignIn() {
  const { t } = useTranslation();
  usePageTitle(t('workplace.signIn'));
  const queryClient = useQueryClient();
  const enter = useMutation({
    mutationFn: ({ account, password }: Credentials) => signInMember(account.trim(), password),
    onSuccess: (session) => queryClient.setQueryData(memberSessionQuery.queryKey, session),
  });
  return (
    <div className="sign-in stack">
      <div className="panel stack">
        <h1>{t('workplace.signIn')}</h1>
        {enter.error !== null && <Refused error={enter.error} />}
        <Form
          layout="vertical"
          onFinish={enter.mutate}
          requiredMark={false}
          scrollToFirstError={{ focus: true }}
          validateTrigger="onBlur"
        >
          <Form.Item
            name="account"
            label={t('workplace.account')}
            extra={t('workplace.accountHelp')}
            rules={[{ required: true, pattern: /^\s*[^\s@]+@[^\s@]+\s*$/, message: t('workplace.accountRule') }]}
          >
            <Input autoComplete="username" autoCapitalize="none" maxLength={130} data-testid="member-account" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, max: 128, message: t('signIn.passwordRule') }]}
          >
            <Input.Password autoComplete="current-password" data-testid="member-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={enter.isPending} data-testid="member-enter">
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className="soft">{t('workplace.forgotten')}</p>
      </div>
    </div>
  );
}

const OWN_WORDS = ['INVALID_CREDENTIALS', 'ACCOUNT_LOCKED', 'ACCOUNT_DISABLED', 'ENTERPRISE_DISSOLVED'] as const;

/** Each refusal with its own message (E-39). */
function Refused({ error }: { error: ApiError | Error }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const code = OWN_WORDS.find((each) => each === problem.code);
  const until = problem.facts?.lockedUntil;
  if (code === undefined) return <Failure error={error} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="problem"
      data-code={code}
      title={t(`workplace.refused.${code}`)}
      description={
        until !== undefined && (
          <>
            {t('workplace.lockedUntil')} <Instant at={until} />
          </>
        )
      }
    />
  );
}
