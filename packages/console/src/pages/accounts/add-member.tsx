import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addMember, type MemberWithPassword, type RoleName } from '../../api/members.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

interface Fields {
  readonly loginName: string;
  readonly displayName: string;
  readonly role: RoleName;
}
/** as the server's rule says */
const loginPattern = /^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/;

interface AddMemberProps {
  readonly roles: readonly RoleName[];
  readonly onClose: () => void;
  readonly onAdded: (added: MemberWithPassword) => void;
}

export function AddMember({ roles, onClose, onAdded }: AddMemberProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch('role', form) ?? roles[0];
  const add = useCommand({
    run: ({ loginName, displayName, role: given }: Fields) =>
      addMember({ loginName: loginName.trim(), displayName: displayName.trim(), role: given }),
    refresh: ['members'],
    onDone: onAdded,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('members.add')}
      okText={t('members.add')}
      cancelText={t('members.cancel')}
      okButtonProps={{ 'data-testid': 'member-confirm' }}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {add.error !== null && <Failure error={add.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ loginName: '', displayName: '', role: roles[0] }}
        onFinish={add.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <AccountFields />
        <Form.Item
          name="role"
          label={t('members.role')}
          extra={role === undefined ? undefined : t(`members.roleHelp.${role}`)}
        >
          <Select options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} data-testid="member-role" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Login name and name of a person, in the forms of members and of main accounts. */
export function AccountFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="loginName"
        label={t('members.loginName')}
        extra={t('members.loginNameHelp')}
        rules={[{ required: true, pattern: loginPattern, message: t('members.loginNameRule') }]}
      >
        <Input maxLength={64} autoCapitalize="none" autoComplete="off" data-testid="member-login" />
      </Form.Item>
      <Form.Item
        name="displayName"
        label={t('members.displayName')}
        rules={[{ required: true, whitespace: true, message: t('members.displayNameRule') }]}
      >
        <Input maxLength={64} autoComplete="off" data-testid="member-name" />
      </Form.Item>
    </>
  );
}
