import { useTranslation } from 'react-i18next';
import type { MemberView } from '../../api/members.ts';
import type { Column } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';

/** What every list of people who sign in tells: who, whether they may, when they did last. */
export function usePersonColumns(): Readonly<Record<'name' | 'state' | 'last', Column<MemberView>>> {
  const { t } = useTranslation();
  return {
    name: {
      key: 'name',
      title: t('members.name'),
      render: ({ displayName, loginName }) => (
        <>
          {displayName}
          <div className="mono soft">{loginName}</div>
        </>
      ),
    },
    state: {
      key: 'state',
      title: t('members.state'),
      render: ({ disabled, passwordInitial }) =>
        t(disabled ? 'members.disabled' : passwordInitial ? 'members.waiting' : 'members.active'),
    },
    last: {
      key: 'last',
      title: t('members.lastSignIn'),
      render: ({ lastSignInAt }) => (lastSignInAt === null ? t('members.never') : <Instant at={lastSignInAt} />),
    },
  };
}
