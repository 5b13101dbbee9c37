/** The same payments as a table: headings in either language, account numbers whole, nothing a spreadsheet would compute. */
import { expect, it } from 'vitest';
import { toCsv } from '../../../platform/exports/index.ts';
import type { Instruction } from './instruction.ts';
import { columnsOf, rowsOf } from './table.ts';

const payee = { holder: '=1+1, 有限公司', bankName: '中国银行', bankCode: '104100000004', number: '6222000011111111' };
const instruction: Instruction = {
  runId: 'PO-CN-20260204-1',
  createdAt: new Date('2026-02-04T02:00:00Z'),
  executionDay: '2026-02-05',
  currency: 'CNY',
  payer: { ...payee, holder: '集市', number: '6217000012345678' },
  payments: [{ paymentId: 'R-CN-202601-A', amount: '1140.50', payee, remittance: 'R-CN-202601-A' }],
};

async function csv(language: 'zh' | 'en'): Promise<string[]> {
  const parts: Uint8Array[] = [];
  for await (const part of toCsv(columnsOf(language), pages())) parts.push(part);
  return Buffer.concat(parts).toString('utf8').split('\r\n');
}
async function* pages() {
  yield rowsOf(instruction);
}

it('a bank gets its table in either language', async () => {
  const [[zh, row], [en, same]] = await Promise.all([csv('zh'), csv('en')]);
  expect(zh).toBe(
    '\uFEFF申付单号,收款人户名,收款人账号,收款银行,联行号/BIC,金额,币种,付款日期,付款人户名,付款账号,附言',
  );
  expect(en).toMatch(/^\uFEFFRequisition,Payee,Payee account,/);
  expect(row).toBe(
    'R-CN-202601-A,"\'=1+1, 有限公司",6222000011111111,中国银行,104100000004,1140.50,CNY,2026-02-05,集市,6217000012345678,R-CN-202601-A',
  );
  expect(same).toBe(row);
});
