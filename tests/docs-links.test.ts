/** Nobody who follows a link of the documentation, or the reference of a finding, stands before nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose, isDiagnosisCode, referencePage } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../packages/protocol/src/diagnosis/catalogue.ts';
import { inWordsOfV1 } from '../packages/protocol/src/saas-v1/words.ts';
import { anchorsOf, DOCS, linksOf, pages, slugOf } from '../scripts/docs-pages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const all = new Map(pages().map((page) => [page.path, page]));
const anchors = new Map([...all].map(([path, { text }]) => [path, anchorsOf(text)]));

it.each([...all.values()].map((page) => [page.path, page] as const))('%s: every link leads somewhere', (_, page) => {
  const broken = linksOf(page).filter(({ file, anchor }) => {
    if (file === null) return false;
    if (!existsSync(join(DOCS, file))) return true;
    return anchor !== null && file.endsWith('.md') && !anchors.get(file)?.has(anchor);
  });
  expect(broken.map(({ target }) => target)).toEqual([]);
});

it('the README leads to pages that are there', () => {
  const links = linksOf({ path: '../README.md', text: readFileSync(join(ROOT, 'README.md'), 'utf8') });
  const broken = links.filter(
    ({ file, anchor }) =>
      file !== null &&
      (!existsSync(join(DOCS, file)) || (anchor !== null && anchors.has(file) && !anchors.get(file)?.has(anchor))),
  );
  expect(broken.map(({ target }) => target)).toEqual([]);
});

describe('a reference of a finding leads to its section, in both languages:', () => {
  const ofCatalogue = Object.keys(CATALOGUE)
    .filter(isDiagnosisCode)
    .flatMap((code) => [diagnose(code).reference, inWordsOfV1(diagnose(code)).reference]);
  const ofCases = sources('packages/conformance/src', 'packages/protocol/src').flatMap((text) =>
    [...text.matchAll(/'((?:saas-v[12]|openapi|license-and-other-types)\.md [^']+)'/g)].map(([, found = '']) => found),
  );
  const references = [...new Set([...ofCatalogue, ...ofCases])].filter((each) => !each.startsWith('cli.md')).sort();

  it.each(references)('%s', (reference) => {
    for (const language of ['en', 'zh'] as const) {
      const [page = '', anchor = ''] = referencePage(reference, language).replace('/docs/', '').split('#');
      const place = anchor === '' ? 'a page' : [...(anchors.get(`${page}.md`) ?? [])];
      expect(all.has(`${page}.md`), `${page}.md`).toBe(true);
      if (anchor !== '') expect(place).toContain(anchor);
    }
  });
});

it('names headings as GitHub does', () => {
  expect(slugOf('4. Put it on HTTP')).toBe('4-put-it-on-http');
  expect(slugOf('<a id="3.1"></a>3.1 Base activities: in the query')).toBe('31-base-activities-in-the-query');
  expect(slugOf('如何修改？')).toBe('如何修改');
});

/** The sources below some folders, tests left out: they hold references that are meant to be nonsense. */
function sources(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/test/.test(path))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  );
}
