import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSearch } from '../api/http.ts';
import { isFiltered, parseCallSearch, parseOrderSearch, parsePurchaseSearch, readQueryString } from './params.ts';

describe('search parameters', () => {
  it('keep what they understand', () => {
    const raw = readQueryString('?state=STOPPED&activity=newInstance&limit=50&from=2026-11-24T06:00:00.000Z');
    expect(parseCallSearch(raw)).toEqual({
      state: 'STOPPED',
      activity: 'newInstance',
      limit: 50,
      from: '2026-11-24T06:00:00.000Z',
    });
  });

  it('drop what they do not: unknown names, states, sizes, times', () => {
    expect(parseOrderSearch({ state: 'LOST', limit: '33', from: 'yesterday', orderId: '   ', evil: '1' })).toEqual({});
  });

  it('keep a long order number digit by digit', () => {
    expect(parseOrderSearch(readQueryString('?orderId=12345678901234567890')).orderId).toBe('12345678901234567890');
  });

  it('limit quantity and duration as the API does', () => {
    expect(parsePurchaseSearch({ quantity: '25', periodNumber: '0' })).toEqual({ quantity: 25 });
    expect(parsePurchaseSearch({ quantity: '1.5', periodNumber: '12' })).toEqual({ periodNumber: 12 });
    expect(parsePurchaseSearch({ quantity: '10000000' })).toEqual({});
  });

  it('never throw, and reading back what was written changes nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('state', 'orderId', 'limit', 'from', 'product', 'x'), fc.string()),
        (raw) => {
          const search = parseOrderSearch(raw);
          expect(parseOrderSearch(readQueryString(toSearch({ ...search })))).toEqual(search);
        },
      ),
    );
  });

  it('tell filters from paging', () => {
    expect(isFiltered({ cursor: 'c', limit: 20 })).toBe(false);
    expect(isFiltered({ state: 'DUE' })).toBe(true);
  });
});
