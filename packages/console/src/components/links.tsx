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

/** Application info is for the buyer alone (consoles-and-processes.md 6.2): others see the words without the link. */
export function ServiceLink({ id, base, children }: LinkToProps) {
  const here = useBase();
  const content = children ?? <span className="mono">{id}</span>;
  if ((base ?? here) !== 'buyer') return content;
  return (
    <Link to="/services/$resourceId" params={{ resourceId: id }} data-testid="service-link">
      {content}
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
