import type { ProductView, SpecificationView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { orderQuery, productQuery } from '../../api/queries.ts';
import { startTrial } from '../../api/subscriptions.ts';
import { draftOf } from '../../components/draft.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { type ConfirmedOrder, ConfirmForm } from './confirm-form.tsx';
import { type TrialOffer, useTrialReason } from './trial-button.tsx';

const route = getRouteApi('/trial');

/** Confirming a free trial: what, how long, what the seller asks, agreements (B-50, C33). */
export function TrialPage() {
  const { t } = useTranslation();
  const { goodsId } = route.useSearch();
  return (
    <Page title={t('trial.title')}>
      {goodsId === undefined ? (
        <Empty sentence={t('checkout.nothing')}>
          <Link to="/">{t('checkout.browse')}</Link>
        </Empty>
      ) : (
        <Found goodsId={goodsId} />
      )}
    </Page>
  );
}

function Found({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const { skuCode } = route.useSearch();
  const reasonOf = useTrialReason();
  const product = useQuery(productQuery(goodsId));
  return (
    <Loaded query={product}>
      {(found) => {
        const specification = found.specifications.find((one) => one.skus.some((sku) => sku.skuCode === skuCode));
        const offer = specification?.trial ?? null;
        const reason = offer === null ? t('trial.none') : reasonOf(offer, true);
        if (specification === undefined || offer === null || reason !== null || skuCode === undefined)
          return (
            <Empty sentence={reason ?? t('trial.none')}>
              <Link to="/products/$goodsId" params={{ goodsId }} search={{}}>
                {t('product.title')}
              </Link>
            </Empty>
          );
        return <Trial product={found} specification={specification} offer={offer} skuCode={skuCode} />;
      }}
    </Loaded>
  );
}

interface TrialProps {
  readonly product: ProductView;
  readonly specification: SpecificationView;
  readonly offer: TrialOffer;
  readonly skuCode: string;
}

function Trial({ product, specification, offer, skuCode }: TrialProps) {
  const { t } = useTranslation();
  const text = useText();
  const attribute = specification.linearAttribute;
  const search = route.useSearch();
  const quantity = attribute === null ? undefined : (search.quantity ?? attribute.minimum);
  const draft = useMemo(() => draftOf(`trial.${product.goodsId}`), [product.goodsId]);
  const submit = useTrialOrder(skuCode, quantity, draft.forget);
  const sku = specification.skus.find((one) => one.skuCode === skuCode);
  const currency = sku?.prices[0]?.currency ?? 'CNY';
  return (
    <div className="split">
      <Panel title={t('checkout.what')}>
        <dl className="facts" style={{ marginBottom: 12 }}>
          <Pair
            term={t('checkout.product')}
            value={
              <Link to="/products/$goodsId" params={{ goodsId: product.goodsId }} search={{}}>
                {text(product.name)}
              </Link>
            }
          />
          <Pair term={t('product.seller')} value={product.sellerName} />
          <Pair term={t('product.specification')} value={text(specification.name)} />
          {sku?.attributes.map((one) => (
            <Pair key={one.code} term={text(one.name)} value={text(one.value)} />
          ))}
          {attribute !== null && <Pair term={text(attribute.name)} value={`${quantity} ${text(attribute.unit)}`} />}
          <Pair term={t('trial.length')} value={<strong>{t('trial.days', { days: offer.days })}</strong>} />
          <Pair term={t('trial.price')} value={<strong>{t('trial.free')}</strong>} />
        </dl>
        <p className="soft">{t('trial.help')}</p>
      </Panel>
      <div className="stack buy-box">
        {submit.error !== null && <Failure error={submit.error} />}
        <ConfirmForm
          products={[product]}
          asksDistributor={false}
          amount={{ amount: '0.00', currency }}
          period={null}
          draft={draft}
          busy={submit.isPending}
          onSubmit={submit.mutate}
        />
      </div>
    </div>
  );
}

/** Places the trial order; it is paid with nothing on the payment page like any other (C33). */
function useTrialOrder(skuCode: string, quantity: number | undefined, forgetDraft: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ parameters }: ConfirmedOrder) =>
      startTrial({
        skuCode,
        ...(quantity === undefined ? {} : { quantity }),
        parameters: [...(parameters[0] ?? [])],
        agreementsAccepted: true,
      }),
    onSuccess: async (order) => {
      forgetDraft();
      queryClient.setQueryData(orderQuery(order.orderId).queryKey, order);
      await navigate({ to: '/orders/$orderId/pay', params: { orderId: order.orderId }, replace: true });
      for (const key of ['orders', 'product']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
}
