/** Each sentence that a rule refuses with has its Chinese. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explained, whyOf } from './why.ts';

const FALLBACK = whyOf('?').zh;

/** The sentences of the rules, with their places filled as they are at run time. */
function sentences(file: string): string[] {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const texts = [
    ...source.matchAll(/(?:refuse|no)\(\s*(?:'[A-Z_]+',\s*)?['`]([A-Z0-9][\w-]*[a-z]?(?:\.\d)?: [^'`]+)['`]/g),
  ];
  return texts.map(([, text = '']) => text.replace(/\$\{[^}]*\}/g, 'RELEASED'));
}

const all = [...sentences('instances/rules.ts'), ...sentences('ordering/refund-rules.ts')];

it('finds the sentences', () => expect(all.length).toBeGreaterThan(25));

it.each(all.filter((text) => !/: an instance that is|S7-11|S7-5: a self|S7-1:/.test(text)))('%s', (text) => {
  const { zh, en } = whyOf(text);
  expect(zh).not.toBe(FALLBACK);
  expect(en).toBe(text);
});

it('keeps code, message and facts, and adds what would help', () => {
  const refusal = { code: 'REFUND_NOT_ALLOWED', message: 'S7-2: the 5 days have ended', facts: { until: 'then' } };
  expect(explained(refusal)).toMatchObject({ ...refusal, facts: { until: 'then', helpEn: expect.any(String) } });
  expect(explained({ code: 'X', message: 'something else' })).toEqual({ code: 'X', message: 'something else' });
});
