import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { customersQuery } from '../../api/lives.ts';

/** Whom it is for: one of those who bought before, or any account by its id. A field `buyerId` of the form around it. */
export function BuyerField() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const customers = useQuery(customersQuery({ limit: 100 })).data?.items ?? [];
  return (
    <>
      {customers.length > 0 && (
        <Form.Item label={t('wallet.staff.known')} htmlFor="known-buyer">
          <Select
            id="known-buyer"
            showSearch={{ optionFilterProp: 'label' }}
            options={customers.map(({ buyerId, buyerName }) => ({ value: buyerId, label: buyerName }))}
            onChange={(buyerId: string) => form.setFieldValue('buyerId', buyerId)}
            data-testid="known-buyer"
          />
        </Form.Item>
      )}
      <Form.Item
        name="buyerId"
        label={t('wallet.staff.buyerId')}
        rules={[{ required: true, whitespace: true, message: t('wallet.staff.buyerRule') }]}
      >
        <Input maxLength={64} data-testid="buyer-id" />
      </Form.Item>
    </>
  );
}
