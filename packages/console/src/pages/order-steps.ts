import type { OrderLineView, OrderView } from '@jishi/marketplace/console-api';

/** The way of a paid line to a running product: paid → seller asked → seller provisioning → ready (saas-v2.md 5). */
export const stepNames = ['paid', 'asked', 'provisioning', 'ready'] as const;

export type StepState = 'done' | 'now' | 'todo' | 'failed';

/** Hours after payment at which an order whose seller never answered is refunded by itself (B-39, saas-v2.md 9: 3 h). */
export const refundAfterHours = 3;

/** Where a line stands; null while it is not paid, after it was closed unpaid, and where nothing is provisioned. */
export function stepsOf(order: OrderView, line: OrderLineView): readonly StepState[] | null {
  const provisions = order.orderType === 'NEW' || order.orderType === 'TRIAL';
  if (order.paidAt === null || !provisions) return null;
  switch (line.state) {
    case 'CLOSED':
      return null;
    case 'WAITING':
    case 'CALLING':
      return ['done', 'now', 'todo', 'todo'];
    case 'QUERYING':
    case 'SUPERVISING':
      return ['done', 'done', 'now', 'todo'];
    case 'FULFILLED':
      return ['done', 'done', 'done', 'done'];
    case 'FAILED':
    case 'REFUNDED':
      return ['done', 'done', 'todo', 'failed'];
  }
}
