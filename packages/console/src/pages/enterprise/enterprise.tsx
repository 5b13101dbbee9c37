import type { EnterprisesView, NewEnterpriseInput } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptInvitation, createEnterprise, enterprisesQuery } from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';

type Row = EnterprisesView['items'][number];

/** The enterprises that a person owns or administers (consoles-and-processes.md 8.2). */
export function EnterprisePage() {
  const { t } = useTranslation();
  const found = useQuery(enterprisesQuery);
  return (
    <Page title={t('people.enterprises.title')} tools={found.data && <Create found={found.data} />}>
      <p className="soft">{t('people.enterprises.intro')}</p>
      <Loaded query={found}>{(data) => <Enterprises found={data} />}</Loaded>
    </Page>
  );
}

function Enterprises({ found }: { found: EnterprisesView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const owner = may(session, 'enterprise.create');
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: t('people.field.name'),
      render: ({ enterpriseId, name }) => (
        <Link
          to={may(session, 'people.manage') ? '/enterprise/$enterpriseId' : '/enterprise/$enterpriseId/applications'}
          params={{ enterpriseId }}
          data-testid="enterprise-link"
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'short',
      title: t('people.field.shortName'),
      render: ({ shortName }) => <span className="mono">{shortName}</span>,
    },
    { key: 'departments', title: t('people.field.departments'), align: 'right', render: (row) => row.departments },
    { key: 'members', title: t('people.field.members'), align: 'right', render: (row) => row.members },
    { key: 'admins', title: t('people.field.administrators'), align: 'right', render: (row) => row.administrators },
    { key: 'at', title: t('people.field.createdAt'), render: (row) => <Instant at={row.createdAt} /> },
  ];
  return (
    <div className="stack">
      {found.invitations.map(({ enterpriseId, name }) => (
        <Invitation key={enterpriseId} enterpriseId={enterpriseId} name={name} />
      ))}
      {found.items.length === 0 ? (
        <Empty sentence={t(owner ? 'people.enterprises.none' : 'people.enterprises.noneForAdministrator')} />
      ) : (
        <Rows rows={found.items} columns={columns} rowKey={(row) => row.enterpriseId} testId="enterprise-row" />
      )}
    </div>
  );
}

function Invitation({ enterpriseId, name }: { enterpriseId: string; name: string }) {
  const { t } = useTranslation();
  const accept = useCommand({
    run: () => acceptInvitation(enterpriseId),
    refresh: ['enterprises'],
    done: t('people.enterprises.accepted'),
  });
  return (
    <Alert
      type="info"
      showIcon
      title={t('people.enterprises.invitation', { name })}
      action={
        <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate(undefined)} data-testid="accept">
          {t('people.enterprises.accept')}
        </Button>
      }
    />
  );
}

function Create({ found }: { found: EnterprisesView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const owner = may(useQuery(sessionQuery).data, 'enterprise.create');
  const full = found.items.length >= found.most;
  const why = !owner
    ? t('people.enterprises.role')
    : full
      ? t('people.enterprises.atMost', { most: found.most })
      : undefined;
  return (
    <>
      <Button
        type="primary"
        disabled={why !== undefined}
        title={why}
        onClick={() => setOpen(true)}
        data-testid="create-enterprise"
      >
        {t('people.enterprises.create')}
      </Button>
      {open && <CreateDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewEnterpriseInput>();
  const focused = useDialogFocus(() => form.focusField('name'));
  const create = useCommand({
    run: createEnterprise,
    refresh: ['enterprises'],
    done: t('people.enterprises.created'),
    onFailed: () => true,
    onDone: ({ enterpriseId }) =>
      void navigate({ to: '/enterprise/$enterpriseId/administrators', params: { enterpriseId } }),
  });
  const needed = [{ required: true, message: t('people.member.wrong.required') }];
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={t('people.enterprises.create')}
      okText={t('people.enterprises.create')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'create-confirm' }}
      confirmLoading={create.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: '', shortName: '', region: '', industry: '', description: '' }}
        onFinish={(fields) => create.mutate(fields)}
      >
        <Form.Item name="name" label={t('people.field.name')} rules={needed}>
          <Input maxLength={128} data-testid="enterprise-name" />
        </Form.Item>
        <Form.Item
          name="shortName"
          label={t('people.field.shortName')}
          extra={t('people.field.shortNameRule')}
          rules={[
            { pattern: /^[a-z][a-z0-9-]{1,62}[a-z0-9]$/, required: true, message: t('people.field.shortNameRule') },
          ]}
        >
          <Input maxLength={64} data-testid="enterprise-short-name" />
        </Form.Item>
        <Form.Item name="region" label={t('people.field.region')}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="industry" label={t('people.field.industry')}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="description" label={t('people.field.description')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
      </Form>
      {create.error != null && <Failure error={create.error} />}
    </Modal>
  );
}
