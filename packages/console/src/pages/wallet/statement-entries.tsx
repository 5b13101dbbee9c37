import type { StatementDetailView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { statementQuery } from '../../api/wallet.ts';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { monthName } from '../ledger/amounts.ts';

type Entry = StatementDetailView['entries'][number];

/** What stands on the statement of a month, oldest first. */
export function StatementEntries({ month, onClose }: { month: string; onClose: () => void }) {
  const { t } = useTranslation();
  const statement = useQuery(statementQuery(month));
  const columns: Column<Entry>[] = [
    { key: 'at', title: t('wallet.credit.at'), render: ({ at }) => <Instant at={at} /> },
    {
      key: 'what',
      title: t('wallet.credit.what'),
      render: ({ kind, instrument }) =>
        instrument === null
          ? t(`wallet.credit.entry.${kind}`)
          : `${t(`wallet.credit.entry.${kind}`)} · ${t(`wallet.instrument.${instrument}`)}`,
    },
    {
      key: 'reference',
      title: t('wallet.credit.reference'),
      render: ({ orderId, reference }) =>
        orderId === null ? <span className="mono">{reference}</span> : <OrderLink id={orderId} base="buyer" />,
    },
    { key: 'amount', title: t('wallet.amount'), align: 'right', render: ({ amount }) => <Amount money={amount} /> },
  ];
  return (
    <Modal
      open
      width={760}
      title={t('wallet.credit.entries', { month: monthName(month) })}
      footer={null}
      onCancel={onClose}
    >
      <Loaded query={statement}>
        {({ entries }) => (
          <Rows
            rows={entries.map((entry, place) => ({ ...entry, place }))}
            columns={columns}
            rowKey={({ place }) => String(place)}
            testId="statement-entry"
          />
        )}
      </Loaded>
    </Modal>
  );
}
