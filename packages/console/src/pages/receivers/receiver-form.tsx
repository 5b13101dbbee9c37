import type { ReceiverInput, ReceiversView, ReceiverView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addReceiver, changeAccount, changeReceiver, receiversQuery } from '../../api/messages.ts';
import { Failure } from '../../components/feedback.tsx';
import { usePreferences } from '../../shell/preferences.tsx';
import { type Choices, ChoiceTable, offers } from './choice-table.tsx';

interface ReceiverFormProps {
  readonly found: ReceiversView;
  /** null = a new one */
  readonly receiver: ReceiverView | null;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly language: 'zh' | 'en';
  readonly email?: string;
  readonly phone?: string;
  readonly userId: string;
  readonly choices: Choices;
}

const phonePattern = /^\+?\d[\d -]{4,22}\d$/;
const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A person with its addresses and choices; of the account only language and optional classes can be set. */
export function ReceiverForm({ found, receiver, onClose }: ReceiverFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { language } = usePreferences();
  const isAccount = receiver?.receiverId === 'account';
  const save = useMutation({
    mutationFn: (fields: Fields) => {
      if (isAccount) return changeAccount({ language: fields.language, choices: [...fields.choices] });
      return receiver === null ? addReceiver(inputOf(fields)) : changeReceiver(receiver.receiverId, inputOf(fields));
    },
    onSuccess: (saved) => {
      const waits = (saved.email ?? { verified: true }).verified && (saved.phone ?? { verified: true }).verified;
      void message.success(t(waits ? 'receiver.saved' : 'receiver.savedCode'));
      onClose();
      return queryClient.invalidateQueries({ queryKey: receiversQuery.queryKey });
    },
  });
  return (
    <Modal
      title={t(receiver === null ? 'receiver.add' : 'receiver.edit')}
      open
      width={640}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('receiver.save')}
      cancelText={t('receiver.cancel')}
      confirmLoading={save.isPending}
      okButtonProps={{ 'data-testid': 'save-receiver' }}
    >
      <div className="stack">
        {save.error !== null && <Failure error={save.error} />}
        <Form
          form={form}
          layout="vertical"
          initialValues={fieldsOf(receiver, found, language)}
          onFinish={save.mutate}
          scrollToFirstError={{ focus: true }}
        >
          {!isAccount && <Person found={found} />}
          <Form.Item name="language" label={t('receiver.language')}>
            <Radio.Group
              options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`receiver.languages.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="choices" label={t('receiver.choices')}>
            <ChoiceTable classes={found.classes} locked={isAccount} />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}

function Person({ found }: { found: ReceiversView }) {
  const { t } = useTranslation();
  const users = found.users.map(({ userId, displayName, role }) => ({
    value: userId,
    label: `${displayName} (${t(`role.${role}`)})`,
  }));
  return (
    <>
      <Form.Item
        name="name"
        label={t('receiver.name')}
        rules={[{ required: true, whitespace: true, message: t('receiver.nameRule') }]}
      >
        <Input maxLength={64} data-testid="receiver-name" />
      </Form.Item>
      <Form.Item
        name="email"
        label={t('receiver.email')}
        rules={[{ pattern: emailPattern, message: t('receiver.emailRule') }]}
      >
        <Input maxLength={254} type="email" data-testid="receiver-email" />
      </Form.Item>
      {offers(found.classes, 'SMS') && (
        <Form.Item
          name="phone"
          label={t('receiver.phone')}
          rules={[{ pattern: phonePattern, message: t('receiver.phoneRule') }]}
        >
          <Input maxLength={24} type="tel" data-testid="receiver-phone" />
        </Form.Item>
      )}
      <Form.Item
        name="userId"
        label={t('receiver.user')}
        dependencies={['email', 'phone']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, userId) =>
              [userId, getFieldValue('email'), getFieldValue('phone')].some(Boolean)
                ? Promise.resolve()
                : Promise.reject(new Error(t('receiver.oneNeeded'))),
          }),
        ]}
      >
        <Select options={[{ value: '', label: t('receiver.noUser') }, ...users]} data-testid="receiver-user" />
      </Form.Item>
    </>
  );
}

/** A new person gets everything by e-mail until somebody chooses otherwise. */
function fieldsOf(receiver: ReceiverView | null, { classes }: ReceiversView, language: Fields['language']): Fields {
  return {
    name: receiver?.name ?? '',
    language: receiver?.language ?? language,
    email: receiver?.email?.text ?? '',
    phone: receiver?.phone?.text ?? '',
    userId: receiver?.userId ?? '',
    choices: receiver?.choices ?? classes.map((offered) => ({ class: offered.class, channels: ['EMAIL'] })),
  };
}

function inputOf({ name, language, email, phone, userId, choices }: Fields): ReceiverInput {
  const orNull = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : text.trim());
  return {
    name,
    language,
    email: orNull(email),
    phone: orNull(phone),
    userId: orNull(userId),
    choices: [...choices],
  };
}
