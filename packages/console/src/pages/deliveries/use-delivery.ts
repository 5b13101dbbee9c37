import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { deliveriesQuery } from '../../api/deliveries.ts';
import { sessionQuery } from '../../api/queries.ts';
import { may } from '../../shell/areas.ts';

/** The system hands over by itself within moments, the other side at any time. */
const pollMs = 5_000;

/** What was or is to be handed over for a service; null = nothing is: plain SaaS; undefined = not known yet, or not this reader's business. */
export function useDeliveryOf(resourceId: string): Pick<UseQueryResult, 'error'> & {
  readonly delivery: OrderDeliveryView | null | undefined;
} {
  const allowed = may(useQuery(sessionQuery).data, 'delivery.view');
  // what was shown of another service is not this one's
  const { placeholderData: _, ...query } = deliveriesQuery({ resourceId, limit: 1 });
  const { data, error } = useQuery({
    ...query,
    enabled: allowed && resourceId !== '',
    refetchInterval: ({ state }) => (state.data?.items[0]?.status === 'PENDING' ? pollMs : false),
  });
  return { delivery: data === undefined ? undefined : (data.items[0] ?? null), error };
}
