import { describe, expect, it } from 'vitest';
import { parseSandboxSearch } from './sandbox-params.ts';

describe('search parameters of the sandbox', () => {
  it('keep what they understand, drop the rest', () => {
    expect(parseSandboxSearch({ cursor: '120', limit: '50', activity: 'newInstance' })).toEqual({
      cursor: '120',
      limit: 50,
      activity: 'newInstance',
    });
    expect(parseSandboxSearch({ cursor: '-1', limit: '7', activity: 'a b', evil: '1' })).toEqual({});
  });
});
