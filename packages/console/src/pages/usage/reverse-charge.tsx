import type { UsageChargeView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reverseCharge, usageRecordsQuery } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** as many as one list shows; a charge of more is rated anew as a whole */
const mostShown = 100;

/** Takes a charge back, and the records of it that were wrong; mount it to open it. */
export function ReverseCharge({ charge, onClose }: { charge: UsageChargeView; onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { chargeId, resourceId } = charge;
  const records = useQuery(usageRecordsQuery(resourceId, { chargeId, limit: mostShown }));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const reverse = useCommand({
    run: reverseCharge,
    refresh: ['usage'],
    done: t('usage.desk.reversed'),
    onDone: onClose,
    // shown in the dialog
    onFailed: () => true,
  });
  const options = records.data?.items.map(({ recordId, beginAt, value }) => ({
    value: recordId,
    label: `${formatInstant(beginAt, language)} · ${value}`,
  }));
  return (
    <ReasonDialog
      title={t('usage.desk.reverseTitle')}
      confirm={t('usage.desk.reverse')}
      danger
      busy={reverse.isPending}
      error={reverse.error}
      onClose={onClose}
      onConfirm={(reason) => reverse.mutate({ chargeId, reason, voidRecordIds: wrong })}
      more={
        options !== undefined &&
        options.length > 0 && (
          <fieldset className="filter">
            <legend>{t('usage.desk.void')}</legend>
            <Checkbox.Group options={options} value={[...wrong]} onChange={(chosen) => setWrong(chosen)} />
          </fieldset>
        )
      }
    >
      <p>{t('usage.desk.reverseHelp')}</p>
    </ReasonDialog>
  );
}
