/**
 * Files of a run for the bank. Each form is made once and kept as it was, sealed, with its checksum: whoever asks again
 * gets the same bytes, never a file made anew (two that differ would be two payments).
 */
import { createHash } from 'node:crypto';
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import { toCsv, toXlsx } from '../../../platform/exports/index.ts';
import { decimal } from '../../../platform/money.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { isUuid } from '../../../platform/uuid.ts';
import { lockPayout } from '../marking.ts';
import type { Person } from '../runs.ts';
import { FILE_CONTENT, PAYEE_ACCOUNT, PAYER_ACCOUNT } from '../schema.ts';
import type { PayoutState } from '../states.ts';
import type { Instruction } from './instruction.ts';
import { pain001 } from './pain001.ts';
import { columnsOf, rowsOf } from './table.ts';

/** What a bank may be given: an ISO 20022 message, or a table with headings in a language. */
export const FILE_FORMS = ['PAIN_001', 'CSV_ZH', 'CSV_EN', 'XLSX_ZH', 'XLSX_EN'] as const;
export type FileForm = (typeof FILE_FORMS)[number];

export interface PayoutFile {
  readonly fileId: string;
  readonly form: FileForm;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}
const COLUMNS = sql.raw(
  'file_id AS "fileId", form, name, bytes, sha256, made_by_name AS "madeBy", made_at AS "madeAt"',
);

export async function filesOfRun(executor: Executor, runId: string): Promise<PayoutFile[]> {
  const { rows } = await sql<PayoutFile>`
    SELECT ${COLUMNS} FROM settlement.payout_files WHERE run_id = ${runId} ORDER BY made_at, form`.execute(executor);
  return rows;
}

/** Refuses NOT_FOUND, and PAYOUT_STATE before the second person approved. @returns the file, made now or before */
export async function exportRun(
  platform: Platform,
  tx: Tx,
  { runId, form, by }: { readonly runId: string; readonly form: FileForm; readonly by: Person },
  now: Date,
): Promise<Result<PayoutFile>> {
  await lockPayout(tx, platform.config.site);
  const found = await instructionOf(platform, tx, runId);
  if (!found) return refuse('NOT_FOUND', 'there is no such pay-out run');
  const { state, instruction } = found;
  if (state !== 'APPROVED' && state !== 'COMPLETED')
    return refuse('PAYOUT_STATE', 'a run goes to the bank after a second person approved it', { state });
  const kept = (await filesOfRun(tx, runId)).find((file) => file.form === form);
  if (kept) return ok(kept);
  const content = await contentOf(form, instruction);
  const fileId = uuid(platform.random);
  const file: PayoutFile = {
    ...{ fileId, form, name: `${runId}.${ENDINGS[form]}`, bytes: content.length },
    sha256: createHash('sha256').update(content).digest('hex'),
    madeBy: by.displayName,
    madeAt: now,
  };
  const sealed = platform.keys.seal(content.toString('base64'), FILE_CONTENT);
  await sql`
    INSERT INTO settlement.payout_files (file_id, run_id, form, name, bytes, sha256, sealed, made_by_name, made_at)
    VALUES (${fileId}, ${runId}, ${form}, ${file.name}, ${file.bytes}, ${file.sha256}, ${sealed}, ${file.madeBy}, ${now})`.execute(
    tx,
  );
  return ok(file);
}

/** @throws Error when what comes back is not what was kept: the checksum is looked at each time */
export async function readPayoutFile(
  { db, keys }: Platform,
  fileId: string,
): Promise<(PayoutFile & { readonly runId: string; readonly content: Buffer }) | null> {
  if (!isUuid(fileId)) return null;
  const { rows } = await sql<PayoutFile & { runId: string; sealed: string }>`
    SELECT ${COLUMNS}, run_id AS "runId", sealed FROM settlement.payout_files WHERE file_id = ${fileId}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { sealed, ...file } = row;
  const content = Buffer.from(keys.open(sealed, FILE_CONTENT), 'base64');
  if (createHash('sha256').update(content).digest('hex') !== file.sha256)
    throw new Error(`the payment file ${fileId} is not as it was kept`);
  return { ...file, content };
}

const ENDINGS: Readonly<Record<FileForm, string>> = {
  PAIN_001: 'xml',
  CSV_ZH: 'zh.csv',
  CSV_EN: 'en.csv',
  XLSX_ZH: 'zh.xlsx',
  XLSX_EN: 'en.xlsx',
};
export const mediaTypeOf = (form: FileForm): string => {
  if (form === 'PAIN_001') return 'application/xml; charset=utf-8';
  return form.startsWith('CSV')
    ? 'text/csv; charset=utf-8'
    : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
};

async function contentOf(form: FileForm, instruction: Instruction): Promise<Buffer> {
  if (form === 'PAIN_001') return Buffer.from(pain001(instruction));
  const columns = columnsOf(form.endsWith('ZH') ? 'zh' : 'en');
  const write = form.startsWith('CSV') ? toCsv : toXlsx;
  const parts: Uint8Array[] = [];
  for await (const part of write(columns, pagesOf(instruction))) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
async function* pagesOf(instruction: Instruction) {
  yield rowsOf(instruction);
}

interface AccountRow {
  readonly holder: string;
  readonly bank_name: string;
  readonly bank_code: string;
  readonly sealed: string;
}

async function instructionOf(
  { keys, config: { site } }: Platform,
  executor: Executor,
  runId: string,
): Promise<{ state: PayoutState; instruction: Instruction } | null> {
  const account = ({ holder, bank_name, bank_code, sealed }: AccountRow, purpose: string) => ({
    ...{ holder, bankName: bank_name, bankCode: bank_code },
    number: keys.open(sealed, purpose),
  });
  const { rows } = await sql<
    AccountRow & { state: PayoutState; currency: string; execution_day: string; decided_at: Date | null; made_at: Date }
  >`SELECT holder, bank_name, bank_code, sealed, state, currency, execution_day, decided_at, made_at FROM settlement.payout_runs WHERE run_id = ${runId} AND site = ${site}`.execute(
    executor,
  );
  const [run] = rows;
  if (!run) return null;
  const { rows: payments } = await sql<AccountRow & { payment_id: string; amount: string }>`
    SELECT payment_id, amount, holder, bank_name, bank_code, sealed FROM settlement.payments WHERE run_id = ${runId} ORDER BY payment_id`.execute(
    executor,
  );
  return {
    state: run.state,
    instruction: {
      runId,
      // each file of the run says the same
      createdAt: run.decided_at ?? run.made_at,
      executionDay: run.execution_day,
      currency: run.currency,
      payer: account(run, PAYER_ACCOUNT),
      payments: payments.map((payment) => ({
        paymentId: payment.payment_id,
        amount: decimal(payment.amount).toFixed(2),
        payee: account(payment, PAYEE_ACCOUNT),
        // banks that know no end-to-end id repeat this one
        remittance: payment.payment_id,
      })),
    },
  };
}
