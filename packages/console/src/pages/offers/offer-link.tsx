import { LinkOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferView } from '../../api/offers.ts';
import { CopyButton } from '../../components/copy.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { Instant } from '../../components/values.tsx';
import { offerAddress } from './addresses.ts';

interface OfferLinkProps {
  readonly offer: Pick<OfferView, 'link' | 'name' | 'validFrom' | 'validTo'>;
  /** its customers, who alone can use it */
  readonly accounts: readonly string[];
}

/** The link of an offer: to copy, and as a QR code to show or print. */
export function OfferLink({ offer, accounts }: OfferLinkProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (offer.link === null) return null;
  const address = offerAddress(window.location.origin, offer.link);
  const names = accounts.join(t('sales.comma'));
  return (
    <>
      <Button
        size="small"
        icon={<LinkOutlined />}
        onClick={() => setOpen(true)}
        aria-label={`${t('offers.link')}: ${offer.name}`}
        data-testid="offer-link"
      >
        {t('offers.link')}
      </Button>
      <Modal
        open={open}
        title={t('offers.linkTitle', { name: offer.name })}
        footer={null}
        onCancel={() => setOpen(false)}
      >
        <div className="offer-link">
          <QrCode text={address} name={t('offers.qrCode', { name: offer.name })} />
          <div className="stack stack--tight">
            <p>{t('offers.linkHelp', { names })}</p>
            <div className="row" style={{ flexWrap: 'nowrap' }}>
              <span className="mono" data-testid="offer-address">
                {address}
              </span>
              <CopyButton text={address} name={t('offers.link')} />
            </div>
            <p className="soft">
              <Instant at={offer.validFrom} /> – <Instant at={offer.validTo} />
            </p>
          </div>
        </div>
      </Modal>
    </>
  );
}
