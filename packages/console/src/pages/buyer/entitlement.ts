import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../api/queries.ts';
import { type Action, may } from '../../shell/areas.ts';
import type { LifeAction } from './why-not.ts';

/** Whether the reader's role may do this to a service (consoles-and-processes.md 6.2); the server checks again. */
export function useEntitlement(): (action: LifeAction) => boolean {
  const session = useQuery(sessionQuery).data;
  return (action) => may(session, rightFor[action]);
}

const rightFor: Readonly<Record<LifeAction, Action>> = {
  renew: 'instance.renew',
  convert: 'instance.renew',
  renewWithChange: 'instance.renew',
  change: 'instance.renew',
  autoRenew: 'instance.renew',
  unsubscribe: 'instance.unsubscribe',
  cancelRenewal: 'instance.unsubscribe',
};
