/**
 * Every route × every role × own, unassigned and foreign objects (`access-table.test-support.ts`); a route without an entry
 * fails.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedInvoices } from '../../../../../tests/support/asked-invoices.ts';
import { imageOf } from '../../../../../tests/support/asset-objects.ts';
import { broughtLine } from '../../../../../tests/support/brought-line.ts';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { debugObjectsOf } from '../../../../../tests/support/debug-objects.ts';
import { enterpriseObjectsOf } from '../../../../../tests/support/enterprise-objects.ts';
import { type FakeSeller, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { meteredObjects } from '../../../../../tests/support/metered-objects.ts';
import { paidOut } from '../../../../../tests/support/paid-out.ts';
import { publicationObjectsOf } from '../../../../../tests/support/publication-objects.ts';
import { sentBill } from '../../../../../tests/support/sent-bill.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { takenBack } from '../../../../../tests/support/taken-back.ts';
import { type Objects, ordersOf, twoTenants } from '../../../../../tests/support/two-tenants.ts';
import { walletObjectsOf } from '../../../../../tests/support/wallet-objects.ts';
import { areaOf, insertGrant, ROLES, type Role } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { SANDBOX_ROUTES } from '../sandbox/server.ts';
import {
  ACCESS,
  assetOf,
  billOf,
  broughtOf,
  debugOf,
  enterpriseOf,
  invoiceOf,
  leavingOf,
  meteredOf,
  publicationOf,
  sellerOf,
  walletOf,
} from './access-table.test-support.ts';
import { isOwnAffair } from './audit.ts';
import { auditedObjects, namesIn } from './audited-objects.ts';
import type { ConsoleRoute } from './route.ts';
import { CONSOLE_ROUTES } from './server.ts';

const nameOf = (route: ConsoleRoute) => `${route.kind} ${route.path}`;
const routes = [
  ...CONSOLE_ROUTES.map((route) => ({ name: `/console ${nameOf(route)}`, route, prefix: '/console' })),
  ...SANDBOX_ROUTES.map((route) => ({ name: `/sandbox ${nameOf(route)}`, route, prefix: '/sandbox' })),
];

interface Person {
  readonly role: Role;
  readonly client: ConsoleClient;
  /** what the person ordered or was assigned */
  readonly assigned: Objects;
  /** of the same tenant, but neither ordered by nor assigned to the person */
  readonly unassigned: Objects;
}
const world = sharedWorld({ config: { comparisonHours: 24 } });
/** every question that was asked: a route, a role, an object */
const asked = { own: 0, unassigned: 0, foreign: 0 };
/** commands that were done, and the requests that did them */
const done: { readonly route: ConsoleRoute; readonly requestId: string }[] = [];
const people: Person[] = [];
const foreign: Objects[] = [];
const sellers: FakeSeller[] = [];

beforeAll(async () => {
  const { platform } = world();
  const seller = await startFakeSeller();
  sellers.push(seller);
  const app = createApp({ platform, caller: createCaller(platform) });
  const { own, foreign: other } = await twoTenants(world(), seller);
  foreign.push(await ordersOf(world(), seller, other, 'somebody'));
  const ours = await ordersOf(world(), seller, own, 'a-colleague');
  // a second product of the same seller, for the same buyer
  const { foreign: third } = await twoTenants(world(), seller);
  await sql`UPDATE catalog.products SET seller_id = ${own.sellerId} WHERE goods_id = ${third.goodsId}`.execute(
    platform.db,
  );
  const { sellerId, buyerId } = own;
  const unassigned = await ordersOf(world(), seller, { ...third, sellerId, buyerId }, 'a-colleague');
  for (const { goodsId } of [ours, unassigned, ...foreign])
    debugOf.set(goodsId, await debugObjectsOf(platform, goodsId));
  for (const { goodsId } of [ours, unassigned]) assetOf.set(goodsId, await imageOf(platform, own.sellerId));
  for (const { goodsId } of foreign) assetOf.set(goodsId, await imageOf(platform, other.sellerId));
  for (const { goodsId } of [ours, unassigned])
    publicationOf.set(goodsId, await publicationObjectsOf(platform, { goodsId, sellerId: own.sellerId }));
  for (const { goodsId } of foreign)
    publicationOf.set(goodsId, await publicationObjectsOf(platform, { goodsId, sellerId: other.sellerId }));
  const [wallet, foreignWallet] = [
    await walletObjectsOf(platform, own.buyerId),
    await walletObjectsOf(platform, other.buyerId),
  ];
  for (const { goodsId } of [ours, unassigned]) walletOf.set(goodsId, wallet);
  for (const { goodsId } of foreign) walletOf.set(goodsId, foreignWallet);
  for (const { goodsId } of [ours, unassigned]) sellerOf.set(goodsId, own.sellerId);
  for (const { goodsId } of foreign) sellerOf.set(goodsId, other.sellerId);
  for (const [goodsId, seller_] of sellerOf) billOf.set(goodsId, await sentBill(platform, seller_, `B-${goodsId}`));
  for (const [goodsId, seller_] of sellerOf) leavingOf.set(goodsId, await takenBack(platform, seller_));
  for (const [goodsId, seller_] of sellerOf) {
    const buyerId = seller_ === own.sellerId ? own.buyerId : other.buyerId;
    const billId = billOf.get(goodsId) ?? '';
    invoiceOf.set(goodsId, await askedInvoices(platform, { sellerId: seller_, buyerId, billId }));
  }
  for (const { goodsId, resourceId } of [ours, unassigned, ...foreign])
    meteredOf.set(resourceId, await meteredObjects(platform, resourceId, sellerOf.get(goodsId) ?? ''));
  await paidOut(platform, own.sellerId);
  const [mine, theirs] = [
    await broughtLine(platform, own.sellerId, 'BROUGHT-1'),
    await broughtLine(platform, other.sellerId, 'BROUGHT-2'),
  ];
  for (const { goodsId } of [ours, unassigned]) broughtOf.set(goodsId, mine);
  for (const { goodsId } of foreign) broughtOf.set(goodsId, theirs);
  for (const [{ distributorId }, objects] of [
    [mine, ours],
    [mine, unassigned],
    ...foreign.map((objects) => [theirs, objects] as const),
  ] as const)
    await sql`INSERT INTO notification.receivers (tenant, receiver_id, name, language, email, email_verified, choices, created_at)
      SELECT DISTINCT ${`distributor:${distributorId}`}, receiver_id, name, language, email, email_verified, choices, created_at
      FROM notification.receivers WHERE receiver_id = ${objects.receiverId}`.execute(platform.db);
  const owners = {
    buyer: { buyerId: own.buyerId },
    enterprise: { buyerId: own.buyerId },
    seller: { sellerId: own.sellerId },
    distributor: { distributorId: mine.distributorId },
    operator: {},
  };
  for (const objects of [ours, unassigned])
    enterpriseOf.set(objects.goodsId, await enterpriseObjectsOf(platform, { ...own, ...objects }));
  for (const objects of foreign)
    enterpriseOf.set(objects.goodsId, await enterpriseObjectsOf(platform, { ...other, ...objects }));
  for (const role of ROLES) {
    const area = areaOf(role);
    const owner = owners[area];
    const client = await clientAs(platform, app, role, owner);
    // A seller's sub-user is given one of the seller's two products; a purchaser sees what he or she ordered.
    if (area === 'seller') await insertGrant(platform.db, client.userId, own.goodsId);
    if (role === 'EA')
      await sql`INSERT INTO directory.administrators (enterprise_id, user_id, state, invited_by, invited_at)
        VALUES (${enterpriseOf.get(own.goodsId)?.enterpriseId}, ${client.userId}, 'ACTIVE', 'owner', ${platform.clock.now()})`.execute(
        platform.db,
      );
    // a business administrator of the same enterprise, and whoever set it up for a customer
    const { enterpriseId, applicationId = '' } = enterpriseOf.get(own.goodsId) ?? {};
    if (role === 'EB') {
      await sql`INSERT INTO directory.administrators (enterprise_id, user_id, state, invited_by, invited_at, scope)
        VALUES (${enterpriseId}, ${client.userId}, 'ACTIVE', 'admin', ${platform.clock.now()},
          ${JSON.stringify({ departments: ['hq'], applications: [applicationId] })}::jsonb)`.execute(platform.db);
      // sees the own imports only
      await sql`UPDATE directory.imports SET user_id = ${client.userId} WHERE enterprise_id = ${enterpriseId}`.execute(
        platform.db,
      );
    }
    if (role === 'ED')
      await sql`UPDATE directory.enterprises SET distributed_by = ${client.userId}
        WHERE enterprise_id = ${enterpriseId}`.execute(platform.db);
    const assigned = role === 'BP' ? await ordersOf(world(), seller, own, client.userId) : ours;
    if (role === 'BP')
      meteredOf.set(assigned.resourceId, await meteredObjects(platform, assigned.resourceId, own.sellerId));
    people.push({ role, client, assigned, unassigned });
  }
});
afterAll(() => Promise.all(sellers.map((seller) => seller.close())));

it('the table names each route, and only those', () => {
  expect(Object.keys(ACCESS).toSorted()).toEqual(routes.map(({ route }) => nameOf(route)).toSorted());
});

const isOperator = (role: string) => ROLES.some((each) => each === role && areaOf(each) === 'operator');
function accessOf(route: ConsoleRoute) {
  const access = ACCESS[nameOf(route)] ?? { x: '' };
  return { access, roles: [...access.x.split(' '), ...(access.o ?? '').split(' ')] };
}

describe.each(routes)('$name', ({ route, prefix }) => {
  const access = ACCESS[nameOf(route)] ?? { x: '' };
  const [all, some] = [access.x.split(' '), (access.o ?? '').split(' ')];
  const success = route.kind === 'command' ? route.status : 200;

  async function statusFor({ client }: Person, objects: Objects): Promise<number> {
    const names: Record<string, string> = { ...objects, ...access.object?.(objects) };
    const path = `${prefix}${route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')}`;
    const requestId = randomUUID().replaceAll('-', '');
    const answer =
      route.kind === 'read'
        ? await client.get(`${path}${access.query?.(objects) ?? ''}`)
        : await client.post(path, access.body?.(objects) ?? {}, { 'x-request-id': requestId });
    if (route.kind === 'command' && answer.ok) done.push({ route, requestId });
    await answer.body?.cancel();
    return access.refusedByRule && (answer.status === 409 || answer.status === 422) ? success : answer.status;
  }
  const statuses = async (kind: keyof typeof asked, objectsOf: (person: Person) => Objects | undefined) => {
    const found: Record<string, number> = {};
    for (const person of people) {
      const objects = objectsOf(person);
      if (!objects) continue;
      asked[kind] += 1;
      found[person.role] = await statusFor(person, objects);
    }
    return found;
  };
  const expected = (statusOf: (role: string) => number) =>
    Object.fromEntries(ROLES.map((role) => [role, statusOf(role)]));
  const may = (role: string) => all.includes(role) || some.includes(role);

  it('own and assigned: the roles of the matrix may, everybody else is FORBIDDEN', async () => {
    expect(await statuses('own', (person) => person.assigned)).toEqual(expected((role) => (may(role) ? success : 403)));
  });

  if (!access.object) return;

  it('of the tenant but not assigned: found by those who see all, not by the others', async () => {
    expect(await statuses('unassigned', (person) => person.unassigned)).toEqual(
      expected((role) => (all.includes(role) ? success : may(role) ? 404 : 403)),
    );
  });

  it('foreign: not found, unless an operator looks (P-2)', async () => {
    expect(await statuses('foreign', () => foreign[0])).toEqual(
      expected((role) => (!may(role) ? 403 : role.startsWith('O') ? success : 404)),
    );
  });
});

/** Objects of the marketplace itself: nobody else's is changed. */
const OWN_OBJECTS = ['period', 'runId', 'entryId', 'month', 'year'];
const operatorCommands = routes.filter(
  ({ route }) => route.kind === 'command' && !isOwnAffair(route) && accessOf(route).roles.some(isOperator),
);
it('P-4: an operator’s command on a tenant’s object finds whose it is', async () => {
  const { db } = world().platform;
  const unnamed: string[] = [];
  for (const { route, name } of operatorCommands) {
    const { access } = accessOf(route);
    const params = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param ?? '');
    if (access.object === undefined || (params.every((param) => OWN_OBJECTS.includes(param)) && params.length > 0))
      continue;
    const [objects] = foreign;
    if (!objects) throw new Error('no objects');
    const known: Record<string, string> = { ...objects, ...access.object(objects) };
    const named = namesIn(
      Object.fromEntries(params.map((param) => [param, known[param] ?? ''])),
      access.body?.(objects),
    );
    if ((await auditedObjects(db, named)).party === null) unnamed.push(name);
  }
  expect(unnamed).toEqual([]);
});

/** Commands of operators that change nothing of anybody else's. */
const OWN_COMMANDS = [
  'command /exports',
  'command /market/index/rebuild',
  // the account is the marketplace's, the taxes are those of the site
  'command /operator/payout/accounts',
  'command /operator/trade-terms',
  'command /operator/payout/statements',
  'command /operator/working-calendar/{year}',
  'command /tasks/{taskId}/restart',
  // of all sellers
  'command /usage/rating',
];
it('P-4: what an operator did to another’s object names whose it is', async () => {
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT request_id AS id FROM platform.audit_log
    WHERE request_id = ANY(${done.map(({ requestId }) => requestId)}::text[]) AND role LIKE 'O_' AND on_behalf_of IS NULL`.execute(
    world().platform.db,
  );
  const nameless = new Set(rows.map(({ id }) => id));
  const found = done.filter(({ requestId }) => nameless.has(requestId)).map(({ route }) => nameOf(route));
  expect([...new Set(found)].toSorted()).toEqual(OWN_COMMANDS.toSorted());
});

it('O-50: each command that was done stands in the audit log, but for people’s own affairs as users of the market', async () => {
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT request_id AS id FROM platform.audit_log
    WHERE request_id = ANY(${done.map(({ requestId }) => requestId)}::text[])`.execute(world().platform.db);
  const written = new Set(rows.map(({ id }) => id));
  const missing = done.filter(({ route, requestId }) => !written.has(requestId) && !isOwnAffair(route));
  expect([...new Set(missing.map(({ route }) => nameOf(route)))]).toEqual([]);
  expect(written.size).toBeGreaterThan(100);
});

it('thousands of combinations were tried, foreign objects among them', () => {
  const { own, unassigned, foreign: others } = asked;
  process.stdout.write(
    `access: ${routes.length} routes × ${ROLES.length} roles: ${own} own, ${unassigned} unassigned, ${others} foreign\n`,
  );
  expect(own).toBe(routes.length * ROLES.length);
  expect(others).toBeGreaterThan(1_000);
});

it('lists and search show nothing of other tenants', async () => {
  const [theirs] = foreign;
  for (const { role, client } of people.filter((person) => !person.role.startsWith('O'))) {
    for (const path of [
      '/console/orders?limit=100',
      '/console/instances?limit=100',
      '/console/calls?limit=100',
      '/console/refunds?limit=100',
      '/console/services?limit=100',
      '/console/differences?limit=100',
      '/console/seller/settlement/lines?limit=100',
      `/console/search?q=${theirs?.orderId}`,
    ]) {
      const text = await (await client.get(path)).text();
      expect([role, path, text.includes(theirs?.orderId ?? 'nothing')]).toEqual([role, path, false]);
    }
  }
});
