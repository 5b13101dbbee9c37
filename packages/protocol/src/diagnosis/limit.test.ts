import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnosis.ts';
import { limited } from './limit.ts';

/** A list of findings stays readable, and says so where it was cut. */
describe('limited', () => {
  const findings = Array.from({ length: 25 }, (_, index) => diagnose('body.member-missing', { seen: `n${index}` }));

  it('leaves 20 findings as they are', () => expect(limited(findings.slice(0, 20))).toEqual(findings.slice(0, 20)));

  it('counts what it leaves out', () => {
    expect(limited(findings)).toHaveLength(20);
    expect(limited(findings).at(-2)?.seen).toBe('n18');
    expect(limited(findings).at(-1)?.seen).toBe('n19 … and 5 more');
  });

  it('leaves nothing as it is', () => expect(limited([])).toEqual([]));
});
