import { describe, expect, it } from 'vitest';
import { draftOf } from './draft.ts';

/** A tab's storage. */
function storage(content: Record<string, string> = {}) {
  const items = new Map(Object.entries(content));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('a draft', () => {
  it('is there again after a reload, until it was submitted', () => {
    const tab = storage();
    draftOf('order.G1', tab).keep({ contact: '林晓', emailDomain: undefined });
    expect(draftOf('order.G1', tab).values).toEqual({ contact: '林晓' });
    expect(draftOf('order.G2', tab).values).toEqual({});
    draftOf('order.G1', tab).forget();
    expect(draftOf('order.G1', tab).values).toEqual({});
  });

  it.each(['not json', 'null', '[1]', '{"a":1}'])('ignores what it cannot use: %s', (text) => {
    expect(draftOf('x', storage({ 'jishi.draft.x': text })).values).toEqual({});
  });
});
