import type { AlarmSettingsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alarmsQuery, setAlarms } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { amountPattern } from '../wallet/amount-dialog.tsx';
import { NumberField, percentPattern } from './number-field.tsx';

/** When the account is warned: of its balance, and of packages without an alarm of their own. */
export function AlarmSettings() {
  const { t } = useTranslation();
  const alarms = useQuery(alarmsQuery());
  return (
    <Panel title={t('usage.alarms.title')}>
      <Loaded query={alarms}>
        {(stored) => <Form key={`${stored.balanceBelow?.amount} ${stored.packagePercent}`} stored={stored} />}
      </Loaded>
    </Panel>
  );
}

function Form({ stored }: { stored: AlarmSettingsView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [below, setBelow] = useState(stored.balanceBelow?.amount ?? '');
  const [percent, setPercent] = useState(stored.packagePercent === null ? '' : String(stored.packagePercent));
  const save = useCommand({ run: setAlarms, refresh: ['usage'], done: t('usage.alarms.saved') });
  const faults = {
    below: below !== '' && !amountPattern.test(below),
    percent: percent !== '' && !percentPattern.test(percent),
  };
  return (
    <div className="stack">
      <p className="soft">{t('usage.alarms.help')}</p>
      <p>{t('usage.alarms.balance', { amount: formatMoney(stored.balance, language) })}</p>
      <NumberField
        label={t('usage.alarms.below', { currency: stored.balance.currency })}
        rule={t('usage.alarms.belowRule')}
        value={below}
        faulty={faults.below}
        onChange={setBelow}
        testId="alarm-balance"
      />
      <NumberField
        label={t('usage.alarms.percent')}
        rule={t('usage.alarms.percentRule')}
        value={percent}
        faulty={faults.percent}
        onChange={setPercent}
        testId="alarm-percent"
      />
      <div className="row">
        <Button
          type="primary"
          disabled={faults.below || faults.percent}
          loading={save.isPending}
          onClick={() =>
            save.mutate({
              balanceBelow: below === '' ? null : below,
              packagePercent: percent === '' ? null : Number(percent),
            })
          }
          data-testid="alarm-save"
        >
          {t('usage.alarms.save')}
        </Button>
      </div>
    </div>
  );
}
