import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { metaQuery } from '../../api/queries.ts';
import { grantCredit } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { BuyerField } from './buyer-field.tsx';

interface Values {
  readonly buyerId: string;
  readonly limit: string;
  readonly termDays: string;
  readonly reason: string;
}

/** Credit with monthly repayment, for enterprises (B-3); a buyer that has some gets the new limit. */
export function GrantCredit({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const currency = useQuery(metaQuery).data?.currency;
  const grant = useCommand({
    run: ({ termDays, ...values }: Values) => grantCredit({ ...values, termDays: Number(termDays) }),
    refresh: ['wallets'],
    done: t('wallet.staff.creditSaved'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('wallet.staff.grantCredit')}
      okText={t('wallet.staff.grantCredit')}
      okButtonProps={{ 'data-testid': 'credit-confirm' }}
      confirmLoading={grant.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ termDays: '15' }}
        onFinish={(values) => grant.mutate(values)}
      >
        <BuyerField />
        <Form.Item
          name="limit"
          label={t('wallet.staff.limit')}
          rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,2})?$/, message: t('wallet.staff.limitRule') }]}
        >
          <Input inputMode="decimal" suffix={currency} data-testid="credit-limit" />
        </Form.Item>
        <Form.Item
          name="termDays"
          label={t('wallet.staff.termDays')}
          rules={[{ required: true, pattern: /^([1-9]|[1-8]\d|90)$/, message: t('wallet.staff.termRule') }]}
        >
          <Input inputMode="numeric" data-testid="credit-term" />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('wallet.staff.reason')}
          rules={[{ required: true, whitespace: true, message: t('wallet.staff.reasonRule') }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="credit-reason" />
        </Form.Item>
      </Form>
      {grant.error !== null && <Failure error={grant.error} />}
    </Modal>
  );
}
