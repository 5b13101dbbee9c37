import { Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportButton } from '../settlement/export-button.tsx';

const choices = ['ALL', 'LATE', 'UNRATED'] as const;
type Choice = (typeof choices)[number];

/** Records of all services as a table: all, the late ones, or those that were not charged. */
export function RecordsExport() {
  const { t } = useTranslation();
  const id = useId();
  const [only, setOnly] = useState<Choice>('ALL');
  const labels = {
    ALL: t('usage.desk.onlyAll'),
    LATE: t('usage.desk.onlyLate'),
    UNRATED: t('usage.desk.onlyUnrated'),
  } as const;
  return (
    <ExportButton
      kind="USAGE_RECORDS"
      wanted={(how) => ({ kind: 'USAGE_RECORDS', ...how, filter: only === 'ALL' ? {} : { only } })}
      more={
        <div className="filter">
          <span id={id}>{t('usage.desk.only')}</span>
          <Radio.Group
            aria-labelledby={id}
            value={only}
            onChange={({ target }) => setOnly(choices.find((each) => each === target.value) ?? 'ALL')}
            options={choices.map((each) => ({ value: each, label: labels[each] }))}
          />
        </div>
      }
    />
  );
}
