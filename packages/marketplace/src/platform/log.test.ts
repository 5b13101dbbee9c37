/** A secret never appears in a log line, at the depths at which this program logs. */
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function capture(write: (log: ReturnType<typeof createLog>) => void, level = 'info'): string {
  const lines: string[] = [];
  write(createLog(level, { write: (line) => void lines.push(line) }));
  return lines.join('');
}
const secrets = {
  password: 'SECRET-1',
  accessKey: 'SECRET-2',
  sk: 'SECRET-3',
  authorization: 'SECRET-4',
  Authorization: 'SECRET-5',
  signature: 'SECRET-6',
  cookie: 'SECRET-7',
  'set-cookie': 'SECRET-8',
  clientSecret: 'SECRET-9',
  license: 'SECRET-10',
  masterKey: 'SECRET-11',
  'x-csrf-token': 'SECRET-12',
  databaseUrl: 'SECRET-13',
};

describe('log', () => {
  it.each([
    ['at the top', secrets],
    ['one level down', { request: secrets }],
    ['two levels down', { request: { headers: secrets } }],
  ])('hides secrets %s', (_, entry) => {
    const line = capture((log) => log.info(entry, 'something happened'));
    expect(line).not.toContain('SECRET');
    expect(line.match(/"\*\*\*"/g)).toHaveLength(Object.keys(secrets).length);
    expect(line).toContain('something happened');
  });

  it('keeps what is no secret, as one JSON document a line', () => {
    const line = capture((log) => log.warn({ order: 'CS1', requestId: 'r' }, 'refused'));
    expect(JSON.parse(line)).toMatchObject({ order: 'CS1', requestId: 'r', msg: 'refused' });
    expect(line.trimEnd()).not.toContain('\n');
  });

  it('is silent below its level', () => {
    expect(capture((log) => log.info('x'), 'warn')).toBe('');
    expect(capture((log) => log.error('x'), 'silent')).toBe('');
  });
});
