/** Whoever guesses passwords or asks too often runs dry; whoever knows the own password never does. */
import { expect, it } from 'vitest';
import { rateLimit, signInLimit } from './rate-limit.ts';

it('lets 30 failures through at once, then one every two seconds, for each address by itself', () => {
  const limit = signInLimit();
  const waits = Array.from({ length: 31 }, () => limit.take('192.0.2.1', 0));
  expect(waits.slice(0, 30)).toEqual(Array(30).fill(0));
  expect(waits[30]).toBe(2);
  expect(limit.take('192.0.2.2', 0)).toBe(0);
  expect(limit.take('192.0.2.1', 1_000)).toBe(1);
  expect(limit.take('192.0.2.1', 2_000)).toBe(0);
  expect(limit.take('192.0.2.1', 2_000)).toBe(2);
});

it('a right password costs nothing', () => {
  const limit = signInLimit();
  for (let count = 0; count < 100; count += 1) {
    expect(limit.take('192.0.2.1', 0)).toBe(0);
    limit.giveBack('192.0.2.1');
  }
});

it('never holds more than 30, however long nobody came or however often it is given back', () => {
  const limit = signInLimit();
  limit.take('192.0.2.1', 0);
  for (let count = 0; count < 5; count += 1) limit.giveBack('192.0.2.1');
  const later = 3_600_000;
  const passed = Array.from({ length: 40 }, () => limit.take('192.0.2.1', later)).filter((wait) => wait === 0);
  expect(passed).toHaveLength(30);
});

it('refills by the second, twice as many at once; asking on while it is empty costs nothing more; 0 is no limit', () => {
  const limit = rateLimit(4);
  expect(Array.from({ length: 9 }, () => limit.take('client', 0))).toEqual([...Array(8).fill(0), 1]);
  for (let count = 0; count < 20; count += 1) expect(limit.take('client', 100)).toBe(1);
  expect([limit.take('client', 250), limit.take('client', 250)]).toEqual([0, 1]);
  const none = rateLimit(0);
  expect(Array.from({ length: 99 }, () => none.take('client', 0)).every((wait) => wait === 0)).toBe(true);
});
