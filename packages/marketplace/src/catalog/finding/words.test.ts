/** Any part of a name finds it, in Chinese and in English, whatever the width and case of its letters (12.2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexemes, searchCondition, searchWords, stem, wordsOf } from './words.ts';

/** As PostgreSQL reads a condition of words.ts: AND of lexemes, or of two alternatives in brackets. */
function matches(condition: string, found: ReadonlySet<string>): boolean {
  if (condition === '') return false;
  return condition.split(' & ').every((part) =>
    part
      .replaceAll(/[()]/g, '')
      .split(' | ')
      .some((each) => {
        const word = /^'(.*)'(:\*)?$/.exec(each);
        const prefix = word?.[2] !== undefined;
        return prefix ? [...found].some((lexeme) => lexeme.startsWith(word?.[1] ?? '')) : found.has(word?.[1] ?? '');
      }),
  );
}
const finds = (query: string, text: string) => matches(searchCondition(query), lexemes(text));

describe('12.2: words', () => {
  it.each([
    ['服务器', '企业级云服务器安全防护'],
    ['云', '企业级云服务器安全防护'],
    ['云服务器', '企业级云服务器安全防护'],
    ['企业安全', '企业级云服务器安全防护'],
    ['安全 企业', '企业级云服务器安全防护'],
    ['ＳａａＳ', 'SaaS平台'],
    ['平台', 'SaaS平台'],
    ['saas平台', 'SaaS 平台'],
    ['worksp', 'Acme Workspace'],
    ['WORKSPACES', 'Acme Workspace'],
    ['café', 'Cafe manager'],
    ['policies', 'Security policy'],
    ['backup mysql', 'MySQL Backup 5.7'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  it.each([
    ['服务台', '企业级云服务器安全防护'],
    ['acme nonsense', 'Acme Workspace'],
    ['w', 'Acme Workspace'],
    ["%_'", 'Acme Workspace'],
    ['', 'Acme Workspace'],
  ])('%s does not find %s', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  it('a long text is found by any two characters of it', () => {
    expect(matches(searchCondition('平台的'), wordsOf('这个平台的所有功能'))).toBe(true);
    expect(matches(searchCondition('的'), wordsOf('这个平台的所有功能'))).toBe(false);
  });

  it('plurals are one word', () => {
    expect(['users', 'boxes', 'policies', 'gas', 'status', 'class', 'classes'].map(stem)).toEqual([
      ...['user', 'box', 'policy', 'gas', 'status', 'class', 'class'],
    ]);
  });

  const name = fc.string({
    unit: fc.constantFrom(...'云服务器数据库安全平台企业管理系统智能协作ab c1'),
    minLength: 1,
    maxLength: 16,
  });
  it('every part of a name finds it', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length;
        const part = text.slice(start, start + 1 + (length % 8));
        // a part that begins or ends within a word of letters is another word, but for the end of what is typed
        const cut = /[a-z0-9]$/.test(text.slice(0, start)) && /^[a-z0-9]/.test(part);
        const after = /[a-z0-9]$/.test(part) && /^[a-z0-9]/.test(text.slice(start + part.length));
        fc.pre(!cut && !after && part.trim() !== '');
        expect(finds(part, text), `${part} in ${text}`).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('a condition is bounded and never holds a sign that means something to PostgreSQL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const condition = searchCondition(text);
        expect(condition).toMatch(/^([\p{L}\p{N}' &|()]|:\*)*$/u);
        expect(searchWords(text).length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 100, examples: [['⺀'], ['云⺀服务器']] },
    );
  });
});
