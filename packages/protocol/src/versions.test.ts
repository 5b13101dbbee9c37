/** Dated changes are found between two instants, on their site only, and announced with the days that are left. */
import { describe, expect, it } from 'vitest';
import { changesBetween, PROTOCOL_CHANGES, type ProtocolChange, upcomingChanges } from './versions.ts';

const row = (from: string, site: ProtocolChange['site'] = null): ProtocolChange => ({
  protocol: 'saas-v2',
  site,
  from,
  what: { zh: '改变', en: 'a change' },
  reference: 'saas-v2.md 1',
});

describe('the table', () => {
  it('has whole instants in order, and both languages', () => {
    const times = PROTOCOL_CHANGES.map(({ from }) => Date.parse(from));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every(Number.isFinite)).toBe(true);
    for (const { what, reference } of PROTOCOL_CHANGES) {
      expect(what.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(what.en).toMatch(/^[A-Z][^\u4e00-\u9fff]+\.$/);
      expect(reference).toMatch(/^[a-z0-9-]+\.md \d/);
    }
  });
});

describe('changesBetween', () => {
  const changes = [row('2030-05-01T00:00:00+08:00', 'CN'), row('2030-04-01T00:00:00+08:00')];
  const between = (from: string, to: string, site: 'CN' | 'INTL' | 'EU' = 'CN') =>
    changesBetween(new Date(from), new Date(to), site, changes).map(({ from: at }) => at.slice(0, 10));

  it('gives them in the order of their dates', () => {
    expect(between('2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z')).toEqual(['2030-04-01', '2030-05-01']);
  });
  it('leaves out other sites', () => {
    expect(between('2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z', 'EU')).toEqual(['2030-04-01']);
  });
  it('counts the instant itself to the jump that reaches it, not to the one that leaves it', () => {
    expect(between('2030-03-01T00:00:00Z', '2030-03-31T16:00:00Z')).toEqual(['2030-04-01']);
    expect(between('2030-03-31T16:00:00Z', '2030-04-02T00:00:00Z')).toEqual([]);
  });
  it('a jump over 2024-09-14 crosses the new flow of authorisation codes', () => {
    const crossed = changesBetween(new Date('2024-09-13T15:59:59Z'), new Date('2024-09-13T16:00:00Z'), 'INTL');
    expect(crossed.map(({ protocol }) => protocol)).toEqual(['license']);
  });
});

describe('upcomingChanges', () => {
  const changes = [row('2030-04-01T00:00:00+08:00')];
  const left = (at: string, days: number) =>
    upcomingChanges(new Date(at), 'CN', days, changes).map(({ daysLeft }) => daysLeft);

  it('warns within the days asked for, a begun day counted', () => {
    expect(left('2030-03-01T16:00:00Z', 30)).toEqual([30]);
    expect(left('2030-03-01T15:59:59Z', 30)).toEqual([]);
    expect(left('2030-03-31T15:00:00Z', 30)).toEqual([1]);
  });
  it('says nothing of what is in force', () => {
    expect(left('2030-03-31T16:00:00Z', 30)).toEqual([]);
  });
});
