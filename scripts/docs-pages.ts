/** The pages of `docs` as texts: which there are, their fenced blocks, links and anchors. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

export interface Page {
  /** Within `docs`, with forward slashes, e.g. `protocol/saas-v2/signature.zh.md`. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block; `info` is what stands behind its opening fence, in words. */
export interface Block {
  readonly info: readonly string[];
  readonly text: string;
}

export function pages(): Page[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(DOCS, path), 'utf8') }));
}

export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```([^\n`]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    info: info.trim().split(/\s+/),
    text: body.replace(/\n$/, ''),
  }));
}

/** The targets of a page's links, blocks and code left out; those into the repository are relative to `docs`. */
export function linksOf({ path, text }: Page): { target: string; file: string | null; anchor: string | null }[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => {
    const isOutside = /^[a-z]+:/.test(target);
    const [file = '', anchor = null] = target.split('#');
    const resolved = file === '' ? path : normalize(join(dirname(path), file)).replaceAll('\\', '/');
    return { target, file: isOutside ? null : resolved, anchor };
  });
}

/** The places of a page that a link can name: explicit ones, and those that come from its headings as on GitHub. */
export function anchorsOf(text: string): Set<string> {
  const explicit = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id);
  const headings = text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...explicit, ...[...headings].map(([, heading = '']) => slugOf(heading))]);
}

/** GitHub's name of a heading: lower case, punctuation dropped, blanks as hyphens. */
export function slugOf(heading: string): string {
  const plain = heading
    .replace(/<[^>]+>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim();
  return plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
