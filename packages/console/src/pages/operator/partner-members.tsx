import type { PartnerView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AddedMember, addMember } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { may } from '../../shell/areas.ts';

interface Fields {
  readonly loginName: string;
  readonly displayName: string;
}
const loginPattern = /^[A-Za-z0-9._@-]{3,64}$/;

/** Who may sign in for the partner; the first password is shown once, to be passed on. */
export function PartnerMembers({ partner }: { partner: PartnerView }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<AddedMember | null>(null);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  return (
    <Panel title={t('partners.members')}>
      <div className="stack">
        {partner.members.length === 0 ? (
          <p className="soft">{t('partners.noMembers')}</p>
        ) : (
          <ul>
            {partner.members.map((name) => (
              <li key={name} className="mono" data-testid="member">
                {name}
              </li>
            ))}
          </ul>
        )}
        {added !== null && <FirstPassword added={added} />}
        <div>
          <Button
            disabled={!allowed}
            title={allowed ? undefined : t('partners.role')}
            onClick={() => setAdding(true)}
            data-testid="add-member"
          >
            {t('partners.addMember')}
          </Button>
        </div>
      </div>
      {adding && (
        <AddMember
          partner={partner}
          onClose={() => setAdding(false)}
          onAdded={(member) => {
            setAdded(member);
            setAdding(false);
          }}
        />
      )}
    </Panel>
  );
}

function FirstPassword({ added: { loginName, password } }: { added: AddedMember }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      title={t('partners.firstPassword', { loginName })}
      description={
        <span className="row">
          <code data-testid="first-password">{password}</code>
          <CopyButton text={password} name={t('partners.password')} />
        </span>
      }
    />
  );
}

interface AddMemberProps {
  readonly partner: PartnerView;
  readonly onClose: () => void;
  readonly onAdded: (member: AddedMember) => void;
}

function AddMember({ partner, onClose, onAdded }: AddMemberProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const add = useCommand({
    run: (fields: Fields) => addMember(partner.distributorId, fields),
    refresh: ['partners'],
    onDone: onAdded,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('partners.addMember')}
      okText={t('partners.addMember')}
      okButtonProps={{ 'data-testid': 'member-confirm' }}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {add.error !== null && <Failure error={add.error} />}
      <Form form={form} layout="vertical" onFinish={add.mutate} scrollToFirstError={{ focus: true }}>
        <Form.Item
          name="loginName"
          label={t('partners.loginName')}
          rules={[{ required: true, pattern: loginPattern, message: t('partners.loginRule') }]}
        >
          <Input maxLength={64} autoComplete="off" data-testid="member-login" />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('partners.displayName')}
          rules={[{ required: true, whitespace: true, message: t('partners.nameRule') }]}
        >
          <Input maxLength={100} autoComplete="off" data-testid="member-name" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
