import type { MoneyView, ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MyOfferView, myVouchersQuery, orderQuoteQuery } from '../../api/offers.ts';
import { hasCode, problemOf } from '../../api/problem.ts';
import { draftOf } from '../../components/draft.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { useText } from '../../i18n/text.ts';
import { What } from './checkout-what.tsx';
import { type ConfirmedOrder, ConfirmForm } from './confirm-form.tsx';
import type { OrderQuote, Wanted } from './order-quote.ts';
import { usePlaceOrder } from './place-order.ts';
import { PriceChanged } from './price-changed.tsx';
import { PriceParts, Steps } from './price-parts.tsx';
import { lineOf, type Purchase } from './purchase.ts';
import { RefusalDialog } from './refusal-dialog.tsx';
import { type Refused, refusedBy, refusedByProblem } from './refusals.ts';
import { type Offer, renewablePeriod } from './selection.ts';
import { VoucherChoice } from './voucher-choice.tsx';

export interface CheckoutLine {
  readonly product: ProductView;
  readonly offer: Offer;
  readonly purchase: Purchase;
}

interface CheckoutProps {
  readonly lines: readonly CheckoutLine[];
  /** the private offer whose price it is; undefined while it is not known */
  readonly quote: MyOfferView | undefined;
  readonly offerId: string | undefined;
  readonly distributorId: string | undefined;
}

/** Order confirmation: what, vouchers, price parts with their derivation, what the seller asks, agreements, submit. */
export function Checkout({ lines, quote, offerId, distributorId }: CheckoutProps) {
  const [voucherId, setVoucherId] = useState<string>();
  const wanted: Wanted = { lines: lines.map(({ purchase }) => lineOf(purchase)), offerId };
  const price = useQuery(orderQuoteQuery(wanted, voucherId));
  return (
    <Loaded query={price}>
      {(found) => (
        <div className="split">
          <div className="stack">
            <What lines={lines} />
            <VoucherChoice wanted={wanted} voucherId={voucherId} onChange={setVoucherId} />
            <Price found={found} lines={lines} quote={quote} />
          </div>
          <Submit
            lines={lines}
            quote={quote}
            offerId={offerId}
            voucherId={voucherId}
            distributorId={distributorId}
            price={found}
            stale={price.isPlaceholderData}
            fresh={!price.isFetching}
            reload={() => void price.refetch()}
          />
        </div>
      )}
    </Loaded>
  );
}

function Price({
  found,
  lines,
  quote,
}: {
  found: OrderQuote;
  lines: readonly CheckoutLine[];
  quote: CheckoutProps['quote'];
}) {
  const { t } = useTranslation();
  const text = useText();
  const vouchers = useQuery(myVouchersQuery).data?.items ?? [];
  const names = new Map(vouchers.map(({ voucherId, name }) => [voucherId, name]));
  if (quote !== undefined) names.set(quote.offerId, quote.name);
  return (
    <Panel title={t('checkout.parts')}>
      <div className="stack">
        <PriceParts {...found} names={names} />
        <details open>
          <summary>{t('common.derivation')}</summary>
          <div className="stack" style={{ marginTop: 8 }}>
            <Steps quotes={found.quotes} titles={lines.map(({ product }) => text(product.name))} />
          </div>
        </details>
      </div>
    </Panel>
  );
}

interface SubmitProps extends CheckoutProps {
  readonly voucherId: string | undefined;
  readonly price: OrderQuote;
  /** it is the price of another voucher; that of the chosen one is being asked */
  readonly stale: boolean;
  /** it is not being asked again */
  readonly fresh: boolean;
  readonly reload: () => void;
}

/** A price that changed between page and order. */
interface Changed {
  readonly order: ConfirmedOrder;
  readonly before: MoneyView;
}

function Submit({ lines, quote, offerId, voucherId, distributorId, price, stale, fresh, reload }: SubmitProps) {
  const [first] = lines;
  const [changed, setChanged] = useState<Changed | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const draftName = quote?.kind === 'CONFIGURATION' ? quote.offerId : (first?.product.goodsId ?? '');
  const draft = useMemo(() => {
    const kept = draftOf(`order.${draftName}`);
    return distributorId === undefined ? kept : { ...kept, values: { distributorId, ...kept.values } };
  }, [draftName, distributorId]);
  const submit = usePlaceOrder({ lines, offerId, voucherId, draft });
  const place = (order: ConfirmedOrder): void =>
    submit.mutate(
      { order, expectedAmount: price.amount.amount },
      {
        onError: (error) => {
          if (hasCode(error, 'PRICE_CHANGED')) {
            setChanged({ order, before: price.amount });
            reload();
          } else setRefused(refusedByProblem(problemOf(error)));
        },
      },
    );
  if (first === undefined) return null;
  const blocked = price.quotes.flatMap(({ blockedBy }) => (blockedBy === null ? [] : [blockedBy]))[0];
  const answered =
    submit.error !== null &&
    (refusedByProblem(problemOf(submit.error)) !== null || hasCode(submit.error, 'PRICE_CHANGED'));
  return (
    <div className="stack buy-box">
      {submit.error !== null && !answered && <Failure error={submit.error} />}
      <ConfirmForm
        products={lines.map(({ product }) => product)}
        amount={price.amount}
        period={lines.length === 1 && first.product.renewsItself ? renewablePeriod(first.offer, periodOf(first)) : null}
        draft={draft}
        // a price that is only looked at again does not hold the order up: the server compares it (B-29)
        busy={submit.isPending || stale}
        asksDistributor={quote === undefined || quote.distributorId === null}
        onSubmit={(order) => {
          const answer = blocked === undefined ? null : refusedBy(blocked);
          if (answer === null) place(order);
          else setRefused(answer);
        }}
      />
      {changed !== null && (
        <PriceChanged
          before={changed.before}
          now={fresh ? price.amount : undefined}
          onClose={() => setChanged(null)}
          onConfirm={() => {
            setChanged(null);
            place(changed.order);
          }}
        />
      )}
      {refused !== null && <RefusalDialog refused={refused} product={first.product} onClose={() => setRefused(null)} />}
    </div>
  );
}

const periodOf = ({ offer, purchase }: CheckoutLine) => ({
  periodType: offer.price.periodType,
  periodNumber: purchase.periodNumber ?? null,
});
