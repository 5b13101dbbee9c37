/** S2-1, O-2: what a bank would not take is refused when it is entered, by the member that does not fit. */
import { describe, expect, it } from 'vitest';
import {
  accountTail,
  type BankAccountInput,
  checkedAccount,
  isBranchCode,
  isIban,
  latin,
} from './bank-account-rules.ts';

const CHINESE: BankAccountInput = {
  holder: '星云科技（深圳）有限公司',
  bankName: '中国银行',
  bankCode: '1041 0000 0004',
  number: '6217 0000 1234 5678',
};
const GERMAN: BankAccountInput = {
  holder: 'Müller & Söhne GmbH',
  bankName: 'Commerzbank',
  bankCode: 'cobadeffxxx',
  number: 'DE89 3704 0044 0532 0130 00',
};
const memberOf = (input: BankAccountInput, site: 'CN' | 'INTL' | 'EU'): string => {
  const checked = checkedAccount(input, site);
  return 'account' in checked ? 'none' : (checked.facts?.member ?? '?');
};

describe('a bank account', () => {
  it('S2-1: is kept without the spaces that people write it with; outside China in Latin letters', () => {
    expect(checkedAccount(CHINESE, 'CN')).toEqual({
      account: { ...CHINESE, bankCode: '104100000004', number: '6217000012345678' },
    });
    expect(checkedAccount(GERMAN, 'EU')).toEqual({
      account: {
        ...{ holder: 'Muller + Sohne GmbH', bankName: 'Commerzbank' },
        ...{ bankCode: 'COBADEFFXXX', number: 'DE89370400440532013000' },
      },
    });
  });

  it('is refused by the member that does not fit', () => {
    expect(memberOf({ ...GERMAN, number: 'DE88370400440532013000' }, 'EU')).toBe('number');
    expect(memberOf({ ...GERMAN, number: '6217000012345678' }, 'EU')).toBe('number');
    expect(memberOf({ ...GERMAN, bankCode: '104100000004' }, 'EU')).toBe('bankCode');
    expect(memberOf({ ...GERMAN, holder: '星云' }, 'INTL')).toBe('holder');
    expect(memberOf({ ...CHINESE, holder: 'a\u0000b' }, 'CN')).toBe('holder');
    expect(memberOf({ ...CHINESE, bankName: 'x'.repeat(141) }, 'CN')).toBe('bankName');
    expect(memberOf({ ...CHINESE, bankCode: '12345' }, 'CN')).toBe('bankCode');
    expect(memberOf({ ...CHINESE, number: '1234' }, 'CN')).toBe('number');
    expect(memberOf({ ...CHINESE, number: 'GB82WEST12345698765433' }, 'CN')).toBe('number');
  });

  it('knows IBANs, branch codes and what lists may show', () => {
    expect(['GB82 WEST 1234 5698 7654 32'.replaceAll(' ', ''), 'DE89370400440532013000'].map(isIban)).toEqual([
      true,
      true,
    ]);
    expect(isIban('GB82WEST12345698765431')).toBe(false);
    expect([isBranchCode('104100000004'), isBranchCode('COBADEFF')]).toEqual([true, false]);
    expect(accountTail('6217 0000 1234 5678')).toBe('5678');
    expect(latin('Ægir  Ångström & Søn')).toBe('Ægir Angstrom + Søn');
  });
});
