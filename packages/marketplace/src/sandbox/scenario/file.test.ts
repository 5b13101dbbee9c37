import { describe, expect, it } from 'vitest';
import { parseScenario, titleOf } from './file.ts';

const file = (steps: string): string => `name: Two years\nstart: 2026-01-01T09:00:00+08:00\nseed: 42\nsteps:\n${steps}`;

describe('a scenario file', () => {
  it('is read step by step, each told in a line', () => {
    const read = parseScenario(
      file(
        `  - trigger: newInstance
    as: workspace
    periodType: year
    quantity: 10
  - clock: advance 30d
  - clock: to 2026-06-01T00:00:00+08:00
  - fault: { kind: wrong-signature, activity: refreshInstance }
  - replay: same
  - expect: { on: workspace, state: ACTIVE, calls: { refreshInstance: 1 } }
  - clear-faults
  - reset
`,
      ),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    expect(read.scenario).toMatchObject({ name: 'Two years', seed: '42' });
    expect(read.scenario.steps.map(titleOf)).toEqual([
      'trigger: newInstance, as: workspace, periodType: year, quantity: 10',
      'clock: advance 30d',
      'clock: to 2026-06-01T00:00:00+08:00',
      'fault kind: wrong-signature, activity: refreshInstance, times: 1',
      'replay: same',
      'expect on: workspace, state: ACTIVE, calls: { refreshInstance: 1 }',
      'clear-faults',
      'reset',
    ]);
  });

  it.each([
    ['a step that is none', '  - tigger: newInstance\n', 5, 'steps.0', /no step of a known kind/],
    ['a member that is none', '  - clock: next\n  - trigger: renew\n    service: a\n', 6, 'steps.1', /service/],
    ['a clock without unit', '  - clock: next\n  - clock: advance 30\n', 6, 'steps.1.clock', /advance 30d/],
    ['a time without zone', '  - clock: to 2026-06-01T00:00:00\n', 5, 'steps.0.clock', /zone/],
    ['a fault that is none', '  - fault:\n      kind: slow\n', 6, 'steps.0.fault.kind', /duplicate/],
    ['a wrong number', '  - trigger: newInstance\n    quantity: many\n', 6, 'steps.0.quantity', /number/],
    ['an expectation of nothing', '  - expect: { on: a }\n', 5, 'steps.0.expect', /expects nothing/],
    ['broken YAML', '  - clock: [next\n', 6, '', /flow/i],
  ])('names line and member of %s', (_what, steps, line, member, message) => {
    const read = parseScenario(file(steps));
    if (read.ok) throw new Error('it was read');
    expect(read.mistakes[0]).toMatchObject({ line, member });
    expect(read.mistakes[0]?.message).toMatch(message);
  });

  it('needs a name, a start and steps', () => {
    const read = parseScenario('steps: []\n');
    if (read.ok) throw new Error('it was read');
    expect(read.mistakes.map(({ member }) => member).sort()).toEqual(['name', 'start', 'steps']);
    expect(parseScenario('').ok).toBe(false);
    expect(parseScenario('- 1').ok).toBe(false);
  });
});
