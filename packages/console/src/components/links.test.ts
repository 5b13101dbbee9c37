import { describe, expect, it } from 'vitest';
import { baseOf } from './links.tsx';

describe('baseOf', () => {
  it.each([
    ['/seller/calls', 'seller'],
    ['/operator', 'operator'],
    ['/operator/orders/1', 'operator'],
    ['/orders/1', 'buyer'],
    ['/sellers', 'buyer'],
  ])('%s belongs to the %s', (path, base) => {
    expect(baseOf(path)).toBe(base);
  });
});
