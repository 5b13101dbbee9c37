import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { downloadGoods } from '../../api/deliveries.ts';
import { Id } from '../../components/copy.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { DeliveredFile } from './delivered-file.tsx';
import { ImageGrants } from './image-grants.tsx';
import { Receiver, Secret } from './secret.tsx';
import { TrackingFacts } from './tracking.tsx';

/** What was handed over, as facts of a `<dl>`, by kind (L39). */
export function PayloadFacts({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const text = useText();
  const { payload, status } = delivery;
  const later = <span className="soft">{t('handover.licence.later')}</span>;
  switch (payload.kind) {
    case 'ACCESS':
      return <Pair term={t('handover.licence.opened')} value={<TimeOrNot at={payload.openedAt} />} />;
    case 'LICENSE_TEXT':
      return (
        <>
          {delivery.may.showSecret && (
            <Pair
              term={t('handover.licence.text')}
              value={<Secret delivery={delivery} name={t('handover.licence.text')} />}
            />
          )}
          {payload.file !== null && <Goods delivery={delivery} file={payload.file} term={t('handover.licence.file')} />}
          {!payload.hasText && payload.file === null && !delivery.may.deliver && (
            <Pair
              term={t('handover.licence.text')}
              value={status === 'PENDING' ? later : <span className="soft">{t('handover.licence.noText')}</span>}
            />
          )}
        </>
      );
    case 'LICENSE_CODE':
      return (
        <>
          <Pair term={t('handover.licence.pickedUp')} value={<TimeOrNot at={payload.pickedUpAt} />} />
          <Pair term={t('handover.licence.activated')} value={<TimeOrNot at={payload.activatedAt} />} />
        </>
      );
    case 'IMAGE_GRANT':
      return (
        <>
          <Pair term={t('handover.image.region')} value={payload.regionId ?? t('handover.image.allRegions')} />
          <Pair term={t('handover.forLine')} value={<ImageGrants delivery={delivery} payload={payload} />} />
        </>
      );
    case 'API_SUBSCRIPTION':
      return (
        <>
          {payload.apiGroupId !== null && (
            <Pair term={t('handover.api.group')} value={<span className="mono">{payload.apiGroupId}</span>} />
          )}
          {payload.appKey !== null && (
            <Pair term={t('handover.api.key')} value={<Id value={payload.appKey} name={t('handover.api.key')} />} />
          )}
          {delivery.may.showSecret && (
            <Pair
              term={t('handover.api.secret')}
              value={<Secret delivery={delivery} name={t('handover.api.secret')} />}
            />
          )}
          <Pair
            term={t('handover.api.quota')}
            value={
              payload.quota === null
                ? t('handover.api.unlimited')
                : `${payload.quota.amount} ${text(payload.quota.unit)}`
            }
          />
        </>
      );
    case 'FILE':
      return (
        <>
          {payload.version !== null && <Pair term={t('handover.file.version')} value={payload.version} />}
          {payload.file === null ? (
            <Pair term={t('handover.file.goods')} value={<span className="soft">{t('handover.file.none')}</span>} />
          ) : (
            <Goods delivery={delivery} file={payload.file} term={t('handover.file.goods')} />
          )}
        </>
      );
    case 'PARCEL':
      return (
        <>
          {payload.carrier !== null && <Pair term={t('handover.parcel.carrier')} value={payload.carrier} />}
          {payload.trackingNo !== null && (
            <Pair
              term={t('handover.parcel.trackingNo')}
              value={<Id value={payload.trackingNo} name={t('handover.parcel.trackingNo')} />}
            />
          )}
          {payload.shippedAt === null ? (
            <Pair
              term={t('handover.parcel.trackingNo')}
              value={<span className="soft">{t('handover.parcel.waits')}</span>}
            />
          ) : (
            <Pair term={t('handover.parcel.shippedAt')} value={<Instant at={payload.shippedAt} />} />
          )}
          {payload.tracking !== null && <TrackingFacts tracking={payload.tracking} />}
          {delivery.may.showReceiver && (
            <Pair term={t('handover.parcel.receiver')} value={<Receiver delivery={delivery} />} />
          )}
          {delivery.may.ship && !payload.hasReceiver && (
            <Pair
              term={t('handover.parcel.receiver')}
              value={<span className="fault">{t('handover.parcel.noReceiver')}</span>}
            />
          )}
        </>
      );
    case 'REFERENCE':
      return (
        <>
          {payload.version !== null && <Pair term={t('handover.reference.version')} value={payload.version} />}
          {payload.reference !== null && (
            <Pair
              term={t('handover.reference.value')}
              value={<Id value={payload.reference} name={t('handover.reference.value')} />}
            />
          )}
        </>
      );
    case 'SERVICE':
    case 'NONE':
      return null;
  }
}

interface GoodsProps {
  readonly delivery: OrderDeliveryView;
  readonly file: NonNullable<Extract<OrderDeliveryView['payload'], { kind: 'FILE' }>['file']>;
  readonly term: string;
}

/** What was bought as a file: for its buyer alone, once it is delivered (L8, L21). */
function Goods({ delivery, file, term }: GoodsProps) {
  const { t } = useTranslation();
  const { download } = delivery.may;
  return (
    <Pair
      term={term}
      value={
        <div className="stack stack--tight">
          <DeliveredFile file={file} link={download ? () => downloadGoods(delivery.deliveryId, file.fileId) : null} />
          <span className="soft">
            {download ? t('handover.file.link') : delivery.status === 'PENDING' && t('handover.file.waits')}
          </span>
        </div>
      }
    />
  );
}

function TimeOrNot({ at }: { at: string | null }) {
  const { t } = useTranslation();
  return at === null ? <span className="soft">{t('handover.licence.notYet')}</span> : <Instant at={at} />;
}
