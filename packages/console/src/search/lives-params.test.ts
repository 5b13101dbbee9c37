import { describe, expect, it } from 'vitest';
import { parseCustomerSearch, parseDifferenceSearch, parseServiceSearch } from './lives-params.ts';
import { parseCallSearch } from './params.ts';

describe('search parameters of staff', () => {
  it('keep what they understand, drop the rest', () => {
    expect(
      parseServiceSearch({ state: 'GRACE', buyer: ' Acme ', product: '', endsWithinDays: '30', evil: '1', limit: '7' }),
    ).toEqual({ state: 'GRACE', buyer: 'Acme', endsWithinDays: 30 });
    expect(parseCustomerSearch({ name: 'x'.repeat(101), limit: '50' })).toEqual({ limit: 50 });
    expect(parseDifferenceSearch({ cursor: 'abc', kind: 'ANY' })).toEqual({ cursor: 'abc' });
  });

  it('know both protocols', () => {
    expect(parseCallSearch({ protocol: 'saas-v1' })).toEqual({ protocol: 'saas-v1' });
    expect(parseCallSearch({ protocol: 'saas-v3' })).toEqual({});
  });
});
