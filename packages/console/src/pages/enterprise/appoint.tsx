import type { AdministratorView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { applicationsQuery, appointAdministrator, changeAdministratorScope } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import { useDepartments } from './department-choice.tsx';

interface Fields {
  readonly loginName: string;
  readonly departments: string[];
  readonly applications: string[];
}
interface AppointProps {
  readonly enterpriseId: string;
  /** whose scope is changed; null = somebody new is appointed */
  readonly administrator: AdministratorView | null;
  readonly onClose: () => void;
}

/** A business administrator: for the people of some departments, for authorising some applications, or both (E-15a). */
export function Appoint({ enterpriseId, administrator, onClose }: AppointProps) {
  const { t } = useTranslation();
  const text = useText();
  const [form] = Form.useForm<Fields>();
  const departments = useDepartments(enterpriseId);
  const applications = useQuery(applicationsQuery(enterpriseId)).data?.items ?? [];
  const save = useCommand({
    run: ({ loginName, ...scope }: Fields) =>
      administrator === null
        ? appointAdministrator(enterpriseId, { loginName: loginName.trim(), ...scope })
        : changeAdministratorScope(enterpriseId, administrator.userId, scope),
    refresh: ['enterprises', enterpriseId],
    done: t(administrator === null ? 'people.administrator.invited' : 'people.saved'),
    onFailed: () => true,
    onDone: onClose,
  });
  const title = t(administrator === null ? 'people.administrator.appoint' : 'people.administrator.changeScope');
  const { scope } = administrator ?? { scope: null };
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'appoint-confirm' }}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{t('people.administrator.appointHelp')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          loginName: administrator?.loginName ?? '',
          departments: scope?.departments ?? [],
          applications: scope?.applications ?? [],
        }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item
          name="loginName"
          label={t('people.administrator.loginName')}
          rules={[{ required: true, message: t('people.member.wrong.required') }]}
        >
          <Input maxLength={128} disabled={administrator !== null} data-testid="appoint-name" />
        </Form.Item>
        <Form.Item name="departments" label={t('people.administrator.scopeDepartments')}>
          <Select
            mode="multiple"
            showSearch={{ filterOption: false, onSearch: departments.find }}
            options={departments.options}
            data-testid="appoint-departments"
          />
        </Form.Item>
        <Form.Item name="applications" label={t('people.administrator.scopeApplications')}>
          <Select
            mode="multiple"
            options={applications.map(({ applicationId, productName }) => ({
              value: applicationId,
              label: text(productName),
            }))}
            data-testid="appoint-applications"
          />
        </Form.Item>
      </Form>
      {save.error != null && <Failure error={save.error} />}
    </Modal>
  );
}
