/** S4-7, S-7: a seller sells off, is paid, invoices, leaves for good; its customers' services run to their end. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import {
  advanceTo,
  askToRenew,
  instanceOf,
  startObedientSeller,
  subscribed,
  toldOf,
} from '../../../../../tests/support/lives.ts';
import { createShop } from '../../../../../tests/support/shop.ts';
import { createApp } from '../../api/app.ts';
import { leavingDetail, leavingPage, ownLeaving } from '../../api/console-api/leaving-schemas.ts';
import { problem } from '../../api/console-api/schemas.ts';
import { session } from '../../api/console-api/session-schemas.ts';
import { createCaller } from '../../fulfilment/index.ts';
import type { Instance } from '../../instances/index.ts';
import { outbox } from '../../notification/index.ts';
import { sql } from '../../platform/database/database.ts';
import { askForInvoice } from '../invoices/buyer/request.ts';
import { feeOffers, requestFeeInvoice } from '../invoices/fee/service.ts';
import { keepTitle } from '../invoices/titles.ts';
import { decideLeaving } from './service.ts';

const { world, value, tryTo } = createShop();
const apps: ReturnType<typeof createApp>[] = [];
const sellers: FakeSeller[] = [];
const services: Instance[] = [];

const app = () => apps[0] ?? createApp({ platform: world().platform, caller: createCaller(world().platform) });
const db = () => world().platform.db;
/** signed in anew each time: sessions end while the clock moves on */
const as = (role: 'SO' | 'SF' | 'SP' | 'OR' | 'OM'): Promise<ConsoleClient> =>
  clientAs(world().platform, app(), role, role.startsWith('O') ? {} : { sellerId: world().demo.sellerId });
const own = async () => ownLeaving.parse(await (await (await as('SO')).get('/console/seller/leaving')).json());
const hindered = async () => (await own()).hindrances.map(({ kind, count }) => `${kind} ${count}`);
/** a minute later */
async function ask(role: 'SO' | 'SF' | 'SP' | 'OR' | 'OM', path: string, body: object = {}) {
  world().clock.moveTo(new Date(world().clock.now().getTime() + 60_000));
  const answer = await (await as(role)).post(`/console${path}`, body);
  const json: unknown = await answer.json();
  return answer.ok ? { code: 'OK', facts: undefined, json } : { ...problem.parse(json), json };
}
const day = (text: string) => new Date(`${text}T04:00:00Z`);

beforeAll(async () => {
  const seller = await startObedientSeller(world());
  sellers.push(seller);
  apps.push(app());
  // few a month, so that the bill stays below the minimum; the first is refunded later, the second needs no invoice
  for (const quantity of [5, 5]) services.push(await subscribed(world(), { quantity }));
  // both were ordered in the same instant: lists go by their numbers then
  services.sort((one, other) => one.orderId.localeCompare(other.orderId));
  return () => seller.close();
});

describe('S4-7: what hinders is counted, from the sale to the last invoice', () => {
  it('all products withdrawn, no order in progress, no unsettled order', async () => {
    expect(await hindered()).toEqual(['PRODUCTS 1', 'UNBILLED 2', 'UNINVOICED 2']);
    const refused = await ask('SO', '/seller/leaving', { reason: 'we close' });
    expect(refused).toMatchObject({ code: 'LEAVING_HINDERED', facts: { rule: 'S4-7' } });
    expect((await ask('SO', '/seller/leaving/rest')).code).toBe('LEAVING_HINDERED');
    // stopped by an approved removal: no sale any more, renewals go on (C29)
    await sql`UPDATE catalog.products SET state = 'STOPPED' WHERE seller_id = ${world().demo.sellerId}`.execute(db());
    expect(await hindered()).toEqual(['UNBILLED 2', 'UNINVOICED 2']);
    const { running } = await own();
    expect(running).toEqual({ prepaid: 2, lastExpiry: expect.any(String) });
    await sql`UPDATE instances.instances SET charging_mode = 'ON_DEMAND' WHERE resource_id = ${services[0]?.resourceId}`.execute(
      db(),
    );
    expect(await hindered()).toEqual(['METERED 1', 'UNBILLED 2', 'UNINVOICED 2']);
    await sql`UPDATE instances.instances SET charging_mode = 'PERIOD' WHERE resource_id = ${services[0]?.resourceId}`.execute(
      db(),
    );
    await sql`UPDATE ordering.order_lines SET state = 'FAILED' WHERE order_line_id = ${services[0]?.resourceId}`.execute(
      db(),
    );
    expect(await hindered()).toEqual(['ORDERS 1', 'UNBILLED 2', 'UNINVOICED 2']);
    await sql`UPDATE ordering.order_lines SET state = 'FULFILLED' WHERE order_line_id = ${services[0]?.resourceId}`.execute(
      db(),
    );
  });

  it('S4-4: what stays below the minimum is sent on as it is, since nothing more comes', async () => {
    await advanceTo(world(), day('2026-02-04'));
    expect(await hindered()).toEqual(['BELOW_MINIMUM 1', 'UNINVOICED 2']);
    expect((await own()).mayTakeTheRest).toBe(true);
    expect((await ask('SO', '/seller/leaving/rest')).code).toBe('OK');
    expect(await hindered()).toEqual(['UNPAID 1', 'UNINVOICED 2']);
    expect((await own()).mayTakeTheRest).toBe(false);
  });

  it('S3-29: no platform-fee invoice outstanding', async () => {
    await sql`UPDATE settlement.bills SET state = 'PAID' WHERE seller_id = ${world().demo.sellerId}`.execute(db());
    expect(await hindered()).toEqual(['UNINVOICED 2', 'FEE 1']);
    const { platform, demo } = world();
    const { sellerId } = demo;
    const name = { type: 'ENTERPRISE', name: 'S', taxNumber: null, address: null, phone: null, bank: null } as const;
    const title = { ...name, account: null };
    const receiver = { email: 's@example.com', name: null, phone: null, address: null };
    value(
      await tryTo((tx, now) =>
        keepTitle(platform, tx, { owner: `seller:${sellerId}`, titleId: null, title, receiver }, now),
      ),
    );
    const requisitionIds = (await feeOffers(db(), sellerId)).map(({ requisitionId }) => requisitionId);
    const request = { sellerId, requisitionIds, kind: 'ORDINARY_DIGITAL', by: 'SF' } as const;
    const asked = value(await tryTo((tx, now) => requestFeeInvoice(platform, tx, request, now)));
    expect(await hindered()).toEqual(['UNINVOICED 2', 'FEE 1']);
    await sql`UPDATE settlement.fee_invoices SET state = 'ISSUED' WHERE fee_invoice_id = ${asked.feeInvoiceId}`.execute(
      db(),
    );
    expect(await hindered()).toEqual(['UNINVOICED 2']);
  });

  it('no order without an invoice, or the proof that its buyer needs none', async () => {
    const { uninvoiced, mayDeclare } = await own();
    expect([mayDeclare, uninvoiced.map(({ orderKey }) => orderKey)]).toEqual([
      true,
      services.map(({ orderId }) => orderId),
    ]);
    const { platform, demo } = world();
    // the first is asked for and issued
    const title = {
      type: 'PERSONAL',
      name: 'Ann',
      taxNumber: null,
      address: null,
      phone: null,
      bank: null,
      account: null,
    } as const;
    const receiver = { email: 'ann@example.com', name: null, phone: null, address: null };
    const request = {
      buyerId: demo.buyerId,
      issuer: `SELLER:${demo.sellerId}`,
      orderIds: [services[0]?.orderId ?? ''],
      kind: 'ORDINARY_DIGITAL',
    } as const;
    const [invoice] = value(
      await tryTo((tx, now) =>
        askForInvoice(
          platform,
          tx,
          { ...request, title, receiver, note: '', userId: 'u1', by: 'Ann', traceId: 't' },
          now,
        ),
      ),
    );
    expect(await hindered()).toEqual(['UNINVOICED 1', 'INVOICES 1']);
    await sql`UPDATE settlement.buyer_invoices SET state = 'ISSUED' WHERE invoice_id = ${invoice?.invoiceId}`.execute(
      db(),
    );
    // of the second the seller declares that none is needed; finance may, a colleague of sales may not
    const order = { buyerId: demo.buyerId, orderKey: services[1]?.orderId ?? '' };
    const statement = { orders: [order], statement: 'The customer wrote that it needs none', fileId: null };
    expect((await ask('SP', '/seller/leaving/statements', statement)).code).toBe('FORBIDDEN');
    const strange = { ...statement, orders: [{ ...order, orderKey: services[0]?.orderId ?? '' }] };
    expect((await ask('SF', '/seller/leaving/statements', strange)).code).toBe('STATEMENT_ORDER');
    expect((await ask('SF', '/seller/leaving/statements', statement)).code).toBe('OK');
    expect((await ask('SF', '/seller/leaving/statements', statement)).code).toBe('STATEMENT_ORDER');
    expect(await hindered()).toEqual([]);
  });
});

describe('S4-7: the application', () => {
  const leavingId = async () => (await own()).application?.leavingId ?? '';
  const decide = async (approve: boolean) =>
    ask('OR', `/operator/leavings/${await leavingId()}/decision`, { approve, comment: 'looked at' });

  it('is the main account’s, one at a time; taken back, or rejected with a reason, the seller stays', async () => {
    expect((await ask('SF', '/seller/leaving', { reason: 'we close' })).code).toBe('FORBIDDEN');
    expect((await ask('SO', '/seller/leaving', { reason: 'we close' })).code).toBe('OK');
    expect((await ask('SO', '/seller/leaving', { reason: 'we close' })).code).toBe('LEAVING_OPEN');
    expect((await ask('SO', '/seller/leaving/withdrawal')).code).toBe('OK');
    expect((await decide(true)).code).toBe('LEAVING_STATE');
    expect((await ask('SO', '/seller/leaving', { reason: 'we close after all' })).code).toBe('OK');
    expect((await decide(false)).code).toBe('OK');
    expect((await own()).application).toMatchObject({ state: 'REJECTED', comment: 'looked at' });
    expect((await own()).leftAt).toBeNull();
  });

  it('is checked again when it is approved: what came between hinders', async () => {
    expect((await ask('SO', '/seller/leaving', { reason: 'we close' })).code).toBe('OK');
    await sql`UPDATE catalog.products SET state = 'ON_SALE' WHERE seller_id = ${world().demo.sellerId}`.execute(db());
    expect(await decide(true)).toMatchObject({ code: 'LEAVING_HINDERED', facts: { kinds: 'PRODUCTS 1' } });
    expect((await own()).application?.state).toBe('PENDING');
    await sql`UPDATE catalog.products SET state = 'STOPPED' WHERE seller_id = ${world().demo.sellerId}`.execute(db());
  });

  it('the operator sees what the seller declares, and of two decisions at once one counts', async () => {
    const reviewer = await as('OR');
    const { items } = leavingPage.parse(await (await reviewer.get('/console/operator/leavings?state=PENDING')).json());
    expect(items).toMatchObject([{ sellerId: world().demo.sellerId, reason: 'we close' }]);
    const path = `/console/operator/leavings/${await leavingId()}`;
    const detail = leavingDetail.parse(await (await reviewer.get(path)).json());
    expect(detail).toMatchObject({
      hindrances: [],
      running: { prepaid: 2 },
      statements: [{ orders: [{ orderKey: services[1]?.orderId }] }],
    });
    const decision = { leavingId: await leavingId(), approve: true, comment: 'well', by: 'Olga' };
    const codes = await Promise.all(
      [1, 2].map(() => tryTo((tx, now) => decideLeaving(world().platform, tx, decision, now))),
    );
    expect(codes.map((each) => (each.ok ? 'OK' : each.refusal.code)).toSorted()).toEqual(['LEAVING_STATE', 'OK']);
    expect((await own()).leftAt).not.toBeNull();
  });
});

describe('S-7: afterwards there is no return', () => {
  it('its people read what is past, and nothing else', async () => {
    const owner = await as('SO');
    const signedIn = session.parse(await (await owner.get('/console/session')).json());
    expect([
      signedIn.left,
      signedIn.actions.includes('settlement.view'),
      signedIn.actions.includes('catalog.manage'),
    ]).toEqual([true, true, false]);
    for (const path of [
      '/console/orders',
      '/console/seller/settlement/bills',
      '/console/invoices',
      '/console/seller/leaving',
    ])
      expect([path, (await owner.get(path)).status]).toEqual([path, 200]);
    expect((await owner.get('/console/attributes')).status).toBe(403);
    expect((await ask('SO', '/seller/leaving', { reason: 'again' })).code).toBe('SELLER_LEFT');
    expect((await ask('SP', '/drafts', {})).code).toBe('SELLER_LEFT');
    expect((await ask('SO', '/members', { loginName: 'x.y', displayName: 'x', role: 'SP' })).code).toBe('SELLER_LEFT');
  });

  it('what a customer may still ask is answered: an invoice that it returns (S5-20); no new one is asked for', async () => {
    const { platform, demo } = world();
    const { rows } = await sql<{ id: string }>`
      UPDATE settlement.buyer_invoices SET state = 'RETURNING' WHERE seller_id = ${demo.sellerId} RETURNING invoice_id AS id`.execute(
      db(),
    );
    const path = `/invoices/${rows[0]?.id}/issuer-steps`;
    expect((await ask('SF', path, { step: 'answer-return', agree: false, reason: 'it was right' })).code).toBe('OK');
    expect((await ask('SP', path, { step: 'accept' })).code).not.toBe('OK');
    const who = { type: 'PERSONAL', name: 'Ann', taxNumber: null, address: null, phone: null } as const;
    const title = { ...who, bank: null, account: null };
    const receiver = { email: 'ann@example.com', name: null, phone: null, address: null };
    const request = {
      buyerId: demo.buyerId,
      issuer: `SELLER:${demo.sellerId}`,
      orderIds: [services[1]?.orderId ?? ''],
      kind: 'ORDINARY_DIGITAL',
      ...{ note: '', userId: 'u1', by: 'Ann', traceId: 't' },
    } as const;
    const refused = await tryTo((tx, now) => askForInvoice(platform, tx, { ...request, title, receiver }, now));
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'INVOICE_ISSUER_LEFT' } });
  });

  it('S4-7: its company does not join again, however its name is typed; another does', async () => {
    const { rows } = await sql<{
      name: string;
      email: string;
    }>`SELECT name, email FROM directory.sellers WHERE seller_id = ${world().demo.sellerId}`.execute(db());
    const [company] = rows;
    const tenant = (name: string, email: string) => ({
      ...{ kind: 'seller', name, email, phone: '13800000000' },
      owner: { loginName: `again.${name.length}`, displayName: 'Again' },
    });
    const again = await ask(
      'OM',
      '/operator/tenants',
      tenant(` ${company?.name.toUpperCase()}. `, 'other@example.com'),
    );
    expect(again).toMatchObject({ code: 'JOINING_AGAIN', facts: { rule: 'S4-7', name: company?.name } });
    if (company?.email)
      expect((await ask('OM', '/operator/tenants', tenant('Another name', company.email))).code).toBe('JOINING_AGAIN');
    expect((await ask('OM', '/operator/tenants', tenant('Quite another company', 'new@example.com'))).code).toBe('OK');
  });

  it('C29: what was bought runs to its end and is not renewed; the seller is still told', async () => {
    const [first] = services;
    const resourceId = first?.resourceId ?? '';
    const refused = await askToRenew(world(), resourceId);
    expect(refused).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('C29') } });
    await advanceTo(world(), day('2026-03-20'));
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    const [seller] = sellers;
    expect(seller && toldOf(seller, resourceId).length).toBeGreaterThan(1);
  });

  it('N-11: operator and seller were told, and the audit log has each step', async () => {
    const told = (await outbox(db(), { before: null, limit: 200 })).map(({ variant }) => variant);
    expect(told).toEqual(expect.arrayContaining(['N-11.leaving-approved', 'N-11.leaving-rejected']));
    const { rows } = await sql<{
      action: string;
    }>`SELECT DISTINCT action FROM platform.audit_log WHERE action LIKE 'leaving.%' ORDER BY 1`.execute(db());
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'leaving.ask',
        'leaving.reject',
        'leaving.rest',
        'leaving.statement',
        'leaving.withdraw',
      ]),
    );
  });
});
