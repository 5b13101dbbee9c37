/** S4-7, S-7: a company that has left is known again however its name is typed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKeys } from './leaving-rules.ts';

const same = (one: string, other: string) =>
  companyKeys({ name: one, email: '' }).some((key) => companyKeys({ name: other, email: '' }).includes(key));

describe('S4-7: the company that left', () => {
  it.each([
    ['上海风软件（集团）有限公司', '上海风软件(集团)有限公司'],
    ['Wind Software Co., Ltd.', 'WIND  SOFTWARE CO LTD'],
    ['ＡＢＣ科技', 'abc 科技'],
  ])('%s is %s', (one, other) => expect(same(one, other)).toBe(true));

  it.each([
    ['上海风软件有限公司', '北京风软件有限公司'],
    ['Wind Software', 'Wind Software 2'],
    ['（）', '--'],
  ])('%s is not %s', (one, other) => expect(same(one, other)).toBe(false));

  it('the mailbox of the account names it too, whatever the name', () => {
    const [one, other] = [
      companyKeys({ name: 'a', email: ' Info@Example.com' }),
      companyKeys({ name: 'b', email: 'info@example.com' }),
    ];
    expect(one.filter((key) => other.includes(key))).toEqual(['mail:info@example.com']);
    expect(companyKeys({ name: '', email: '' })).toEqual([]);
  });

  it('spaces, signs and case between never make it another company', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9\u4e00-\u9fa5]{1,6}$/), { minLength: 1, maxLength: 5 });
    const between = fc.constantFrom('', ' ', '-', '（', ' . ', '\u3000');
    fc.assert(
      fc.property(words, between, between, (parts, one, other) => {
        expect(same(parts.join(one), parts.join(other).toUpperCase())).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
