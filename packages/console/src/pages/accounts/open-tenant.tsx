import { Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NewTenant, openTenant } from '../../api/members.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { tenantKinds } from '../../search/tenant-params.ts';
import { AccountFields } from './add-member.tsx';

interface Fields extends Omit<NewTenant, 'owner'> {
  readonly loginName: string;
  readonly displayName: string;
}

interface OpenTenantProps {
  readonly onClose: () => void;
  readonly onOpened: (loginName: string, password: string) => void;
}

/** A buyer or seller with its main account. */
export function OpenTenant({ onClose, onOpened }: OpenTenantProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const open = useCommand({
    run: ({ loginName, displayName, ...tenant }: Fields) =>
      openTenant({ ...tenant, owner: { loginName: loginName.trim(), displayName: displayName.trim() } }),
    refresh: ['tenants'],
    onDone: ({ password }, { loginName }) => onOpened(loginName.trim(), password),
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('members.openTenant')}
      okText={t('members.openTenant')}
      cancelText={t('members.cancel')}
      okButtonProps={{ 'data-testid': 'tenant-confirm' }}
      confirmLoading={open.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {open.error !== null && <Failure error={open.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'seller', name: '', email: '', phone: '', loginName: '', displayName: '' }}
        onFinish={open.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item name="kind" label={t('members.kind')}>
          <Radio.Group options={tenantKinds.map((value) => ({ value, label: t(`members.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('members.tenantName')}
          rules={[{ required: true, whitespace: true, message: t('members.tenantNameRule') }]}
        >
          <Input maxLength={128} data-testid="tenant-name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('members.email')}
          rules={[{ required: true, type: 'email', message: t('members.emailRule') }]}
        >
          <Input maxLength={128} type="email" data-testid="tenant-email" />
        </Form.Item>
        <Form.Item
          name="phone"
          label={t('members.phone')}
          rules={[{ required: true, pattern: /^\+?[0-9 -]{5,20}$/, message: t('members.phoneRule') }]}
        >
          <Input maxLength={21} type="tel" data-testid="tenant-phone" />
        </Form.Item>
        <AccountFields />
      </Form>
    </Modal>
  );
}
