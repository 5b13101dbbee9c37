import type { UsageChargeView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usageChargesQuery } from '../../api/usage.ts';
import { Loaded } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';

interface UsageChargesProps {
  readonly resourceId: string;
  /** what can be done with a charge */
  readonly tools?: (charge: UsageChargeView) => ReactNode;
}

/** Charges of a service, newest first; each amount opens to its derivation. */
export function UsageCharges({ resourceId, tools }: UsageChargesProps) {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const charges = useQuery(usageChargesQuery({ resourceId, cursor, limit: 10 }));
  const columns: Column<UsageChargeView>[] = [
    { key: 'billed', title: t('usage.billedAt'), render: ({ billedAt }) => <Instant at={billedAt} /> },
    {
      key: 'span',
      title: t('usage.span'),
      render: ({ from, to }) => (
        <>
          <Instant at={from} /> – <Instant at={to} />
        </>
      ),
    },
    { key: 'used', title: t('usage.used'), align: 'right', render: ({ used }) => used },
    { key: 'drawn', title: t('usage.drawn'), align: 'right', render: ({ drawn }) => drawn },
    { key: 'charged', title: t('usage.charged'), align: 'right', render: ({ charged }) => charged },
    {
      key: 'fee',
      title: t('usage.fee'),
      align: 'right',
      render: ({ amount, derivation }) => <Amount money={amount} derivation={derivation} testId="usage-fee" />,
    },
    {
      key: 'state',
      title: t('usage.keys.state'),
      render: (charge) => (
        <>
          {t(`usage.chargeState.${charge.state}`)} {tools?.(charge)}
          {charge.reversalReason !== null && <div className="soft">{charge.reversalReason}</div>}
        </>
      ),
    },
  ];
  return (
    <Loaded query={charges}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <p className="soft">{t('usage.noCharges')}</p>
        ) : (
          <>
            <Rows rows={items} columns={columns} rowKey={({ chargeId }) => chargeId} testId="usage-charge" />
            <Older cursor={cursor} nextCursor={nextCursor} go={setCursor} />
          </>
        )
      }
    </Loaded>
  );
}

interface OlderProps {
  readonly cursor: string | undefined;
  readonly nextCursor: string | null;
  readonly go: (cursor: string | undefined) => void;
}
/** Pages of a list that is a part of a page: they stand in no address. */
export function Older({ cursor, nextCursor, go }: OlderProps) {
  const { t } = useTranslation();
  if (cursor === undefined && nextCursor === null) return null;
  return (
    <div className="row">
      <Button disabled={cursor === undefined} onClick={() => go(undefined)}>
        {t('list.first')}
      </Button>
      <Button disabled={nextCursor === null} onClick={() => go(nextCursor ?? undefined)}>
        {t('list.next')}
      </Button>
    </div>
  );
}
