/** What a bank account has to look like on a site, so that a bank takes the payment (ISO 13616, ISO 9362, CNAPS). Pure. */
import type { Refusal } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';

export interface BankAccountInput {
  /** as the bank knows the holder */
  readonly holder: string;
  readonly bankName: string;
  /** a BIC; in China the 12 digits of the bank's branch (联行号) too */
  readonly bankCode: string;
  /** an IBAN, or the number that the bank gave */
  readonly number: string;
}

/** Without the spaces and hyphens that people group digits by. */
export const plainAccount = (written: string): string => written.replaceAll(/[\s-]/g, '').toUpperCase();
/** The last four digits are enough to tell accounts apart, and too few to pay to. */
export const accountTail = (number: string): string => plainAccount(number).slice(-4);
export const isIban = (number: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number) && ibanRemainder(number) === 1;
export const isBranchCode = (code: string): boolean => /^\d{12}$/.test(code);

const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
/** what banks outside China take in names (EPC 217-08) */
const LATIN = /^[A-Za-z0-9/\-?:().,'+ ]+$/;
const LONGEST_NAME = 140;

/** Letters with marks become plain ones: é = e. */
export const latin = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('&', '+')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** @returns the account as it is kept, or why no bank would take it */
export function checkedAccount(input: BankAccountInput, site: Site): { account: BankAccountInput } | Refusal {
  const number = plainAccount(input.number);
  const bankCode = plainAccount(input.bankCode);
  const chinese = site === 'CN';
  const named = (text: string) => (chinese ? text.normalize('NFC').trim() : latin(text));
  const [holder, bankName] = [named(input.holder), named(input.bankName)];
  for (const [member, name] of [
    ['holder', holder],
    ['bankName', bankName],
  ] as const) {
    if (name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
      return fault(member, `1 to ${LONGEST_NAME} characters without control characters are expected`);
    if (!chinese && !LATIN.test(name))
      return fault(member, "banks outside China take Latin letters, digits and / - ? : ( ) . , ' + only");
  }
  if (!BIC.test(bankCode) && !(chinese && isBranchCode(bankCode)))
    return fault('bankCode', chinese ? 'a BIC or the 12 digits of the branch are expected' : 'a BIC is expected');
  if (site === 'EU' && !isIban(number)) return fault('number', 'an IBAN whose check digits are right is expected');
  if (!/^[A-Z0-9]{5,34}$/.test(number)) return fault('number', '5 to 34 digits or letters are expected');
  if (/^[A-Z]{2}\d{2}/.test(number) && !isIban(number))
    return fault('number', 'the check digits of this IBAN are wrong');
  return { account: { holder, bankName, bankCode, number } };
}

/** ISO 7064, mod 97: letters count 10 to 35, the first four characters go to the end. */
function ibanRemainder(number: string): number {
  let remainder = 0;
  for (const sign of number.slice(4) + number.slice(0, 4))
    for (const digit of String(Number.parseInt(sign, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

const fault = (member: keyof BankAccountInput, rule: string): Refusal => ({
  code: 'BANK_ACCOUNT',
  message: `${member}: ${rule}`,
  facts: { member },
});
