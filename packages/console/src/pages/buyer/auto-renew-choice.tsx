import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, sessionQuery } from '../../api/queries.ts';
import { renewalSettingsQuery } from '../../api/subscriptions.ts';
import { useNow } from '../../components/clock.ts';
import { formatPeriods } from '../../format/period.ts';
import { formatInstant } from '../../format/time.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { endIfPaid, firstAttemptAt, usualDays } from './first-attempt.ts';
import type { Period } from './selection.ts';

interface AutoRenewChoiceProps {
  readonly period: Period;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Automatic renewal ticked while ordering (B-25), with what will happen and when. */
export function AutoRenewChoice({ period, checked, onChange }: AutoRenewChoiceProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { periodType, periodNumber } = period;
  const now = useNow();
  const site = useQuery(metaQuery).data?.site;
  const helpId = useId();
  const knows = may(useQuery(sessionQuery).data, 'renewal.settings');
  const days = useQuery({ ...renewalSettingsQuery, enabled: knows }).data?.deductDays ?? usualDays;
  const first = site && firstAttemptAt(endIfPaid(now, periodType, periodNumber, site), now, days);
  return (
    <div>
      <Checkbox
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={helpId}
        data-testid="auto-renew"
      >
        {t('checkout.autoRenew')}
      </Checkbox>
      <p id={helpId} className="soft" data-testid="auto-renew-help">
        {t('checkout.autoRenewHelp', { period: formatPeriods(1, periodType, language), days })}{' '}
        {first && t('checkout.autoRenewFirst', { at: formatInstant(first, language) })}
      </p>
    </div>
  );
}
