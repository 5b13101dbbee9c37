import type { JoinInvitationView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/problem.ts';
import { join, joinQuery, memberSessionQuery } from '../../api/workplace.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { usePageTitle } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';
import { NewPassword } from './password.tsx';

const route = getRouteApi('/workplace/join');

/** Joining an enterprise by its invitation: link, QR code, or the code typed in (E-13a). */
export function JoinPage() {
  const { code } = route.useSearch();
  return (
    <div className="sign-in stack">{code === undefined ? <EnterCode /> : <Invitation key={code} code={code} />}</div>
  );
}

function EnterCode() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  usePageTitle(t('workplace.join.enterCode'));
  return (
    <div className="panel stack">
      <h1>{t('workplace.join.enterCode')}</h1>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }: { code: string }) =>
          void navigate({ to: '/workplace/join', search: { code: code.trim().toUpperCase() } })
        }
      >
        <Form.Item name="code" label={t('workplace.join.code')} rules={[{ required: true }]}>
          <Input autoCapitalize="characters" maxLength={32} data-testid="join-code" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block>
          {t('workplace.join.open')}
        </Button>
      </Form>
    </div>
  );
}

function Invitation({ code }: { code: string }) {
  const { t } = useTranslation();
  const found = useQuery(joinQuery(code));
  usePageTitle(t('workplace.join.code'));
  if (hasCode(found.error, 'INVITATION_OVER'))
    return (
      <>
        <Alert
          type="warning"
          showIcon
          title={t('workplace.join.over')}
          description={t('workplace.join.overHelp')}
          data-testid="invitation-over"
        />
        <EnterCode />
      </>
    );
  return <Loaded query={found}>{(invitation) => <JoinForm code={code} invitation={invitation} />}</Loaded>;
}

interface Fields {
  readonly userName: string;
  readonly name: string;
  readonly mobile: string;
  readonly email: string;
  readonly next: string;
}

function JoinForm({ code, invitation }: { code: string; invitation: JoinInvitationView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { enterpriseName: name, departmentName: department, shortName, expiresAt } = invitation;
  const enter = useMutation({
    mutationFn: ({ userName, name, mobile, email, next }: Fields) =>
      join(code, { userName, name, mobile, email, password: next }),
    onSuccess: async (session) => {
      queryClient.setQueryData(memberSessionQuery.queryKey, session);
      await navigate({ to: '/workplace', replace: true });
    },
  });
  const required = { required: true, message: t('people.member.wrong.required') };
  return (
    <div className="panel stack">
      <h1>{t('workplace.join.title', { name })}</h1>
      <p>{t('workplace.join.intro', { name, department })}</p>
      <p className="soft">
        {t('workplace.join.until')} <Instant at={expiresAt} />
      </p>
      {enter.error !== null && <Failure error={enter.error} />}
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={{ mobile: '', email: '' }}
        onFinish={enter.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item name="name" label={t('workplace.name')} rules={[required]}>
          <Input autoComplete="name" maxLength={64} data-testid="join-name" />
        </Form.Item>
        <Form.Item
          name="userName"
          label={t('workplace.account')}
          extra={t('workplace.join.userNameHelp', { shortName })}
          rules={[required, { pattern: /^[\p{L}\p{N}._-]+$/u, message: t('people.member.userNameRule') }]}
        >
          <Input autoComplete="username" autoCapitalize="none" maxLength={64} data-testid="join-account" />
        </Form.Item>
        <Form.Item
          name="mobile"
          label={t('workplace.mobile')}
          rules={[{ pattern: /^\+?\d[\d -]{4,29}\d$/, message: t('people.member.wrong.phone') }]}
        >
          <Input autoComplete="tel" inputMode="tel" maxLength={32} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('workplace.email')}
          rules={[{ pattern: /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, message: t('people.member.wrong.email') }]}
        >
          <Input autoComplete="email" inputMode="email" maxLength={128} />
        </Form.Item>
        <NewPassword />
        <Button type="primary" htmlType="submit" block loading={enter.isPending} data-testid="join-submit">
          {t('workplace.join.submit')}
        </Button>
      </Form>
    </div>
  );
}
