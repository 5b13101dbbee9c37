/** Who may do what: usage, keys, addresses and webhooks. */
import { newOrigin } from '../../../../../tests/support/debug-objects.ts';
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, debugIds, debugOf, goods, meteredOf, resourceId } from './access-objects.test-support.ts';

const meteredIds = ({ resourceId }: Objects) => ({ ...meteredOf.get(resourceId) });
const HOOKED = { x: 'SO SD', object: meteredIds };
const USAGE = { x: 'BO BV BF SO SD SF OM OF OA', o: 'BP SP' };

export const USAGE_ACCESS: Readonly<Record<string, Access>> = {
  'read /usage/services': USAGE,
  'read /usage/services/{resourceId}': { ...USAGE, object: resourceId },
  'read /usage/services/{resourceId}/records': { ...USAGE, object: resourceId },
  'read /usage/charges': USAGE,
  'read /usage/rejections': { x: 'SO SD' },
  'read /usage/overview': { x: 'OM OF OA' },
  'read /usage/repairs': { x: 'OM OF OA' },
  'command /usage/services/{resourceId}/price': {
    x: 'OF',
    object: resourceId,
    body: () => ({ priceItemId: 'none' }),
    refusedByRule: true,
  },
  'read /usage/services/{resourceId}/rerating': {
    x: 'OM OF OA',
    object: resourceId,
    query: () => '?since=2026-01-01T00:00:00Z',
    refusedByRule: true,
  },
  'command /usage/services/{resourceId}/rerating': {
    x: 'OF',
    object: resourceId,
    body: () => ({ since: '2026-01-01T00:00:00Z', reason: 'a wrong price', difference: '0' }),
    refusedByRule: true,
  },
  'read /usage/alarms': { x: 'BO BF' },
  'command /usage/alarms': { x: 'BO BF', body: () => ({ balanceBelow: '100', packagePercent: 20 }) },
  'read /usage/packages': { x: 'BO BV BF', o: 'BP' },
  'command /usage/packages/{resourceId}/alarm': {
    x: 'BO BF',
    object: resourceId,
    body: () => ({ alarm: { kind: 'OFF' } }),
    refusedByRule: true,
  },
  'command /usage/charges/{chargeId}/reversal': {
    x: 'OF',
    object: meteredIds,
    body: () => ({ reason: 'counted twice' }),
    refusedByRule: true,
  },
  'command /usage/rating': { x: 'OF' },
  'read /api-keys': { x: 'SO SD' },
  'command /api-keys': { x: 'SO SD', body: () => ({ name: 'metering' }), refusedByRule: true },
  'command /api-keys/{ak}/rotation': {
    x: 'SO SD',
    object: meteredIds,
    body: () => ({ overlapHours: 1 }),
    refusedByRule: true,
  },
  'command /api-keys/{ak}/revocation': { x: 'SO SD', object: meteredIds },
  'read /webhooks': { x: 'SO SD' },
  'read /webhook-events': { x: 'SO SD' },
  'command /webhooks': { x: 'SO SD', body: () => ({ url: 'no address', types: ['order.paid'] }), refusedByRule: true },
  'command /webhooks/{endpointId}': { ...HOOKED, body: () => ({ name: 'orders' }) },
  'command /webhooks/{endpointId}/rotation': { ...HOOKED, body: () => ({ overlapHours: 1 }) },
  'command /webhooks/{endpointId}/test': HOOKED,
  'read /webhooks/{endpointId}/deliveries': HOOKED,
  'read /webhook-deliveries/{deliveryId}': HOOKED,
  'command /webhook-deliveries/{deliveryId}/resend': HOOKED,
  'command /webhooks/{endpointId}/removal': { ...HOOKED, body: () => ({ url: 'another' }), refusedByRule: true },
  'read /api-requests': { x: 'SO SD OM OA OS' },
  'read /addresses': { x: 'SO SD' },
  'command /addresses': { x: 'SO SD', body: () => ({ origin: newOrigin() }) },
  'command /addresses/{addressId}/checks': { x: 'SO SD', object: debugIds },
  'command /addresses/{addressId}/keys': {
    x: 'SO SD',
    object: debugIds,
    body: ({ goodsId }) => ({ interfaceClass: 'GENERAL', keyId: debugOf.get(goodsId)?.keyId ?? '' }),
  },
  'read /order-notices': { x: 'SO SD' },
  'command /order-notices': {
    x: 'SO SD',
    // the first sets it, the second is told that it is set
    body: ({ goodsId }) => ({
      kind: 'PRODUCT',
      value: goodsId,
      addressId: debugOf.get(goodsId)?.addressId ?? '',
      path: '/orders',
    }),
    refusedByRule: true,
  },
  'command /order-notices/removal': {
    x: 'SO SD',
    body: ({ goodsId }) => ({ kind: 'PRODUCT', value: goodsId }),
    refusedByRule: true,
  },
  'command /access-keys': { x: 'SO SD', body: () => ({ interfaceClass: 'KIT' }) },
  'command /access-keys/{keyId}/reveals': { x: 'SO SD', object: debugIds },
  'read /activity': { x: 'SO SS SF OM OC OA', o: 'SP SD' },
  'read /operating': { x: 'SO SS SF OM OC OA', o: 'SP SD' },
  'read /activity/{goodsId}': { x: 'SO SS SF OM OC OA', o: 'SP SD', object: goods },
};
