/** Each rule of catalogue.md and license-and-other-types.md is named by a test, or stands below with the reason why it is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const numbered = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, place) => `${letter}${place + 1}`);

const RULES = [...numbered('C', 61), 'C19a', 'C40a', 'C45a', 'C51a', ...numbered('L', 39), 'L16a'];

const UNTESTED: Readonly<Record<string, string>> = {
  C5: 'nothing converts a subscription to pay-per-use: there is no such command',
  L4: 'grace and retention by customer level are S7-14a and S7-15, tested in instances',
  L31: 'there is no cloud server behind an image here: nobody changes its system, and it does not go on by the hour',
  L16a: 'a rule of the seller’s own client, which the marketplace does not contain',
};

describe('the rules of the catalogue and of licences', () => {
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
