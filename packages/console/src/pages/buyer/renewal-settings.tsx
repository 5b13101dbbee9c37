import type { RenewalSettingsView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { renewalSettingsQuery, setRenewalSettings } from '../../api/subscriptions.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { may } from '../../shell/areas.ts';

const dayChoices = [7, 6, 5, 4, 3, 2, 1];
const monthDays = Array.from({ length: 31 }, (_, place) => place + 1);
/** a choice that is no day of a month */
const off = 0;

/** When services of this account renew by themselves, and on which day of the month they end (B-63). */
export function RenewalSettings() {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'renewal.settings');
  const settings = useQuery({ ...renewalSettingsQuery, enabled: allowed });
  if (!allowed) return null;
  return (
    <Panel title={t('renewalSettings.title')}>
      <Loaded query={settings}>
        {(found) => <Form key={`${found.deductDays} ${found.unifyDay}`} stored={found} />}
      </Loaded>
    </Panel>
  );
}

function Form({ stored }: { stored: RenewalSettingsView }) {
  const { t } = useTranslation();
  const ids = { days: useId(), unify: useId(), help: useId() };
  const [chosen, setChosen] = useState(stored);
  const save = useSave();
  const unchanged = chosen.deductDays === stored.deductDays && chosen.unifyDay === stored.unifyDay;
  return (
    <div className="stack">
      <div className="row">
        <div className="filter">
          <label htmlFor={ids.days}>{t('renewalSettings.deductDay')}</label>
          <Select
            id={ids.days}
            value={chosen.deductDays}
            onChange={(deductDays) => setChosen({ ...chosen, deductDays })}
            options={dayChoices.map((days) => ({
              value: days,
              label: days === 1 ? t('renewalSettings.dayBefore') : t('renewalSettings.daysBefore', { days }),
            }))}
            style={{ minWidth: 160 }}
            aria-describedby={ids.help}
            data-testid="deduct-days"
          />
        </div>
        <div className="filter">
          <label htmlFor={ids.unify}>{t('renewal.unify')}</label>
          <Select
            id={ids.unify}
            value={chosen.unifyDay ?? off}
            onChange={(day) => setChosen({ ...chosen, unifyDay: day === off ? null : day })}
            options={[
              { value: off, label: t('renewal.unifyOff') },
              ...monthDays.map((day) => ({ value: day, label: t('renewal.unifyDay', { day }) })),
            ]}
            style={{ minWidth: 160 }}
            aria-describedby={ids.help}
            data-testid="unify-day"
          />
        </div>
        <Button
          disabled={unchanged}
          loading={save.isPending}
          onClick={() => save.mutate(chosen)}
          data-testid="save-renewal-settings"
        >
          {t('policy.save')}
        </Button>
      </div>
      <p id={ids.help} className="soft">
        {t('renewalSettings.help')}
      </p>
      {save.error !== null && <Failure error={save.error} />}
    </div>
  );
}

function useSave() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: setRenewalSettings,
    onSuccess: (saved) => {
      queryClient.setQueryData(renewalSettingsQuery.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['subscription'] });
      void message.success(t('renewalSettings.saved'));
    },
  });
}
