import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { percentOf, ratioOf } from '../publication/share.ts';

interface PercentFieldProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  /** per cent */
  readonly most?: number;
  readonly optional?: boolean;
}

/** A ratio of the API as per cent for people; the form holds the ratio as text, empty = not given. */
export function PercentField({ name, label, help, most = 100, optional = false }: PercentFieldProps) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      rules={[{ required: !optional, message: t('partners.percentRule', { most }) }]}
      getValueProps={(ratio: unknown) => ({
        value: typeof ratio === 'string' && ratio !== '' ? percentOf(ratio) : null,
      })}
      getValueFromEvent={(percent: unknown) =>
        typeof percent === 'string' || typeof percent === 'number' ? ratioOf(String(percent)) : ''
      }
    >
      <InputNumber
        stringMode
        min="0"
        max={String(most)}
        precision={4}
        suffix="%"
        style={{ width: '100%', maxWidth: 200 }}
        data-testid={`field-${name}`}
      />
    </Form.Item>
  );
}
