/** Bills that passed their reviews, accounts and statements, for tests of pay-outs. */

import { type AccountOwner, saveBankAccount } from '../../directory/index.ts';
import { PREPAID, postEntry, sellerAccount } from '../../ledger/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { Result } from '../../platform/result.ts';

export const MAKER = { userId: 'maker', displayName: 'Maker' };
export const CHECKER = { userId: 'checker', displayName: 'Checker' };
const CLERK = 'clerk';

export async function enterAccount(
  { db, keys, clock }: Platform,
  owner: AccountOwner,
  number = '6222000011111111',
  userId = CLERK,
): Promise<void> {
  const account = { holder: `Holder of ${owner.id}`, bankName: '中国银行', bankCode: '104100000004', number };
  const by = { userId, at: clock.now() };
  const saved = await saveBankAccount({ executor: db, keys, site: 'CN' }, owner, account, by);
  if (!saved.ok) throw new Error(saved.refusal.message);
}

/** A requisition in review, with its bills in the ledger. @returns its id */
export async function dueRequisition(
  { db, clock, random }: Platform,
  due: { readonly sellerId: string; readonly name: string; readonly totals: readonly string[] },
): Promise<string> {
  const now = clock.now();
  const requisitionId = `R-CN-202511-${due.name}`;
  const total = due.totals.reduce((sum, each) => sum.plus(each), decimal('0')).toFixed(2);
  await sql`
    INSERT INTO settlement.requisitions (requisition_id, seller_id, class, site, currency, total, run_day, created_at)
    VALUES (${requisitionId}, ${due.sellerId}, ${due.name}, 'CN', 'CNY', ${total}::numeric, '2025-12-03', ${now})`.execute(
    db,
  );
  for (const [place, each] of due.totals.entries()) {
    const [billId, period] = [`B-${due.name}-${place}`, `2025${String(11 - place).padStart(2, '0')}`];
    await sql`
      INSERT INTO settlement.bills (bill_id, seller_id, class, site, currency, period, sales, total, platform_fee, cash, lines, state, nominal_run_day, run_day, created_at, released_at, requisition_id)
      VALUES (${billId}, ${due.sellerId}, ${due.name}, 'CN', 'CNY', ${period}, ${each}::numeric, ${each}::numeric, 0, ${each}::numeric, 1, 'REQUISITION_REVIEW', '2025-12-03', '2025-12-03', ${now}, ${now}, ${requisitionId})`.execute(
      db,
    );
    const amount = { amount: each, currency: 'CNY' as const };
    const entry = { entryId: uuid(random), kind: 'BILL' as const, reference: billId, traceId: billId };
    const postings = [
      { account: PREPAID, debit: amount },
      { account: sellerAccount(due.sellerId), credit: amount },
    ];
    await postEntry(db, { ...entry, postings }, now);
  }
  return requisitionId;
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}
export const codeOf = <T>(result: Result<T>): string => (result.ok ? 'done' : result.refusal.code);

/** In a transaction of its own, undone when it is refused. */
export async function asked<T>(platform: Platform, work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  const refused: Result<T>[] = [];
  try {
    return await inTransaction(platform.db, async (tx) => {
      const result = await work(tx);
      if (result.ok) return result;
      refused.push(result);
      throw new Error('refused');
    });
  } catch (error) {
    const [result] = refused;
    if (result) return result;
    throw error;
  }
}

export interface Line {
  readonly id: string;
  readonly amount: string;
  readonly back?: boolean;
  readonly day?: string;
  readonly name?: string;
  readonly account?: string;
}
/** A statement as a bank's site exports it. */
export function statementOf(lines: readonly Line[], name: string) {
  const rows = lines.map(
    ({ id, amount, back = false, day = '2025-12-08', name: payee = '', account = '' }) =>
      `${day},${back ? '贷' : '借'},${amount},${id},${payee},${account},${back ? 'AC04 账户已注销' : ''},${name}`,
  );
  return new TextEncoder().encode(
    `记账日期,借贷标志,金额,申付单号,对方户名,对方账号,退汇原因,备注\n${rows.join('\n')}\n`,
  );
}
