/**
 * The books in the words of other programs: journals of hledger and beancount. Pure; an account or a reference may hold
 * what such a program would read as something else, so names are turned into what it allows.
 */
import { accountKind, accountParts } from './accounts.ts';

export const JOURNAL_FORMATS = ['hledger', 'beancount'] as const;
export type JournalFormat = (typeof JOURNAL_FORMATS)[number];

export interface JournalPosting {
  readonly account: string;
  readonly currency: string;
  /** a debit is positive, a credit negative */
  readonly amount: string;
}

export interface JournalEntry {
  /** `YYYY-MM-DD`, the day on which it stands in the books */
  readonly day: string;
  readonly title: string;
  readonly reference: string;
  /** further facts by name */
  readonly notes: Readonly<Record<string, string>>;
  readonly postings: readonly JournalPosting[];
}

interface JournalAccount {
  readonly account: string;
  /** the day of its first posting in this journal */
  readonly day: string;
  readonly currencies: readonly string[];
}

interface Words {
  header(title: string): string;
  account(account: JournalAccount): string;
  /** after all accounts: what `hledger check --strict` wants to be told, and how many decimals amounts are shown with */
  commodities(currencies: readonly string[]): string;
  entry(entry: JournalEntry): string;
}

const hledger: Words = {
  header: (title) => `; ${oneLine(title)}\n`,
  account: ({ account }) => `account ${accountPath(account)}\n`,
  commodities: (currencies) => currencies.map((currency) => `commodity 1000.00 ${currency}\n`).join(''),
  entry: ({ day, title, reference, notes, postings }) =>
    `\n${day} * ${plainText(`${title} ${reference}`)}\n${lines(notes, (name, value) => `    ; ${name}: ${oneLine(value)}\n`)}${postings
      .map((each) => `    ${accountPath(each.account)}  ${cents(each.amount)} ${each.currency}\n`)
      .join('')}`,
};

const beancount: Words = {
  header: (title) => `; ${oneLine(title)}\noption "title" ${quoted(title)}\n`,
  account: ({ account, day, currencies }) => `${day} open ${accountPath(account)} ${currencies.join(',')}\n`,
  commodities: () => '',
  entry: ({ day, title, reference, notes, postings }) =>
    `\n${day} * ${quoted(title)} ${quoted(reference)}\n${lines(notes, (name, value) => `  ${name}: ${quoted(value)}\n`)}${postings
      .map((each) => `  ${accountPath(each.account)}  ${cents(each.amount)} ${each.currency}\n`)
      .join('')}`,
};

export const JOURNAL_WORDS: Readonly<Record<JournalFormat, Words>> = { hledger, beancount };

/** `Liabilities:Buyers:B-<id>`: parts of letters, digits and hyphens that begin with a capital, which both programs take. */
export function accountPath(account: string): string {
  const { kind, holder } = accountParts(account);
  const { path } = accountKind(kind);
  const parts = path.map((part) => (/^[A-Z][A-Za-z0-9-]*$/.test(part) ? part : `X-${escaped(part)}`));
  return (holder === null ? parts : [...parts, `${(path.at(-1) ?? 'X').charAt(0)}-${escaped(holder)}`]).join(':');
}

/** Other characters by their code, so that two names never become one. */
const escaped = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9]/g, (sign) => (sign === '-' ? '-' : `-u${sign.charCodeAt(0).toString(16)}-`));

/** At least two decimals: both programs show amounts with as many as they were written with. */
function cents(amount: string): string {
  const [whole = '', part = ''] = amount.split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n\t]+/g, ' ');
/** hledger: a semicolon begins a comment, a bar divides payee and note */
const plainText = (text: string): string => oneLine(text).replaceAll(/[;|]/g, ',');
const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const lines = (notes: Readonly<Record<string, string>>, line: (name: string, value: string) => string): string =>
  Object.entries(notes)
    .map(([name, value]) => line(name, value))
    .join('');
