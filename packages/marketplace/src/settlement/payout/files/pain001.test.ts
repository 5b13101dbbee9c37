/** A pain.001.001.09 message: its structure, its sums and its signs, for every currency, read back by another parser run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../platform/money.ts';
import { at, childrenOf, readXml, textAt, type XmlNode } from '../statement/xml-tree.ts';
import type { Instruction } from './instruction.ts';
import { isIdentifier, pain001 } from './pain001.ts';

const PAYER = {
  holder: '集市运营有限公司',
  bankName: '中国银行',
  bankCode: '104100000004',
  number: '6217000012345678',
};
const instruction = (more: Partial<Instruction> = {}): Instruction => ({
  runId: 'PO-CN-20260204-1',
  createdAt: new Date('2026-02-04T02:03:04.567Z'),
  executionDay: '2026-02-05',
  currency: 'CNY',
  payer: PAYER,
  payments: [
    {
      paymentId: 'R-CN-202601-4XKQ2M7PZT',
      amount: '1140.5',
      payee: {
        holder: 'Müller & Söhne <GmbH>',
        bankName: 'Testbank',
        bankCode: 'COBADEFFXXX',
        number: 'DE89370400440532013000',
      },
      remittance: 'R-CN-202601-4XKQ2M7PZT',
    },
  ],
  ...more,
});

function read(xml: string): XmlNode {
  const root = readXml(xml);
  if ('rule' in root) throw new Error(`${root.place} ${root.rule} ${root.seen}`);
  return root;
}
const names = (node: XmlNode | null): string[] => node?.children.map(({ name }) => name) ?? [];

describe('pain.001.001.09', () => {
  it('has the elements of the schema in its order, and the requisition as end-to-end id', () => {
    const xml = pain001(instruction());
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\s*<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.09">/,
    );
    const root = read(xml);
    const message = at(root, 'CstmrCdtTrfInitn');
    expect(names(message)).toEqual(['GrpHdr', 'PmtInf']);
    expect(names(at(message, 'GrpHdr'))).toEqual(['MsgId', 'CreDtTm', 'NbOfTxs', 'CtrlSum', 'InitgPty']);
    expect(textAt(message, 'GrpHdr', 'CreDtTm')).toBe('2026-02-04T02:03:04Z');
    const block = at(message, 'PmtInf');
    expect(names(block)).toEqual([
      ...[
        'PmtInfId',
        'PmtMtd',
        'NbOfTxs',
        'CtrlSum',
        'ReqdExctnDt',
        'Dbtr',
        'DbtrAcct',
        'DbtrAgt',
        'ChrgBr',
        'CdtTrfTxInf',
      ],
    ]);
    const payment = at(block, 'CdtTrfTxInf');
    expect(names(payment)).toEqual(['PmtId', 'Amt', 'CdtrAgt', 'Cdtr', 'CdtrAcct', 'RmtInf']);
    expect(textAt(payment, 'PmtId', 'EndToEndId')).toBe('R-CN-202601-4XKQ2M7PZT');
    expect(textAt(payment, 'Amt', 'InstdAmt')).toBe('1140.50');
    expect(at(payment, 'Amt', 'InstdAmt')?.attributes.get('Ccy')).toBe('CNY');
    expect(textAt(payment, 'CdtrAgt', 'FinInstnId', 'BICFI')).toBe('COBADEFFXXX');
    expect(textAt(payment, 'CdtrAcct', 'Id', 'IBAN')).toBe('DE89370400440532013000');
    expect(textAt(payment, 'Cdtr', 'Nm')).toBe('Müller & Söhne <GmbH>');
    const branch = at(block, 'DbtrAgt', 'FinInstnId', 'ClrSysMmbId');
    expect([textAt(branch, 'ClrSysId', 'Cd'), textAt(branch, 'MmbId')]).toEqual(['CNAPS', '104100000004']);
    expect(textAt(block, 'DbtrAcct', 'Id', 'Othr', 'Id')).toBe(PAYER.number);
  });

  it('counts its payments and adds them up, in each currency', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 999_999_999_99 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.constantFrom('CNY', 'USD', 'EUR'), (cents, currency) => {
        const [first] = instruction().payments;
        if (!first) throw new Error('no payment');
        const payments = cents.map((each, place) => ({
          ...first,
          paymentId: `R-CN-202601-${place}`,
          amount: decimal(each).dividedBy(100).toFixed(2),
        }));
        const message = at(read(pain001(instruction({ payments, currency }))), 'CstmrCdtTrfInitn');
        const block = at(message, 'PmtInf');
        const told = childrenOf(block, 'CdtTrfTxInf').map((each) => textAt(each, 'Amt', 'InstdAmt') ?? '');
        const sum = told.reduce((total, each) => total.plus(each), decimal('0')).toFixed(2);
        for (const counted of [at(message, 'GrpHdr'), block]) {
          expect(textAt(counted, 'NbOfTxs')).toBe(String(cents.length));
          expect(textAt(counted, 'CtrlSum')).toBe(sum);
        }
        expect(sum).toBe(
          decimal(cents.reduce((total, each) => total + each, 0))
            .dividedBy(100)
            .toFixed(2),
        );
        expect(textAt(block, 'DbtrAcct', 'Ccy')).toBe(currency);
      }),
      { numRuns: 15 },
    );
  });

  it('no id is longer than 35 characters or holds a sign that banks do not carry; no amount is zero or below', () => {
    for (const good of ['R-CN-202601-4XKQ2M7PZT-12', 'a/b', 'x'.repeat(35)]) expect(isIdentifier(good)).toBe(true);
    for (const bad of ['', 'x'.repeat(36), 'R_1', '申付单', '/a', 'a/', 'a//b', 'a&b'])
      expect(isIdentifier(bad)).toBe(false);
    const [payment] = instruction().payments;
    if (!payment) throw new Error('no payment');
    const withPayment = (more: Partial<typeof payment>) => () =>
      pain001(instruction({ payments: [{ ...payment, ...more }] }));
    expect(withPayment({ paymentId: 'x'.repeat(36) })).toThrow(RangeError);
    for (const amount of ['0.00', '-1.00', '1.005']) expect(withPayment({ amount })).toThrow(RangeError);
  });

  it('names are cut at 140 characters, control signs are spaces', () => {
    const [payment] = instruction().payments;
    if (!payment) throw new Error('no payment');
    const holder = `甲\u0007${'乙'.repeat(200)}`;
    const root = read(pain001(instruction({ payments: [{ ...payment, payee: { ...payment.payee, holder } }] })));
    const written = textAt(at(root, 'CstmrCdtTrfInitn', 'PmtInf', 'CdtTrfTxInf'), 'Cdtr', 'Nm') ?? '';
    expect([...written]).toHaveLength(140);
    expect(written.startsWith('甲 乙')).toBe(true);
  });
});
