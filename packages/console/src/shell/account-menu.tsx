import { KeyOutlined, LogoutOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import type { SessionView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api/endpoints.ts';
import { problemOf } from '../api/problem.ts';
import { forgetUser } from '../api/user-change.ts';
import { useProblemText } from '../components/problem-text.ts';

/** Who is signed in, for whom, in which role; the way out. Visitors get the way in. */
export function AccountMenu({ session }: { session: SessionView | null }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      forgetUser(queryClient, null);
    },
    onError: (error) => void message.error(problemText(problemOf(error)).title),
  });
  if (session === null) return <Link to="/sign-in">{t('shell.signIn')}</Link>;
  const who = session.tenantName === null ? session.displayName : `${session.displayName} · ${session.tenantName}`;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: <Identity who={who} role={t(`role.${session.role}`)} /> },
          { type: 'divider' },
          {
            key: 'password',
            icon: <KeyOutlined />,
            label: (
              <Link to="/account/password" data-testid="own-password">
                {t('members.ownPassword')}
              </Link>
            ),
          },
          {
            key: 'security',
            icon: <SafetyOutlined />,
            label: (
              <Link to="/account/security" data-testid="own-security">
                {t('security.title')}
              </Link>
            ),
          },
          {
            key: 'out',
            icon: <LogoutOutlined />,
            label: <span data-testid="sign-out">{t('shell.signOut')}</span>,
            onClick: () => leave.mutate(),
          },
        ],
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined />}
        loading={leave.isPending}
        data-testid="account-menu"
        aria-label={t('shell.account', { name: session.displayName })}
      >
        <span className="hide-narrow">{session.displayName}</span>
      </Button>
    </Dropdown>
  );
}

function Identity({ who, role }: { who: string; role: string }) {
  return (
    <div style={{ color: 'var(--ink)' }}>
      <div>{who}</div>
      <div className="soft">{role}</div>
    </div>
  );
}
