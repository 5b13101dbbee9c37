import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { revealReceiver, revealSecret } from '../../api/deliveries.ts';
import { Failure } from '../../components/feedback.tsx';
import { Revealed } from '../../components/revealed.tsx';

/** Licence text or the secret of an app. */
export function Secret({ delivery, name }: { delivery: OrderDeliveryView; name: string }) {
  const { t } = useTranslation();
  const [show, hide, audit] = [t('handover.licence.show'), t('handover.licence.hide'), t('handover.licence.audit')];
  return (
    <Revealed
      read={() => revealSecret(delivery.deliveryId)}
      words={{ show, hide, audit, name }}
      testId={{ text: 'delivery-secret', button: 'reveal-secret' }}
    />
  );
}

/** To whom the seller sends the parcel (L37). */
export function Receiver({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const reveal = useMutation({ mutationFn: () => revealReceiver(delivery.deliveryId), gcTime: 0 });
  if (reveal.data !== undefined) {
    const { name, phone, address } = reveal.data;
    return (
      <address data-testid="receiver" style={{ fontStyle: 'normal' }}>
        {name}
        <br />
        {t('handover.parcel.phone')} {phone}
        <br />
        {t('handover.parcel.address')} {address}
      </address>
    );
  }
  return (
    <div className="stack stack--tight">
      <span>
        <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate()} data-testid="show-receiver">
          {t('handover.parcel.showReceiver')}
        </Button>
      </span>
      <span className="soft">{t('handover.licence.audit')}</span>
      {reveal.error !== null && <Failure error={reveal.error} />}
    </div>
  );
}
