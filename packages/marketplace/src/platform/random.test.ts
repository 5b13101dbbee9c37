/** Two runs with one seed are equal; ids are well formed and every character is equally likely. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALPHANUMERIC, DIGITS, randomText, seededRandom, systemRandom, UPPER_ALPHANUMERIC, uuid } from './random.ts';

describe('random', () => {
  it('gives the same bytes for the same seed, however they are asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 }), (seed, lengths) => {
        const whole = seededRandom(seed).bytes(lengths.reduce((total, length) => total + length, 0));
        const random = seededRandom(seed);
        const parts = Buffer.concat(lengths.map((length) => random.bytes(length)));
        expect(Buffer.from(whole).equals(parts)).toBe(true);
      }),
    );
  });

  it('differs from seed to seed', () => {
    expect(seededRandom('1').bytes(32)).not.toEqual(seededRandom('2').bytes(32));
  });

  it('makes version 4 UUIDs', () => {
    for (const random of [systemRandom, seededRandom('uuid')]) {
      expect(uuid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(uuid(seededRandom('a'))).toBe(uuid(seededRandom('a')));
  });

  it('writes text of exactly the length and alphabet that are asked for', () => {
    const alphabet = fc.constantFrom(DIGITS, ALPHANUMERIC, UPPER_ALPHANUMERIC);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 64 }), alphabet, (seed, length, letters) => {
        const text = randomText(seededRandom(seed), length, letters);
        expect(text).toHaveLength(length);
        expect([...text].every((letter) => letters.includes(letter))).toBe(true);
      }),
    );
  });

  it('favours no character: bytes past the last whole multiple of the alphabet are thrown away', () => {
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    const text = randomText({ bytes: () => every }, 248, ALPHANUMERIC);
    const counts = new Map<string, number>();
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });
});

describe('the randomness of the system', () => {
  it('is drawn from a pool, and no part of it is given twice or touched afterwards', () => {
    const given = Array.from({ length: 2_000 }, () => systemRandom.bytes(16));
    const kept = given.map((bytes) => Buffer.from(bytes).toString('hex'));
    expect(new Set(kept).size).toBe(2_000);
    expect(kept).not.toContain('0'.repeat(32));
    systemRandom.bytes(200);
    expect(given.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(kept);
    expect([0, 1, 255, 256, 257, 5_000].map((length) => systemRandom.bytes(length).length)).toEqual([
      0, 1, 255, 256, 257, 5_000,
    ]);
  });
});
