import type { PurseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Modal, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { metaQuery } from '../../api/queries.ts';
import { grantPurse } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { amountPattern } from './amount-dialog.tsx';
import { BuyerField } from './buyer-field.tsx';

const kinds = ['COUPON', 'COUPON_UNCOUNTED', 'CREDIT_COUPON', 'CARD'] as const satisfies readonly PurseView['kind'][];

interface Values {
  readonly buyerId: string;
  readonly kind: PurseView['kind'];
  readonly amount: string;
  readonly validTo?: Dayjs;
  readonly reason: string;
}

/** A cash coupon of one of three kinds, or a stored-value card that was sold outside. Coupons end, cards do not. */
export function GrantPurse({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'COUPON';
  const meta = useQuery(metaQuery).data;
  const grant = useCommand({
    run: ({ validTo, ...values }: Values) =>
      grantPurse({ ...values, validTo: values.kind === 'CARD' ? null : (validTo?.toISOString() ?? null) }),
    refresh: ['wallets'],
    done: t('wallet.staff.granted'),
    onDone: onClose,
    onFailed: () => true,
  });
  const later = (at: Dayjs | undefined): boolean => at !== undefined && at.valueOf() > Date.parse(meta?.now ?? '');
  return (
    <Modal
      open
      title={t('wallet.staff.grant')}
      okText={t('wallet.staff.grant')}
      okButtonProps={{ 'data-testid': 'grant-confirm' }}
      confirmLoading={grant.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'COUPON' }}
        onFinish={(values) => grant.mutate(values)}
      >
        <BuyerField />
        <Form.Item name="kind" label={t('wallet.staff.kind')} extra={t(`wallet.staff.kindHelp.${kind}`)}>
          <Radio.Group
            className="choices"
            options={kinds.map((value) => ({ value, label: t(`wallet.instrument.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('wallet.amount')}
          rules={[{ required: true, pattern: amountPattern, message: t('wallet.amountRule') }]}
        >
          <Input inputMode="decimal" suffix={meta?.currency} data-testid="grant-amount" />
        </Form.Item>
        {kind !== 'CARD' && (
          <Form.Item
            name="validTo"
            label={t('wallet.staff.validTo')}
            rules={[
              { validator: (_, at) => (later(at) ? Promise.resolve() : Promise.reject(t('wallet.staff.validToRule'))) },
            ]}
          >
            <DatePicker showTime style={{ width: '100%' }} data-testid="grant-until" />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('wallet.staff.reason')}
          rules={[{ required: true, whitespace: true, message: t('wallet.staff.reasonRule') }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="grant-reason" />
        </Form.Item>
      </Form>
      {grant.error !== null && <Failure error={grant.error} />}
    </Modal>
  );
}
