import type { EnterpriseMemberView, MemberInput, PasswordGivenView } from '@jishi/marketplace/console-api';
import { Form, type FormInstance, Input, Modal, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { createMember } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { DepartmentChoice } from './department-choice.tsx';

const TYPES = ['REGULAR', 'INTERN', 'DISPATCHED', 'OUTSOURCED'] as const;

export interface MemberFields extends Omit<MemberInput, 'employeeType'> {
  readonly employeeType: (typeof TYPES)[number] | '';
}
export const inputOf = (fields: MemberFields): MemberInput => ({
  ...fields,
  employeeType: fields.employeeType === '' ? null : fields.employeeType,
});
export const fieldsOf = (member: EnterpriseMemberView): MemberFields => ({
  userName: member.userName,
  name: member.name,
  departmentCode: member.departmentCode,
  position: member.position,
  employeeCode: member.employeeCode,
  employeeType: member.employeeType ?? '',
  mobile: member.mobile,
  email: member.email,
  workPlace: member.workPlace,
  entryDate: member.entryDate,
  role: member.role,
  enabled: member.enabled,
});
const nobody = (departmentCode: string): MemberFields => ({
  ...{ userName: '', name: '', departmentCode, position: '', employeeCode: '', employeeType: '' },
  ...{ mobile: '', email: '', workPlace: '', entryDate: '', role: 'user', enabled: true },
});

interface DialogProps {
  readonly enterpriseId: string;
  readonly department: string | undefined;
  /** null = given up */
  readonly onClose: (given: PasswordGivenView | null) => void;
}

export function MemberDialog({ enterpriseId, department, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<MemberFields>();
  const create = useCommand({
    run: (fields: MemberFields) => createMember(enterpriseId, inputOf(fields)),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={t('people.member.add')}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'save-member' }}
      confirmLoading={create.isPending}
      onOk={form.submit}
      onCancel={() => onClose(null)}
      width={640}
    >
      <MemberForm
        enterpriseId={enterpriseId}
        form={form}
        initial={nobody(department ?? '')}
        onFinish={(fields) => create.mutate(fields)}
      />
      {create.error != null && <Failure error={create.error} />}
    </Modal>
  );
}

interface MemberFormProps {
  readonly enterpriseId: string;
  readonly form: FormInstance<MemberFields>;
  readonly initial: MemberFields;
  readonly disabled?: boolean;
  readonly onFinish: (fields: MemberFields) => void;
}

/** What is written down about a member (E-12); faults show as one types. */
export function MemberForm({ enterpriseId, form, initial, disabled, onFinish }: MemberFormProps) {
  const { t } = useTranslation();
  const required = { required: true, message: t('people.member.wrong.required') };
  const line = (name: keyof MemberFields, longest: number) => (
    <Input maxLength={longest} data-testid={`member-${name}`} />
  );
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      disabled={disabled === true}
      onFinish={onFinish}
      scrollToFirstError
    >
      <Form.Item
        name="userName"
        label={t('people.member.userName')}
        extra={t('people.member.userNameRule')}
        rules={[required, { pattern: /^[\p{L}\p{N}._-]+$/u, message: t('people.member.userNameRule') }]}
      >
        {line('userName', 64)}
      </Form.Item>
      <Form.Item name="name" label={t('people.member.name')} rules={[required]}>
        {line('name', 64)}
      </Form.Item>
      <Form.Item name="departmentCode" label={t('people.member.department')} rules={[required]}>
        <DepartmentChoice enterpriseId={enterpriseId} />
      </Form.Item>
      <Form.Item
        name="mobile"
        label={t('people.member.mobile')}
        rules={[{ pattern: /^\+?\d[\d -]{4,29}\d$/, message: t('people.member.wrong.phone') }]}
      >
        {line('mobile', 32)}
      </Form.Item>
      <Form.Item
        name="email"
        label={t('people.member.email')}
        rules={[{ pattern: /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, message: t('people.member.wrong.email') }]}
      >
        {line('email', 128)}
      </Form.Item>
      <Form.Item name="position" label={t('people.member.position')}>
        {line('position', 64)}
      </Form.Item>
      <Form.Item name="employeeCode" label={t('people.member.employeeCode')}>
        {line('employeeCode', 64)}
      </Form.Item>
      <Form.Item name="employeeType" label={t('people.member.employeeType')}>
        <Select
          options={[
            { value: '', label: t('people.member.type.none') },
            ...TYPES.map((type) => ({ value: type, label: t(`people.member.type.${type}`) })),
          ]}
        />
      </Form.Item>
      <Form.Item name="workPlace" label={t('people.member.workPlace')}>
        {line('workPlace', 128)}
      </Form.Item>
      <Form.Item
        name="entryDate"
        label={t('people.member.entryDate')}
        rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('people.member.wrong.date') }]}
      >
        {line('entryDate', 10)}
      </Form.Item>
      <Form.Item name="role" label={t('people.member.role')}>
        <Select
          options={(['user', 'admin'] as const).map((role) => ({
            value: role,
            label: t(`people.member.roles.${role}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="enabled" label={t('people.member.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </Form>
  );
}
