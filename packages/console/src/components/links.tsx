import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/**
 * Records exist once for each area that may see them: a seller's order page stands under `/seller`. A link stays in the
 * area of the page it stands on.
 */
export type Base = 'buyer' | 'seller' | 'operator';

/** The area of the open page. */
export function useBase(): Base {
  return baseOf(useLocation({ select: (location) => location.pathname }));
}

/** The area a path belongs to; paths without a prefix are the buyer's. */
export function baseOf(path: string): Base {
  if (path === '/seller' || path.startsWith('/seller/')) return 'seller';
  return path === '/operator' || path.startsWith('/operator/') ? 'operator' : 'buyer';
}

export const orderRoute = {
  buyer: '/orders/$orderId',
  seller: '/seller/orders/$orderId',
  operator: '/operator/orders/$orderId',
} as const;
export const callRoute = { seller: '/seller/calls/$callId', operator: '/operator/calls/$callId' } as const;

export const serviceRoute = {
  buyer: '/services/$resourceId',
  seller: '/seller/services/$resourceId',
  operator: '/operator/services/$resourceId',
} as const;
export const refundRoute = {
  buyer: '/refunds/$refundId',
  seller: '/seller/refunds/$refundId',
  operator: '/operator/refunds/$refundId',
} as const;

interface LinkToProps {
  readonly id: string;
  readonly base?: Base;
  readonly children?: ReactNode;
}

export function OrderLink({ id, base, children }: LinkToProps) {
  const here = useBase();
  return (
    <Link to={orderRoute[base ?? here]} params={{ orderId: id }} data-testid="order-link">
      {children ?? <span className="mono">{id}</span>}
    </Link>
  );
}

/** The resource details of the buyer, the page without access data of everybody else (6.2). */
export function ServiceLink({ id, base, children }: LinkToProps) {
  const here = useBase();
  return (
    <Link to={serviceRoute[base ?? here]} params={{ resourceId: id }} data-testid="service-link">
      {children ?? <span className="mono">{id}</span>}
    </Link>
  );
}

/** The buyer's request, the review of everybody else. */
export function RefundLink({ id, base, children }: LinkToProps) {
  const here = useBase();
  return (
    <Link to={refundRoute[base ?? here]} params={{ refundId: id }} data-testid="refund-link">
      {children ?? <span className="mono">{id}</span>}
    </Link>
  );
}

/** A seller call is no business of buyers: they see the words without the link. */
export function CallLink({ id, base, children }: LinkToProps) {
  const here = useBase();
  const area = base ?? here;
  const content = children ?? <span className="mono">{id}</span>;
  if (area === 'buyer') return content;
  return (
    <Link to={callRoute[area]} params={{ callId: id }} data-testid="call-link">
      {content}
    </Link>
  );
}
