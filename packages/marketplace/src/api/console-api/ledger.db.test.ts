/** The operator's finance reads the books of a month and closes it; what a page says adds up, and pages go on. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import type { Role } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sealEntries } from '../../ledger/index.ts';
import { sql } from '../../platform/database/database.ts';
import { buyFromDemo } from '../../testing/index.ts';
import { createApp } from '../app.ts';
import * as schemas from './ledger-schemas.ts';

const world = sharedWorld();
const made: ReturnType<typeof createApp>[] = [];
beforeAll(async () => {
  const { platform } = world();
  made.push(createApp({ platform, caller: createCaller(platform) }));
  for (let place = 0; place < 3; place += 1) await buyFromDemo(world());
});
const app = { fetch: (asked: Request) => made[0]?.fetch(asked) ?? Response.error() };
const operator = (role: Role = 'OF') => clientAs(world().platform, app, role);
const read = async (person: ConsoleClient, path: string): Promise<unknown> =>
  (await person.get(`/console/operator/ledger${path}`)).json();

describe('the books in the console', () => {
  it('show months, the trial balance, accounts with their holders, a statement page by page', async () => {
    const finance = await operator();
    expect(schemas.ledgerState.parse(await read(finance, ''))).toMatchObject({
      months: [{ month: '202601', state: 'CURRENT' }],
      closable: null,
      chain: { seals: 0, hash: null, sealedAt: null },
    });
    await sealEntries(world().platform.db, world().clock.now());
    expect(schemas.ledgerState.parse(await read(finance, '')).chain).toMatchObject({ seals: 1, unsealed: 0 });

    const trial = schemas.ledgerTrial.parse(await read(finance, '/trial?month=202601'));
    expect(trial.totals).toMatchObject([{ currency: 'CNY', balanced: true }]);
    expect(trial.rows.map(({ kind }) => kind)).toEqual(['buyer:balance', 'orders:prepaid', 'platform:bank']);

    const page = '/accounts?month=202601&kind=buyer:balance';
    const accounts = schemas.ledgerAccountPage.parse(await read(finance, page));
    expect(accounts.items[0]?.holderName).not.toBe(accounts.items[0]?.account);
    const [sum] = trial.rows.filter(({ kind }) => kind === 'buyer:balance');
    expect(accounts.items.map(({ closing }) => closing)).toEqual([sum?.closing]);

    const statement = '/statement?month=202601&account=orders:prepaid&currency=CNY&limit=2';
    const first = schemas.ledgerStatement.parse(await read(finance, statement));
    expect([first.items.length, first.kindName.en]).toEqual([2, 'Paid orders']);
    const rest = schemas.ledgerStatement.parse(await read(finance, `${statement}&cursor=${first.nextCursor}`));
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null]);
    expect(rest.items.at(-1)?.balance).toBe(first.turnover.closing);
  });

  it('close once the month is over, in turn, and tell why not', async () => {
    const finance = await operator();
    const close = (person: ConsoleClient, month: string) =>
      person.post(`/console/operator/ledger/months/${month}/closing`, {});
    const early = await close(finance, '202601');
    expect([early.status, await early.json()]).toMatchObject([409, { code: 'LEDGER_MONTH_NOT_OVER' }]);
    expect((await close(finance, 'never')).status).toBe(404);
    world().clock.moveTo(new Date('2026-02-28T16:00:00Z'));
    const [later, auditor] = [await operator(), await operator('OA')];
    const second = await close(later, '202602');
    expect([second.status, await second.json()]).toMatchObject([
      409,
      { code: 'LEDGER_OTHER_MONTH', facts: { month: '202601' } },
    ]);
    expect((await close(auditor, '202601')).status).toBe(403);
    expect((await close(later, '202601')).status).toBe(200);
    const state = schemas.ledgerState.parse(await read(auditor, ''));
    expect(state.closable).toBe('202602');
    expect(state.months.map((each) => `${each.month} ${each.state}`)).toEqual([
      '202603 CURRENT',
      '202602 OPEN',
      '202601 CLOSED',
    ]);
  });

  it('tell of a row that was altered, by its entry', async () => {
    const auditor = await operator('OA');
    expect(schemas.ledgerVerification.parse(await read(auditor, '/verification'))).toMatchObject({
      ok: true,
      faults: [],
    });
    const { db } = world().platform;
    await sql`UPDATE ledger.balances SET amount = amount + 1`.execute(db);
    const found = schemas.ledgerVerification.parse(await read(auditor, '/verification'));
    await sql`UPDATE ledger.balances SET amount = amount - 1`.execute(db);
    expect(found).toMatchObject({ ok: false, faults: [{ kind: 'balance' }] });
  });
});
