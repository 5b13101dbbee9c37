import type { AdministratorView, EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  administratorsQuery,
  dissolutionQuery,
  dissolveEnterprise,
  inviteAdministrator,
  removeAdministrator,
  removeBusinessAdministrator,
  sendDissolutionCode,
} from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { Appoint } from './appoint.tsx';
import { CodeField, isCode } from './code-field.tsx';
import { EnterpriseFrame } from './frame.tsx';
import { ScimTokens } from './scim.tsx';

/** Who administers the enterprise (E-4), and its end (E-7). */
export function AdministratorsPage() {
  return <EnterpriseFrame>{(enterprise) => <Administrators enterprise={enterprise} />}</EnterpriseFrame>;
}

type Dialog =
  | 'invite'
  | 'dissolve'
  | 'appoint'
  | { readonly what: 'remove' | 'scope'; readonly administrator: AdministratorView }
  | null;

function Administrators({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const session = useQuery(sessionQuery).data;
  const owner = may(session, 'enterprise.manage');
  const appoints = may(session, 'enterprise.appoint');
  const [dialog, setDialog] = useState<Dialog>(null);
  const columns: Column<AdministratorView>[] = [
    {
      key: 'who',
      title: t('people.administrator.loginName'),
      render: ({ displayName, loginName }) => (
        <>
          {displayName} <span className="mono soft">{loginName}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('people.member.state'),
      render: ({ state }) => (
        <span className={`state state--${state === 'ACTIVE' ? 'ok' : 'wait'}`}>
          {t(`people.administrator.state.${state}`)}
        </span>
      ),
    },
    {
      key: 'scope',
      title: t('people.administrator.scope'),
      render: ({ scope }) =>
        scope === null
          ? t('people.administrator.everything')
          : t('people.administrator.scopeOf', {
              departments: scope.departments.length,
              applications: scope.applications.length,
            }),
    },
    { key: 'at', title: t('people.administrator.since'), render: ({ invitedAt }) => <Instant at={invitedAt} /> },
    {
      key: 'do',
      title: '',
      render: (administrator) => (
        <span className="row">
          {appoints && administrator.scope !== null && (
            <Button size="small" onClick={() => setDialog({ what: 'scope', administrator })}>
              {t('people.administrator.changeScope')}
            </Button>
          )}
          {(owner || (appoints && administrator.scope !== null)) && (
            <Button size="small" danger onClick={() => setDialog({ what: 'remove', administrator })}>
              {t('people.remove')}
            </Button>
          )}
        </span>
      ),
    },
  ];
  const close = (): void => setDialog(null);
  return (
    <div className="stack">
      <div className="row">
        <Button
          type="primary"
          disabled={!may(session, 'enterprise.invite')}
          onClick={() => setDialog('invite')}
          data-testid="invite"
        >
          {t('people.administrator.invite')}
        </Button>
        {appoints && (
          <Button onClick={() => setDialog('appoint')} data-testid="appoint">
            {t('people.administrator.appoint')}
          </Button>
        )}
        <Button
          danger
          disabled={!owner}
          title={owner ? undefined : t('people.administrator.role')}
          onClick={() => setDialog('dissolve')}
          data-testid="dissolve"
        >
          {t('people.administrator.dissolve')}
        </Button>
      </div>
      <Loaded query={useQuery(administratorsQuery(enterpriseId))}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('people.administrator.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ userId }) => userId} testId="administrator-row" />
          )
        }
      </Loaded>
      {may(session, 'people.exchange') && <ScimTokens enterpriseId={enterpriseId} />}
      {dialog === 'invite' && <Invite enterpriseId={enterpriseId} onClose={close} />}
      {dialog === 'dissolve' && <Dissolve enterprise={enterprise} onClose={close} />}
      {dialog === 'appoint' && <Appoint enterpriseId={enterpriseId} administrator={null} onClose={close} />}
      {typeof dialog === 'object' && dialog?.what === 'scope' && (
        <Appoint enterpriseId={enterpriseId} administrator={dialog.administrator} onClose={close} />
      )}
      {typeof dialog === 'object' && dialog?.what === 'remove' && (
        <Remove enterpriseId={enterpriseId} administrator={dialog.administrator} onClose={close} />
      )}
    </div>
  );
}

function Invite({ enterpriseId, onClose }: { enterpriseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ loginName: string }>();
  const focused = useDialogFocus(() => form.focusField('loginName'));
  const invite = useCommand({
    run: (loginName: string) => inviteAdministrator(enterpriseId, loginName),
    refresh: ['enterprises', enterpriseId],
    done: t('people.administrator.invited'),
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={t('people.administrator.invite')}
      okText={t('people.administrator.invite')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'invite-confirm' }}
      confirmLoading={invite.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={({ loginName }) => invite.mutate(loginName.trim())}>
        <Form.Item
          name="loginName"
          label={t('people.administrator.loginName')}
          extra={t('people.administrator.inviteHelp')}
          rules={[{ required: true, message: t('people.member.wrong.required') }]}
        >
          <Input maxLength={128} data-testid="invite-name" />
        </Form.Item>
      </Form>
      {invite.error != null && <Failure error={invite.error} />}
    </Modal>
  );
}

interface RemoveProps {
  readonly enterpriseId: string;
  readonly administrator: AdministratorView;
  readonly onClose: () => void;
}

function Remove({ enterpriseId, administrator, onClose }: RemoveProps) {
  const { t } = useTranslation();
  const owner = may(useQuery(sessionQuery).data, 'enterprise.manage');
  const remove = useCommand({
    // the owner removes whom it likes, an administrator those with a scope
    run: () =>
      owner
        ? removeAdministrator(enterpriseId, administrator.userId)
        : removeBusinessAdministrator(enterpriseId, administrator.userId),
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
      {t('people.administrator.removeHelp', { name: administrator.displayName })}
    </Modal>
  );
}

/** Says what is lost, and asks for the name. */
function Dissolve({ enterprise, onClose }: { enterprise: EnterpriseView; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { enterpriseId, shortName, departments, members } = enterprise;
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const asked = useQuery(dissolutionQuery(enterpriseId)).data;
  const codeTo = asked?.codeTo ?? null;
  const ready = asked !== undefined && typed.trim() === shortName && (codeTo === null || isCode(code));
  const dissolve = useCommand({
    run: () => dissolveEnterprise(enterpriseId, typed.trim(), codeTo === null ? null : code.trim()),
    refresh: ['enterprises'],
    done: t('people.administrator.dissolved'),
    onFailed: () => true,
    onDone: () => void navigate({ to: '/enterprise' }),
  });
  const help = t('people.administrator.dissolveHelp', { departments, members, shortName });
  return (
    <Modal
      open
      title={t('people.administrator.dissolve')}
      okText={t('people.administrator.dissolve')}
      cancelText={t('people.cancel')}
      okButtonProps={{ danger: true, disabled: !ready, 'data-testid': 'dissolve-confirm' }}
      confirmLoading={dissolve.isPending}
      onOk={() => dissolve.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{help}</p>
        <Input
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          aria-label={t('people.field.shortName')}
          data-testid="dissolve-name"
        />
        {codeTo !== null && (
          <CodeField to={codeTo} send={() => sendDissolutionCode(enterpriseId)} value={code} onChange={setCode} />
        )}
        {dissolve.error != null && <Failure error={dissolve.error} />}
      </div>
    </Modal>
  );
}
