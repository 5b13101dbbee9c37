/** A product of the older kit, V1.0, from the binding to a withdrawal, and who uses it as its seller sees it (saas-v1.md 6, settlement.md 8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { type KitSeller, startKitSeller } from '../../../../tests/support/kit-seller.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { createOpenApiClient } from '../../../seller/src/index.ts';
import { createApp, listen } from '../api/app.ts';
import { setProductionUrl } from '../catalog/index.ts';
import {
  createDepartment,
  createEnterprise,
  createMember,
  dissolveEnterprise,
  type Enterprise,
  type VisibleRange,
} from '../directory/index.ts';
import { createCaller } from '../fulfilment/index.ts';
import { instanceById } from '../instances/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import {
  type Application,
  applicationById,
  authorise,
  bindApplication,
  type Day,
  dayAfter,
  dayOf,
  daysActive,
  endOfDay,
  figuresOf,
  projectsOf,
  readRange,
  recordSignIn,
  setCredential,
} from './index.ts';

const world = fileWorld();
const now = () => world().clock.now();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
let product: KitSeller;
let base: Awaited<ReturnType<typeof startFakeSeller>>;
let enterprise: Enterprise;
let application: Application;
let bound: Day;
const ids = new Map<string, string>();

const show = async (members: readonly string[]) => {
  const { platform, simulator } = world();
  const range: VisibleRange = { everyone: false, departments: [], groups: [], members };
  const found = await applicationById(platform.db, application.applicationId);
  if (!found) throw new Error('the application is gone');
  await run((tx) => authorise(platform, tx, { application: found, range, instance: null, by: 'admin' }, now()));
  await simulator.drain();
};
const idOf = (name: string) => ids.get(name) ?? '';
const nextDay = () => world().simulator.advanceTo(endOfDay(dayOf(now())));
const figures = async (from: Day, to: Day) => {
  const { platform, demo } = world();
  const asked = { goodsIds: [demo.goodsId], buyerId: null, range: { from, to } };
  return { ...figuresOf(await projectsOf(platform.db, asked)), days: await daysActive(platform.db, asked) };
};

beforeAll(async () => {
  const { platform, demo, clock, simulator } = world();
  base = await startFakeSeller();
  product = await startKitSeller(demo.accessKey, () => clock.now().getTime());
  await run((tx) => setProductionUrl(tx, demo.goodsId, base.url));
  const { orderId } = await buyFromDemo(world());
  await simulator.drain();
  const { sellerId, goodsId, keyId, buyerId } = demo;
  const credential = {
    ...{ goodsId, sellerId, keyId, address: product.url, publicKey: product.publicKey },
    ...({ protocol: 'kit-v1', loginUrl: `${product.url}/login`, multiInstance: false } as const),
    attributes: ['mobile', 'workPlace', 'employeeType'] as const,
  };
  await run((tx) => setCredential(platform, tx, credential, now()).then(granted));
  const facts = { name: 'Acme', shortName: 'acme', region: '', industry: '', description: '', buyerId };
  enterprise = await run((tx) => createEnterprise(platform, tx, facts, now()).then(granted));
  const { enterpriseId } = enterprise;
  await run((tx) => createDepartment(tx, enterpriseId, { code: 'hq', name: 'HQ', parentCode: null }, now()));
  await run((tx) => createDepartment(tx, enterpriseId, { code: 'lab', name: 'Lab', parentCode: 'hq' }, now()));
  for (const userName of ['ann', 'bob', 'eve']) {
    const facts = {
      ...{ userName, name: userName, departmentCode: 'lab', position: '', employeeCode: '', email: '', entryDate: '' },
      ...({ employeeType: 'INTERN', role: 'user', enabled: true, mobile: '13800138000', workPlace: 'Xi’an' } as const),
    };
    ids.set(userName, await run((tx) => createMember(platform.random, tx, enterpriseId, facts, now()).then(granted)));
  }
  const instance = await instanceById(platform.db, `${orderId}-000001`, { kind: 'all' });
  if (!instance) throw new Error('nothing was bought');
  const binding = { enterprise, instance, attributes: credential.attributes, by: 'owner' };
  application = await run((tx) => bindApplication(platform, tx, binding, now()).then(granted));
  bound = dayOf(now());
  await simulator.drain();
});
afterAll(() => Promise.all([product.close(), base.close()]));

describe('a product of kit V1.0 (saas-v1.md 6.2 … 6.6)', () => {
  it('E-20: takes in tenant, application with its secret, and departments', () => {
    expect(product.calls).toEqual(['tenant add', 'application add', 'departments 2']);
    expect(product.tenants.get(enterprise.enterpriseId)).toBe('Acme');
    expect(product.secrets.get(enterprise.enterpriseId)).toBe(
      world().platform.keys.open(application.sealedSecret, 'people.client-secret'),
    );
    expect(product.departments.get('lab')).toMatchObject({ name: 'Lab', parentCode: 'hq' });
  });

  it('E-21, E-25a: users arrive with what stands under extension; E-33: a withdrawal is a deletion (flag 0)', async () => {
    await show([idOf('ann'), idOf('bob')]);
    expect(product.users.get('ann')).toMatchObject({ departmentCode: 'lab', mobile: '13800138000' });
    await show([idOf('ann')]);
    expect(product.calls.at(-1)).toBe('users delete 1');
    expect([...product.users.keys()]).toEqual(['ann']);
    await show([idOf('ann'), idOf('bob')]);
    expect([...product.users.keys()].toSorted()).toEqual(['ann', 'bob']);
  });
});

describe('who uses it (settlement.md 8)', () => {
  it('S-72, S-74: sign-ins, and what the seller reports by the SDK’s client, record by record', async () => {
    const { platform, demo, clock } = world();
    await run((tx) => recordSignIn(tx, { applicationId: application.applicationId, memberId: idOf('ann'), at: now() }));
    const server = await listen(createApp({ platform, caller: createCaller(platform) }), '127.0.0.1', 0);
    const client = createOpenApiClient({
      ...{ baseUrl: `http://127.0.0.1:${server.port}`, ak: demo.ak, sk: demo.sk },
      clock: () => clock.now().getTime(),
    });
    const used = (userName: string, changes: { instanceId?: string; at?: Date } = {}) => ({
      ...{ instanceId: application.instanceId, userName, at: now() },
      ...changes,
    });
    const reported = await client.reportActivity([
      ...[used('ann'), used('BOB'), used('bob'), used('eve')],
      ...[used('bob', { instanceId: 'another' }), used('bob', { at: new Date(now().getTime() - 40 * 86_400_000) })],
    ]);
    const nothing = await client.reportActivity([]);
    await server.close();
    expect(reported).toMatchObject({ ok: true, value: { taken: 1, repeated: 2 } });
    expect(reported.ok && reported.value.failed.map(({ place, code }) => [place, code])).toEqual([
      [3, '003'],
      [4, '002'],
      [5, '004'],
    ]);
    expect(nothing).toMatchObject({ ok: false, code: 'MKT.0101' });
    await nextDay();
    expect(await figures(bound, bound)).toEqual({
      ...{ projects: 1, opened: 1, openingRate: 1, activeProjects: 1, projectActivity: 1 },
      ...{ authorised: 2, activeUsers: 2, userActivity: 1 },
      days: [{ day: bound, activeProjects: 1, activeUsers: 2 }],
    });
  });

  it('S-70: at most 30 days, none of today, by name; S-73: before the opening there is nothing to divide by', async () => {
    const yesterday = dayAfter(bound, -1);
    expect(readRange({ from: bound, to: dayOf(now()) }, now())).toMatchObject({ refusal: { code: 'RANGE_NOT_OVER' } });
    expect(readRange({ from: dayAfter(bound, -30), to: bound }, now())).toMatchObject({
      refusal: { code: 'RANGE_TOO_LONG' },
    });
    expect(readRange({ from: bound, to: yesterday }, now())).toMatchObject({ refusal: { code: 'RANGE_ORDER' } });
    expect(await figures(yesterday, yesterday)).toMatchObject({ projects: 0, openingRate: null, userActivity: null });
  });

  it('S-73: what was dissolved counts up to the day before, accounts that were taken away no more', async () => {
    await show([idOf('ann')]);
    await nextDay();
    const left = dayAfter(bound, 1);
    expect(await figures(left, left)).toMatchObject({ opened: 1, authorised: 1, activeUsers: 0, userActivity: 0 });
    await run((tx) => dissolveEnterprise(world().platform, tx, enterprise.enterpriseId, 'owner', now()));
    await world().simulator.drain();
    await nextDay();
    const ended = dayAfter(bound, 2);
    expect(await figures(bound, ended)).toMatchObject({ projects: 1, opened: 0, authorised: 0, projectActivity: null });
    expect(await figures(bound, left)).toMatchObject({ opened: 1, authorised: 1, activeUsers: 2, activeProjects: 1 });
  });
});
