import type { PurseView, WalletOverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, sessionQuery } from '../../api/queries.ts';
import { buyCard } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { AmountDialog } from './amount-dialog.tsx';
import { PurseState } from './states.tsx';

/** The buyer's coupons and cards; another card may be bought from the balance (S1-4). */
export function Purses({ wallet: { purses, balance } }: { wallet: WalletOverviewView }) {
  const { t } = useTranslation();
  const [buying, setBuying] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'wallet.top-up');
  const columns = usePurseColumns();
  const buy = useCommand({
    run: buyCard,
    refresh: ['wallet'],
    done: t('wallet.purses.bought'),
    onDone: () => setBuying(false),
    onFailed: () => true,
  });
  return (
    <Panel title={t('wallet.purses.title')}>
      <div className="stack">
        {purses.length === 0 ? (
          <p className="soft">{t('wallet.purses.none')}</p>
        ) : (
          <Rows rows={purses} columns={columns} rowKey={({ purseId }) => purseId} testId="purse-row" />
        )}
        {allowed && (
          <div>
            <Button onClick={() => setBuying(true)} data-testid="buy-card">
              {t('wallet.purses.buy')}
            </Button>
          </div>
        )}
      </div>
      {buying && (
        <AmountDialog
          title={t('wallet.purses.buy')}
          help={t('wallet.purses.buyHelp')}
          confirm={t('wallet.purses.buy')}
          currency={balance.currency}
          initial=""
          busy={buy.isPending}
          error={buy.error}
          onClose={() => setBuying(false)}
          onConfirm={(amount) => buy.mutate(amount)}
        />
      )}
    </Panel>
  );
}

/** What anybody sees of a coupon or card. */
export function usePurseColumns(): Column<PurseView>[] {
  const { t } = useTranslation();
  const now = useQuery(metaQuery).data?.now ?? new Date(0).toISOString();
  return [
    { key: 'kind', title: t('wallet.purses.kind'), render: ({ kind }) => t(`wallet.instrument.${kind}`) },
    { key: 'left', title: t('wallet.purses.left'), align: 'right', render: ({ left }) => <Amount money={left} /> },
    { key: 'face', title: t('wallet.purses.face'), align: 'right', render: ({ face }) => <Amount money={face} /> },
    {
      key: 'until',
      title: t('wallet.purses.until'),
      render: ({ validTo }) => (validTo === null ? t('wallet.purses.forever') : <Instant at={validTo} />),
    },
    { key: 'state', title: t('order.state'), render: (purse) => <PurseState purse={purse} now={now} /> },
  ];
}
