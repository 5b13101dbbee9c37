import { describe, expect, it } from 'vitest';
import { doneBlockedBy, lossOf } from './by-hand-rules.ts';

describe('a call that is given up', () => {
  it.each(['newInstance', 'queryInstance', 'upgradeInstance', 'upgrade'])('%s: its line is refunded', (activity) => {
    expect(lossOf({ activity })).toBe('refunds');
  });

  it.each(['refreshInstance', 'releaseInstance', 'updateInstanceStatus', 'instanceStatus', 'expireInstance'])(
    '%s: what holds in the marketplace stays',
    (activity) => {
      expect(lossOf({ activity })).toBe('holds');
    },
  );
});

describe('done by hand', () => {
  const blocked = { code: 'CALL_RUNNING', message: { zh: '正在调用中', en: 'the call is being made right now' } };

  it('is said by Restart where both are refused', () => {
    expect(doneBlockedBy({ activity: 'newInstance', restartBlockedBy: blocked })).toBe('as-restart');
  });

  it('is not for a creation, whose answer alone tells the instance id', () => {
    expect(doneBlockedBy({ activity: 'newInstance', restartBlockedBy: null })).toBe('needs-answer');
    expect(doneBlockedBy({ activity: 'releaseInstance', restartBlockedBy: null })).toBeNull();
  });
});
