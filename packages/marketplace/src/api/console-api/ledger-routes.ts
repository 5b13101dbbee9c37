/** The books for the operator's finance: months and their closing, trial balance, accounts, statements, the chain. */
import { partyNames } from '../../directory/index.ts';
import {
  accountKind,
  accountParts,
  accountsOf,
  chainEnd,
  closeMonth,
  closings,
  firstOpenMonth,
  monthOf,
  monthSpan,
  nextMonth,
  statementOf,
  type TrialRow,
  trialOf,
  turnoverOf,
  verifyLedger,
} from '../../ledger/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { decimal, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import * as schemas from './ledger-schemas.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

/** checked by the page; `jishi ledger verify` checks all */
const SEALS_CHECKED = 200;
const NOTHING_YET = new Date(0);

export const ledgerRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/ledger',
    summary: 'Months of the books, and how far the chain of seals is',
    action: 'ledger.view',
    query: noQuery,
    response: schemas.ledgerState,
    async run({ platform, now }) {
      const { db } = platform;
      const { seals, hash, sealedAt, unsealed } = await chainEnd(db);
      const months = await monthsOf(platform, now);
      return ok({
        months,
        closable: months.findLast(({ state }) => state === 'OPEN')?.month ?? null,
        chain: { seals, hash: seals === 0 ? null : hash, sealedAt: sealedAt?.toISOString() ?? null, unsealed },
      });
    },
  }),
  read({
    path: '/operator/ledger/trial',
    summary: 'Trial balance of a month, by kind of account and currency',
    action: 'ledger.view',
    query: schemas.ledgerMonthQuery,
    response: schemas.ledgerTrial,
    async run({ platform }, { month }) {
      const rows = await trialOf(platform.db, monthSpan(month, zoneOf(platform)));
      return ok({
        month,
        rows: rows.map((row) => ({ ...row, name: accountKind(row.kind).name, type: accountKind(row.kind).type })),
        totals: totalsOf(rows),
      });
    },
  }),
  read({
    path: '/operator/ledger/accounts',
    summary: 'The accounts of one kind, with what a month moved',
    action: 'ledger.view',
    query: schemas.ledgerAccountQuery,
    response: schemas.ledgerAccountPage,
    async run({ platform }, { month, kind, cursor, limit }) {
      const [currency = '', account = ''] = (decodeCursor(cursor ?? '')?.id ?? '').split('|');
      const after = account === '' ? null : { account, currency };
      const rows = await accountsOf(platform.db, monthSpan(month, zoneOf(platform)), { kind, after, limit: limit + 1 });
      const page = toPage(rows, limit, (row) => ({ at: NOTHING_YET, id: `${row.currency}|${row.account}` }));
      const names = await holderNames(
        platform.db,
        page.items.map((row) => row.account),
      );
      const items = page.items.map((row) => ({ ...row, holderName: names(row.account) }));
      const { name: kindName, type } = accountKind(kind);
      return ok({ kindName, type, items, nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/operator/ledger/statement',
    summary: 'The postings of one account in a month, with the balance after each',
    action: 'ledger.view',
    query: schemas.ledgerStatementQuery,
    response: schemas.ledgerStatement,
    async run({ platform }, { month, account, currency, cursor, limit }) {
      const span = monthSpan(month, zoneOf(platform));
      const position = decodeCursor(cursor ?? '');
      const [id = '', place = ''] = position?.id.split('|') ?? [];
      const after = position ? { at: position.at, id, place: Number(place) } : null;
      const lines = await statementOf(platform.db, span, { account, currency, after, limit: limit + 1 });
      const page = toPage(lines, limit, (line) => ({ at: line.bookedAt, id: `${line.entryId}|${line.place}` }));
      const all = await turnoverOf(platform.db, span, account);
      const zero = money('0', currency).amount;
      const of = accountKind(accountParts(account).kind);
      const names = await holderNames(platform.db, [account]);
      return ok({
        account,
        kindName: of.name,
        type: of.type,
        holderName: names(account),
        turnover: all.find((each) => each.currency === currency) ?? {
          currency,
          opening: zero,
          debit: zero,
          credit: zero,
          closing: zero,
        },
        items: page.items.map(({ traceId: _, ...line }) => ({
          ...line,
          occurredAt: line.occurredAt.toISOString(),
          bookedAt: line.bookedAt.toISOString(),
        })),
        nextCursor: page.nextCursor,
      });
    },
  }),
  command({
    path: '/operator/ledger/months/{month}/closing',
    summary: 'Close a month that is over, for good',
    action: 'ledger.close',
    body: nothing,
    response: schemas.ledgerClosing,
    async run(call, _body, tx) {
      const { platform, params, principal, now } = call;
      const asked = schemas.ledgerMonthQuery.safeParse(params);
      if (!asked.success) return refuse('NOT_FOUND', 'there is no such month');
      const { month } = asked.data;
      const by = { timeZone: zoneOf(platform), closedBy: principal.loginName, now };
      const outcome = await closeMonth(tx, month, by);
      if (outcome.kind !== 'closed') return refusalOf(outcome);
      await auditDone(call, tx, { action: 'ledger.close', object: `ledger-month:${month}`, traceId: null });
      return ok({ month, accounts: outcome.accounts });
    },
  }),
  read({
    path: '/operator/ledger/verification',
    summary: 'Check the newest seals and the sums of the whole ledger now',
    action: 'ledger.view',
    query: noQuery,
    response: schemas.ledgerVerification,
    async run({ platform, now }) {
      const found = await verifyLedger(platform.db, { latest: SEALS_CHECKED });
      const { ok: right, seals, entries, faults, more } = found;
      return ok({ ok: right, seals, entries, faults: [...faults], more, checkedAt: now.toISOString() });
    },
  }),
];

const zoneOf = (platform: Platform): string => SITES[platform.config.site].timeZone;

/** Closed months and those since, newest first. */
async function monthsOf(platform: Platform, now: Date) {
  const timeZone = zoneOf(platform);
  const closed = (await closings(platform.db)).map((each) => ({
    month: each.month,
    state: 'CLOSED' as const,
    closedAt: each.closedAt.toISOString(),
    closedBy: each.closedBy,
  }));
  const current = monthOf(now, timeZone);
  const open: { month: string; state: 'CURRENT' | 'OPEN'; closedAt: null; closedBy: null }[] = [];
  const first = (await firstOpenMonth(platform.db, timeZone)) ?? current;
  for (let month = first; month <= current; month = nextMonth(month))
    open.push({ month, state: month === current ? 'CURRENT' : 'OPEN', closedAt: null, closedBy: null });
  return [...open.toReversed(), ...closed];
}

function totalsOf(rows: readonly TrialRow[]) {
  return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const sum = (member: 'debit' | 'credit' | 'closing') =>
      own.reduce((total, row) => total.plus(row[member]), decimal('0'));
    const [debit, credit] = [sum('debit'), sum('credit')];
    return {
      currency,
      debit: money(debit, currency).amount,
      credit: money(credit, currency).amount,
      balanced: debit.equals(credit) && sum('closing').isZero(),
    };
  });
}

/** Names of the buyers and sellers that accounts belong to; others have none. */
async function holderNames(
  executor: Executor,
  accounts: readonly string[],
): Promise<(account: string) => string | null> {
  const holders = (kind: string) =>
    accounts.flatMap((account) => {
      const parts = accountParts(account);
      return parts.kind === kind && parts.holder !== null ? [parts.holder] : [];
    });
  const names = await partyNames(executor, { buyers: holders('buyer:balance'), sellers: holders('seller:payable') });
  return (account) => {
    const { holder } = accountParts(account);
    return holder === null ? null : (names.get(holder) ?? holder);
  };
}

function refusalOf(outcome: Exclude<Awaited<ReturnType<typeof closeMonth>>, { kind: 'closed' }>): Result<never> {
  if (outcome.kind === 'not-over') return refuse('LEDGER_MONTH_NOT_OVER', 'the month is not over yet');
  if (outcome.kind === 'other-first')
    return outcome.month === null
      ? refuse('LEDGER_EMPTY', 'nothing was ever posted')
      : refuse('LEDGER_OTHER_MONTH', `months are closed one after the other: ${outcome.month} is next`, {
          month: outcome.month,
        });
  return refuse('LEDGER_UNBALANCED', 'entries of the month do not add up: jishi ledger verify names them', {
    entries: outcome.entryIds.join(' '),
  });
}
