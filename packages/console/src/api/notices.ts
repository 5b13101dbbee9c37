import type { NewOrderNotice, OrderNoticesView, OrderNoticeView } from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';

/** Routes and cache key of order notification (S-25). */
export const orderNoticesQuery = queryOptions({
  queryKey: ['order-notices'],
  queryFn: ({ signal }): Promise<OrderNoticesView> => http.get('order-notices', {}, signal),
});
export const setOrderNotice = (notice: NewOrderNotice): Promise<OrderNoticesView> => http.post('order-notices', notice);
export const removeOrderNotice = ({
  kind,
  value,
}: Pick<OrderNoticeView, 'kind' | 'value'>): Promise<OrderNoticesView> =>
  http.post('order-notices/removal', { kind, value });
