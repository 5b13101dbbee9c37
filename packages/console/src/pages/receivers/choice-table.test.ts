import { describe, expect, it } from 'vitest';
import { choose } from './choice-table.tsx';

describe('choose', () => {
  it('ticks a box of a class, new or known, in the order of the channels', () => {
    expect(choose([], 'MONEY', 'SMS', true)).toEqual([{ class: 'MONEY', channels: ['SMS'] }]);
    const both = choose([{ class: 'MONEY', channels: ['SMS'] }], 'MONEY', 'SITE', true);
    expect(both).toEqual([{ class: 'MONEY', channels: ['SITE', 'SMS'] }]);
  });

  it('clears one and leaves the other classes alone', () => {
    const choices = [
      { class: 'OPENING' as const, channels: ['EMAIL' as const] },
      { class: 'MONEY' as const, channels: ['SITE' as const, 'SMS' as const] },
    ];
    expect(choose(choices, 'MONEY', 'SITE', false)).toEqual([
      { class: 'OPENING', channels: ['EMAIL'] },
      { class: 'MONEY', channels: ['SMS'] },
    ]);
  });
});
