import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../components/button-link.tsx';
import type { LifeAction } from './why-not.ts';

/** Where an action is done. The expiry policy has no page of its own: it is a dialog. */
export type LinkedAction = Exclude<LifeAction, 'autoRenew'>;

interface ActionLinkProps {
  readonly action: LinkedAction;
  readonly resourceId: string;
  readonly children: ReactNode;
}

/** A link to the page of an action, for menus. */
export function ActionLink({ action, resourceId, children }: ActionLinkProps) {
  const testId = `act-${action}`;
  switch (action) {
    case 'renew':
    case 'renewWithChange':
      return (
        <Link to="/renewals/order" search={{ ids: resourceId }} data-testid={testId}>
          {children}
        </Link>
      );
    case 'convert':
      return (
        <Link to="/services/$resourceId/conversion" params={{ resourceId }} data-testid={testId}>
          {children}
        </Link>
      );
    case 'change':
      return (
        <Link to="/services/$resourceId/change" params={{ resourceId }} data-testid={testId}>
          {children}
        </Link>
      );
    case 'unsubscribe':
    case 'cancelRenewal':
      return (
        <Link
          to="/services/$resourceId/unsubscription"
          params={{ resourceId }}
          search={refundSearch(action)}
          data-testid={testId}
        >
          {children}
        </Link>
      );
  }
}

/** The same as a button, for the resource page. */
export function ActionButton({ action, resourceId, children }: ActionLinkProps) {
  const testId = `act-${action}`;
  switch (action) {
    case 'renew':
    case 'renewWithChange':
      return (
        <ButtonLink to="/renewals/order" search={{ ids: resourceId }} data-testid={testId}>
          {children}
        </ButtonLink>
      );
    case 'convert':
      return (
        <ButtonLink to="/services/$resourceId/conversion" params={{ resourceId }} data-testid={testId}>
          {children}
        </ButtonLink>
      );
    case 'change':
      return (
        <ButtonLink to="/services/$resourceId/change" params={{ resourceId }} data-testid={testId}>
          {children}
        </ButtonLink>
      );
    case 'unsubscribe':
    case 'cancelRenewal':
      return (
        <ButtonLink
          danger
          to="/services/$resourceId/unsubscription"
          params={{ resourceId }}
          search={refundSearch(action)}
          data-testid={testId}
        >
          {children}
        </ButtonLink>
      );
  }
}

function refundSearch(action: 'unsubscribe' | 'cancelRenewal') {
  return action === 'cancelRenewal' ? { kind: 'RENEWAL' as const } : {};
}
