/** Passwords are made of injected randomness, stored as hashes and recognised again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, hashPassword, initialPassword } from './passwords.ts';

const bytes = (values: number[]) => {
  let at = 0;
  return (length: number) => Uint8Array.from({ length }, () => values[at++ % values.length] ?? 0);
};

describe('initialPassword', () => {
  it('is 16 readable characters, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 40 }), (values) => {
        const text = initialPassword(bytes([...values, 0]));
        expect(text).toMatch(/^[A-HJ-NP-Za-km-z2-9]{16}$/);
      }),
    );
  });

  it('is the same for the same bytes', () => {
    expect(initialPassword(bytes([1, 2, 3]))).toBe(initialPassword(bytes([1, 2, 3])));
  });
});

describe('hashPassword', () => {
  it('recognises its text and no other, with a salt of its own', async () => {
    const one = await hashPassword('my own password', bytes([1]));
    const other = await hashPassword('my own password', bytes([2]));
    expect(await fits('my own password', one)).toBe(true);
    expect(await fits('my own passwore', one)).toBe(false);
    expect(one).not.toEqual(other);
    expect(JSON.stringify(one)).not.toContain('own');
  });

  it('refuses texts that nobody would type', async () => {
    const text = 'x'.repeat(201);
    expect(await fits(text, { kind: 'initial', text })).toBe(false);
  });
});
