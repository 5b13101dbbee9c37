/** An export from the wish to its end: written in the background, for the person who asked, for three days. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { meteredObjects } from '../../../../../tests/support/metered-objects.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import type { Role } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { takeUsage } from '../../metering/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { type ExportSource, exportsOfUser, requestExport, stepExports } from '../../platform/exports/index.ts';
import { fileById } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { buyFromDemo } from '../../testing/index.ts';
import { createApp } from '../app.ts';
import { type ExportJobView, exportJob, exportJobs } from './export-schemas.ts';
import { operating } from './operating-schemas.ts';

const world = sharedWorld();
const made: ReturnType<typeof createApp>[] = [];
beforeAll(() => {
  const { platform } = world();
  made.push(createApp({ platform, caller: createCaller(platform) }));
});
const app = { fetch: (asked: Request) => made[0]?.fetch(asked) ?? Response.error() };
const seller = (role: Role = 'SO') => clientAs(world().platform, app, role, { sellerId: world().demo.sellerId });

const ORDERS = { kind: 'ORDERS', format: 'csv', language: 'zh', filter: {} };
const listOf = async (person: ConsoleClient): Promise<ExportJobView[]> =>
  exportJobs.parse(await (await person.get('/console/exports')).json()).items;
const pathOf = ({ link }: ExportJobView): string => link?.url.replace('/api', '') ?? 'none';

describe('S5-11, S5-12: an export', () => {
  it('is written in the background, fetched by who asked and by nobody else, and gone after 3 days; S5-14: figures of trade end with yesterday', async () => {
    const { clock, simulator, platform } = world();
    const order = await buyFromDemo(world());
    const [person, colleague] = [await seller(), await seller()];
    const asked = exportJob.parse(await (await person.post('/console/exports', ORDERS)).json());
    expect(asked).toMatchObject({ state: 'WAITING', name: '订单列表-2026-01-05.csv', link: null });
    await simulator.drain();
    const [done] = await listOf(person);
    if (!done) throw new Error('the export is not listed');
    expect(done).toMatchObject({ state: 'DONE', totalRows: done.rows, expiresAt: '2026-01-08T02:00:00.000Z' });
    const text = await (await person.get(pathOf(done))).text();
    expect(text).toContain(order.orderId);
    expect(text.split('\r\n')[0]).toContain('订单号,订单行ID');
    expect(await listOf(colleague)).toEqual([]);
    expect((await colleague.get(pathOf(done))).status).toBe(404);
    expect((await person.get(pathOf(done).split('?')[0] ?? '')).status).toBe(404);

    const fileId = pathOf(done).split(/[/?]/)[3] ?? '';
    expect(await fileById(platform.db, fileId)).toMatchObject({ purpose: 'EXPORT' });
    await simulator.advanceTo(new Date(clock.now().getTime() + 3 * 86_400_000));
    expect(await exportsOfUser(platform.db, person.userId, 9)).toEqual([]);
    expect(await fileById(platform.db, fileId)).toBeNull();

    // S-76, S5-14: what was sold until the end of yesterday, as figures and as a file
    const { amount } = (await buyFromDemo(world())).amount;
    clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
    const later = await seller();
    const shown = operating.parse(await (await later.get('/console/operating?days=7')).json());
    expect(shown.lastDay < clock.now().toISOString().slice(0, 10)).toBe(true);
    expect(shown.total).toMatchObject({ sales: { amount }, income: { amount }, refunds: 0, activeUsers: null });
    expect(shown.days.find(({ day }) => day === '2026-01-08')?.figures).toMatchObject({ orders: 1, sales: { amount } });
    expect(shown.products).toMatchObject([{ goodsId: world().demo.goodsId, figures: { orders: 1 } }]);
    const { from, to } = shown;
    const wanted = { ...ORDERS, kind: 'OPERATING', filter: { from, to } };
    expect((await later.post('/console/exports', { ...wanted, filter: { from, to: '2030-01-01' } })).status).toBe(409);
    expect((await later.post('/console/exports', wanted)).status).toBe(201);
    await simulator.drain();
    const [written] = await listOf(later);
    const rows = (await (await later.get(written ? pathOf(written) : '')).text()).trim().split('\r\n');
    expect(rows[0]).toContain('净收入');
    expect(rows.filter((row) => row.includes('全部,202'))).toHaveLength(7);
  });

  it('3.7: usage is written as tables: records that were taken, those that were not with their code, charges', async () => {
    const { clock, simulator, platform, demo } = world();
    const order = await buyFromDemo(world());
    await simulator.drain();
    const resourceId = order.lines[0]?.resourceId ?? '';
    const { chargeId } = await meteredObjects(platform, resourceId, demo.sellerId);
    const at = `${clock.now().toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
    const used = (instance: string, serial: string) => ({
      ...{ instance_id: instance, metering_sn: serial, usage_value: '12.5' },
      ...{ begin_time: at, end_time: at, record_time: at },
    });
    const records = [used(resourceId, 'taken-1'), used('nobody', 'not-taken-1')];
    const push = { sellerId: demo.sellerId, form: 'SIGNED', records, requestId: 'c'.repeat(32), nonce: null } as const;
    expect(await takeUsage(platform, push, clock.now())).toMatchObject({ outcomes: ['TAKEN', '001'] });
    const person = await seller();
    const table = async (kind: string): Promise<string> => {
      expect((await person.post('/console/exports', { ...ORDERS, kind, language: 'en' })).status).toBe(201);
      await simulator.drain();
      const done = (await listOf(person)).find((each) => each.kind === kind);
      return (await person.get(done ? pathOf(done) : 'none')).text();
    };
    const [taken, refused, charges] = [
      await table('USAGE_RECORDS'),
      await table('USAGE_REJECTIONS'),
      await table('USAGE_CHARGES'),
    ];
    expect(taken).toMatch(/taken-1,.*,12\.5,To be charged/);
    expect(taken).not.toContain('not-taken-1');
    expect(refused).toMatch(/,001,.*,nobody,not-taken-1,/);
    expect(charges).toContain(chargeId);
    const buyer = await clientAs(platform, app, 'BF', { buyerId: demo.buyerId });
    expect((await buyer.post('/console/exports', { ...ORDERS, kind: 'USAGE_REJECTIONS' })).status).toBe(403);
  });

  it('asks for the right of its own table, and nobody fills the queue', async () => {
    const [programmer, owner] = [await seller('SP'), await seller()];
    const transactions = { ...ORDERS, kind: 'TRANSACTIONS' };
    expect((await programmer.post('/console/exports', transactions)).status).toBe(403);
    expect((await owner.post('/console/exports', { ...ORDERS, kind: 'SPENDING' })).status).toBe(403);
    const lines = { ...ORDERS, kind: 'BILL_LINES', filter: { billId: 'no-such-bill' } };
    expect((await owner.post('/console/exports', lines)).status).toBe(404);
    expect((await owner.post('/console/exports', transactions)).status).toBe(201);
    world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
    expect(
      (await owner.post('/console/exports', { ...ORDERS, kind: 'BILLS', filter: { class: 'JOINT' } })).status,
    ).toBe(201);
    await world().simulator.drain();
    expect(await listOf(owner)).toMatchObject([
      { kind: 'BILLS', state: 'DONE', rows: 0 },
      { kind: 'TRANSACTIONS', state: 'DONE' },
    ]);
    for (let place = 0; place < 10; place += 1) expect((await owner.post('/console/exports', ORDERS)).status).toBe(201);
    const one = await owner.post('/console/exports', ORDERS);
    expect([one.status, await one.json()]).toMatchObject([409, { code: 'EXPORT_LIMIT' }]);
    await world().simulator.drain();
    expect((await owner.post('/console/exports', ORDERS)).status).toBe(201);
    await world().simulator.drain();
  });

  it('that fails is tried again from the beginning, then given up, and does not hinder the next', async () => {
    const { platform, clock } = world();
    const attempts = { broken: 0 };
    const source: ExportSource<Platform> = {
      columns: () => [{ title: 'a', kind: 'text' }],
      total: () => Promise.resolve(2),
      async *pages() {
        attempts.broken += 1;
        yield [['1']];
        if (attempts.broken <= 3) throw new Error('the list broke');
        yield [['2']];
      },
    };
    const ask = (userId: string) =>
      inTransaction(platform.db, (tx) => {
        const wanted = { userId, kind: 'X', parameters: {}, format: 'xlsx', language: 'en', name: 'x' } as const;
        return requestExport(platform, tx, wanted, clock.now());
      });
    const step = () => stepExports(platform, { X: source, ORDERS: source });
    await ask('unlucky');
    for (let place = 0; place < 3; place += 1) {
      while ((await step()) > 0);
      clock.moveTo(new Date(clock.now().getTime() + 10_000));
    }
    expect(await exportsOfUser(platform.db, 'unlucky', 9)).toMatchObject([
      { state: 'FAILED', error: 'INTERNAL', attempts: 3, fileId: null },
    ]);
    await ask('lucky');
    while ((await step()) > 0);
    expect(await exportsOfUser(platform.db, 'lucky', 9)).toMatchObject([{ state: 'DONE', rows: 2, totalRows: 2 }]);
  });
});
