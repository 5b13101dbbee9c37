import type { MoneyView, OrderView, WalletView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { payOrder } from '../../api/endpoints.ts';
import { metaQuery, orderQuery, sessionQuery, walletQuery } from '../../api/queries.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { compareDecimal, subtractDecimal } from '../../format/decimal.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { PriceParts } from './price-parts.tsx';
import { TopUp } from './top-up.tsx';

const route = getRouteApi('/orders/$orderId/pay');

/** Payment (B-31 … B-37): amount, balance, gap, pay. An order in another state shows that state instead (B-35). */
export function PaymentPage() {
  const { t } = useTranslation();
  const { orderId } = route.useParams();
  const order = useQuery(orderQuery(orderId));
  const wallet = useQuery(walletQuery);
  return (
    <Page title={t('payment.title')}>
      <Loaded query={order}>
        {(found) =>
          found.state !== 'PENDING_PAYMENT' ? (
            <Empty sentence={t('payment.notDue', { state: t(`state.order.${found.state}.word`) })}>
              <Link to="/orders/$orderId" params={{ orderId }}>
                {t('payment.viewOrder')}
              </Link>
            </Empty>
          ) : (
            <div className="split">
              <Due order={found} />
              <Loaded query={wallet}>{(money) => <Pay order={found} wallet={money} />}</Loaded>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Due({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Panel title={t('payment.order')}>
      <dl className="facts">
        <Pair
          term={t('order.number')}
          value={
            <Link to="/orders/$orderId" params={{ orderId: order.orderId }}>
              <span className="mono">{order.orderId}</span>
            </Link>
          }
        />
        {order.lines.map((line) => (
          <Pair
            key={line.orderLineId}
            term={text(line.productName)}
            value={
              <>
                {text(line.specificationName)} · <Amount money={line.amount} derivation={line.derivation} />
                {line.deductions.length > 0 && <PriceParts {...line} names={new Map()} />}
              </>
            }
          />
        ))}
        <Pair term={t('order.createdAt')} value={<Instant at={order.createdAt} />} />
        {order.cancelAt !== null && <Pair term={t('payment.until')} value={<Instant at={order.cancelAt} />} />}
      </dl>
    </Panel>
  );
}

function Pay({ order, wallet }: { order: OrderView; wallet: WalletView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const sandbox = useQuery(metaQuery).data?.mode === 'sandbox';
  const allowed = may(session, 'order.pay');
  const mayTopUp = sandbox && may(session, 'wallet.top-up');
  const pay = usePayment(order.orderId);
  const nothing = compareDecimal(order.amount.amount, '0') === 0;
  const short = !nothing && compareDecimal(wallet.balance.amount, order.amount.amount) < 0;
  const gap: MoneyView = {
    amount: subtractDecimal(order.amount.amount, wallet.balance.amount),
    currency: order.amount.currency,
  };
  const reason = !allowed ? t('payment.why.role') : short ? t('payment.why.short') : null;
  return (
    <section className="panel stack" aria-label={t('payment.method')}>
      <dl className="facts">
        <Pair term={t('payment.amount')} value={<Amount money={order.amount} large testId="amount" />} />
        <Pair term={t('payment.balance')} value={<Amount money={wallet.balance} testId="balance" />} />
        {short && (
          <Pair
            term={t('payment.gap')}
            value={
              <strong style={{ color: 'var(--bad)' }}>
                <Amount money={gap} testId="gap" />
              </strong>
            }
          />
        )}
      </dl>
      {pay.error !== null && <Failure error={pay.error} />}
      {nothing ? (
        <p className="soft">{t('trial.nothingToPay')}</p>
      ) : mayTopUp ? (
        <TopUp suggestion={short ? gap.amount : '100.00'} currency={gap.currency} urgent={short} />
      ) : (
        short && <p>{t('payment.topUpOutside')}</p>
      )}
      <Button
        type="primary"
        size="large"
        block
        disabled={reason !== null}
        loading={pay.isPending}
        aria-describedby={reason === null ? undefined : 'why-not-pay'}
        onClick={() => pay.mutate()}
        data-testid="pay"
      >
        {t(order.orderType === 'TRIAL' ? 'trial.startNow' : 'payment.pay')}
      </Button>
      {reason !== null && (
        <p id="why-not-pay" className="soft" data-testid="why-not">
          {reason}
        </p>
      )}
      <Link to="/orders/$orderId" params={{ orderId: order.orderId }}>
        {t('payment.later')}
      </Link>
    </section>
  );
}

function usePayment(orderId: string) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: () => payOrder(orderId),
    onSuccess: async (paid) => {
      void message.success(t('payment.done'));
      // leave first: the page would flash "not due" between the new state and the new address
      await navigate({ to: '/orders/$orderId', params: { orderId }, replace: true });
      queryClient.setQueryData(orderQuery(orderId).queryKey, paid);
      for (const key of ['wallet', 'orders', 'instances']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: () => {
      for (const key of [['wallet'], ['order', orderId]]) void queryClient.invalidateQueries({ queryKey: key });
    },
  });
}
