import type { EnterpriseView, MemberInvitationsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  inviteMembers,
  memberInvitationsQuery,
  revokeMemberInvitation,
  setSelfRegistration,
} from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { DepartmentChoice } from './department-choice.tsx';
import { EnterpriseFrame } from './frame.tsx';

type Row = MemberInvitationsView['items'][number];

/** Members who join by themselves: the switch, and invitations as code, link and QR code (E-13a). */
export function InvitationsPage() {
  return <EnterpriseFrame>{(enterprise) => <Found enterprise={enterprise} />}</EnterpriseFrame>;
}

function Found({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  return (
    <Panel title={t('people.invitation.title')}>
      <Loaded query={useQuery(memberInvitationsQuery(enterpriseId))}>
        {(found) => <Invitations enterpriseId={enterpriseId} found={found} fixed={enterprise.source === 'SCIM'} />}
      </Loaded>
    </Panel>
  );
}

interface InvitationsProps {
  readonly enterpriseId: string;
  readonly found: MemberInvitationsView;
  /** an identity provider keeps the directory: nobody joins here */
  readonly fixed: boolean;
}

function Invitations({ enterpriseId, found, fixed }: InvitationsProps) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'new' | Row | null>(null);
  const mayOpen = may(useQuery(sessionQuery).data, 'people.exchange');
  const refresh = ['enterprises', enterpriseId];
  const toggle = useCommand({ run: (open: boolean) => setSelfRegistration(enterpriseId, open), refresh });
  const revoke = useCommand({
    run: (code: string) => revokeMemberInvitation(enterpriseId, code),
    refresh,
    done: t('people.invitation.revoked'),
  });
  const columns: Column<Row>[] = [
    {
      key: 'code',
      title: t('people.invitation.code'),
      render: ({ code }) => (
        <span className="row">
          <span className="mono">{code}</span>
          <CopyButton text={code} name={t('people.invitation.code')} />
        </span>
      ),
    },
    { key: 'department', title: t('people.member.department'), render: ({ departmentName }) => departmentName },
    { key: 'until', title: t('people.invitation.until'), render: ({ expiresAt }) => <Instant at={expiresAt} /> },
    { key: 'joined', title: t('people.invitation.joined'), align: 'right', render: ({ joined }) => joined },
    {
      key: 'do',
      title: '',
      render: (row) => (
        <span className="row">
          <Button size="small" onClick={() => setDialog(row)} data-testid="show-invitation">
            {t('people.invitation.show')}
          </Button>
          <Button size="small" danger disabled={fixed} onClick={() => revoke.mutate(row.code)}>
            {t('people.invitation.revoke')}
          </Button>
        </span>
      ),
    },
  ];
  const close = (): void => setDialog(null);
  return (
    <div className="stack">
      <div className="row">
        <Switch
          checked={found.open}
          disabled={fixed || !mayOpen}
          loading={toggle.isPending}
          onChange={(open) => toggle.mutate(open)}
          aria-label={t('people.invitation.open')}
          data-testid="self-registration"
        />
        <span>{t('people.invitation.open')}</span>
      </div>
      <p className="soft">{t(found.open ? 'people.invitation.openHelp' : 'people.invitation.closedHelp')}</p>
      <div>
        <Button type="primary" disabled={fixed} onClick={() => setDialog('new')} data-testid="new-invitation">
          {t('people.invitation.make')}
        </Button>
      </div>
      {found.items.length === 0 ? (
        <Empty sentence={t('people.invitation.none')} />
      ) : (
        <Rows rows={found.items} columns={columns} rowKey={({ code }) => code} testId="invitation-row" />
      )}
      {dialog === 'new' && <Make enterpriseId={enterpriseId} onClose={close} />}
      {dialog !== null && dialog !== 'new' && <Show invitation={dialog} onClose={close} />}
    </div>
  );
}

const DAYS = [
  { value: 1, label: 'd1' },
  { value: 7, label: 'd7' },
  { value: 30, label: 'd30' },
] as const;

function Make({ enterpriseId, onClose }: { enterpriseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ departmentCode: string; days: number }>();
  const make = useCommand({
    run: (asked: { departmentCode: string; days: number }) => inviteMembers(enterpriseId, asked),
    refresh: ['enterprises', enterpriseId],
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={t('people.invitation.make')}
      okText={t('people.invitation.make')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'invitation-confirm' }}
      confirmLoading={make.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={{ days: 7 }} onFinish={(asked) => make.mutate(asked)}>
        <Form.Item
          name="departmentCode"
          label={t('people.invitation.department')}
          rules={[{ required: true, message: t('people.member.wrong.required') }]}
        >
          <DepartmentChoice enterpriseId={enterpriseId} />
        </Form.Item>
        <Form.Item name="days" label={t('people.invitation.days')}>
          <Select options={DAYS.map(({ value, label }) => ({ value, label: t(`people.invitation.valid.${label}`) }))} />
        </Form.Item>
      </Form>
      {make.error != null && <Failure error={make.error} />}
    </Modal>
  );
}

function Show({ invitation, onClose }: { invitation: Row; onClose: () => void }) {
  const { t } = useTranslation();
  const { link, expiresAt } = invitation;
  return (
    <Modal open title={t('people.invitation.show')} footer={null} onCancel={onClose}>
      <div className="stack">
        <div style={{ width: 200 }}>
          <QrCode text={link} name={t('people.invitation.qr')} />
        </div>
        <span className="row">
          <a href={link} className="mono" style={{ overflowWrap: 'anywhere' }} data-testid="invitation-link">
            {link}
          </a>
          <CopyButton text={link} name={t('people.invitation.link')} />
        </span>
        <span className="soft">
          {t('people.invitation.until')} <Instant at={expiresAt} />
        </span>
      </div>
    </Modal>
  );
}
