/**
 * What happened → what is told. Each event type that the catalogue names has its reader, by area in the files beside this one;
 * a reader takes of an event only what its texts say, so that nothing else (access data, parameters) can slip into a message (N-4).
 */
import type { DomainEvent } from '../platform/events.ts';
import { BILL_READERS } from './bill-notices.ts';
import { INVOICE_READERS } from './invoice-notices.ts';
import type { Notice, Reader } from './notice-parts.ts';
import { ORDER_READERS } from './order-notices.ts';
import { PEOPLE_READERS } from './people-notices.ts';
import { SELLER_READERS } from './seller-notices.ts';
import { SERVICE_READERS } from './service-notices.ts';
import { SUPERVISION_READERS } from './supervision-notices.ts';
import { USAGE_READERS } from './usage-notices.ts';
import { WALLET_READERS } from './wallet-notices.ts';

export { buyerKey, distributorKey, type Notice, OPERATORS, sellerKey, type TenantKey } from './notice-parts.ts';

const READERS: Readonly<Record<string, Reader>> = {
  ...SELLER_READERS,
  ...ORDER_READERS,
  ...SUPERVISION_READERS,
  ...SERVICE_READERS,
  ...PEOPLE_READERS,
  ...USAGE_READERS,
  ...WALLET_READERS,
  ...BILL_READERS,
  ...INVOICE_READERS,
};

/** @throws ZodError for an event that does not fit */
export function noticesOf(event: DomainEvent): Notice[] {
  return READERS[event.type]?.(event) ?? [];
}

/** Event types that are listened to. */
export const EVENT_TYPES: readonly string[] = Object.keys(READERS);
