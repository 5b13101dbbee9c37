/** The log of calls to the Open API: what sellers' programs asked and what they were told, for some days. */
import { type Executor, executeUnanswered, sql } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';

export const API_REQUEST_DAYS = 7;

export const apiRequestsSchema: Migration = {
  id: '0006-api-requests',
  sql: `
CREATE TABLE platform.api_requests (
  request_id text NOT NULL, at timestamptz NOT NULL, ak text, seller_id text, method text NOT NULL, path text NOT NULL,
  status int NOT NULL, code text NOT NULL, message text NOT NULL, findings jsonb NOT NULL, bytes int NOT NULL, duration_ms int NOT NULL,
  PRIMARY KEY (request_id, at)
);
CREATE INDEX ON platform.api_requests (seller_id, at DESC, request_id DESC) WHERE seller_id IS NOT NULL;
CREATE INDEX ON platform.api_requests (at);
`,
};

/** What was wrong, and what to do, in both languages. */
export interface ApiFinding {
  readonly code: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly fix: { readonly zh: string; readonly en: string };
}
export interface ApiRequest {
  readonly requestId: string;
  readonly at: Date;
  /** as the call named it; null = it named none */
  readonly ak: string | null;
  /** whose key it is; null = nobody's: such calls are for operators to see */
  readonly sellerId: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly findings: readonly ApiFinding[];
  readonly bytes: number;
  readonly durationMs: number;
}

export async function logApiRequest(executor: Executor, r: ApiRequest): Promise<void> {
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO platform.api_requests (request_id, at, ak, seller_id, method, path, status, code, message, findings, bytes, duration_ms)
    VALUES (${r.requestId}, ${r.at}, ${r.ak}, ${r.sellerId}, ${r.method}, ${r.path}, ${r.status}, ${r.code}, ${r.message}, ${JSON.stringify(r.findings)}::jsonb,
      ${r.bytes}, ${r.durationMs}) ON CONFLICT DO NOTHING`,
  );
}

export interface ApiRequestQuery {
  /** null = of everybody */
  readonly sellerId: string | null;
  readonly requestId?: string | undefined;
  readonly refusedOnly: boolean;
  readonly ak?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first. */
export async function listApiRequests(executor: Executor, query: ApiRequestQuery): Promise<ApiRequest[]> {
  const conditions = [
    query.sellerId === null ? sql`true` : sql`seller_id = ${query.sellerId}`,
    ...(query.requestId === undefined ? [] : [sql`request_id = ${query.requestId}`]),
    ...(query.ak === undefined ? [] : [sql`ak = ${query.ak}`]),
    ...(query.refusedOnly ? [sql`jsonb_array_length(findings) > 0`] : []),
    ...(query.before === null ? [] : [sql`(at, request_id) < (${query.before.at}, ${query.before.id})`]),
  ];
  const { rows } = await sql<ApiRequest>`
    SELECT request_id AS "requestId", at, ak, seller_id AS "sellerId", method, path, status, code, message, findings, bytes, duration_ms AS "durationMs"
    FROM platform.api_requests WHERE ${sql.join(conditions, sql` AND `)} ORDER BY at DESC, request_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows;
}

export async function forgetApiRequests(executor: Executor, before: Date, limit: number): Promise<void> {
  await sql`DELETE FROM platform.api_requests WHERE ctid IN (SELECT ctid FROM platform.api_requests WHERE at < ${before} LIMIT ${limit})`.execute(
    executor,
  );
}
