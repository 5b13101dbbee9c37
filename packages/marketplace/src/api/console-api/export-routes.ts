/** Exports of whoever is signed in: asked for here, written by a worker, fetched by a link of one's own (S5-11, S5-12). */
import { type Action, type Principal, type Scope, scopeOf } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { type ExportJob, expiryOf, exportsOfUser, requestExport } from '../../platform/exports/index.ts';
import { fileLink } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, refuse } from '../../platform/result.ts';
import { billDetail } from '../../settlement/index.ts';
import { billsClosed, transactionsClosed } from '../seller-precondition.ts';
import { rangeOf } from './activity-routes.ts';
import * as schemas from './export-schemas.ts';
import { type ConsoleRoute, command, noQuery, read } from './route.ts';

type Kind = schemas.ExportKind;

/** What its page asks for too. */
const ACTION_OF: Readonly<Record<Kind, Action>> = {
  TRANSACTIONS: 'settlement.view',
  BILLS: 'settlement.view',
  BILL_LINES: 'settlement.view',
  ORDERS: 'order.view',
  COMMISSIONS: 'commission.view',
  COMMISSION_BILLS: 'commission.view',
  SPENDING: 'spending.view',
  USAGE_RECORDS: 'usage.view',
  USAGE_REJECTIONS: 'usage.rejections',
  USAGE_CHARGES: 'usage.view',
  ACTIVITY: 'activity.view',
  OPERATING: 'activity.view',
};
const NAMES: Readonly<Record<Kind, { readonly zh: string; readonly en: string }>> = {
  TRANSACTIONS: { zh: '交易明细', en: 'transaction-details' },
  BILLS: { zh: '账单列表', en: 'bills' },
  BILL_LINES: { zh: '账单详单', en: 'bill-lines' },
  ORDERS: { zh: '订单列表', en: 'orders' },
  COMMISSIONS: { zh: '佣金明细', en: 'commissions' },
  COMMISSION_BILLS: { zh: '佣金账单', en: 'commission-bills' },
  SPENDING: { zh: '收支明细', en: 'spending' },
  USAGE_RECORDS: { zh: '用量话单', en: 'usage-records' },
  USAGE_REJECTIONS: { zh: '未接收话单', en: 'usage-not-taken' },
  USAGE_CHARGES: { zh: '用量扣费', en: 'usage-charges' },
  ACTIVITY: { zh: '联营活跃用户分析', en: 'activity' },
  OPERATING: { zh: '运营分析', en: 'operating-analysis' },
};
/** of one person, on the page; they last three days */
const SHOWN = 100;

export const exportRoutes: ConsoleRoute[] = [
  command({
    path: '/exports',
    summary: 'Have a table written as a file',
    action: 'export.use',
    body: schemas.newExport,
    response: schemas.exportJob,
    status: 201,
    async run({ platform, principal, now }, asked, tx) {
      const { kind, format, language } = asked;
      const filter = ownFilter(principal, asked);
      const scope = scopeOf(principal, ACTION_OF[kind]);
      if (!scope) return refuse('FORBIDDEN', `your role may not do this (${ACTION_OF[kind]})`);
      const closed = await closedTo(platform, tx, kind, scope);
      if (closed) return closed;
      if (asked.kind === 'ACTIVITY' || asked.kind === 'OPERATING') {
        const range = rangeOf(asked.filter, now);
        if (!range.ok) return range;
      }
      if (asked.kind === 'BILL_LINES' && !(await mayOpenBill(tx, asked.filter.billId, scope)))
        return refuse('NOT_FOUND', 'there is no such bill, or it was not sent yet (S5-7)');
      const name = `${NAMES[kind][language]}-${now.toISOString().slice(0, 10)}`;
      const wanted = { userId: principal.userId, kind, parameters: { scope, filter }, format, language, name };
      const job = await requestExport(platform, tx, wanted, now);
      return job.ok ? ok(present(platform, job.value, now)) : job;
    },
  }),
  read({
    path: '/exports',
    summary: 'Own exports of the last days, newest first',
    action: 'export.use',
    query: noQuery,
    response: schemas.exportJobs,
    async run({ platform, principal, now }) {
      const jobs = await exportsOfUser(platform.db, principal.userId, SHOWN);
      return ok({ items: jobs.map((job) => present(platform, job, now)) });
    },
  }),
];

/** A distributor's people export what their distributor earns, whatever they ask for. */
const ownFilter = ({ distributorId }: Principal, { kind, filter }: schemas.NewExportInput) =>
  (kind === 'COMMISSIONS' || kind === 'COMMISSION_BILLS') && distributorId !== null
    ? { ...filter, distributorId }
    : filter;

/** A file holds nothing that the page would not show (S5-2, S2-2). */
async function closedTo({ config }: Platform, executor: Executor, kind: Kind, scope: Scope) {
  const sellerId = scope.kind === 'seller' ? scope.sellerId : null;
  if (kind === 'TRANSACTIONS') return transactionsClosed(executor, sellerId);
  return kind === 'BILLS' || kind === 'BILL_LINES' ? billsClosed(executor, config.site, sellerId) : null;
}

/** Sellers see what is in a bill once it was sent to them. */
async function mayOpenBill(executor: Executor, billId: string, scope: Scope): Promise<boolean> {
  const found = await billDetail(executor, billId, scope.kind === 'seller' ? scope.sellerId : null);
  if (!found) return false;
  const { releasedAt, state } = found.bill;
  return scope.kind === 'all' || (releasedAt !== null && state !== 'UNDER_REVIEW');
}

const HOUR_MS = 3_600_000;

function present(platform: Platform, job: ExportJob, now: Date): schemas.ExportJobView {
  const expiresAt = job.finishedAt && expiryOf(job.finishedAt);
  const hours = expiresAt ? (expiresAt.getTime() - now.getTime()) / HOUR_MS : 0;
  const link =
    job.fileId !== null && hours > 0 ? fileLink(platform, job.fileId, { forUser: job.userId, now, hours }) : null;
  const { exportId, format, language, state, rows, totalRows, size, error } = job;
  return {
    ...{ exportId, format, language, state, rows, totalRows, size, error },
    kind: schemas.exportKind.parse(job.kind),
    name: `${job.name}.${job.format}`,
    link: link && { url: link.url, expiresAt: link.expiresAt.toISOString() },
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
