import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { revealReceiver, revealSecret } from '../../api/deliveries.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Failure } from '../../components/feedback.tsx';

/** Licence text or the secret of an app: masked until asked for, each look is audited (L8), forgotten when hidden. */
export function Secret({ delivery, name }: { delivery: OrderDeliveryView; name: string }) {
  const { t } = useTranslation();
  const reveal = useMutation({ mutationFn: () => revealSecret(delivery.deliveryId), gcTime: 0 });
  const text = reveal.data?.text;
  const label = t(text === undefined ? 'handover.licence.show' : 'handover.licence.hide');
  return (
    <div className="stack stack--tight">
      <span className="row" style={{ gap: 4, alignItems: 'flex-start' }}>
        <span className="mono prose" data-testid="delivery-secret" style={{ overflowWrap: 'anywhere' }}>
          {text ?? '••••••••'}
        </span>
        <Button
          type="text"
          size="small"
          icon={text === undefined ? <EyeOutlined /> : <EyeInvisibleOutlined />}
          aria-label={label}
          title={label}
          loading={reveal.isPending}
          onClick={() => (text === undefined ? reveal.mutate() : reveal.reset())}
          data-testid="reveal-secret"
        />
        {text !== undefined && <CopyButton text={text} name={name} />}
      </span>
      <span className="soft">{t('handover.licence.audit')}</span>
      {reveal.error !== null && <Failure error={reveal.error} />}
    </div>
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
