/** A distributor from its terms to its commission: frozen when the order is paid, billed by the same run, seen by its own people. */
import { beforeAll, describe, expect, it } from 'vitest';
import { broughtOrder, yanxuanOnSale } from '../../../../../tests/support/brought-order.ts';
import { type ConsoleClient, clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { advanceTo, startObedientSeller } from '../../../../../tests/support/lives.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { tracksOf } from '../../delivery/index.ts';
import { certifySeller, type Role, signIn } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { trialBalance } from '../../ledger/index.ts';
import { outbox } from '../../notification/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import type { Result } from '../../platform/result.ts';
import { approveRun, importStatement, listBills, listDue, makeRun } from '../../settlement/index.ts';
import {
  asked as askedOf,
  CHECKER,
  enterAccount,
  MAKER,
  statementOf,
  value,
} from '../../settlement/payout/payout.test-support.ts';
import { createApp } from '../app.ts';
import { ownAgreement, sellerAgreementList } from './agreement-schemas.ts';
import * as schemas from './distributor-schemas.ts';
import { exportJob, exportJobs } from './export-schemas.ts';
import { receiver, receivers } from './message-schemas.ts';

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
const toPay = <T>(work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> => askedOf(world().platform, work);
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
    const { distributorId } = await partner(finance, { email: 'farhill@example.com' });
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

  it('4.6, S2-1, S4-1, S5-25: its bill waits for the bank account, is confirmed or rejected by it, invoiced, and paid by a pay-out run', async () => {
    const { platform, clock } = world();
    const finance = await operator();
    const { items } = schemas.partners.parse(await json(finance.get('/console/operator/partners')));
    const { distributorId = '' } = items.find(({ members }) => members.some((one) => one.startsWith('farhill'))) ?? {};
    const own = await clientAs(platform, app, 'DO', { distributorId });
    const listed = async (person: ConsoleClient, query = '') =>
      schemas.commissionBillPage.parse(await json(person.get(`/console/distributor/bills${query}`))).items;
    const [bill] = await listed(own);
    expect(bill).toMatchObject({ period: '202601', lines: 1, state: 'UNDER_REVIEW', heldReason: 'S2-1', held: true });
    const billId = bill?.billId ?? '';
    const path = `/console/distributor/bills/${billId}`;
    expect(await codeOf(own.get(path))).toBe('BILL_NOT_SENT');
    const another = await clientAs(platform, app, 'DO', {
      distributorId: (await partner(finance, { name: 'Thirdhill' })).distributorId,
    });
    expect(await listed(another, `?distributorId=${distributorId}`)).toEqual([]);
    expect(await codeOf(another.get(path))).toBe('NOT_FOUND');

    // S-12: it names who else is told, at an address that a code proves; another partner does not know of it
    const named = { name: 'Ann', language: 'en', email: 'ann@farhill.example', phone: null, userId: null };
    const choices = [{ class: 'MONEY', channels: ['EMAIL'] }];
    const added = receiver.parse(await json(own.post('/console/receivers', { ...named, choices })));
    expect(added).toMatchObject({ email: { text: named.email, verified: false } });
    // the other class is that of its demands (S9-3)
    expect(added.choices).toEqual([{ class: 'OPERATIONS', channels: [] }, ...choices]);
    const [mail] = await outbox(platform.db, { address: named.email, before: null, limit: 1 });
    const proof = { channel: 'EMAIL', code: /\d{6}/.exec(mail?.body ?? '')?.[0] };
    const verification = `/console/receivers/${added.receiverId}/verification`;
    expect(await codeOf(another.post(verification, proof))).toBe('NOT_FOUND');
    expect(receiver.parse(await json(own.post(verification, proof))).email?.verified).toBe(true);
    const [ownReceivers, others] = await Promise.all(
      [own, another].map(async (person) => receivers.parse(await json(person.get('/console/receivers')))),
    );
    expect(ownReceivers?.items.map(({ name }) => name)).toEqual(['远山渠道 Farhill', 'Ann']);
    expect(ownReceivers?.classes.map((one) => [one.class, one.channels])).toEqual([
      ['OPERATIONS', ['EMAIL', 'SITE']],
      ['MONEY', ['EMAIL', 'SITE']],
    ]);
    expect(others?.items.map(({ receiverId }) => receiverId)).toEqual(['account']);

    const move = (to: string) => finance.post(`/console/operator/commission-bills/${billId}/transition`, { to });
    expect(await codeOf(move('TO_CONFIRM'))).toBe('BILL_HELD');
    const certified = { certified: true };
    await finance.post(`/console/operator/partners/${distributorId}/certification`, certified);
    const seen = schemas.commissionBillDetail.parse(await json(finance.get(path)));
    expect(seen).toMatchObject({ held: false, next: ['TO_CONFIRM'], mayDecide: false });
    expect(seen.schedule.map(({ step, by }) => [step, by])).toEqual([
      ['RUN', '2026-02-04'],
      ['REVIEW', '2026-02-06'],
      ['COUNTERSIGN', '2026-02-25'],
      ['INVOICE', '2026-03-25'],
      ['VERIFY', '2026-03-27'],
      ['PAY', '2026-04-07'],
    ]);
    expect((await move('TO_CONFIRM')).status).toBe(200);
    expect(await codeOf(move('TO_COUNTERSIGN'))).toBe('BILL_STATE');

    const decide = (person: ConsoleClient, body: object) =>
      person.post('/console/distributor/bills/decision', { billIds: [billId], ...body });
    expect(await codeOf(decide(another, { accept: true }))).toBe('NOT_FOUND');
    expect(await codeOf(decide(own, { accept: false }))).toBe('REASON_MISSING');
    expect((await decide(own, { accept: false, reason: 'an order is missing' })).status).toBe(200);
    expect(await codeOf(decide(own, { accept: true }))).toBe('BILL_STATE');
    await move('TO_CONFIRM');
    expect((await decide(own, { accept: true })).status).toBe(200);
    for (const to of ['COUNTERSIGNING', 'REQUISITION_PENDING', 'TO_INVOICE']) expect((await move(to)).status).toBe(200);
    const total = bill?.total ?? '';
    const asked = schemas.commissionBillDetail.parse(await json(own.get(path)));
    expect(asked.invoiceList).toMatchObject([{ rate: '0.06', gross: total }]);
    expect(asked.history.map(({ state, note }) => [state, note])).toEqual([
      ['UNDER_REVIEW', null],
      ['TO_CONFIRM', null],
      ['UNDER_REVIEW', 'an order is missing'],
      ['TO_CONFIRM', null],
      ['TO_COUNTERSIGN', null],
      ['COUNTERSIGNING', null],
      ['REQUISITION_PENDING', null],
      ['TO_INVOICE', null],
    ]);
    for (const to of ['INVOICE_REVIEW', 'REQUISITION_REVIEW']) expect((await move(to)).status).toBe(200);

    const requisitionId = asked.requisition?.requisitionId ?? '';
    await enterAccount(platform, { kind: 'PLATFORM', id: 'CN' }, '6217000012345678');
    await enterAccount(platform, { kind: 'DISTRIBUTOR', id: distributorId });
    const now = clock.now();
    const due = await listDue(platform.db, 'CN', [requisitionId]);
    expect(due).toMatchObject([{ payee: { kind: 'DISTRIBUTOR', id: distributorId }, class: null }]);
    const runId = value(await toPay((tx) => makeRun(platform, tx, { requisitionIds: [requisitionId] }, MAKER, now)));
    value(await toPay((tx) => approveRun(platform, tx, { runId, by: CHECKER }, now)));
    const bytes = statementOf([{ id: requisitionId, amount: total, day: '2026-02-03' }], 'paid');
    await inTransaction(platform.db, (tx) => importStatement(platform, tx, { name: 'paid', bytes, by: MAKER }, now));
    const paid = schemas.commissionBillDetail.parse(await json(own.get(path)));
    expect(paid).toMatchObject({ state: 'PAID', payments: [{ state: 'PAID', amount: total, paidOn: '2026-02-03' }] });
    const { rows } = await sql<{ left: string }>`
      SELECT sum(credit - debit)::text AS left FROM ledger.postings WHERE account = ${`distributor:${distributorId}:payable`}`.execute(
      platform.db,
    );
    expect(Number(rows[0]?.left)).toBe(0);
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

  it('S4-3, S4-6, O-7: what a dispute gives is a line of its next bill with the reason; bill and ledger stay equal', async () => {
    const { platform } = world();
    const finance = await operator();
    const { items } = schemas.partners.parse(await json(finance.get('/console/operator/partners')));
    const { distributorId = '' } = items.find(({ members }) => members.some((one) => one.startsWith('farhill'))) ?? {};
    const own = () => clientAs(platform, app, 'DO', { distributorId });
    const bills = async () =>
      schemas.commissionBillPage.parse(await json((await own()).get('/console/distributor/bills'))).items;
    const [issued] = await bills();
    const adjust = async (amount: string, reason: string) =>
      (await operator()).post(`/console/operator/commission-bills/${issued?.billId}/adjustments`, { amount, reason });
    expect(await codeOf(adjust('0.00', 'nothing'))).toBe('VALIDATION');
    expect(await codeOf(adjust('1.005', 'too fine'))).toBe('VALIDATION');
    expect(
      await codeOf((await own()).post(`/console/operator/commission-bills/${issued?.billId}/adjustments`, {})),
    ).toBe('FORBIDDEN');
    const back = schemas.commissionDetail.parse(await json(adjust('-14.50', 'one order twice')));
    expect(back).toMatchObject({ kind: 'ADJUSTMENT', class: null, commission: '-14.50', orderId: issued?.billId });
    expect(back).toMatchObject({ state: 'READY', earliestBill: { period: '202602', runDay: '2026-03-03' } });
    expect(back.derivation).toEqual([{ rule: 'S4-3', text: 'one order twice', value: '-14.5' }]);
    const seen = await linesOf(await own(), `?orderId=${issued?.billId}`);
    expect(seen).toMatchObject([{ lineId: back.lineId, note: 'one order twice' }]);
    expect(await bills()).toEqual([issued]);
    const { rows: audited } = await sql<{ action: string }>`
      SELECT action FROM platform.audit_log WHERE object = ${`settlement:${back.lineId}`}`.execute(platform.db);
    expect(audited.map(({ action }) => action)).toEqual(['settlement.adjust']);

    const owed = async () => {
      const { rows } = await sql<{ owed: string }>`
        SELECT sum(credit - debit)::text AS owed FROM ledger.postings WHERE account = ${`distributor:${distributorId}:payable`}`.execute(
        platform.db,
      );
      return decimal(rows[0]?.owed ?? '0').toFixed(2);
    };
    await advanceTo(world(), '2026-03-04T00:00:00Z');
    // N-80, of the bill before: each once, to its people and by mail
    const { rows: heard } = await sql<{ title: string }>`
      SELECT title ->> 'en' AS title FROM notification.messages
      WHERE user_id = (SELECT user_id FROM directory.users WHERE login_name LIKE 'farhill-%') ORDER BY title`.execute(
      platform.db,
    );
    expect(heard.map(({ title }) => title)).toEqual([
      'Commission of 2026-01 paid',
      'Please confirm the commission bill of 2026-01',
      'Please confirm the commission bill of 2026-01',
      'Please invoice the commission of 2026-01',
    ]);
    // the rejection to the operator's finance, with its reason
    const { rows: rejected } = await sql<{ title: string; body: string; link: string; role: string }>`
      SELECT DISTINCT title ->> 'en' AS title, body ->> 'en' AS body, link, role FROM notification.messages JOIN directory.users USING (user_id)
      WHERE variant = 'N-80.rejected-to-operators'`.execute(platform.db);
    expect(rejected).toMatchObject([
      {
        title: '远山渠道 Farhill rejects its commission bill of 2026-01',
        body: expect.stringContaining('Reason: an order is missing.'),
        link: `/operator/commission-bills/${issued?.billId}`,
        role: 'OF',
      },
    ]);
    const mailed = async (address: string) =>
      (await outbox(platform.db, { address, before: null, limit: 10 })).filter(({ variant }) => variant !== 'code');
    const mails = await mailed('farhill@example.com');
    expect(mails).toHaveLength(4);
    expect(mails.every(({ body }) => body.includes('/messages/receivers'))).toBe(true);
    expect((await mailed('ann@farhill.example')).map(({ subject }) => subject)).toContain('Commission of 2026-01 paid');
    expect((await bills())[0]).toMatchObject({ period: '202602', lines: 1, total: '-14.50', heldReason: 'S4-6' });
    expect(await owed()).toBe('-14.50');
    for (const [amount, reason] of [
      ['40.00', 'an order was missing'],
      ['-0.01', 'rounding'],
    ] as const)
      expect((await adjust(amount, reason)).status).toBe(201);
    await advanceTo(world(), '2026-04-04T00:00:00Z');
    const [next, carried] = await bills();
    expect(next).toMatchObject({ period: '202603', lines: 2, sales: '0.00', total: '39.99', held: false });
    expect(carried).toMatchObject({ held: false, requisitionId: next?.requisitionId });
    expect(await owed()).toBe('25.49');
    expect((await trialBalance(platform.db)).balanced).toBe(true);
    const path = `/console/distributor/bills/${next?.billId}`;
    const shown = schemas.commissionBillDetail.parse(await json((await operator()).get(path)));
    expect(shown.invoiceList).toMatchObject([{ rate: '0.06', gross: '25.49' }]);
    // they were made at the same instant
    const told = shown.adjustments.map(({ amount, reason, corrects }) => [amount, reason, corrects?.period].join(' '));
    expect(told.toSorted()).toEqual(['-0.01 rounding 202601', '40.00 an order was missing 202601']);
    const ofSellers = await listBills(platform.db, { sellerId: null, period: '202603', before: null, limit: 5 });
    expect(ofSellers).toEqual([]);

    const requisitionId = next?.requisitionId ?? '';
    await sql`UPDATE settlement.bills SET state = 'REQUISITION_REVIEW' WHERE requisition_id = ${requisitionId}`.execute(
      platform.db,
    );
    await sql`UPDATE settlement.adjustments SET made_by = ${CHECKER.userId}`.execute(platform.db);
    const now = world().clock.now();
    const runId = value(await toPay((tx) => makeRun(platform, tx, { requisitionIds: [requisitionId] }, MAKER, now)));
    const approved = await toPay((tx) => approveRun(platform, tx, { runId, by: CHECKER }, now));
    expect(approved).toMatchObject({ refusal: { code: 'FOUR_EYES' } });
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

describe('what a seller sees of its settlement', () => {
  it('S2-2, S5-2, S-63: bills once it accepted the newest agreement, transaction details once it is certified', async () => {
    const { platform, demo, clock } = world();
    const own = await clientAs(platform, app, 'SO', { sellerId: demo.sellerId });
    const finance = await operator();
    const [bills, lines] = ['/console/seller/settlement/bills', '/console/seller/settlement/lines'];
    const asked = { kind: 'BILLS', format: 'csv', language: 'en', filter: {} };
    expect((await own.get(bills)).status).toBe(200);
    const publish = (text: string) => finance.post('/console/operator/seller-agreements', { title: '商家协议', text });
    expect((await publish('第一版')).status).toBe(201);
    expect(await codeOf(publish('第一版'))).toBe('AGREEMENT_TEXT');
    expect(await codeOf(own.get(bills))).toBe('AGREEMENT_OPEN');
    expect(await codeOf(own.post('/console/exports', asked))).toBe('AGREEMENT_OPEN');
    expect((await own.get(lines)).status).toBe(200);
    expect((await finance.get('/console/operator/settlement/bills')).status).toBe(200);
    const accept = (version: number) => own.post('/console/seller/agreement/acceptance', { version });
    expect((await publish('第二版')).status).toBe(201);
    expect(await codeOf(accept(1))).toBe('AGREEMENT_CHANGED');
    const clerk = await clientAs(platform, app, 'SF', { sellerId: demo.sellerId });
    const read = ownAgreement.parse(await json(clerk.get('/console/seller/agreement')));
    expect(read).toMatchObject({ agreement: { version: 2, text: '第二版', accepted: null }, mayAccept: false });
    expect((await accept(2)).status).toBe(200);
    expect((await own.get(bills)).status).toBe(200);
    const { items } = sellerAgreementList.parse(await json(finance.get('/console/operator/seller-agreements')));
    expect(items.map(({ version, accepted }) => [version, accepted])).toEqual([
      [2, 1],
      [1, 0],
    ]);

    await certifySeller(platform.db, demo.sellerId, null);
    expect(await codeOf(own.get(lines))).toBe('NOT_CERTIFIED');
    expect((await finance.get(lines)).status).toBe(200);
    await certifySeller(platform.db, demo.sellerId, clock.now());
    expect((await own.get(lines)).status).toBe(200);
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
