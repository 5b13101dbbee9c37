import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import type { StepState } from '../order-steps.ts';

/** The way of a line that is handed over: paid → delivered → accepted; the last under supervision only (7.2). Pure. */
export type DeliveryStep = 'paid' | 'delivered' | 'accepted';

export function deliverySteps({
  status,
  supervised,
  deliveredAt,
  acceptedAt,
}: Pick<OrderDeliveryView, 'status' | 'supervised' | 'deliveredAt' | 'acceptedAt'>): readonly {
  readonly name: DeliveryStep;
  readonly state: StepState;
}[] {
  const failed = status === 'FAILED' || (status === 'REVOKED' && deliveredAt === null);
  const delivered: StepState = deliveredAt !== null ? 'done' : failed ? 'failed' : 'now';
  const accepted: StepState = acceptedAt !== null ? 'done' : status === 'DELIVERED' ? 'now' : 'todo';
  return [
    { name: 'paid', state: 'done' },
    { name: 'delivered', state: delivered },
    ...(supervised ? [{ name: 'accepted' as const, state: accepted }] : []),
  ];
}
