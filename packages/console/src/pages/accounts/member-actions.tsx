import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  changeMember,
  type MemberChange,
  type MemberView,
  type MemberWithPassword,
  membersQuery,
  type RoleName,
  resetPassword,
} from '../../api/members.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { GoodsChoice, reachesAssigned } from './goods-choice.tsx';
import { MemberAccess } from './member-access.tsx';

interface ActionsProps {
  readonly member: MemberView;
  readonly onPassword: (told: MemberWithPassword) => void;
}

/** What a main account does with a sub-user: change, lock out or let in, give a new password. */
export function MemberActions({ member, onPassword }: ActionsProps) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const lock = useCommand({
    run: () => changeMember({ userId: member.userId, disabled: !member.disabled }),
    refresh: ['members'],
    done: t(member.disabled ? 'members.letIn' : 'members.lockedOut'),
  });
  const reset = useCommand({ run: () => resetPassword(member.userId), refresh: ['members'], onDone: onPassword });
  const named = (action: string): string => `${action} ${member.displayName}`;
  const lockName = t(member.disabled ? 'members.enable' : 'members.disable');
  return (
    <span className="row">
      <Button
        size="small"
        onClick={() => setChanging(true)}
        aria-label={named(t('members.change'))}
        data-testid="member-change"
      >
        {t('members.change')}
      </Button>
      <Popconfirm
        title={t('members.resetAsk', { name: member.displayName })}
        okText={t('members.reset')}
        cancelText={t('members.cancel')}
        onConfirm={() => reset.mutate(undefined)}
        okButtonProps={{ 'data-testid': 'member-reset-confirm' }}
      >
        <Button
          size="small"
          loading={reset.isPending}
          aria-label={named(t('members.reset'))}
          data-testid="member-reset"
        >
          {t('members.reset')}
        </Button>
      </Popconfirm>
      <Button
        size="small"
        danger={!member.disabled}
        loading={lock.isPending}
        onClick={() => lock.mutate(undefined)}
        aria-label={named(lockName)}
        data-testid="member-lock"
      >
        {lockName}
      </Button>
      <MemberAccess member={member} />
      {changing && <ChangeMember member={member} onClose={() => setChanging(false)} />}
    </span>
  );
}

interface Fields {
  readonly role: RoleName;
  readonly goodsIds: readonly string[];
}

function ChangeMember({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const roles = useQuery(membersQuery).data?.roles ?? [member.role];
  const role = Form.useWatch('role', form) ?? member.role;
  const change = useCommand({
    run: ({ role: given, goodsIds }: Fields) => {
      const wanted: MemberChange = { userId: member.userId, role: given };
      return changeMember(reachesAssigned(given) ? { ...wanted, goodsIds } : wanted);
    },
    refresh: ['members'],
    done: t('members.changed'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('members.changeTitle', { name: member.displayName })}
      okText={t('members.save')}
      cancelText={t('members.cancel')}
      okButtonProps={{ 'data-testid': 'member-save' }}
      confirmLoading={change.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {change.error !== null && <Failure error={change.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ role: member.role, goodsIds: [...member.goodsIds] }}
        onFinish={change.mutate}
      >
        <Form.Item name="role" label={t('members.role')} extra={t(`members.roleHelp.${role}`)}>
          <Select options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} data-testid="member-role" />
        </Form.Item>
        {reachesAssigned(role) && (
          <Form.Item name="goodsIds" label={t('members.products')} extra={t('members.productsHelp')}>
            <GoodsChoice />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
