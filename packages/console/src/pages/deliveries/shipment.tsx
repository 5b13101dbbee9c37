import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shipParcel } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';
import { type Parcel, ParcelFields, useParcel } from './parcel-fields.tsx';

/** L37: carrier and tracking number, as the buyer follows them. */
export function Shipment({ delivery, onDone }: { delivery: OrderDeliveryView; onDone: () => void }) {
  const { t } = useTranslation();
  const parcel = useParcel();
  const [proofs, setProofs] = useState<readonly FileRefView[]>([]);
  const ship = useCommand({
    run: (sent: Parcel) =>
      shipParcel(delivery.deliveryId, { ...sent, proofFileIds: proofs.map(({ fileId }) => fileId) }),
    refresh: [],
    done: t('handover.parcel.shipped'),
    onDone,
  });
  const send = (): void => {
    const sent = parcel.take();
    if (sent) ship.mutate(sent);
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
      <ParcelFields parcel={parcel} />
      <FileUploads purpose="PROOF" label={t('handover.proofs')} value={proofs} most={10} onChange={setProofs} />
      <span>
        <Button type="primary" htmlType="submit" loading={ship.isPending} data-testid="ship">
          {t('handover.parcel.ship')}
        </Button>
      </span>
    </form>
  );
}
