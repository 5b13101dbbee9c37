/**
 * Must show 5 of the settlement: the bill of a running marketplace, exported in both formats and languages, agrees with the
 * order list that the seller keeps itself; whatever is altered in either is found.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';
import { createApp } from '../packages/marketplace/src/api/app.ts';
import { exportJob, exportJobs } from '../packages/marketplace/src/api/console-api/export-schemas.ts';
import { createCaller } from '../packages/marketplace/src/fulfilment/index.ts';
import { unsubscribe } from '../packages/marketplace/src/instances/index.ts';
import { ordersByIds } from '../packages/marketplace/src/ordering/index.ts';
import { listBills, listLines, moveBill } from '../packages/marketplace/src/settlement/index.ts';
import { type ConsoleClient, clientAs } from './support/console-client.ts';
import type { FakeSeller } from './support/fake-seller.ts';
import { ALL, advanceTo, inTx, ordering, renewedAndPaid, startObedientSeller, subscribed } from './support/lives.ts';
import { sharedWorld } from './support/shared-world.ts';

const world = sharedWorld({ seed: 'a bill reconciles', openingBalance: '1000000.00' });
const servers: FakeSeller[] = [];
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reconcile-live-'));
  servers.push(await startObedientSeller(world()));
  for (const [day, months] of [
    ['2026-01-06T03:00:00Z', 11],
    ['2026-01-12T03:00:00Z', 3],
    ['2026-01-31T15:59:00Z', 1],
    // midnight of 1 February in Beijing
    ['2026-01-31T16:00:00Z', 2],
  ] as const) {
    await advanceTo(world(), day);
    await note(await subscribed(world(), { periodNumber: months }));
    if (months === 3) await giveBackAndRenew();
  }
  await advanceTo(world(), '2026-02-03T02:00:00Z');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers) await server.close();
});

/** The seller's own list: a line for what it was asked to open, to renew and to give back. */
type Listed = Readonly<
  Record<'line' | 'order' | 'kind' | 'original' | 'amount' | 'paid' | 'effective' | 'refunded', string>
>;
const list: Listed[] = [];
const NOTHING = { line: '', order: '', kind: '', original: '', amount: '', paid: '', effective: '', refunded: '' };

async function note({ resourceId, ...rest }: { readonly resourceId: string; readonly kind?: string }): Promise<void> {
  const orderId = resourceId.slice(0, resourceId.lastIndexOf('-'));
  const [order] = await ordersByIds(world().platform.db, [orderId], { scope: ALL });
  const at = world().clock.now().toISOString();
  const amount = order?.lines[0]?.amount.amount ?? '';
  list.push({
    ...NOTHING,
    line: resourceId,
    order: orderId,
    kind: rest.kind ?? '新购',
    amount,
    paid: at,
    effective: at,
  });
}

/** One more that is given back on the same day, and a renewal that takes effect in February. */
async function giveBackAndRenew(): Promise<void> {
  const { platform, clock } = world();
  const { resourceId } = await subscribed(world(), { periodNumber: 2 });
  await note({ resourceId });
  const bought = list.at(-1);
  const asked = { ...ordering(world()), resourceId, reason: 'not needed', contactConsent: true };
  await inTx(world(), (tx) => unsubscribe(platform, tx, asked, clock.now()));
  await world().simulator.drain();
  const lines = await listLines(platform.db, { sellerId: null, before: null, limit: 50 });
  const refund = lines.find(({ kind, rootId }) => kind === 'REFUND' && rootId === resourceId);
  const back = { original: resourceId, amount: `-${bought?.amount ?? ''}`, refunded: clock.now().toISOString() };
  list.push({ ...NOTHING, ...back, line: refund?.lineId ?? '', order: refund?.orderId ?? '', kind: '退订' });

  const kept = list[0]?.line ?? '';
  const order = await renewedAndPaid(world(), kept);
  const renewal = order.lines[0];
  const from = '2026-12-06T15:59:59Z';
  list.push({
    ...NOTHING,
    ...{ line: renewal?.orderLineId ?? '', order: order.orderId, kind: '续订', amount: renewal?.amount.amount ?? '' },
    ...{ paid: clock.now().toISOString(), effective: from },
  });
}

const HEADING = '订单行ID,订单号,订单类型,原始订单行ID,交易金额,支付时间,生效时间,退款完成时间';
function written(rows: readonly Listed[], name = 'orders.csv'): string {
  const file = join(folder, name);
  const cells = rows.map((row) =>
    [row.line, row.order, row.kind, row.original, row.amount, row.paid, row.effective, row.refunded].join(','),
  );
  writeFileSync(file, `\uFEFF${[HEADING, ...cells].join('\r\n')}\r\n`);
  return file;
}

const reconciliation = z.object({
  matched: z.number(),
  differences: z.array(z.object({ orderLineId: z.string(), kind: z.string(), reason: z.string() })),
  totals: z.object({ expected: z.string(), billed: z.string() }),
});
async function reconciled(bill: string, orders: string) {
  const run = await runCommand(['reconcile', '--bill', bill, '--orders', orders, '--json']);
  expect(run.message).toBe('');
  return { code: run.code, ...reconciliation.parse(JSON.parse(run.out)) };
}

const made = new Map<string, string>();
async function january(): Promise<{ readonly billId: string; readonly total: string; readonly lines: number }> {
  const [bill] = await listBills(world().platform.db, { sellerId: null, period: '202601', before: null, limit: 1 });
  if (!bill) throw new Error('there is no bill of January');
  return bill;
}
async function exported(person: ConsoleClient, format: 'csv' | 'xlsx', language: 'zh' | 'en'): Promise<string> {
  const { billId } = await january();
  const asked = await person.post('/console/exports', { kind: 'BILL_LINES', format, language, filter: { billId } });
  const { exportId } = exportJob.parse(await asked.json());
  await world().simulator.drain();
  const jobs = exportJobs.parse(await (await person.get('/console/exports')).json()).items;
  const link = jobs.find((job) => job.exportId === exportId)?.link?.url.replace('/api', '') ?? '';
  const file = join(folder, `bill-${language}.${format}`);
  writeFileSync(file, Buffer.from(await (await person.get(link)).arrayBuffer()));
  made.set(`${format} ${language}`, file);
  return file;
}

describe('the bill of a running marketplace and the seller’s own order list', () => {
  it('S5-11: agree in both formats and languages, without a difference', async () => {
    const { platform, clock, demo } = world();
    const { billId, total, lines } = await january();
    await inTx(world(), (tx) => moveBill(platform, tx, { billId, to: 'TO_COUNTERSIGN', by: 'operator' }, clock.now()));
    const app = createApp({ platform, caller: createCaller(platform) });
    const person = await clientAs(platform, app, 'SF', { sellerId: demo.sellerId });
    const orders = written(list);
    expect(lines).toBe(5);
    for (const format of ['csv', 'xlsx'] as const)
      for (const language of ['zh', 'en'] as const) {
        const result = await reconciled(await exported(person, format, language), orders);
        expect(result).toMatchObject({
          code: 0,
          matched: lines,
          differences: [],
          totals: { billed: total, expected: total },
        });
      }
  });

  it('find what is altered: an amount, a month, a line too few, too many, or twice', async () => {
    const bill = made.get('xlsx zh') ?? '';
    const [first, ...others] = list;
    if (!first) throw new Error('the list is empty');
    const planted: readonly (readonly [string, string, readonly Listed[]])[] = [
      ['amount', first.line, [{ ...first, amount: `${Number(first.amount) + 1}` }, ...others]],
      ['period', first.line, [{ ...first, effective: '2026-02-01T00:00:00+08:00' }, ...others]],
      ['unknown-in-bill', first.line, others],
      ['missing-in-bill', 'CS-OWN-000001', [...list, { ...first, line: 'CS-OWN-000001', order: 'CS-OWN' }]],
      ['duplicate', first.line, [first, ...list]],
    ];
    for (const [kind, orderLineId, rows] of planted) {
      const { code, differences } = await reconciled(bill, written(rows, `${kind}.csv`));
      expect([kind, code, differences.map((each) => [each.kind, each.orderLineId])]).toEqual([
        kind,
        1,
        [[kind, orderLineId]],
      ]);
    }
  });

  it('find a refund that the bill leaves out or gives another amount', async () => {
    const bill = made.get('csv en') ?? '';
    const refund = list.find(({ kind }) => kind === '退订');
    if (!refund) throw new Error('nothing was given back');
    const without = await reconciled(
      bill,
      written(
        list.filter((row) => row !== refund),
        'without.csv',
      ),
    );
    expect(without.differences.map(({ kind }) => kind)).toEqual(['unknown-in-bill']);
    const less = list.map((row) => (row === refund ? { ...row, amount: '-1.00' } : row));
    expect((await reconciled(bill, written(less, 'less.csv'))).differences.map(({ kind }) => kind)).toEqual(['amount']);
  });
});
