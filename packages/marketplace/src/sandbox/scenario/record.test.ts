import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../store.ts';
import { parseScenario } from './file.ts';
import { scenarioText } from './record.ts';

const at = (text: string) => new Date(`${text}.000Z`);
const begin = at('2026-01-01T01:00:00');
const entry = (kind: JournalEntry['kind'], when: Date, body: object, made: object = {}): JournalEntry => ({
  seq: 0,
  at: when,
  kind,
  body: { ...body },
  made: { ...made },
});
const texts = { name: 'Recorded', start: begin, seed: null, services: [] };

describe('what was done', () => {
  it('becomes a file that does it again, services by names of their own', () => {
    const text = scenarioText(
      [
        entry(
          'trigger',
          begin,
          { scenario: 'newInstance', periodType: 'year' },
          { orderId: 'CS1', resourceId: 'CS1-1' },
        ),
        entry('clock', begin, { action: 'advance', by: '30d' }, { now: '2026-01-31T01:00:00.000Z' }),
        entry(
          'trigger',
          at('2026-01-31T01:00:00'),
          { scenario: 'renew', resourceId: 'CS1-1' },
          { resourceId: 'CS1-1' },
        ),
        entry('fault', at('2026-01-31T01:00:00'), { kind: 'delay', times: 2, delayMs: 1000, activity: null }),
        entry('replay', at('2026-01-31T01:00:00'), { exchangeId: '3', how: 'same' }, { activity: 'refreshInstance' }),
        entry('faults-cleared', at('2026-01-31T01:00:00'), {}),
      ],
      { ...texts, services: ['CS1-1'], seed: 'a' },
    );
    expect(text).not.toContain('#');
    const read = parseScenario(text);
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    expect(read.scenario).toEqual({
      name: 'Recorded',
      start: begin.toISOString(),
      seed: 'a',
      steps: [
        { trigger: 'newInstance', as: 'service-1', periodType: 'year' },
        { clock: 'advance 30d' },
        { trigger: 'renew', on: 'service-1' },
        { fault: { kind: 'delay', times: 2, delayMs: 1000 } },
        { replay: 'same', activity: 'refreshInstance' },
        'clear-faults',
      ],
    });
  });

  it('goes to the time of each step where the clock had played in between', () => {
    const text = scenarioText(
      [
        entry('trigger', begin, { scenario: 'newInstance' }, { resourceId: 'CS1-1' }),
        entry('clock', begin, { action: 'play' }, { now: begin.toISOString() }),
        entry('clock', at('2026-01-01T01:05:00'), { action: 'next' }, { now: '2026-01-02T00:00:00.000Z' }),
        entry('trigger', at('2026-01-02T00:00:07'), { scenario: 'freeze' }, { resourceId: 'CS1-1' }),
      ],
      texts,
    );
    const read = parseScenario(text);
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    expect(read.scenario.steps.slice(1)).toEqual([
      { clock: 'to 2026-01-01T01:05:00.000Z' },
      { clock: 'next' },
      { clock: 'to 2026-01-02T00:00:07.000Z' },
      { trigger: 'freeze', on: 'service-1' },
    ]);
  });

  it('says when services came from elsewhere', () => {
    expect(scenarioText([], { ...texts, services: ['CS9-1'] })).toMatch(
      /^# 1 service\(s\) were ordered in the consoles/,
    );
  });
});
