/**
 * "Connect your SaaS in 30 minutes", followed to the letter in an empty folder, with the SDK and without: every file is written,
 * every command run, every line of output compared. Left out are only the clone and its build, which are this repository.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, blocksOf } from '../scripts/docs-pages.ts';
import { freePort } from './support/empty-database.ts';
import { ensureBuilt } from './support/jishi.ts';
import { type Desk, openDesk } from './support/tutorial-desk.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const tutorial = (language: '' | '.zh') =>
  blocksOf(readFileSync(join(ROOT, `docs/connect-in-30-minutes${language}.md`), 'utf8'));

const folder = openFolder(join(tmpdir(), 'jishi-tutorial-'));
const desks: Desk[] = [];
beforeAll(ensureBuilt);
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.clear()));
  rmSync(folder, { recursive: true, force: true });
});

describe.concurrent('the tutorial', () => {
  it.each(['sdk', 'plain'] as const)('works from an empty folder (%s)', async (variant) => {
    const other = variant === 'sdk' ? 'plain' : 'sdk';
    const place = openFolder(join(folder, `${variant}-`));
    symlinkSync(ROOT, join(place, 'jishi'));
    const marketplace = await freePort();
    const desk = openDesk(place, { '3000': await freePort(), '8080': marketplace });
    desks.push(desk);
    for (const block of tutorial('').filter(({ info }) => !info.includes(other) && !info.includes('once'))) {
      await follow(desk, block);
    }
    const page = await fetch(`http://127.0.0.1:${marketplace}/docs/diagnosis/instance.status-not-repeatable`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<h1')]);
  });
});

it('is the same in Chinese', () => expect(tutorial('.zh')).toEqual(tutorial('')));

/** One that the embedded database can enter where the tests run as root. */
function openFolder(prefix: string): string {
  const path = mkdtempSync(prefix);
  chmodSync(path, 0o755);
  return path;
}

/** What a block asks the reader to do; one that nobody understands fails. */
async function follow(desk: Desk, { info, text }: Block): Promise<void> {
  const [kind = '', what = '', name = ''] = info;
  const named = (word: string) => info.find((each) => each.startsWith(`${word}=`))?.slice(word.length + 1) ?? '';
  if (kind === 'js' && named('file') !== '') desk.write(named('file'), text);
  else if (kind === 'js' && named('remove') !== '') desk.removeLine(named('remove'), text);
  else if (what === 'serve') await desk.serve(name, text);
  else if (what === 'run' || what === 'fails') {
    const { code, output } = await desk.run(text);
    expect(code, `${text}\n${output}`).toBe(what === 'run' ? 0 : 1);
  } else if (what === 'shows') await desk.shows(text, name);
  else throw new Error(`the tutorial has a block that nobody follows: ${info.join(' ')}`);
}
