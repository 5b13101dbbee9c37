import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shipParcel } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';

const trackingNumber = /^[A-Za-z0-9-]{4,64}$/;

/** L37: carrier and tracking number, as the buyer follows them. */
export function Shipment({ delivery, onDone }: { delivery: OrderDeliveryView; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [carrier, setCarrier] = useState('');
  const [trackingNo, setTrackingNo] = useState('');
  const [proofs, setProofs] = useState<readonly FileRefView[]>([]);
  const [tried, setTried] = useState(false);
  const nameless = carrier.trim() === '';
  const unreadable = !trackingNumber.test(trackingNo.trim());
  const ship = useCommand({
    run: () =>
      shipParcel(delivery.deliveryId, {
        carrier: carrier.trim(),
        trackingNo: trackingNo.trim(),
        proofFileIds: proofs.map(({ fileId }) => fileId),
      }),
    refresh: [],
    done: t('handover.parcel.shipped'),
    onDone,
  });
  const send = (): void => {
    setTried(true);
    if (nameless || unreadable) document.getElementById(`${id}-${nameless ? 'carrier' : 'number'}`)?.focus();
    else ship.mutate(undefined);
  };
  return (
    <form
      className="stack"
      aria-label={t('handover.parcel.ship')}
      data-testid="shipment"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="filters">
        <div className="filter">
          <label htmlFor={`${id}-carrier`}>{t('handover.parcel.carrier')}</label>
          <Input
            id={`${id}-carrier`}
            value={carrier}
            maxLength={64}
            onChange={(event) => setCarrier(event.target.value)}
            aria-invalid={tried && nameless}
            status={tried && nameless ? 'error' : ''}
            data-testid="carrier"
          />
          {tried && nameless && (
            <span role="alert" className="fault">
              {t('handover.parcel.carrierRule')}
            </span>
          )}
        </div>
        <div className="filter">
          <label htmlFor={`${id}-number`}>{t('handover.parcel.trackingNo')}</label>
          <Input
            id={`${id}-number`}
            className="mono"
            value={trackingNo}
            maxLength={64}
            onChange={(event) => setTrackingNo(event.target.value)}
            aria-invalid={tried && unreadable}
            aria-describedby={`${id}-rule`}
            status={tried && unreadable ? 'error' : ''}
            data-testid="tracking-number"
          />
          <span
            id={`${id}-rule`}
            role={tried && unreadable ? 'alert' : undefined}
            className={tried && unreadable ? 'fault' : 'soft'}
          >
            {t('handover.parcel.trackingRule')}
          </span>
        </div>
      </div>
      <FileUploads purpose="PROOF" label={t('handover.proofs')} value={proofs} most={10} onChange={setProofs} />
      <span>
        <Button type="primary" htmlType="submit" loading={ship.isPending} data-testid="ship">
          {t('handover.parcel.ship')}
        </Button>
      </span>
    </form>
  );
}
