/** Scenario files as people really have them: marks of editors, line ends of Windows, mistakes that want a place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleFile } from './run-scenario.ts';
import { refund, sale } from './settle.test-support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jishi-scenario-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = {
  site: 'CN',
  currency: 'CNY',
  sellers: [{ id: 's1', certifiedAt: '2019-01-01' }],
  products: [{ id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' }],
  billRuns: ['2024-02-03'],
};
const WHOLE = JSON.stringify({ ...HEAD, lines: [sale('L')] });
const LINES = [sale('L'), refund('R', 'L', '200', '2024-01-07')].map((line) => JSON.stringify(line));

/** The totals of a scenario file's bills. @param lines of the file beside it */
async function totals(scenario: string | Buffer, lines?: string): Promise<string[]> {
  const file = join(folder, 'scenario.json');
  writeFileSync(file, scenario);
  if (lines !== undefined) writeFileSync(join(folder, 'lines.ndjson'), lines);
  return await settleFile(file, async ({ bills }) => bills.map(({ total }) => total.toFixed(2)));
}
const beside = (lines: string) => totals(JSON.stringify({ ...HEAD, linesFile: 'lines.ndjson' }), lines);

describe('a scenario file', () => {
  it('may begin with the mark of an editor, and have line ends of Windows', async () => {
    expect(await totals(`\uFEFF${WHOLE}`)).toEqual(['1140.00']);
    expect(await totals(JSON.stringify(JSON.parse(WHOLE), null, 1).replaceAll('\n', '\r\n'))).toEqual(['1140.00']);
    expect(await beside(`\uFEFF${LINES.join('\r\n')}\r\n`)).toEqual(['950.00']);
    expect(await beside(`\n${LINES.join('\n  \n\n')}\n`)).toEqual(['950.00']);
  });

  it.each([
    ['is empty', '', /^no JSON: /],
    ['is something else', '// a comment\n{}', /^no JSON: [^\n]*$/],
    ['is in another encoding', Buffer.from('{"site":"\xb9\xfa"}', 'latin1'), /^not in UTF-8$/],
    ['names no lines', JSON.stringify(HEAD), /^lines: exactly one of "lines" and "linesFile" is needed$/],
    [
      'names lines that are not there',
      JSON.stringify({ ...HEAD, linesFile: 'gone.ndjson' }),
      /^linesFile: gone.ndjson: there is no such file$/,
    ],
    ['names a folder', JSON.stringify({ ...HEAD, linesFile: '.' }), /^linesFile: .: a folder, not a file$/],
  ])('is refused when it %s', async (_, scenario, message) => {
    await expect(totals(scenario)).rejects.toThrow(message);
  });

  it('is refused when it is a folder, or is not there', async () => {
    mkdirSync(join(folder, 'inside'));
    const nothing = async () => undefined;
    await expect(settleFile(join(folder, 'inside'), nothing)).rejects.toThrow(/^a folder, not a file$/);
    await expect(settleFile(join(folder, 'gone.json'), nothing)).rejects.toThrow(/^there is no such file$/);
  });

  it.each([
    [
      'is broken',
      `${LINES[0]}\n\n{"id": broken\n${LINES[1]}`,
      /^lines\[1\] is no JSON: .* \(line 3 of lines.ndjson\)$/,
    ],
    ['is unknown', `${LINES[0]}\n{"colour":1}`, /^lines\[1\].* \(line 2 of lines.ndjson\)$/],
    [
      'comes twice',
      `${LINES[0]}\n\n${LINES[0]}`,
      /^lines\[1\].id: L is the id of lines\[0\] too \(line 3 of lines.ndjson\)$/,
    ],
  ])('names the line of the file beside it that %s', async (_, lines, message) => {
    await expect(beside(lines)).rejects.toThrow(message);
  });
});
