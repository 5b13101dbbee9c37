/** Files of people: the template, import with its check, what was wrong as a file, export (E-16, E-17). */
import { Readable } from 'node:stream';
import {
  beginImport,
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  decideImport,
  type EnterpriseMember,
  type ImportJob,
  importById,
  importRows,
  importsOf,
  listMembers,
  type MemberQuery,
  SAMPLES,
} from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Executor } from '../../platform/database/database.ts';
import { toCsv } from '../../platform/exports/csv.ts';
import type { Row } from '../../platform/exports/definition.ts';
import { toXlsx } from '../../platform/exports/xlsx.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { administratorScope, enterpriseFor, enterpriseToChange } from './enterprise-reach.ts';
import { objectOf } from './enterprise-routes.ts';
import { done } from './enterprise-schemas.ts';
import * as schemas from './import-schemas.ts';
import { FAULT_WORDS, MEMBER_WORDS } from './import-words.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

type Language = 'zh' | 'en';
type Format = 'csv' | 'xlsx';
const DONE = { done: true } as const;
const SHOWN = 50;
/** rows in memory at a time */
const PAGE = 500;

export const importRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/import-template',
    summary: 'A file to begin with',
    action: 'people.import',
    query: schemas.fileQuery,
    response: schemas.file,
    async run(call, { format, language }) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const rows = SAMPLES.map((sample) => COLUMN_NAMES.map((name) => sample[name]?.[language] ?? null));
      return table('members-template', format, headings(language), pagesOf(rows));
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/members-file',
    summary: 'All members that the person may manage, as a file',
    action: 'people.import',
    query: schemas.fileQuery,
    response: schemas.file,
    async run(call, { format, language }) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      await writeAudit(
        call.platform.db,
        {
          ...{ actor: call.principal.userId, role: call.principal.role, action: 'members.export' },
          ...{ object: objectOf(found.value), result: 'done', ip: call.ip, requestId: call.requestId, traceId: null },
        },
        call.now,
      );
      const scope = await administratorScope(call, call.platform.db, found.value.enterpriseId);
      const query = { enterpriseId: found.value.enterpriseId, within: scope?.departments };
      const name = `${found.value.shortName}-members-${call.now.toISOString().slice(0, 10)}`;
      return table(name, format, headings(language), memberPages(call.platform.db, query, language));
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/imports',
    summary: 'Imports, newest first',
    action: 'people.import',
    query: noQuery,
    response: schemas.importJobs,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const listed = await importsOf(call.platform.db, found.value.enterpriseId, SHOWN, onlyOf(call));
      return ok({ items: listed.map(present) });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/imports',
    summary: 'Have a file checked that was sent before',
    action: 'people.import',
    body: schemas.newImport,
    response: schemas.importId,
    status: 201,
    async run(call, { fileId }, tx) {
      const found = await enterpriseToChange(call, tx);
      if (!found.ok) return found;
      const { buyerId, userId } = call.principal;
      const owner = { kind: 'buyer', id: buyerId ?? '' } as const;
      const scope = await administratorScope(call, tx, found.value.enterpriseId);
      const asked = { enterprise: found.value, fileId, owner, userId, scope };
      const begun = await beginImport(call.platform, tx, asked, call.now);
      if (!begun.ok) return begun;
      await auditDone(call, tx, {
        action: 'members.import',
        object: `${objectOf(found.value)} import:${begun.value}`,
        traceId: null,
      });
      return ok({ importId: begun.value });
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/imports/{importId}',
    summary: 'An import: how far it is, what was found',
    action: 'people.import',
    query: noQuery,
    response: schemas.importJob,
    async run(call) {
      const job = await importFor(call, call.platform.db);
      return job.ok ? ok(present(job.value)) : job;
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/imports/{importId}/rows',
    summary: 'Rows of the file with what is wrong with them',
    action: 'people.import',
    query: schemas.importRowQuery,
    response: schemas.importRowPage,
    async run(call, { faulty, cursor, limit }) {
      const job = await importFor(call, call.platform.db);
      if (!job.ok) return job;
      const query = { faultyOnly: faulty === 'true', after: cursor, limit: limit + 1 };
      const rows = await importRows(call.platform.db, job.value.importId, query);
      const items = rows.slice(0, limit).map((row) => ({ ...row, faults: [...row.faults] }));
      return ok({ items, nextCursor: rows.length > limit ? String(items.at(-1)?.row ?? 0) : null });
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/imports/{importId}/result',
    summary: 'The rows of the file with what became of them, as a file',
    action: 'people.import',
    query: schemas.fileQuery,
    response: schemas.file,
    async run(call, { format, language }) {
      const job = await importFor(call, call.platform.db);
      if (!job.ok) return job;
      const heads = [language === 'zh' ? '行' : 'Row', language === 'zh' ? '结果' : 'Result', ...headings(language)];
      return table('import-result', format, heads, resultPages(call.platform.db, job.value, language));
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/imports/{importId}/decision',
    summary: 'Take everything, the valid rows, or nothing',
    action: 'people.import',
    body: schemas.importDecision,
    response: done,
    async run(call, { decision }, tx) {
      const found = await enterpriseToChange(call, tx);
      if (!found.ok) return found;
      const job = await importFor(call, tx, true);
      if (!job.ok) return job;
      const decided = await decideImport(tx, job.value, decision, call.now);
      if (!decided.ok) return decided;
      const object = `${objectOf(found.value)} import:${job.value.importId}`;
      await auditDone(call, tx, { action: `members.import-${decision.toLowerCase()}`, object, traceId: null });
      return ok(DONE);
    },
  }),
];

/** A business administrator sees the own imports: others' rows are of people beyond the scope (E-15a). */
const onlyOf = ({ principal }: Call): string | undefined => (principal.role === 'EB' ? principal.userId : undefined);

async function importFor(call: Call, executor: Executor, lock = false): Promise<Result<ImportJob>> {
  const found = await enterpriseFor(call, executor);
  if (!found.ok) return found;
  const id = call.params.importId ?? '';
  const job = isUuid(id) ? await importById(executor, found.value.enterpriseId, id, lock) : null;
  const own = onlyOf(call);
  return job && (own === undefined || own === job.userId) ? ok(job) : refuse('NOT_FOUND', 'there is no such import');
}

function present(job: ImportJob): schemas.ImportJobView {
  const { importId, fileName, state, rowsRead, rowsTotal, rowsFaulty, members, departments, encoding } = job;
  return {
    ...{ importId, fileName, state, rowsRead, rowsTotal, rowsFaulty, members, departments, encoding },
    error: schemas.importJob.shape.error.parse(job.error),
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}

const headings = (language: Language): string[] => COLUMN_NAMES.map((name) => COLUMNS[name][language]);

async function* pagesOf(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

/** What is exported can be imported elsewhere: the same columns, the same words. */
async function* memberPages(
  executor: Executor,
  query: Pick<MemberQuery, 'enterpriseId' | 'within'>,
  language: Language,
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  do {
    const page = await listMembers(executor, { ...query, after, limit: PAGE });
    yield page.map((member) => memberRow(member, language));
    after = page.length === PAGE ? page.at(-1)?.userName.toLowerCase() : undefined;
  } while (after !== undefined);
}

function memberRow(member: EnterpriseMember & { departmentName: string }, language: Language): Row {
  const cells: Partial<Record<ColumnName, string>> = {
    ...{ departmentCode: member.departmentCode, userName: member.userName, name: member.name },
    ...{ position: member.position, employeeCode: member.employeeCode, mobile: member.mobile, email: member.email },
    ...{ workPlace: member.workPlace, entryDate: member.entryDate },
    employeeType: member.employeeType === null ? '' : MEMBER_WORDS[member.employeeType][language],
    role: MEMBER_WORDS[member.role][language],
    enabled: MEMBER_WORDS[member.enabled ? 'yes' : 'no'][language],
  };
  return COLUMN_NAMES.map((name) => cells[name] || null);
}

async function* resultPages(executor: Executor, job: ImportJob, language: Language): AsyncGenerator<readonly Row[]> {
  const taken = job.state === 'DONE' ? MEMBER_WORDS.taken[language] : MEMBER_WORDS.right[language];
  let after = 0;
  for (;;) {
    const page = await importRows(executor, job.importId, { faultyOnly: false, after, limit: PAGE });
    yield page.map(({ row, values, faults }) => [
      String(row),
      faults.map(({ column, code }) => `${COLUMNS[column][language]}: ${FAULT_WORDS[code][language]}`).join('; ') ||
        taken,
      ...COLUMN_NAMES.map((name) => values[name] ?? null),
    ]);
    after = page.at(-1)?.row ?? 0;
    if (page.length < PAGE) return;
  }
}

const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function table(name: string, format: Format, heads: readonly string[], pages: AsyncIterable<readonly Row[]>): Response {
  const columns = heads.map((title) => ({ title, kind: 'text' as const }));
  const content = format === 'csv' ? Readable.from(toCsv(columns, pages)) : toXlsx(columns, pages);
  return new Response(webStream(content), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** A reader that goes away ends the writing. */
function webStream(content: Readable): ReadableStream<Uint8Array> {
  const parts = content.iterator();
  return new ReadableStream({
    async pull(controller) {
      const { done: over, value } = await parts.next();
      if (over) controller.close();
      else controller.enqueue(Buffer.from(value));
    },
    cancel: () => void content.destroy(),
  });
}
