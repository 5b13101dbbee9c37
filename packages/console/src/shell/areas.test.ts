import type { SessionView } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { type Action, type Area, areasFor, homeOf, may, safeReturnPath } from './areas.ts';

describe('areas', () => {
  it.each([
    ['/', null],
    ['/products/G1', null],
    ['/sign-in', null],
    ['/orders', ['buyer']],
    ['/orders/CS1/pay', ['buyer']],
    ['/seller/orders/CS1', ['seller']],
    ['/operator', ['operator']],
    ['/enterprise', ['enterprise', 'buyer']],
    ['/messages/receivers', ['buyer', 'seller', 'distributor']],
    ['/orders-of-others', null],
  ])('%s is for %j', (path, areas) => {
    expect(areasFor(path)).toEqual(areas);
  });
});

const user = (area: Area, ...actions: Action[]): SessionView => ({
  userId: 'u',
  loginName: 'u',
  displayName: 'u',
  role: 'BO',
  area,
  tenantId: null,
  tenantName: null,
  actions,
  mustChangePassword: false,
  mustEnrol: false,
  left: false,
  csrfToken: 't',
});

describe('homeOf', () => {
  it('is the first page that is open to the user', () => {
    expect(homeOf(user('seller', 'call.view', 'order.view'))).toBe('/seller/calls');
    expect(homeOf(user('seller', 'order.view'))).toBe('/seller/orders');
    expect(homeOf(user('operator'))).toBe('/');
    expect(homeOf({ ...user('seller', 'call.view', 'leaving.view'), left: true })).toBe('/seller/leaving');
  });

  it('is never a page of another area', () => {
    for (const area of ['buyer', 'enterprise', 'seller', 'distributor', 'operator'] as const) {
      const home = homeOf(user(area, 'call.view', 'order.view', 'overview.view', 'commission.view'));
      expect(areasFor(home)?.includes(area) ?? true).toBe(true);
    }
  });
});

describe('may', () => {
  it('follows the actions of the session; visitors may nothing', () => {
    expect(may(user('buyer', 'order.pay'), 'order.pay')).toBe(true);
    expect(may(user('buyer', 'order.pay'), 'order.create')).toBe(false);
    expect(may(null, 'order.pay')).toBe(false);
  });
});

describe('safeReturnPath', () => {
  it('leads back inside only', () => {
    expect(safeReturnPath('/orders?state=PROCESSING')).toBe('/orders?state=PROCESSING');
    for (const path of [undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'orders']) {
      expect(safeReturnPath(path)).toBeNull();
    }
  });
});
