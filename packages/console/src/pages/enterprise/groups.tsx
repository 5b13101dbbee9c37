import type { EnterpriseView, MemberGroupView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createGroup, groupsQuery, removeGroup } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { EnterpriseFrame } from './frame.tsx';

/** Named sets of members (E-15); members are put into them on the page of the members. */
export function GroupsPage() {
  return <EnterpriseFrame>{(enterprise) => <Groups enterprise={enterprise} />}</EnterpriseFrame>;
}

function Groups({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const [dialog, setDialog] = useState<'add' | MemberGroupView | null>(null);
  const fixed = enterprise.source === 'SCIM';
  const columns: Column<MemberGroupView>[] = [
    { key: 'name', title: t('people.group.name'), render: ({ name }) => name },
    { key: 'members', title: t('people.group.members'), align: 'right', render: ({ members }) => members },
    {
      key: 'do',
      title: '',
      render: (group) => (
        <span className="row">
          <Link to="/enterprise/$enterpriseId" params={{ enterpriseId }} search={{ group: group.groupId }}>
            {t('people.group.open')}
          </Link>
          <Button size="small" danger disabled={fixed} onClick={() => setDialog(group)}>
            {t('people.remove')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <div className="stack">
      <div>
        <Button type="primary" disabled={fixed} onClick={() => setDialog('add')} data-testid="add-group">
          {t('people.group.add')}
        </Button>
      </div>
      <Loaded query={useQuery(groupsQuery(enterpriseId))}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('people.group.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ groupId }) => groupId} testId="group-row" />
          )
        }
      </Loaded>
      {dialog === 'add' && <AddGroup enterpriseId={enterpriseId} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'add' && (
        <RemoveGroup enterpriseId={enterpriseId} group={dialog} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

function AddGroup({ enterpriseId, onClose }: { enterpriseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string }>();
  const add = useCommand({
    run: (name: string) => createGroup(enterpriseId, name),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={t('people.group.add')}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'save-group' }}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={({ name }) => add.mutate(name)}>
        <Form.Item
          name="name"
          label={t('people.group.name')}
          rules={[{ required: true, message: t('people.member.wrong.required') }]}
        >
          <Input maxLength={64} data-testid="group-name" autoFocus />
        </Form.Item>
      </Form>
      {add.error != null && <Failure error={add.error} />}
    </Modal>
  );
}

function RemoveGroup({
  enterpriseId,
  group,
  onClose,
}: {
  enterpriseId: string;
  group: MemberGroupView;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const remove = useCommand({
    run: () => removeGroup(enterpriseId, group.groupId),
    refresh: ['enterprises', enterpriseId],
    done: t('people.removed'),
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={t('people.remove')}
      okText={t('people.remove')}
      cancelText={t('people.cancel')}
      okButtonProps={{ danger: true, 'data-testid': 'remove-confirm' }}
      confirmLoading={remove.isPending}
      onOk={() => remove.mutate(undefined)}
      onCancel={onClose}
    >
      {t('people.group.removeHelp', { name: group.name })}
    </Modal>
  );
}
