import type { MoneyView, OrderView, PaymentOptionsView, WalletView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, orderQuery, sessionQuery, walletQuery } from '../../api/queries.ts';
import { paymentOptionsQuery, payOnline, payOrder } from '../../api/wallet.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { compareDecimal, subtractDecimal } from '../../format/decimal.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { type Choice, PayChoice, useWhyNot } from '../wallet/pay-choice.tsx';
import { PriceParts } from './price-parts.tsx';
import { TopUp } from './top-up.tsx';

const route = getRouteApi('/orders/$orderId/pay');

/** Payment (B-31 … B-37): amount, balance, gap, what pays, pay. An order in another state shows that state instead (B-35). */
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

/** Coupons and cards first, then one of balance, credit, online (B-33); what is short or refused says why (B-34, S2-9). */
function Pay({ order, wallet }: { order: OrderView; wallet: WalletView }) {
  const session = useQuery(sessionQuery).data;
  const [choice, setChoice] = useState<Choice>({ purseIds: [], rest: 'BALANCE' });
  const nothing = compareDecimal(order.amount.amount, '0') === 0;
  const allowed = may(session, 'order.pay');
  const options = useQuery({ ...paymentOptionsQuery(order.orderId, choice.purseIds), enabled: allowed && !nothing });
  if (!allowed || nothing) return <PayPanel order={order} wallet={wallet} options={null} choice={choice} />;
  return (
    <Loaded query={options}>
      {(found) => (
        <PayPanel order={order} wallet={wallet} options={found} choice={choice}>
          <PayChoice options={found} choice={choice} onChange={setChoice} />
        </PayPanel>
      )}
    </Loaded>
  );
}

interface PayPanelProps {
  readonly order: OrderView;
  readonly wallet: WalletView;
  /** null = there is nothing to choose */
  readonly options: PaymentOptionsView | null;
  readonly choice: Choice;
  readonly children?: ReactNode;
}

function PayPanel({ order, wallet, options, choice, children }: PayPanelProps) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const sandbox = useQuery(metaQuery).data?.mode === 'sandbox';
  const whyNot = useWhyNot();
  const mayTopUp = sandbox && may(session, 'wallet.top-up');
  const pay = usePayment(order.orderId, choice);
  const { rest } = choice;
  const due = options?.restAmount ?? order.amount;
  const nothing = compareDecimal(due.amount, '0') === 0;
  const short = rest === 'BALANCE' && !nothing && compareDecimal(wallet.balance.amount, due.amount) < 0;
  const gap: MoneyView = { amount: subtractDecimal(due.amount, wallet.balance.amount), currency: due.currency };
  const refused = nothing ? null : (options?.rest.find(({ kind }) => kind === rest)?.refused ?? null);
  const reason = !may(session, 'order.pay')
    ? t('payment.why.role')
    : short
      ? t('payment.why.short')
      : refused === null
        ? null
        : whyNot(refused.code);
  const free = compareDecimal(order.amount.amount, '0') === 0;
  const button = rest === 'ONLINE' && !nothing ? 'wallet.pay.goOnline' : 'payment.pay';
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
      {children}
      {pay.error !== null && <Failure error={pay.error} />}
      {free && <p className="soft">{t('trial.nothingToPay')}</p>}
      {!free && rest === 'BALANCE' && mayTopUp && (
        <TopUp suggestion={short ? gap.amount : '100.00'} currency={gap.currency} urgent={short} />
      )}
      {short && !mayTopUp && <p>{t('payment.topUpOutside')}</p>}
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
        {t(order.orderType === 'TRIAL' ? 'trial.startNow' : button)}
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

/** Pays, or leaves for the gateway's cashier; null = the buyer is on the way there. */
function usePayment(orderId: string, { purseIds, rest }: Choice) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: async (): Promise<OrderView | null> => {
      if (rest !== 'ONLINE') return payOrder(orderId, { method: rest, purseIds });
      const { cashierUrl } = await payOnline(orderId, purseIds);
      window.location.assign(cashierUrl);
      return null;
    },
    onSuccess: async (paid) => {
      if (paid === null) return;
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
