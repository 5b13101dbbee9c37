import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { switchImageVersion } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton, Id } from '../../components/copy.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { HandoverState } from './delivery-state.tsx';

interface ImageGrantsProps {
  readonly delivery: OrderDeliveryView;
  readonly payload: Extract<OrderDeliveryView['payload'], { kind: 'IMAGE_GRANT' }>;
}

/** The image in each region, with the checksum to compare it by; a new version is taken by an explicit step (7.3). */
export function ImageGrants({ delivery, payload }: ImageGrantsProps) {
  const { t } = useTranslation();
  const change = useCommand({
    run: (version: string) => switchImageVersion(delivery.deliveryId, version),
    refresh: ['deliveries'],
    done: t('handover.image.changed'),
  });
  const { newerVersion, grants } = payload;
  return (
    <div className="stack stack--tight">
      {grants.length === 0 && <span className="soft">{t('handover.image.none')}</span>}
      {grants.map((grant) => (
        <dl key={grant.grantId} className="facts" data-testid="image-grant" data-region={grant.regionId}>
          <Pair
            term={t('handover.image.region')}
            value={
              <span className="row">
                {grant.regionId} <HandoverState status={grant.status} />
              </span>
            }
          />
          <Pair
            term={t('handover.image.image')}
            value={<Id value={grant.imageId} name={t('handover.image.image')} />}
          />
          <Pair term={t('handover.image.version')} value={grant.imageVersion} />
          <Pair
            term={t('handover.image.sha256')}
            value={
              <span className="row" style={{ gap: 2 }}>
                <span className="mono">{grant.sha256.slice(0, 16)}…</span>
                <CopyButton text={grant.sha256} name={t('handover.image.sha256')} />
              </span>
            }
          />
          {grant.sharedAt !== null && (
            <Pair term={t('handover.image.sharedAt')} value={<Instant at={grant.sharedAt} />} />
          )}
        </dl>
      ))}
      {newerVersion !== null && delivery.status === 'DELIVERED' && (
        <span>{t('handover.image.newer', { version: newerVersion })}</span>
      )}
      {newerVersion !== null && delivery.may.switchVersion && (
        <div className="stack stack--tight">
          <span>
            <Button loading={change.isPending} onClick={() => change.mutate(newerVersion)} data-testid="switch-version">
              {t('handover.image.change', { version: newerVersion })}
            </Button>
          </span>
          <span className="soft">{t('handover.image.changeHelp')}</span>
        </div>
      )}
    </div>
  );
}
