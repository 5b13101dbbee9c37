import type { UsageRecordView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usageRecordsQuery } from '../../api/usage.ts';
import { Loaded } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { Older } from './charges.tsx';

/** Records of a service with what became of each, the latest usage first. */
export function UsageRecords({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const [only, setOnly] = useState<Choice>('ALL');
  const choose = (chosen: Choice): void => {
    setOnly(chosen);
    setCursor(undefined);
  };
  const records = useQuery(usageRecordsQuery(resourceId, { cursor, limit: 20, ...(only === 'ALL' ? {} : { only }) }));
  const labels = useLabels();
  const columns: Column<UsageRecordView>[] = [
    {
      key: 'span',
      title: t('usage.span'),
      render: ({ beginAt, endAt }) => (
        <>
          <Instant at={beginAt} exact /> – <Instant at={endAt} exact />
        </>
      ),
    },
    { key: 'value', title: t('usage.used'), align: 'right', render: ({ value }) => value },
    { key: 'serial', title: t('usage.serial'), render: ({ meteringSn }) => meteringSn ?? '—' },
    { key: 'received', title: t('usage.received'), render: ({ receivedAt }) => <Instant at={receivedAt} exact /> },
    {
      key: 'state',
      title: t('usage.keys.state'),
      render: ({ state, late, reason }) => (
        <>
          {t(`usage.recordState.${state}`)} {late && <span className="state state--wait">{t('usage.late')}</span>}
          {reason !== null && <div className="soft">{reason === 'NO_PRICE' ? t('usage.noPrice') : reason}</div>}
        </>
      ),
    },
    { key: 'charged', title: t('usage.charged'), align: 'right', render: ({ charged }) => charged ?? '—' },
    { key: 'drawn', title: t('usage.drawn'), align: 'right', render: ({ drawn }) => drawn ?? '—' },
  ];
  return (
    <div className="stack">
      <Radio.Group
        aria-label={t('usage.desk.only')}
        value={only}
        onChange={({ target }) => choose(choices.find((each) => each === target.value) ?? 'ALL')}
        options={choices.map((each) => ({ value: each, label: labels[each] }))}
      />
      <Loaded query={records}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <p className="soft">{t('usage.noRecords')}</p>
          ) : (
            <>
              <Rows rows={items} columns={columns} rowKey={({ recordId }) => recordId} testId="usage-record" />
              <Older cursor={cursor} nextCursor={nextCursor} go={setCursor} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

const choices = ['ALL', 'LATE', 'UNRATED'] as const;
type Choice = (typeof choices)[number];

function useLabels(): Readonly<Record<Choice, string>> {
  const { t } = useTranslation();
  return {
    ALL: t('usage.desk.onlyAll'),
    LATE: t('usage.desk.onlyLate'),
    UNRATED: t('usage.desk.onlyUnrated'),
  };
}
