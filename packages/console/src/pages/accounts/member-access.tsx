import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { type MemberView, resetMemberFactor, signOutMember } from '../../api/members.ts';
import { useCommand } from '../../components/command.ts';

/** Ends a sub-user's sessions; resets a second factor that was lost. */
export function MemberAccess({ member }: { member: MemberView }) {
  const { t } = useTranslation();
  const { userId, displayName: name } = member;
  const signOut = useCommand({
    run: () => signOutMember(userId),
    refresh: ['members'],
    done: t('security.memberSignedOut'),
  });
  const reset = useCommand({
    run: () => resetMemberFactor(userId),
    refresh: ['members'],
    done: t('security.memberResetDone'),
  });
  return (
    <>
      <Popconfirm
        title={t('security.memberSignOutAsk', { name })}
        okText={t('security.memberSignOut')}
        cancelText={t('security.cancel')}
        onConfirm={() => signOut.mutate(undefined)}
        okButtonProps={{ 'data-testid': 'member-sign-out-confirm' }}
      >
        <Button
          size="small"
          loading={signOut.isPending}
          aria-label={`${t('security.memberSignOut')} ${name}`}
          data-testid="member-sign-out"
        >
          {t('security.memberSignOut')}
        </Button>
      </Popconfirm>
      {member.secondFactor && (
        <Popconfirm
          title={t('security.memberResetAsk', { name })}
          okText={t('security.memberReset')}
          cancelText={t('security.cancel')}
          onConfirm={() => reset.mutate(undefined)}
          okButtonProps={{ danger: true, 'data-testid': 'member-factor-confirm' }}
        >
          <Button
            size="small"
            loading={reset.isPending}
            aria-label={`${t('security.memberReset')} ${name}`}
            data-testid="member-factor"
          >
            {t('security.memberReset')}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
