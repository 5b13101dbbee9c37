import type { EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnMembers, changeGroupMembers, groupsQuery } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';

interface MemberActionsProps {
  readonly enterprise: EnterpriseView;
  readonly memberIds: readonly string[];
  /** of whose members these are shown: they can be taken out of it */
  readonly groupId: string | undefined;
  readonly onDone: () => void;
}

/** What is done to several members at once. */
export function MemberActions({ enterprise, memberIds, groupId, onDone }: MemberActionsProps) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const [removing, setRemoving] = useState(false);
  const groups = useQuery(groupsQuery(enterpriseId)).data?.items ?? [];
  const ids = [...memberIds];
  const act = useCommand({
    run: (action: 'ENABLE' | 'DISABLE' | 'DELETE') => actOnMembers(enterpriseId, { action, memberIds: ids }),
    refresh: ['enterprises', enterpriseId],
    done: t('people.member.done', { count: ids.length }),
    onDone,
  });
  const gather = useCommand({
    run: (id: string) => changeGroupMembers(enterpriseId, id, { add: ids }),
    refresh: ['enterprises', enterpriseId],
    done: t('people.member.done', { count: ids.length }),
    onDone,
  });
  const release = useCommand({
    run: (id: string) => changeGroupMembers(enterpriseId, id, { remove: ids }),
    refresh: ['enterprises', enterpriseId],
    done: t('people.member.done', { count: ids.length }),
    onDone,
  });
  const fixed = enterprise.source === 'SCIM';
  return (
    <fieldset
      className="row"
      aria-label={t('people.member.chosen', { count: ids.length })}
      style={{ border: 0, padding: 0 }}
    >
      <span>{t('people.member.chosen', { count: ids.length })}</span>
      <Button disabled={fixed} onClick={() => act.mutate('ENABLE')} data-testid="enable">
        {t('people.member.enable')}
      </Button>
      <Button
        disabled={fixed}
        title={t('people.member.disableHelp')}
        onClick={() => act.mutate('DISABLE')}
        data-testid="disable"
      >
        {t('people.member.disable')}
      </Button>
      <Button danger disabled={fixed} onClick={() => setRemoving(true)} data-testid="delete-members">
        {t('people.remove')}
      </Button>
      {groups.length > 0 && (
        <Select
          value={null}
          disabled={fixed}
          placeholder={t('people.member.toGroup')}
          aria-label={t('people.member.toGroup')}
          style={{ minWidth: 150 }}
          options={groups.map((group) => ({ value: group.groupId, label: group.name }))}
          onChange={(id: string | null) => id !== null && gather.mutate(id)}
          data-testid="to-group"
        />
      )}
      {groupId !== undefined && (
        <Button disabled={fixed} onClick={() => release.mutate(groupId)} data-testid="from-group">
          {t('people.member.fromGroup')}
        </Button>
      )}
      {removing && (
        <Modal
          open
          title={t('people.remove')}
          okText={t('people.remove')}
          cancelText={t('people.cancel')}
          okButtonProps={{ danger: true, 'data-testid': 'delete-confirm' }}
          confirmLoading={act.isPending}
          onOk={() => act.mutate('DELETE')}
          onCancel={() => setRemoving(false)}
        >
          {t('people.member.removeHelp', { count: ids.length })}
        </Modal>
      )}
    </fieldset>
  );
}
