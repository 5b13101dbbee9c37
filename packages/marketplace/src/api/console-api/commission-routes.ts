/** Commissions of a distributor, service provider or reseller: its own people, and those who inspect settlement. */

import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { addMonths, commissionMonths, explainCommission, listCommissions, periodAt } from '../../settlement/index.ts';
import * as schemas from './distributor-schemas.ts';
import { presentCommission, presentCommissionDetail } from './present-commissions.ts';
import { number } from './present-settlement.ts';
import { type Call, type ConsoleRoute, noQuery, read } from './route.ts';

/** what charts show unless asked for more */
const MONTHS_SHOWN = 12;
const whose = refuse('DISTRIBUTOR_MISSING', 'say whose commissions: distributorId');

export const commissionRoutes: ConsoleRoute[] = [
  read({
    path: '/distributor/commissions/months',
    summary: 'What was earned, by month',
    action: 'commission.view',
    query: schemas.commissionMonthsQuery,
    response: schemas.commissionMonths,
    async run(call, query) {
      const distributorId = ownOr(call, query.distributorId);
      if (distributorId === null) return whose;
      const { db, config } = call.platform;
      const { site } = config;
      // a renewal counts in a month to come
      const to = query.to ?? addMonths(periodAt(call.now, site), 1);
      const from = query.from ?? addMonths(to, 1 - MONTHS_SHOWN);
      const months = await commissionMonths(db, { distributorId, site, from, to });
      return ok({
        distributorId,
        currency: SITES[site].currency,
        months: months.map((month) => ({
          ...month,
          commission: number(month.commission),
          sales: number(month.sales),
        })),
      });
    },
  }),
  read({
    path: '/distributor/commissions/lines',
    summary: 'Line by line, newest first',
    action: 'commission.view',
    query: schemas.commissionQuery,
    response: schemas.commissionPage,
    async run(call, { cursor, limit, distributorId: asked, ...filters }) {
      const distributorId = ownOr(call, asked);
      if (distributorId === null) return whose;
      const { db } = call.platform;
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listCommissions(db, { ...filters, distributorId, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ placedAt, lineId }) => ({ at: placedAt, id: lineId }));
      return ok({
        items: page.items.map(presentCommission),
        nextCursor: page.nextCursor,
      });
    },
  }),
  read({
    path: '/distributor/commissions/lines/{lineId}',
    summary: 'How a commission came about, or what it waits for',
    action: 'commission.view',
    query: noQuery,
    response: schemas.commissionDetail,
    async run(call) {
      const { platform, params, principal, now } = call;
      const asked = { lineId: params.lineId ?? '', distributorId: principal.distributorId };
      const explained = await explainCommission(platform.db, asked, now);
      return explained ? ok(presentCommissionDetail(explained)) : refuse('NOT_FOUND', 'there is no such line');
    },
  }),
];

/** A distributor's people see their own; whoever inspects all says whose. */
export const ownOr = ({ principal }: Pick<Call, 'principal'>, asked: string | undefined): string | null =>
  principal.distributorId ?? asked ?? null;
