/** The audit log for the auditor, who sees all of it, and for the system administrator, who sees the own entries (O-50). */
import { z } from 'zod';
import { loginNames, userByLogin } from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { type AuditFilter, type AuditRecord, searchAudit } from '../../platform/audit-search.ts';
import type { Executor } from '../../platform/database/database.ts';
import { toCsv } from '../../platform/exports/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok } from '../../platform/result.ts';
import * as schemas from './audit-schemas.ts';
import { type Call, type ConsoleRoute, read } from './route.ts';

/** rows in memory at a time */
const BATCH = 1_000;
/** a table that a spreadsheet still opens; whoever needs more narrows the time */
const MOST_ROWS = 200_000;

export const auditRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/audit',
    summary: 'Who did what to which object, newest first',
    action: 'audit.view',
    query: schemas.auditQuery,
    response: schemas.auditPage,
    async run(call, query) {
      const { db } = call.platform;
      const before = query.cursor ? Number(decodeCursor(query.cursor)?.id ?? 0) : null;
      const found = await searchAudit(db, await filterOf(call, query), before, query.limit + 1);
      const page = toPage(found, query.limit, ({ at, seq }) => ({ at, id: String(seq) }));
      return ok({ items: await presented(db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/operator/audit-file',
    summary: 'The same as CSV, up to 200,000 rows; that it was taken is written down too',
    action: 'audit.view',
    query: schemas.auditFileQuery,
    response: z.string(),
    async run(call, query) {
      const { platform, principal, now, ip, requestId } = call;
      const { userId: actor, role } = principal;
      const entry = { actor, role, action: 'audit.export', object: 'audit-log', ip, requestId, traceId: null };
      await writeAudit(platform.db, { ...entry, result: 'done' }, now);
      const table = toCsv(columnsIn(query.language), pagesOf(platform.db, await filterOf(call, query)));
      return new Response(streamOf(table), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="audit-${now.toISOString().slice(0, 10)}.csv"`,
          'cache-control': 'no-store',
        },
      });
    },
  }),
];

type Asked = Omit<z.infer<typeof schemas.auditQuery>, 'cursor' | 'limit'>;

async function filterOf({ platform, principal }: Call, asked: Asked): Promise<AuditFilter> {
  const { actor, from, to, ...filter } = asked;
  const wanted = actor === undefined ? null : await actorsNamed(platform.db, actor);
  const own = principal.role === 'OS' ? [principal.userId] : null;
  return {
    ...filter,
    // of somebody else's the system administrator finds none
    actors: own && wanted ? own.filter((id) => wanted.includes(id)) : (own ?? wanted),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

async function actorsNamed(executor: Executor, name: string): Promise<string[]> {
  const user = await userByLogin(executor, name);
  return user ? [user.user_id] : [name];
}

async function presented(executor: Executor, records: readonly AuditRecord[]): Promise<schemas.AuditEntryView[]> {
  const logins = await loginNames(executor, [...new Set(records.map(({ actor }) => actor))]);
  return records.map(({ at, changes, ...record }) => ({
    ...record,
    changes: [...(changes ?? [])],
    at: at.toISOString(),
    loginName: logins.get(record.actor) ?? null,
  }));
}

async function* pagesOf(executor: Executor, filter: AuditFilter) {
  let before: number | null = null;
  for (let rows = 0; rows < MOST_ROWS; rows += BATCH) {
    const records: AuditRecord[] = await searchAudit(executor, filter, before, BATCH);
    yield (await presented(executor, records)).map((entry) => [
      ...[entry.at, entry.loginName ?? entry.actor, entry.role, entry.onBehalfOf, entry.action, entry.object],
      ...[entry.result, entry.ip, entry.requestId, changesText(entry)],
    ]);
    if (records.length < BATCH) return;
    before = records.at(-1)?.seq ?? null;
  }
}

const changesText = ({ changes }: schemas.AuditEntryView): string =>
  changes.map(({ field, before, after }) => `${field}: ${before ?? '∅'} → ${after ?? '∅'}`).join('; ');

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

const TITLES = {
  zh: ['时间（UTC）', '操作人', '角色', '代表', '操作', '对象', '结果', 'IP', '请求 ID', '变更'],
  en: ['Time (UTC)', 'Actor', 'Role', 'On behalf of', 'Action', 'Object', 'Result', 'IP', 'Request id', 'Changes'],
} as const;
const columnsIn = (language: keyof typeof TITLES) =>
  TITLES[language].map((title) => ({ title, kind: 'text' as const }));
