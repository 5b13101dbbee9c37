/** Faults meet the calls they are for, the oldest first, so often as asked. */
import { expect, it } from 'vitest';
import { takeFault, withFault } from './faults.ts';
import type { FaultKind, SandboxFault } from './schemas.ts';

const added = (
  ...wanted: readonly [kind: FaultKind, activity: string | null, times: number][]
): readonly SandboxFault[] =>
  wanted.reduce<readonly SandboxFault[]>(
    (faults, [kind, activity, times], place) => withFault(faults, String(place), { kind, activity, times }),
    [],
  );

it('a call takes the oldest that is for it', () => {
  const faults = added(['delay', 'newInstance', 1], ['duplicate', null, 1], ['lost-answer', 'newInstance', 1]);
  expect(takeFault(faults, 'newInstance').fault?.kind).toBe('delay');
  expect(takeFault(faults, 'queryInstance').fault?.kind).toBe('duplicate');
  expect(takeFault(added(['delay', 'newInstance', 1]), 'queryInstance')).toEqual({
    fault: null,
    left: added(['delay', 'newInstance', 1]),
  });
});

it('it goes when it was met so often', () => {
  const first = takeFault(added(['duplicate', null, 2]), 'any');
  expect(first.left).toMatchObject([{ left: 1, times: 2 }]);
  expect(takeFault(first.left, 'any').left).toEqual([]);
});

it('a delay has a length, the others have none', () => {
  expect(added(['delay', null, 1], ['duplicate', null, 1]).map(({ delayMs }) => delayMs)).toEqual([5_000, null]);
});
