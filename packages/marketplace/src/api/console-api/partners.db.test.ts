/** A distributor from its terms to its commission: frozen when the order is paid, billed by the same run, seen by its own people. */
import { beforeAll, describe, expect, it } from 'vitest';
import { broughtOrder, yanxuanOnSale } from '../../../../../tests/support/brought-order.ts';
import { type ConsoleClient, clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { advanceTo, startObedientSeller } from '../../../../../tests/support/lives.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { tracksOf } from '../../delivery/index.ts';
import { type Role, signIn } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import { createApp } from '../app.ts';
import * as schemas from './distributor-schemas.ts';
import { exportJob, exportJobs } from './export-schemas.ts';

const world = sharedWorld();
const made: ReturnType<typeof createApp>[] = [];
const sellers: FakeSeller[] = [];
beforeAll(async () => {
  const { platform } = world();
  made.push(createApp({ platform, caller: createCaller(platform) }));
  const seller = await startObedientSeller(world());
  sellers.push(seller);
  return () => seller.close();
});
const app = { fetch: (asked: Request) => made[0]?.fetch(asked) ?? Response.error() };
const operator = (role: Role = 'OF') => clientAs(world().platform, app, role);
const JOINT = { scene: 'JOINT', ratio: '0.5', payer: 'GENERAL' };

const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();
const codeOf = async (answer: Promise<Response>): Promise<unknown> => {
  const said = await json(answer);
  return typeof said === 'object' && said !== null && 'code' in said ? said.code : said;
};
async function partner(finance: ConsoleClient, more: object = {}): Promise<schemas.PartnerView> {
  const asked = { kind: 'DISTRIBUTOR', name: '远山渠道 Farhill', terms: JOINT, ...more };
  return schemas.partner.parse(await json(finance.post('/console/operator/partners', asked)));
}
const linesOf = async (person: ConsoleClient, query = '') =>
  schemas.commissionPage.parse(await json(person.get(`/console/distributor/commissions/lines${query}`))).items;

describe('a distributor', () => {
  it('S3-17, C55: is kept with its terms, each from a time to come; only its own formulas fit', async () => {
    const finance = await operator();
    const { distributorId, terms } = await partner(finance);
    expect(terms).toMatchObject([{ terms: JOINT, state: 'HOLDS' }]);
    const path = `/console/operator/partners/${distributorId}/terms`;
    const agree = (body: object) => finance.post(path, body);
    expect(await codeOf(agree({ validFrom: '2026-01-01', terms: JOINT }))).toBe('VALID_FROM_PAST');
    expect(await codeOf(agree({ validFrom: null, terms: { ...JOINT, scene: 'CSP' } }))).toBe('SCENE_OF_KIND');
    expect(await codeOf(agree({ validFrom: null, terms: { ...JOINT, ratio: '0.95' } }))).toBe('VALIDATION');
    const coming = { validFrom: '2026-06-01', terms: { ...JOINT, ratio: '0.9' } };
    const later = schemas.partner.parse(await json(agree(coming)));
    expect(later.terms.map(({ state, terms: { ratio } }) => [state, ratio])).toEqual([
      ['COMES', '0.9'],
      ['HOLDS', '0.5'],
    ]);
    expect(later.terms[0]?.validFrom).toBe('2026-05-31T16:00:00.000Z');
    // the same day again: the later word counts
    const again = await json(agree({ ...coming, terms: { ...JOINT, ratio: '0.8' } }));
    expect(schemas.partner.parse(again).terms.map(({ terms: { ratio } }) => ratio)).toEqual(['0.8', '0.5']);
  });

  it('S3-17: earns by what held at the payment, sees it line by line, and is owed it in the ledger by the bill run', async () => {
    const { platform } = world();
    const finance = await operator();
    const { distributorId } = await partner(finance);
    const login = { loginName: `farhill-${distributorId.slice(0, 6)}`, displayName: 'Farhill' };
    const members = `/console/operator/partners/${distributorId}/members`;
    const { password } = schemas.addedMember.parse(await json(finance.post(members, login)));
    expect(await codeOf(finance.post(members, login))).toBe('LOGIN_NAME_TAKEN');
    const entered = await signIn(platform, login.loginName, password, world().clock.now());
    if (!entered.ok) throw new Error(entered.refusal.code);
    expect(entered.value.principal).toMatchObject({ role: 'DO', distributorId, tenantName: '远山渠道 Farhill' });
    const own = consoleClient(app, { ...entered.value.principal, token: entered.value.token });
    const next = { current: password, next: 'a much longer one' };
    expect((await own.post('/console/session/password', next)).status).toBe(200);

    const order = await broughtOrder(world(), await yanxuanOnSale(world()), distributorId);
    const alone = { validFrom: null, terms: { scene: 'SOLO', ratio: null, payer: 'GENERAL' } };
    world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
    expect((await finance.post(`/console/operator/partners/${distributorId}/terms`, alone)).status).toBe(200);
    const paid = decimal(order.amount.amount);
    // list price = deal price: the spread is a fifth; SaaS is a service, taxed as the service invoice
    const expected = paid.times('0.2').times('0.5').toFixed(2);
    const [line] = await linesOf(own);
    expect(line).toMatchObject({ orderId: order.orderId, state: 'READY', class: 'YANXUAN', commission: expected });
    const detail = await json(own.get(`/console/distributor/commissions/lines/${line?.lineId}`));
    const { derivation, earliestBill } = schemas.commissionDetail.parse(detail);
    expect(derivation.map(({ rule }) => rule)).toEqual(['S3-17', 'S3-17']);
    expect(earliestBill).toEqual({ period: '202601', runDay: '2026-02-03' });
    const sold = await json(finance.get(`/console/seller/settlement/lines/${line?.lineId}`));
    expect(sold).toMatchObject({ distributor: { id: distributorId, settlement: expected } });

    const another = await partner(finance, { name: 'Nearhill' });
    const stranger = await clientAs(platform, app, 'DO', { distributorId: another.distributorId });
    expect(await linesOf(stranger)).toEqual([]);
    expect(await linesOf(stranger, `?distributorId=${distributorId}`)).toEqual([]);
    expect((await stranger.get(`/console/distributor/commissions/lines/${line?.lineId}`)).status).toBe(404);

    await advanceTo(world(), '2026-02-03T00:00:00Z');
    // a session lasts for 12 hours
    const later = await clientAs(platform, app, 'DO', { distributorId });
    expect((await linesOf(later))[0]?.state).toBe('BILLED');
    const months = schemas.commissionMonths.parse(await json(later.get('/console/distributor/commissions/months')));
    expect(months.months).toEqual([
      { period: '202601', commission: expected, sales: paid.toFixed(2), lines: 1, closed: true },
    ]);
    const { rows } = await sql<{ owed: string }>`
      SELECT sum(credit - debit)::text AS owed FROM ledger.postings WHERE account = ${`distributor:${distributorId}:payable`}`.execute(
      platform.db,
    );
    expect(decimal(rows[0]?.owed ?? '0').toFixed(2)).toBe(expected);
  });

  it('S5-13: exports its own commissions, whoever it asks for', async () => {
    const finance = await operator();
    const [one] = schemas.partners
      .parse(await json(finance.get('/console/operator/partners')))
      .items.filter(({ members }) => members.some((name) => name.startsWith('farhill')));
    const person = await clientAs(world().platform, app, 'DO', { distributorId: one?.distributorId ?? '' });
    const asked = { kind: 'COMMISSIONS', format: 'csv', language: 'en', filter: { distributorId: 'another' } };
    exportJob.parse(await json(person.post('/console/exports', asked)));
    await world().simulator.drain();
    const [done] = exportJobs.parse(await json(person.get('/console/exports'))).items;
    expect(done).toMatchObject({ state: 'DONE', rows: 1 });
    const text = await (await person.get(done?.link?.url.replace('/api', '') ?? '')).text();
    expect(text).toContain('Commission');
    expect(text).toContain('Yanxuan');
  });
});

describe('taxes and fees', () => {
  it('S3-14, S3-8: are set for the site, a seller by name, a buyer by account name; strangers are refused', async () => {
    const finance = await operator();
    const write = (body: object) => finance.post('/console/operator/trade-terms', body);
    const project = { project: 'BASE_CLOUD', managementFeeRatio: '0.02', customerWht: null };
    expect((await write({ kind: 'buyer', party: 'globex', validFrom: null, terms: project })).status).toBe(200);
    const tracks = await tracksOf(world().platform.db, [world().demo.buyerId]);
    expect(tracks.get(world().demo.buyerId)).toBe('BASE');
    const small = { payer: 'SMALL_SCALE', sellerWht: null, dst: null };
    const answer = await json(
      write({ kind: 'seller', party: '示例软件 Acme Software', validFrom: null, terms: small }),
    );
    const { sellers: shown, buyers } = schemas.tradeTerms.parse(answer);
    expect([shown[0]?.terms[0]?.terms, buyers[0]?.name]).toEqual([small, '环球贸易 Globex']);
    expect(await codeOf(write({ kind: 'buyer', party: 'nobody', validFrom: null, terms: project }))).toBe(
      'UNKNOWN_PARTY',
    );
    expect((await (await operator('OA')).get('/console/operator/trade-terms')).status).toBe(200);
  });
});

describe('the working calendar', () => {
  const give = (finance: ConsoleClient, year: number, days: object) =>
    finance.post(`/console/operator/working-calendar/${year}`, days);
  const periodState = async (period: string) => {
    const { rows } = await sql<{ state: string; obstacle: string | null }>`
      SELECT state, obstacle FROM settlement.periods WHERE period = ${period}`.execute(world().platform.db);
    return rows[0];
  };

  it('S4-1: a run in a year that is not known waits, says why, and goes on by itself once the year is given', async () => {
    await advanceTo(world(), '2026-12-20T00:00:00Z');
    const december = await operator();
    await broughtOrder(
      world(),
      await yanxuanOnSale(world(), { floorDiscount: '0.9' }),
      (await partner(december)).distributorId,
    );
    const shown = schemas.workingCalendar.parse(await json(december.get('/console/operator/working-calendar')));
    expect(shown.missing).toEqual([2027]);
    await advanceTo(world(), '2027-01-03T00:00:00Z');
    const finance = await operator();
    expect(await periodState('202612')).toMatchObject({ state: 'OPEN' });
    expect((await periodState('202612'))?.obstacle).toMatch(/2027 are not known.*give the working calendar/);

    expect(await codeOf(give(finance, 2026, { off: ['2026-01-01'], worked: [] }))).toBe('YEAR_PASSED');
    const faulty = await json(give(finance, 2027, { off: ['2027-01-01', '2027-01-02'], worked: [] }));
    expect(faulty).toMatchObject({ code: 'CALENDAR_DAYS', facts: { day: '2027-01-02' } });
    const given = await json(give(finance, 2027, { off: ['2027-01-01', '2027-01-04'], worked: [] }));
    const { missing, years } = schemas.workingCalendar.parse(given);
    expect([missing, years[0]]).toMatchObject([[2028], { year: 2027, by: 'OF' }]);
    expect(await periodState('202612')).toEqual({ state: 'OPEN', obstacle: null });
    // Sunday the 3rd, then a holiday: Tuesday
    await advanceTo(world(), '2027-01-04T12:00:00Z');
    expect((await periodState('202612'))?.state).toBe('OPEN');
    await advanceTo(world(), '2027-01-05T00:00:00Z');
    expect(await periodState('202612')).toEqual({ state: 'CLOSED', obstacle: null });
    const { rows } =
      await sql`SELECT 1 FROM platform.audit_log WHERE action = 'calendar.give' AND object = 'calendar:2027'`.execute(
        world().platform.db,
      );
    expect(rows).toHaveLength(1);
  });
});
