import { describe, expect, it } from 'vitest';
import { createIntentions, randomUuid } from './intentions.ts';

/** Intentions whose keys are numbered in the order they were made. */
const counted = () => {
  const made: string[] = [];
  return createIntentions(() => {
    made.push(`key-${made.length + 1}`);
    return made.at(-1) ?? '';
  });
};

describe('intentions', () => {
  it('keep their key while the outcome is open', () => {
    const intentions = counted();
    expect(intentions.keyFor('orders', 'a')).toBe('key-1');
    expect(intentions.keyFor('orders', 'a')).toBe('key-1');
  });

  it('are new ones when the body changed or the last one was decided', () => {
    const intentions = counted();
    intentions.keyFor('orders', 'a');
    expect(intentions.keyFor('orders', 'b')).toBe('key-2');
    intentions.close('orders');
    expect(intentions.keyFor('orders', 'b')).toBe('key-3');
  });

  it('of different commands are independent', () => {
    const intentions = counted();
    const first = intentions.keyFor('orders/1/payment', '{}');
    expect(intentions.keyFor('orders/2/payment', '{}')).not.toBe(first);
    intentions.close('orders/2/payment');
    expect(intentions.keyFor('orders/1/payment', '{}')).toBe(first);
  });
});

describe('randomUuid', () => {
  it('makes different version 4 UUIDs', () => {
    const made = Array.from({ length: 200 }, randomUuid);
    expect(new Set(made).size).toBe(200);
    for (const uuid of made) expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
