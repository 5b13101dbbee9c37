/** Why a statement can not be taken in: place, rule, what was seen there. One fault, and nothing of the file is kept. Pure. */
import type { LocalizedText } from '../../../catalog/index.ts';

export interface StatementFault {
  /** a path of the XML, `line 12` of a table, or the file */
  readonly place: string;
  readonly rule: FaultRule;
  readonly seen: string;
}

const TEXTS = {
  SIZE: { zh: '文件不能超过 5 MB', en: 'a statement has at most 5 MB' },
  EMPTY: { zh: '文件为空', en: 'the file is empty' },
  ENCODING: {
    zh: '文字编码无法识别，请使用 UTF-8 或 GBK',
    en: 'the character encoding is not recognised; use UTF-8 or GBK',
  },
  DOCTYPE: {
    zh: '银行对账单不含 DTD 和实体定义，含有的文件一律拒绝',
    en: 'a bank statement has no DTD and defines no entities; files that do are refused',
  },
  SYNTAX: { zh: 'XML 格式错误', en: 'this is no well-formed XML' },
  NAMESPACE: {
    zh: '应为 camt.053.001.02 或 camt.053.001.08 报文',
    en: 'a camt.053.001.02 or camt.053.001.08 message is expected',
  },
  MISSING: { zh: '缺少必填项', en: 'a required element is missing' },
  AMOUNT: { zh: '应为不带负号的金额，例如 1140.00', en: 'an amount such as 1140.00 is expected' },
  CURRENCY: { zh: '应为三位币种代码，例如 CNY', en: 'a currency code such as CNY is expected' },
  DATE: { zh: '应为真实存在的日期，例如 2026-02-04', en: 'a real date such as 2026-02-04 is expected' },
  FUTURE: { zh: '记账日期晚于今天', en: 'the booking date lies in the future' },
  DIRECTION: { zh: '应说明借贷方向：借/贷、支出/收入或 DBIT/CRDT', en: 'a direction is expected: debit or credit' },
  HEADING: {
    zh: '未找到标题行：至少要有记账日期和金额两列',
    en: 'no heading was found: columns for booking date and amount are needed',
  },
  DOUBLE_COLUMN: { zh: '两列含义相同', en: 'two columns mean the same' },
  QUOTE: { zh: '引号没有结束', en: 'a quotation mark is not closed' },
  MANY: { zh: '一份对账单最多 10000 笔', en: 'a statement has at most 10,000 entries' },
  ACCOUNT: {
    zh: '该对账单不是市场付款账户的',
    en: 'this is the statement of another account than the one the marketplace pays from',
  },
} as const;
export type FaultRule = keyof typeof TEXTS;
export const faultText = (rule: FaultRule): LocalizedText => TEXTS[rule];

/** as many as somebody reads before mending the file */
export const MOST_FAULTS = 50;
