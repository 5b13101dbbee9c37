import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';

export interface ValidFrom {
  readonly when: 'NOW' | 'DAY';
  readonly day?: string;
}

/** From now on, or from a day to come: what is sold keeps the terms it was sold by. */
export function ValidFromField() {
  const { t } = useTranslation();
  const when = Form.useWatch('when');
  return (
    <>
      <Form.Item name="when" label={t('partners.validFrom')} extra={t('partners.validFromHelp')}>
        <Radio.Group
          options={[
            { value: 'NOW', label: t('partners.fromNow') },
            { value: 'DAY', label: t('partners.fromDay') },
          ]}
        />
      </Form.Item>
      {when === 'DAY' && (
        <Form.Item
          name="day"
          label={t('partners.day')}
          rules={[{ required: true, pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('partners.dayRule') }]}
        >
          <Input type="date" style={{ maxWidth: 200 }} data-testid="valid-from" />
        </Form.Item>
      )}
    </>
  );
}

export const dayOf = ({ when, day }: ValidFrom): string | null => (when === 'DAY' ? (day ?? null) : null);
