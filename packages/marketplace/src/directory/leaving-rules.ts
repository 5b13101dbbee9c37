/**
 * By what the company of a seller is known again, once it has left: it cannot join again (settlement.md S4-7, S-7). Its name,
 * however it is typed, and the mailbox of the account. Pure.
 */

export interface Company {
  readonly name: string;
  readonly email: string;
}

/** The same for “Shanghai Wind（Software） Co., Ltd” and “SHANGHAI WIND (SOFTWARE) CO LTD”: widths, case, spaces and signs do not count. */
export function companyKeys({ name, email }: Company): string[] {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '');
  const mailbox = email.trim().toLowerCase();
  return [...(plain === '' ? [] : [`name:${plain}`]), ...(mailbox === '' ? [] : [`mail:${mailbox}`])];
}
