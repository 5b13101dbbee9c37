/** The pages of the diagnosis codes are what the catalogue and the captured messages say now. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { diagnosisPages } from '../scripts/docs-diagnosis.ts';

const FOLDER = fileURLToPath(new URL('../docs/diagnosis', import.meta.url));

it('every code has its page in both languages, up to date (else: npm run docs)', async () => {
  const pages = await diagnosisPages();
  expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
  const outdated = [...pages].filter(([name, text]) => readFileSync(`${FOLDER}/${name}`, 'utf8') !== text);
  expect(outdated.map(([name]) => name)).toEqual([]);
});

it('every page says what is wrong, what to do, and shows it', async () => {
  for (const [name, text] of await diagnosisPages()) {
    if (name.startsWith('README')) continue;
    expect(text).toMatch(name.endsWith('.zh.md') ? /\n## 如何修改\n\n.+/ : /\n## How to put it right\n\n.+/);
    expect(text, name).toMatch(/```http\n(POST|GET|HTTP)|\n> .+\n> /);
    expect(text, name).not.toMatch(/undefined|\bnull`|\{\w+\}/);
  }
});
