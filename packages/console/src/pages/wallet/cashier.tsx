import type { OnlinePaymentView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { endPayment, paymentQuery } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Amount } from '../../components/values.tsx';
import { parseCashierSearch } from '../../search/wallet-params.ts';

/** The cashier of the sandbox's payment gateway: a person decides how the payment ends. */
export function CashierPage() {
  const { t } = useTranslation();
  const { paymentId } = parseCashierSearch(useSearch({ strict: false }));
  const payment = useQuery(paymentQuery(paymentId));
  return (
    <Page title={t('wallet.cashier.title')}>
      <Loaded query={payment}>{(found) => <Cashier payment={found} />}</Loaded>
    </Page>
  );
}

function Cashier({ payment }: { payment: OnlinePaymentView }) {
  const { t } = useTranslation();
  const { amount, state, orderId, paymentId } = payment;
  const end = useCommand({
    run: (outcome: 'PAID' | 'FAILED') => endPayment(paymentId, outcome),
    refresh: ['wallet'],
  });
  return (
    <Panel title={t('wallet.cashier.title')}>
      <div className="stack">
        <Amount money={amount} large testId="amount" />
        {state === 'STARTED' ? (
          <>
            <p className="soft">{t('wallet.cashier.help')}</p>
            <span className="row">
              <Button
                type="primary"
                loading={end.isPending}
                onClick={() => end.mutate('PAID')}
                data-testid="cashier-pay"
              >
                {t('wallet.cashier.pay')}
              </Button>
              <Button loading={end.isPending} onClick={() => end.mutate('FAILED')} data-testid="cashier-fail">
                {t('wallet.cashier.fail')}
              </Button>
            </span>
          </>
        ) : (
          <p data-testid="cashier-done">{t('wallet.cashier.done', { state: t(`wallet.payments.state.${state}`) })}</p>
        )}
        {orderId === null ? (
          <Link to="/wallet" data-testid="cashier-back">
            {t('wallet.cashier.back')}
          </Link>
        ) : (
          <Link to="/orders/$orderId" params={{ orderId }} data-testid="cashier-back">
            {t('wallet.cashier.back')}
          </Link>
        )}
      </div>
    </Panel>
  );
}
