/** Tests stop, delay or crash the program at named places; without them a place costs nothing. */
import { describe, expect, it } from 'vitest';
import { attachFromText, createPausePoints, PAUSE_POINTS } from './pause-points.ts';

describe('pause points', () => {
  it('run what is attached, with the subject, until it is detached', async () => {
    const points = createPausePoints();
    const seen: string[] = [];
    const detach = points.at('fulfilment.answered', (subject) => void seen.push(subject));
    await points.reach('fulfilment.answered', 'a');
    await points.reach('fulfilment.before-call', 'b');
    detach();
    await points.reach('fulfilment.answered', 'c');
    expect(seen).toEqual(['a']);
  });

  it('hold the program while the action is under way, and let its error out', async () => {
    const points = createPausePoints();
    const held = gate();
    points.at('tasks.leased', () => held.opened);
    let passed = false;
    const passing = points.reach('tasks.leased', '').then(() => {
      passed = true;
    });
    await Promise.resolve();
    expect(passed).toBe(false);
    held.open();
    await passing;
    points.at('tasks.leased', () => {
      throw new Error('crash');
    });
    await expect(points.reach('tasks.leased', '')).rejects.toThrow('crash');
  });

  it('kill exactly at the n-th passing', async () => {
    const points = createPausePoints();
    let kills = 0;
    attachFromText(points, 'fulfilment.answered=kill@3, fulfilment.before-call=delay:0', () => {
      kills += 1;
    });
    for (const expected of [0, 0, 1, 1]) {
      await points.reach('fulfilment.answered', '');
      expect(kills).toBe(expected);
    }
  });

  it('can all be named in text', () => {
    for (const name of PAUSE_POINTS) attachFromText(createPausePoints(), `${name}=delay:1`, () => {});
  });

  it.each(['nowhere=kill@1', 'fulfilment.answered', 'fulfilment.answered=kill', 'fulfilment.answered=delay:x'])(
    'refuse %s',
    (text) => {
      expect(() => attachFromText(createPausePoints(), text, () => {})).toThrow(/cannot read/);
    },
  );
});

/** A promise that the test opens. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
