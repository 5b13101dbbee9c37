import type { UsageRecordView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
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
  const records = useQuery(usageRecordsQuery(resourceId, { cursor, limit: 20 }));
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
          {reason !== null && <div className="soft">{reason}</div>}
        </>
      ),
    },
    { key: 'charged', title: t('usage.charged'), align: 'right', render: ({ charged }) => charged ?? '—' },
    { key: 'drawn', title: t('usage.drawn'), align: 'right', render: ({ drawn }) => drawn ?? '—' },
  ];
  return (
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
  );
}
