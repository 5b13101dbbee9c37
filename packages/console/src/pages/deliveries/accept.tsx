import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptDelivery } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** The buyer accepts; before it is done the dialog says what that means (L7, S7-1, B-41). */
export function Accept({ delivery, onDone }: { delivery: OrderDeliveryView; onDone?: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const accept = useCommand({
    run: () => acceptDelivery(delivery.deliveryId),
    refresh: [],
    done: t('handover.acceptance.done'),
    onDone: () => {
      setOpen(false);
      onDone?.();
    },
  });
  if (!delivery.may.accept) return null;
  const { enablingAt, payload, supervision } = delivery;
  // a milestone that is not the last ends nothing
  const milestones = supervision?.milestones ?? [];
  const part = milestones.slice(0, -1).find(({ state }) => state === 'DELIVERED') ?? null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="accept">
        {t('handover.acceptance.button')}
      </Button>
      <Modal
        open={open}
        title={t('handover.acceptance.title')}
        okText={t('handover.acceptance.confirm')}
        okButtonProps={{ 'data-testid': 'accept-confirm' }}
        confirmLoading={accept.isPending}
        onOk={() => accept.mutate(undefined)}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          {part !== null && <p>{t('supervision.milestones.acceptWhat', { name: part.name })}</p>}
          {part === null && <p>{t('handover.acceptance.what')}</p>}
          <p hidden={part !== null}>
            {enablingAt === null
              ? t('handover.acceptance.fromNow')
              : t('handover.acceptance.fromEnabling', { time: formatInstant(enablingAt, language) })}
          </p>
          {part === null && payload.kind === 'ACCESS' && payload.openedAt === null && (
            <p>{t('handover.acceptance.opens')}</p>
          )}
        </div>
      </Modal>
    </>
  );
}
