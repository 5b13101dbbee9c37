import type { EnterpriseView, MemberGroupView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createGroup, groupsQuery, removeGroup, renameGroup } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { useDialogFocus } from '../../components/dialog-focus.ts';
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
  const [dialog, setDialog] = useState<
    'add' | { readonly group: MemberGroupView; readonly what: 'rename' | 'remove' } | null
  >(null);
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
          <Button
            size="small"
            disabled={fixed || !group.mayChange}
            aria-label={`${t('people.group.rename')} ${group.name}`}
            onClick={() => setDialog({ group, what: 'rename' })}
            data-testid="rename-group"
          >
            {t('people.group.rename')}
          </Button>
          <Button
            size="small"
            danger
            disabled={fixed || !group.mayChange}
            aria-label={`${t('people.remove')} ${group.name}`}
            onClick={() => setDialog({ group, what: 'remove' })}
          >
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
      {dialog === 'add' && <NameGroup enterpriseId={enterpriseId} group={null} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'add' && dialog.what === 'rename' && (
        <NameGroup enterpriseId={enterpriseId} group={dialog.group} onClose={() => setDialog(null)} />
      )}
      {dialog !== null && dialog !== 'add' && dialog.what === 'remove' && (
        <RemoveGroup enterpriseId={enterpriseId} group={dialog.group} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

interface NameGroupProps {
  readonly enterpriseId: string;
  /** null = a new one */
  readonly group: MemberGroupView | null;
  readonly onClose: () => void;
}

function NameGroup({ enterpriseId, group, onClose }: NameGroupProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string }>();
  const focused = useDialogFocus(() => form.focusField('name'));
  const save = useCommand({
    run: (name: string) =>
      group === null ? createGroup(enterpriseId, name) : renameGroup(enterpriseId, group.groupId, name),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={t(group === null ? 'people.group.add' : 'people.group.rename')}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'save-group' }}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: group?.name ?? '' }}
        onFinish={({ name }) => save.mutate(name)}
      >
        <Form.Item
          name="name"
          label={t('people.group.name')}
          rules={[{ required: true, message: t('people.member.wrong.required') }]}
        >
          <Input maxLength={64} data-testid="group-name" />
        </Form.Item>
      </Form>
      {save.error != null && <Failure error={save.error} />}
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
