/**
 * ISO 20022 pain.001.001.09, customer credit transfer initiation: one message, one block of payments. Names keep to what
 * was checked when the account was entered; everything that identifies keeps to 35 characters of the restricted set. Pure.
 */
import { XMLBuilder } from 'fast-xml-parser';
import { isBranchCode, isIban } from '../../../directory/index.ts';
import { decimal } from '../../../platform/money.ts';
import type { Account, Instruction } from './instruction.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** Max35Text, without what SWIFT networks do not carry; no slash at an end, no two in a row */
const IDENTIFIER = /^(?!\/)(?!.*\/\/)[A-Za-z0-9/\-?:().,'+ ]{1,35}(?<!\/)$/;
const LONGEST_TEXT = 140;

/** @throws RangeError when an id or an amount is not what the schema takes: ours are made so, that is our own fault */
export function pain001(instruction: Instruction): string {
  const { runId, createdAt, executionDay, currency, payer, payments } = instruction;
  const counted = { NbOfTxs: String(payments.length), CtrlSum: controlSum(payments.map(({ amount }) => amount)) };
  const document = {
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    Document: {
      '@_xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: identifier(runId),
          CreDtTm: createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
          ...counted,
          InitgPty: { Nm: words(payer.holder) },
        },
        PmtInf: {
          PmtInfId: identifier(`${runId}-1`),
          PmtMtd: 'TRF',
          ...counted,
          ReqdExctnDt: { Dt: executionDay },
          Dbtr: { Nm: words(payer.holder) },
          DbtrAcct: { ...accountOf(payer), Ccy: currency },
          DbtrAgt: agentOf(payer),
          // each side bears its own bank's charges, so the payee gets the whole amount
          ChrgBr: 'SHAR',
          CdtTrfTxInf: payments.map(({ paymentId, amount, payee, remittance }) => ({
            PmtId: { InstrId: identifier(paymentId), EndToEndId: identifier(paymentId) },
            Amt: { InstdAmt: { '@_Ccy': currency, '#text': payable(amount) } },
            CdtrAgt: agentOf(payee),
            Cdtr: { Nm: words(payee.holder) },
            CdtrAcct: accountOf(payee),
            RmtInf: { Ustrd: words(remittance) },
          })),
        },
      },
    },
  };
  return new XMLBuilder({ ignoreAttributes: false, format: true }).build(document);
}

export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

function identifier(text: string): string {
  if (!isIdentifier(text)) throw new RangeError(`no identifier of a payment message: ${text}`);
  return text;
}

/** Plus zero is no payment; a cent is the smallest. */
function payable(amount: string): string {
  const value = decimal(amount);
  if (!value.isPositive() || value.isZero() || value.decimalPlaces() > 2 || value.toFixed(2).length > 18)
    throw new RangeError(`no amount that a bank pays: ${amount}`);
  return value.toFixed(2);
}

const controlSum = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), decimal('0')).toFixed(2);

const accountOf = ({ number }: Account) => ({ Id: isIban(number) ? { IBAN: number } : { Othr: { Id: number } } });

/** The branch by its number in the Chinese clearing, or the bank by its BIC. */
const agentOf = ({ bankCode, bankName }: Account) => ({
  FinInstnId: isBranchCode(bankCode)
    ? { ClrSysMmbId: { ClrSysId: { Cd: 'CNAPS' }, MmbId: bankCode }, Nm: words(bankName) }
    : { BICFI: bankCode, Nm: words(bankName) },
});

/** Cut by characters, not inside one. */
const words = (text: string): string => [...text.replaceAll(/\p{Cc}/gu, ' ').trim()].slice(0, LONGEST_TEXT).join('');
