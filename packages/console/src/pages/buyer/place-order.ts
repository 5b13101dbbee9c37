import type { CreateOrder, OrderView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createOrder } from '../../api/endpoints.ts';
import { orderQuery } from '../../api/queries.ts';
import type { Draft } from '../../components/draft.ts';
import type { CheckoutLine } from './checkout-order.tsx';
import type { ConfirmedOrder } from './confirm-form.tsx';
import { lineOf } from './purchase.ts';

interface Placing {
  readonly lines: readonly Pick<CheckoutLine, 'purchase' | 'product'>[];
  readonly offerId: string | undefined;
  readonly voucherId: string | undefined;
}

/** The order as the API takes it: only what is set. Pure. */
export function orderOf(
  { lines, offerId, voucherId }: Placing,
  order: ConfirmedOrder,
  expectedAmount: string,
): CreateOrder {
  const { autoRenew, parameters, receiver, regionId, distributorId } = order;
  return {
    lines: lines.map(({ purchase, product }, place) => ({
      ...lineOf(purchase),
      ...(regionId !== undefined && product.accessType === 'IMAGE' ? { regionId } : {}),
      parameters: [...(parameters[place] ?? [])],
      autoRenew,
    })),
    expectedAmount,
    ...(offerId === undefined ? {} : { offerId }),
    ...(voucherId === undefined ? {} : { voucherId }),
    ...(distributorId === undefined ? {} : { distributorId }),
    ...(receiver === undefined ? {} : { receiver }),
    agreementsAccepted: true,
  };
}

/** Creates the order and leads on to its payment. */
export function usePlaceOrder({ draft, ...placing }: Placing & { readonly draft: Draft }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ order, expectedAmount }: { order: ConfirmedOrder; expectedAmount: string }): Promise<OrderView> =>
      createOrder(orderOf(placing, order, expectedAmount)),
    onSuccess: async (order) => {
      draft.forget();
      queryClient.setQueryData(orderQuery(order.orderId).queryKey, order);
      for (const key of ['orders', 'my-vouchers', 'usable-vouchers', 'my-offers', 'product'])
        void queryClient.invalidateQueries({ queryKey: [key] });
      await navigate({ to: '/orders/$orderId/pay', params: { orderId: order.orderId }, replace: true });
    },
  });
}
