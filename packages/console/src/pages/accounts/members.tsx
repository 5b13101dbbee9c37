import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MemberView, type MemberWithPassword, membersQuery } from '../../api/members.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';
import { RecoverAccount } from '../security/recover.tsx';
import { AddMember } from './add-member.tsx';
import { InitialPassword } from './initial-password.tsx';
import { MemberActions } from './member-actions.tsx';
import { usePersonColumns } from './person-columns.tsx';

/** People of one's own account (S-11): who they are, what they may, who is locked out. */
export function MembersPage() {
  const { t } = useTranslation();
  const members = useQuery(membersQuery);
  const mayRecover = may(useQuery(sessionQuery).data, 'account.recover');
  const [recovering, setRecovering] = useState(false);
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<MemberWithPassword | null>(null);
  const columns = useColumns(setTold);
  return (
    <Page
      title={t('nav.members')}
      tools={
        <div className="row">
          {mayRecover && (
            <Button onClick={() => setRecovering(true)} data-testid="recover">
              {t('security.recover')}
            </Button>
          )}
          <Button type="primary" onClick={() => setAdding(true)} data-testid="add-member">
            {t('members.add')}
          </Button>
        </div>
      }
    >
      <p className="soft">{t('members.intro')}</p>
      {told !== null && <InitialPassword loginName={told.member.loginName} password={told.password} />}
      <Loaded query={members}>
        {({ items, roles }) => (
          <>
            <Rows rows={items} columns={columns} rowKey={({ userId }) => userId} testId="member-row" />
            {adding && (
              <AddMember
                roles={roles}
                onClose={() => setAdding(false)}
                onAdded={(added) => {
                  setTold(added);
                  setAdding(false);
                }}
              />
            )}
          </>
        )}
      </Loaded>
      {recovering && <RecoverAccount onClose={() => setRecovering(false)} />}
    </Page>
  );
}

function useColumns(onPassword: (told: MemberWithPassword) => void): Column<MemberView>[] {
  const { t } = useTranslation();
  const { name, state, last } = usePersonColumns();
  return [
    name,
    { key: 'role', title: t('members.role'), render: ({ role }) => t(`role.${role}`) },
    state,
    {
      key: 'factor',
      title: t('security.memberFactor'),
      render: ({ secondFactor }) => t(secondFactor ? 'security.memberFactorOn' : 'security.memberFactorOff'),
    },
    last,
    {
      key: 'action',
      title: t('list.action'),
      render: (member) => (member.mayChange ? <MemberActions member={member} onPassword={onPassword} /> : '—'),
    },
  ];
}
