/** Webhooks without a database: addresses, the rhythm of repeats, and a catalogue whose examples are what it says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWebhookUrl } from './address.ts';
import { CHOOSABLE, describeEvents, EVENTS } from './catalogue.ts';
import { nextPauseMs, PAUSES_MS } from './definition.ts';
import { HEARD, toldOf } from './readers.ts';

describe('an address', () => {
  it.each([
    ['https://example.com/hooks?a=1', true],
    ['https://hooks.example.com:8443', true],
    ['http://example.com/hooks', false],
    ['https://10.0.0.1/hooks', false],
    ['https://[::1]/hooks', false],
    ['https://localhost/hooks', false],
    ['https://db.internal/hooks', false],
    ['https://user:word@example.com/', false],
    ['https://example.com/#x', false],
    ['ftp://example.com', false],
    ['example.com/hooks', false],
    [`https://example.com/${'x'.repeat(500)}`, false],
  ])('%s in production: %s', (url, fits) => {
    expect(parseWebhookUrl(url, 'production').ok).toBe(fits);
  });

  it('of this machine is for sandboxes', () => {
    expect(parseWebhookUrl('http://127.0.0.1:4000/hooks', 'sandbox').ok).toBe(true);
  });
});

describe('repeats', () => {
  it('follow the schedule of Standard Webhooks: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, then no more', () => {
    const seconds = Array.from({ length: 10 }, (_, index) => nextPauseMs(index + 1, null)).map(
      (ms) => ms && ms / 1_000,
    );
    expect(seconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  });

  it('heed Retry-After where it asks for more, up to a day', () => {
    expect(nextPauseMs(1, '60')).toBe(60_000);
    expect(nextPauseMs(2, '60')).toBe(300_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.string(), (failures, text) => {
        const pause = nextPauseMs(failures, text) ?? 0;
        return pause >= (PAUSES_MS[failures - 1] ?? 0) && pause <= 86_400_000;
      }),
    );
  });
});

describe('the catalogue', () => {
  it('describes each event by a schema that its example fits', () => {
    for (const { type, meaning, schema, example } of describeEvents()) {
      expect(EVENTS[type].data.parse(example)).toEqual(example);
      expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) });
      expect(schema.additionalProperties).toBeUndefined();
      expect(meaning.zh && meaning.en).toBeTruthy();
    }
  });

  it('takes of what stations publish what it promises, and no secret beside it', () => {
    const password = 'Init-Pass-1';
    const everything = Object.fromEntries(describeEvents().flatMap(({ example }) => Object.entries(example)));
    const facts = { ...everything, sellerId: 's-1', password };
    const payload = { ...facts, nextAt: null, lines: [{ ...facts, orderLineId: 'CS1-000001' }], ref: facts };
    const told = HEARD.flatMap((type) =>
      toldOf({ eventId: 1, type, aggregate: 'order:CS1', payload, traceId: 't', occurredAt: new Date(0) }),
    );
    expect(told.map(({ type }) => type).toSorted()).toEqual(CHOOSABLE.toSorted());
    expect(JSON.stringify(told)).not.toContain(password);
    for (const { type, data } of told)
      expect(Object.keys(data).toSorted()).toEqual(Object.keys(EVENTS[type].example).toSorted());
  });
});
