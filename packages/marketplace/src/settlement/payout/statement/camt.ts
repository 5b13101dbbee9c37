/** camt.053 (versions 001.02 and 001.08): a bank's end-of-day statement, its booked entries one payment each. Pure. */
import type { Statement, StatementEntry } from './entry.ts';
import { type FaultRule, MOST_FAULTS, type StatementFault } from './faults.ts';
import { amountOf, dayOf } from './values.ts';
import { at, childrenOf, readXml, textAt, type XmlNode } from './xml-tree.ts';

const KNOWN = /xmlns(?::[\w.-]+)?\s*=\s*["']urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:02|08)["']/;

export const looksLikeXml = (text: string): boolean => /^\uFEFF?\s*</.test(text);

export function readCamt(text: string): Statement | readonly StatementFault[] {
  const root = readXml(text);
  if ('rule' in root) return [root];
  const message = at(root, 'BkToCstmrStmt');
  if (root.name !== 'Document' || message === null || !KNOWN.test(text))
    return [
      {
        place: root.path,
        rule: 'NAMESPACE',
        seen: /xmlns(?::[\w.-]+)?\s*=\s*["']([^"']{0,80})/.exec(text)?.[1] ?? root.name,
      },
    ];
  const faults: StatementFault[] = [];
  const entries: StatementEntry[] = [];
  let notBooked = 0;
  const statements = childrenOf(message, 'Stmt');
  for (const statement of statements)
    for (const booking of childrenOf(statement, 'Ntry')) {
      if (!isBooked(booking)) notBooked += 1;
      else entries.push(...paymentsOf(booking, faults));
      if (faults.length >= MOST_FAULTS) return faults;
    }
  if (statements.length === 0) faults.push({ place: message.path, rule: 'MISSING', seen: 'Stmt' });
  if (faults.length > 0) return faults;
  const accounts = new Set(statements.map((each) => accountOf(at(each, 'Acct'))));
  const [account = null] = accounts.size === 1 ? accounts : [];
  return { format: 'CAMT_053', account, entries, notBooked };
}

/** The status is a text in version 02, an element in version 08; BOOK = it has happened. */
const isBooked = (booking: XmlNode): boolean =>
  (textAt(booking, 'Sts', 'Cd') ?? textAt(booking, 'Sts') ?? 'BOOK') === 'BOOK';

/** One entry; a batch that the bank explains is as many as it names. */
function paymentsOf(booking: XmlNode, faults: StatementFault[]): StatementEntry[] {
  const fault = (rule: FaultRule, node: XmlNode | null, name: string): null => {
    faults.push({
      place: node?.path ?? `${booking.path}/${name}`,
      rule: node === null ? 'MISSING' : rule,
      seen: node?.text.slice(0, 80) ?? '',
    });
    return null;
  };
  const bookedNode = at(booking, 'BookgDt', 'Dt') ?? at(booking, 'BookgDt', 'DtTm');
  const bookedOn = dayOf(bookedNode?.text ?? '') ?? fault('DATE', bookedNode, 'BookgDt');
  const details = childrenOf(booking, 'NtryDtls').flatMap((each) => childrenOf(each, 'TxDtls'));
  const parts = details.length > 1 && details.every((each) => amountNode(each) !== null) ? details : [null];
  return parts.flatMap((part) => {
    const about = part ?? (details.length === 1 ? (details[0] ?? null) : null);
    const amount = part === null ? at(booking, 'Amt') : amountNode(part);
    const value = amountOf(amount?.text ?? '') ?? fault('AMOUNT', amount, 'Amt');
    const written = amount?.attributes.get('Ccy') ?? '';
    const currency = /^[A-Z]{3}$/.test(written) ? written : fault('CURRENCY', amount, 'Amt');
    const sign = at(part, 'CdtDbtInd') ?? at(booking, 'CdtDbtInd');
    const direction = directionOf(sign?.text ?? '') ?? fault('DIRECTION', sign, 'CdtDbtInd');
    if (bookedOn === null || value === null || currency === null || direction === null) return [];
    const sides = direction === 'DEBIT' ? (['Cdtr'] as const) : (['Dbtr', 'Cdtr'] as const);
    return [
      {
        place: (part ?? booking).path,
        direction,
        bookedOn,
        amount: value,
        currency,
        endToEndId: known(textAt(about, 'Refs', 'EndToEndId')),
        bankReference: textAt(about, 'Refs', 'AcctSvcrRef') ?? textAt(booking, 'AcctSvcrRef'),
        name: first(sides, (side) => nameOf(at(about, 'RltdPties', side))),
        account: first(sides, (side) => accountOf(at(about, 'RltdPties', `${side}Acct`))),
        remark: remarkOf(about) ?? textAt(booking, 'AddtlNtryInf'),
        reversal: textAt(booking, 'RvslInd') === 'true',
        reason: reasonOf(about),
      },
    ];
  });
}

/** Version 08 says it directly, version 02 among the amounts. */
const amountNode = (details: XmlNode): XmlNode | null => at(details, 'Amt') ?? at(details, 'AmtDtls', 'TxAmt', 'Amt');

const directionOf = (text: string): 'DEBIT' | 'CREDIT' | null =>
  text.trim() === 'DBIT' ? 'DEBIT' : text.trim() === 'CRDT' ? 'CREDIT' : null;

/** What stands there when the payer gave nothing is no reference. */
const known = (reference: string | null): string | null =>
  reference === null || /^NOT ?PROVIDED$/i.test(reference) ? null : reference;

const nameOf = (party: XmlNode | null): string | null => textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm');
const accountOf = (account: XmlNode | null): string | null =>
  textAt(account, 'Id', 'IBAN') ?? textAt(account, 'Id', 'Othr', 'Id');

function remarkOf(details: XmlNode | null): string | null {
  const lines = childrenOf(at(details, 'RmtInf'), 'Ustrd').map(({ text }) => text.trim());
  return lines.filter((line) => line !== '').join(' ') || textAt(details, 'AddtlTxInf');
}

function reasonOf(details: XmlNode | null): string | null {
  const returned = at(details, 'RtrInf');
  const code = textAt(returned, 'Rsn', 'Cd') ?? textAt(returned, 'Rsn', 'Prtry');
  const words = childrenOf(returned, 'AddtlInf').map(({ text }) => text.trim());
  return [code, ...words].filter((each) => each).join(' ') || null;
}

function first<T>(sides: readonly T[], look: (side: T) => string | null): string | null {
  for (const side of sides) {
    const found = look(side);
    if (found !== null) return found;
  }
  return null;
}
