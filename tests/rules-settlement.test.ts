/** Each rule of settlement.md is named by a test, or stands below with the reason why it is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const numbered = (section: number, last: number): string[] =>
  Array.from({ length: last }, (_, place) => `S${section}-${place + 1}`);

const RULES = [
  ...[
    ...numbered(1, 12),
    'S1-8a',
    ...numbered(2, 14),
    ...numbered(3, 37).filter((rule) => rule !== 'S3-3'),
    'S3-3a',
    'S3-3b',
    'S3-3c',
    'S3-3d',
  ],
  ...['S3-18a', 'S3-18b', ...numbered(4, 9), ...numbered(5, 30), 'S5-22a', ...numbered(6, 14)],
  ...[...numbered(7, 15), 'S7-14a', ...numbered(9, 11)],
];

const UNTESTED: Readonly<Record<string, string>> = {
  'S4-9': 'amount, top-up and release of the deposit are not on public pages (Q14): no deposit is kept',
  'S7-13': 'a handling fee is taken by services of the cloud itself, not by products that are sold here',
  'S9-11': 'partners have no balance here to withdraw: commissions go to the bank account, bill by bill (4.6)',
};

describe('the rules of settlement', () => {
  const text = testFiles().join('\n');
  it.each(RULES)('%s', (rule) => {
    const named = new RegExp(`(?<![A-Za-z0-9-])${rule}(?![A-Za-z0-9])`).test(text);
    expect(named || rule in UNTESTED, `${rule} is named by no test and has no reason`).toBe(true);
    expect(named && rule in UNTESTED, `${rule} is named by a test now: take its reason away`).toBe(false);
  });
});

function testFiles(): string[] {
  return ['packages', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules') && !name.startsWith('rules-'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
}
