/** The payments of a run as a table, for banks that take CSV or a workbook; headings in Chinese or English. Pure. */
import type { ExportColumn, ExportLanguage, Row } from '../../../platform/exports/index.ts';
import type { Instruction } from './instruction.ts';

const TITLES = [
  ['申付单号', 'Requisition', 'text'],
  ['收款人户名', 'Payee', 'text'],
  ['收款人账号', 'Payee account', 'text'],
  ['收款银行', 'Payee bank', 'text'],
  ['联行号/BIC', 'Branch code or BIC', 'text'],
  ['金额', 'Amount', 'decimal'],
  ['币种', 'Currency', 'text'],
  ['付款日期', 'Execution date', 'text'],
  ['付款人户名', 'Payer', 'text'],
  ['付款账号', 'Payer account', 'text'],
  ['附言', 'Remittance information', 'text'],
] as const;

export const columnsOf = (language: ExportLanguage): ExportColumn[] =>
  TITLES.map(([zh, en, kind]) => ({ title: language === 'zh' ? zh : en, kind }));

export const rowsOf = ({ payments, payer, currency, executionDay }: Instruction): Row[] =>
  payments.map(({ paymentId, payee, amount, remittance }) => [
    paymentId,
    payee.holder,
    payee.number,
    payee.bankName,
    payee.bankCode,
    amount,
    currency,
    executionDay,
    payer.holder,
    payer.number,
    remittance,
  ]);
