import { AutoComplete, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Fields of the order page that depend on what is bought (B-20): hardware, images; and who brought the buyer (C55). */

const longest = { name: 64, address: 300, distributor: 64 };
const phonePattern = /^\+?[\d\- ]{5,20}$/;

/** Hardware: where it is sent (L37). Kept sealed, shown to the seller who ships it. */
export function ReceiverFields() {
  const { t } = useTranslation();
  const required = (label: string) => [
    { required: true, whitespace: true, message: t('checkout.required', { label }) },
  ];
  return (
    <>
      <h2 style={{ marginBottom: 4 }}>{t('offers.receiver.title')}</h2>
      <p className="soft" style={{ marginBottom: 12 }}>
        {t('offers.receiver.help')}
      </p>
      <Form.Item name="receiverName" label={t('offers.receiver.name')} rules={required(t('offers.receiver.name'))}>
        <Input maxLength={longest.name} autoComplete="name" data-testid="receiver-name" />
      </Form.Item>
      <Form.Item
        name="receiverPhone"
        label={t('product.phone')}
        validateFirst
        rules={[...required(t('product.phone')), { pattern: phonePattern, message: t('offers.receiver.phoneRule') }]}
      >
        <Input maxLength={24} type="tel" autoComplete="tel" data-testid="receiver-phone" />
      </Form.Item>
      <Form.Item
        name="receiverAddress"
        label={t('offers.receiver.address')}
        rules={required(t('offers.receiver.address'))}
      >
        <Input.TextArea
          maxLength={longest.address}
          autoSize={{ minRows: 2, maxRows: 5 }}
          autoComplete="street-address"
          data-testid="receiver-address"
        />
      </Form.Item>
    </>
  );
}

/** Regions that are offered to choose from; any other id of a region may be typed. */
const regions = ['cn-north-4', 'cn-east-3', 'cn-south-1', 'cn-southwest-2', 'ap-southeast-1', 'ap-southeast-3'];

/** Images: the region where the server stands (L30). */
export function RegionField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="regionId"
      label={t('offers.image.region')}
      extra={t('offers.image.regionHelp')}
      rules={[{ required: true, message: t('checkout.required', { label: t('offers.image.region') }) }]}
    >
      <AutoComplete options={regions.map((value) => ({ value }))} maxLength={64} data-testid="region" />
    </Form.Item>
  );
}

/** The distributor or service provider who brought the buyer (C55); decides settlement, never the price. */
export function DistributorField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="distributorId" label={t('offers.distributor.label')} extra={t('offers.distributor.help')}>
      <Input maxLength={longest.distributor} data-testid="distributor" />
    </Form.Item>
  );
}
