/** Bank statements: taken in whole or not at all, and what of them waits for a person. */
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { importStatement, listEntries, listStatements, matchEntry, setAside } from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { presentBooking, presentImported, presentStatement } from './payout-present.ts';
import * as schemas from './payout-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

/** months of daily statements */
const STATEMENTS_SHOWN = 100;
/** a statement in base64 and its name */
const MOST_BODY_BYTES = 8 * 1_048_576;

export const payoutStatementRoutes: ConsoleRoute[] = [
  command({
    path: '/operator/payout/statements',
    summary: 'Take in a bank statement (camt.053 or CSV); exact payments are marked, with one fault nothing is kept',
    action: 'settlement.run',
    body: schemas.newStatement,
    response: schemas.statementResult,
    mostBodyBytes: MOST_BODY_BYTES,
    async run(call, { name, content }, tx) {
      const { platform, principal: by, now } = call;
      const bytes = new Uint8Array(Buffer.from(content, 'base64'));
      const imported = await importStatement(platform, tx, { name, bytes, by }, now);
      if ('statementId' in imported)
        await auditDone(call, tx, {
          action: 'payout.import',
          object: `statement:${imported.statementId}`,
          traceId: null,
        });
      return ok(presentImported(imported));
    },
  }),
  read({
    path: '/operator/payout/statements',
    summary: 'Statements that were taken in, newest first',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.bankStatements,
    async run({ platform: { db, config } }) {
      const found = await listStatements(db, config.site, STATEMENTS_SHOWN);
      return ok({ items: found.map(presentStatement) });
    },
  }),
  read({
    path: '/operator/payout/bookings',
    summary: 'Bookings of statements by day: what they settled, what waits for a person, what was set aside',
    action: 'settlement.inspect',
    query: schemas.bookingQuery,
    response: schemas.bookingPage,
    async run({ platform: { db, keys, config } }, { cursor, limit, state, statementId }) {
      const position = cursor ? decodeCursor(cursor) : null;
      const after = position ? { bookedOn: position.at.toISOString().slice(0, 10), entryId: position.id } : undefined;
      const found = await listEntries(db, keys, { site: config.site, state, statementId, after, limit: limit + 1 });
      const page = toPage(found, limit, ({ bookedOn, entryId }) => ({ at: new Date(bookedOn), id: entryId }));
      return ok({ items: page.items.map(presentBooking), nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/operator/payout/bookings/{entryId}/match',
    summary: 'Say which payment a booking belongs to; another amount never settles one',
    action: 'settlement.decide',
    body: schemas.bookingMatch,
    response: schemas.booking,
    async run(call, { paymentId }, tx) {
      const { platform, principal: by, params, now } = call;
      const entryId = params.entryId ?? '';
      const matched = await matchEntry(platform, tx, { entryId, paymentId, by }, now);
      if (!matched.ok) return matched;
      await auditDone(call, tx, { action: 'payout.match', object: `payment:${paymentId}`, traceId: null });
      return shownBooking(call, tx, entryId);
    },
  }),
  command({
    path: '/operator/payout/bookings/set-aside',
    summary: 'Bookings that have nothing to do with pay-outs, with the reason',
    action: 'settlement.decide',
    body: schemas.bookingsSetAside,
    response: schemas.bookingCount,
    async run(call, { entryIds, reason }, tx) {
      const { platform, principal: by, now } = call;
      const done = await setAside(platform, tx, { entryIds, reason, by }, now);
      if (!done.ok) return done;
      for (const entryId of entryIds)
        await auditDone(call, tx, { action: 'payout.set-aside', object: `booking:${entryId}`, traceId: null });
      return ok({ bookings: done.value });
    },
  }),
];

async function shownBooking({ platform }: Call, executor: Parameters<typeof listEntries>[0], entryId: string) {
  const { keys, config } = platform;
  const [entry] = await listEntries(executor, keys, { site: config.site, entryId, limit: 1 });
  return entry ? ok(presentBooking(entry)) : refuse('NOT_FOUND', 'there is no such booking');
}
