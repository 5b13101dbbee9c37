import { describe, expect, it } from 'vitest';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

/** Path → text of every leaf. */
function leaves(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [path, text] of leaves(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('texts', () => {
  const chinese = leaves(zh);
  const english = leaves(en);

  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('carry the same placeholders in both languages', () => {
    for (const [path, text] of chinese)
      expect([path, placeholders(english.get(path) ?? '')]).toEqual([path, placeholders(text)]);
  });

  it('are never empty', () => {
    for (const [path, text] of [...chinese, ...english]) expect([path, text.trim()]).not.toEqual([path, '']);
  });

  it('have no Chinese left in English, except names', () => {
    const names = new Set(['shell.product']);
    const left = [...english].filter(([path, text]) => !names.has(path) && /\p{Script=Han}/u.test(text));
    expect(left).toEqual([]);
  });

  it('use full-width punctuation between Chinese characters', () => {
    const wrong = [...chinese].filter(([, text]) => /\p{Script=Han}[,;:?!]/u.test(text));
    expect(wrong).toEqual([]);
  });
});
