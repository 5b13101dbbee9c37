import { describe, expect, it } from 'vitest';
import {
  parseApplicationSearch,
  parseBehindSearch,
  parseEditorSearch,
  parseOwnProductSearch,
} from './publication-params.ts';

describe('filters of publication in the URL', () => {
  it('keep what they understand, drop the rest', () => {
    expect(parseOwnProductSearch({ status: 'ON_SALE', accessType: 'FAX', q: ' desk ', limit: '20' })).toEqual({
      status: 'ON_SALE',
      q: 'desk',
      limit: 20,
    });
    expect(parseApplicationSearch({ state: 'pending', kind: 'CHANGE' })).toEqual({ kind: 'CHANGE' });
    expect(parseEditorSearch({ step: 'SPECIFICATIONS' })).toEqual({ step: 'SPECIFICATIONS' });
    expect(parseEditorSearch({ step: '4' })).toEqual({});
    expect(parseBehindSearch({ from: '1', to: 'two' })).toEqual({ from: 1 });
  });
});
