import { ExportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { webAddress } from '../format/web-address.ts';

/** Opens the seller's product in a new tab. An address that is not http(s) came from outside and is never followed. */
export function OpenProduct({ url }: { url: string }) {
  const { t } = useTranslation();
  const address = webAddress(url);
  if (address === null) return <span className="soft">{t('service.badAddress')}</span>;
  return (
    <Button
      type="primary"
      icon={<ExportOutlined />}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      data-testid="open-product"
    >
      {t('service.open')}
    </Button>
  );
}
