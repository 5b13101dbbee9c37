/** A scenario file played in a sandbox: what it makes is the same each time, and what fails is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../../tests/support/driven-sandbox.ts';
import { parseScenario } from './file.ts';
import { scenarioText } from './record.ts';
import { runScenario } from './run.ts';

const made: DrivenSandbox[] = [];
const driven = (): DrivenSandbox => {
  const [first] = made;
  if (!first) throw new Error('inside tests only');
  return first;
};
beforeAll(async () => {
  made.push(await driveSandbox());
});
afterAll(() => Promise.all(made.map((each) => each.close())));

const head = 'name: test\nstart: 2026-01-01T09:00:00+08:00\nseed: 7\nsteps:\n';
async function play(steps: string) {
  const read = parseScenario(head + steps);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return runScenario(driven().sandbox, read.scenario);
}
/** Every exchange, whole. */
async function exchanges(): Promise<unknown[]> {
  const { items } = await driven().sandbox.exchanges({ limit: 500 });
  const all = await Promise.all(items.map(({ exchangeId }) => driven().sandbox.exchange(exchangeId)));
  return all.map((each) => (each === null ? null : { ...each, durationMs: 0 }));
}

const STORY = `
  - trigger: newInstance
    as: workspace
    periodType: year
    quantity: 10
  - expect: { on: workspace, state: ACTIVE, calls: { newInstance: 1 } }
  - clock: advance 30d
  - fault: { kind: duplicate, activity: refreshInstance }
  - trigger: renew
  - expect: { calls: { refreshInstance: 2 }, resultCode: "000000", diagnosis: none }
  - trigger: freeze
    on: workspace
  - expect: { state: VIOLATION_FROZEN }
  - trigger: unfreeze
  - clock: to 2028-01-20T00:00:00+08:00
  - clock: advance 60d
  - expect: { on: workspace, state: RELEASED }
`;

describe('a scenario file', () => {
  it('plays its steps, and the same exchanges come of it a second time, nonces and all', async () => {
    // Also where the clock had been playing.
    expect(await driven().sandbox.moveClock({ action: 'play' })).toMatchObject({ ok: true });
    const first = await play(STORY);
    expect(first).toMatchObject({ ok: true });
    expect(first.steps.at(-1)).toMatchObject({ step: 12, ok: true });
    const once = await exchanges();
    expect(once.length).toBeGreaterThan(8);
    const second = await play(STORY);
    expect(second).toEqual(first);
    expect(await exchanges()).toEqual(once);
  });

  it('ends at the first step that fails, and says why', async () => {
    const wrong = await play('  - trigger: newInstance\n  - expect: { state: FROZEN }\n  - clock: next\n');
    expect(wrong.ok).toBe(false);
    expect(wrong.steps.map(({ ok, error }) => [ok, error])).toEqual([
      [true, undefined],
      [false, 'state: expected FROZEN, it is ACTIVE'],
    ]);
    const refused = await play('  - trigger: renew\n');
    expect(refused.steps[0]).toMatchObject({ ok: false, error: expect.stringMatching(/^\w+: ./) });
    const unknown = await play('  - trigger: renew\n    on: nobody\n');
    expect(unknown.steps[0]?.error).toContain('"nobody"');
    const early = await play('  - replay: fresh\n');
    expect(early.steps[0]?.error).toContain('there was no call');
  });

  it('is written down from what was done, and does it again', async () => {
    const { sandbox } = driven();
    await sandbox.reset({ start: '2026-03-01T00:00:00Z', seed: '9', playing: false });
    const bought = await driven().play('newInstance', { quantity: 5, periodType: 'month' });
    await sandbox.moveClock({ action: 'advance', by: '3d' });
    await driven().play('renew', { resourceId: bought.resourceId, periodType: 'month' });
    await sandbox.moveClock({ action: 'next' });
    const whole = await exchanges();
    const text = scenarioText(await sandbox.journal(), { name: 'x', start: new Date(0), seed: '9', services: [] });
    const read = parseScenario(text);
    if (!read.ok) throw new Error(text);
    expect(await runScenario(sandbox, read.scenario)).toMatchObject({ ok: true });
    expect(await exchanges()).toEqual(whole);
  });
});
