import type { WalletOverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { overviewQuery, topUpOnline } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Amount } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { AmountDialog } from './amount-dialog.tsx';
import { CreditPanel } from './credit.tsx';
import { OnlinePayments } from './online-payments.tsx';
import { Purses } from './purses.tsx';

/** All that a buyer pays with: balance, coupons and cards, credit with its statements, online payments (B-33). */
export function WalletPage() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  return (
    <Page title={t('wallet.title')}>
      <Loaded query={overview}>
        {(wallet) => (
          <div className="stack">
            <Balance wallet={wallet} />
            <CreditPanel wallet={wallet} />
            <Purses wallet={wallet} />
            <OnlinePayments payments={wallet.payments} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Balance({ wallet: { balance, online } }: { wallet: WalletOverviewView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'wallet.top-up');
  const topUp = useCommand({
    run: topUpOnline,
    refresh: ['wallet'],
    onDone: ({ cashierUrl }) => window.location.assign(cashierUrl),
    onFailed: () => true,
  });
  return (
    <Panel title={t('wallet.balance.title')}>
      <div className="row">
        <Amount money={balance} large testId="balance" />
        {online && allowed && (
          <Button type="primary" onClick={() => setAsking(true)} data-testid="top-up-online">
            {t('wallet.balance.topUp')}
          </Button>
        )}
      </div>
      {!online && <p className="soft">{t('wallet.balance.noGateway')}</p>}
      {asking && (
        <AmountDialog
          title={t('wallet.balance.topUp')}
          help={t('wallet.balance.topUpHelp')}
          confirm={t('wallet.balance.goOn')}
          currency={balance.currency}
          initial=""
          busy={topUp.isPending}
          error={topUp.error}
          onClose={() => setAsking(false)}
          onConfirm={(amount) => topUp.mutate(amount)}
        />
      )}
    </Panel>
  );
}
