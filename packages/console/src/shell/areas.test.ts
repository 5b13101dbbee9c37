import { describe, expect, it } from 'vitest';
import { areasFor, homeOf, safeReturnPath } from './areas.ts';

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
    ['/orders-of-others', null],
  ])('%s is for %j', (path, areas) => {
    expect(areasFor(path)).toEqual(areas);
  });

  it('let everyone see their own home', () => {
    for (const area of ['buyer', 'enterprise', 'seller', 'operator'] as const) {
      expect(areasFor(homeOf(area))?.includes(area) ?? true).toBe(true);
    }
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
