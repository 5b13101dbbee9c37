/** A seller debugs by hand: the call goes out signed, each check is told, what passes is saved and runs again. */
import { bodySign, verifyAuthToken, verifyBase } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type Behaviour, type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { nextDue } from '../platform/due.ts';
import { TASKS } from '../platform/tasks/marketplace-tasks.ts';
import {
  debugProducts,
  generateRequest,
  listCases,
  probeBoard,
  type Run,
  removeCase,
  runById,
  runCase,
  startDebugging,
} from './index.ts';

const ALL = { kind: 'all' } as const;
const success = { resultCode: '000000', resultMsg: 'success.' };
const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(() => seller.close());

const now = () => world().clock.now();
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const input = (activity: string, parameters: Record<string, string>) => ({
  scope: ALL,
  goodsId: world().demo.goodsId,
  activity,
  parameters,
  target: null,
});
const NEW = { orderId: 'CS1', orderLineId: 'CS1-000001' };

async function debug(
  activity: string,
  parameters: Record<string, string>,
  behaviour: Behaviour = (call, response) => (call.activity === 'newInstance' ? prompt(call, response) : success),
  save = true,
): Promise<Run> {
  seller.behave(behaviour);
  const started = await inTx((tx) =>
    startDebugging(world().platform, tx, { ...input(activity, parameters), save, actor: 'chen' }, now()),
  );
  if (!started.ok) throw new Error(started.refusal.message);
  await world().simulator.drain();
  const run = await runById(world().platform.db, started.value.id, ALL);
  if (!run) throw new Error('the run is gone');
  return run;
}
const cases = () =>
  listCases(world().platform.db, { scope: ALL, goodsId: world().demo.goodsId, before: null, limit: 100 });
const failed = (run: Run) => run.record?.checks.find(({ outcome }) => outcome === 'failed');

describe('debugging', () => {
  it('calls with a signature that the seller can verify, as a test, and saves what passed', async () => {
    const run = await debug('newInstance', NEW);
    expect(run).toMatchObject({ passed: true, state: 'SUCCEEDED', actor: 'chen', record: { resultCode: '000000' } });
    const call = seller.received.at(-1);
    expect(call?.body).toMatchObject({ activity: 'newInstance', ...NEW, testFlag: '1' });
    const query = call?.url.searchParams;
    const verdict = verifyBase({
      accessKey: world().demo.accessKey,
      body: JSON.stringify(call?.body),
      signature: query?.get('signature') ?? '',
      timestamp: query?.get('timestamp') ?? '',
      nonce: query?.get('nonce') ?? '',
      nowMs: now().getTime(),
    });
    expect(verdict).toEqual({ ok: true });
    expect(await cases()).toMatchObject([
      { caseId: run.case_id, activity: 'newInstance', parameters: NEW, savedBy: 'chen' },
    ]);
  });

  it('the same parameters again are the same case; without save nothing is kept', async () => {
    const before = await cases();
    expect((await debug('newInstance', NEW)).case_id).toBe(before[0]?.caseId);
    expect((await debug('newInstance', { ...NEW, orderId: 'CS2' }, undefined, false)).case_id).toBeNull();
    expect(await cases()).toHaveLength(before.length);
  });

  it.each<[string, string, Behaviour]>([
    ['RESULT_CODE', 'error result code 000002', () => ({ resultCode: '000002', resultMsg: 'bad' })],
    ['RESULT_CODE', 'error result code 000004', () => ({ resultCode: '000004', resultMsg: 'later', instanceId: 'i' })],
    ['BODY', 'cannot be parsed', () => ({ resultCode: '000000' })],
    ['MEMBERS', 'lacks', () => success],
    ['LENGTHS', 'length', () => ({ ...success, instanceId: 'x'.repeat(65) })],
    [
      'CONTENT_TYPE',
      'returned text/html',
      (_, response) => {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('{"resultCode":"000000","resultMsg":"","instanceId":"i"}');
        return null;
      },
    ],
    [
      'HTTP_STATUS',
      'httpCode=503',
      (_, response) => {
        response.writeHead(503).end('down');
        return null;
      },
    ],
    [
      'REACHABLE',
      'unreachable',
      (_, response) => {
        response.destroy();
        return null;
      },
    ],
  ])('%s failed: %s; nothing is saved', async (check, words, behaviour) => {
    const before = await cases();
    const run = await debug('newInstance', { ...NEW, orderId: 'CS-FAIL' }, behaviour);
    expect(run.passed).toBe(false);
    expect(failed(run)).toMatchObject({ check, message: { en: expect.stringContaining(words) } });
    expect(await cases()).toEqual(before);
  });

  it('keeps no password that the seller sent', async () => {
    const info = [{ instanceId: 'i', appInfo: { frontEndUrl: 'ftp://no', userName: 'u', password: 'Init-Pass-1' } }];
    const run = await debug('queryInstance', { instanceId: 'i' }, () => ({ ...success, info }));
    expect(failed(run)?.check).toBe('MEMBERS');
    expect(JSON.stringify(run)).not.toContain('Init-Pass-1');
    expect(run.record?.response?.body).toContain('"password":"***"');
  });

  it('refuses parameters that break a rule of the interface, and products of others', async () => {
    const start = (wanted: Parameters<typeof generateRequest>[2]) =>
      generateRequest(world().platform, world().platform.db, wanted);
    expect(await start(input('newInstance', { orderId: 'o' }))).toMatchObject({
      refusal: { code: 'PARAMETERS_INVALID' },
    });
    expect(await start(input('expireInstance', {}))).toMatchObject({ refusal: { code: 'PARAMETERS_INVALID' } });
    const foreign = { kind: 'seller', sellerId: 'somebody', goodsIds: null } as const;
    expect(await start({ ...input('newInstance', NEW), scope: foreign })).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });

  it('generates a command with the same request', async () => {
    const generated = await generateRequest(world().platform, world().platform.db, input('newInstance', NEW));
    expect(generated).toMatchObject({
      ok: true,
      value: { method: 'POST', curl: expect.stringContaining('"testFlag":"1"') },
    });
  });

  it('tells what a product still needs', async () => {
    await debug('releaseInstance', { instanceId: 'i' });
    const [product] = await debugProducts(world().platform.db, ALL, [world().demo.goodsId]);
    const done = product?.required.filter((each) => each.done).map((each) => each.activity);
    expect(done).toEqual(['newInstance', 'releaseInstance']);
    expect(product?.required.map((each) => each.activity)).toEqual(
      expect.arrayContaining(['queryInstance', 'refreshInstance']),
    );
  });

  it('runs a saved case again, where it was saved; a deleted one is gone, deleting twice is no error', async () => {
    const [saved] = await cases();
    if (!saved) throw new Error('no case');
    seller.behave(() => success);
    const again = await inTx((tx) =>
      runCase(world().platform, tx, { caseId: saved.caseId, scope: ALL, actor: 'chen' }, now()),
    );
    expect(again).toMatchObject({ ok: true, value: { case_id: saved.caseId, passed: null } });
    await world().simulator.drain();
    const run = again.ok ? await runById(world().platform.db, again.value.id, ALL) : null;
    expect(run).toMatchObject({ passed: true, case_id: saved.caseId, url: seller.url });
    const remove = () => inTx((tx) => removeCase(tx, { caseId: saved.caseId, scope: ALL }, now()));
    expect([await remove(), await remove()]).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await cases()).map((each) => each.caseId)).not.toContain(saved.caseId);
  });

  it('a saved case plans the next probe, once', async () => {
    await debug('releaseInstance', { instanceId: 'i-2' });
    const [probed] = await probeBoard(world().platform.db, { scope: ALL, before: null, limit: 10 }, now());
    // 10:00 in Beijing: the afternoon's comes next
    expect(probed?.supervised.probeAt?.toISOString()).toBe('2026-01-05T07:00:00.000Z');
    const { rows } = await sql<{
      count: number;
    }>`SELECT count(*) AS count FROM ${sql.table(TASKS)} WHERE kind = 'debugging.probe'`.execute(world().platform.db);
    expect(rows[0]?.count).toBe(1);
    expect(await nextDue(world().platform.db, { taskTables: [TASKS], steppingTables: [] }, now())).toEqual(
      probed?.supervised.probeAt,
    );
  });
});

describe('V1.0', () => {
  const key = () => world().demo.accessKey;
  const signed =
    (answer: object, more: Record<string, string> = {}): Behaviour =>
    (_, response) => {
      const body = JSON.stringify(answer);
      const headers = { 'Content-Type': 'application/json', 'Body-Sign': bodySign(body, key()).header, ...more };
      response.writeHead(200, headers).end(body);
      return null;
    };
  const parameters = { customerId: 'c', orderId: 'CS1', productId: 'OFFI1', chargingMode: '1' };
  const made = { ...success, instanceId: 'i-1', appInfo: { frontEndUrl: 'https://a.example/t' } };
  beforeAll(async () => {
    await sql`UPDATE catalog.products SET protocol = 'saas-v1' WHERE goods_id = ${world().demo.goodsId}`.execute(
      world().platform.db,
    );
  });

  it('is called twice with the same order; both calls carry a token of their own', async () => {
    const before = seller.received.length;
    const run = await debug('newInstance', parameters, signed(made));
    expect(run.record?.checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    const calls = seller.received.slice(before).map((call) => call.url.search.slice(1));
    expect(calls).toHaveLength(2);
    expect(calls.map((query) => verifyAuthToken(query, key()).ok)).toEqual([true, true]);
    expect(new Set(calls.map((query) => new URLSearchParams(query).get('businessId'))).size).toBe(2);
    expect(new URLSearchParams(calls[0]).get('testFlag')).toBe('1');
  });

  it('another instance for the same order fails the last check', async () => {
    let count = 0;
    const run = await debug('newInstance', parameters, (call, response) =>
      signed({ ...made, instanceId: `i-${++count}` })(call, response),
    );
    expect(failed(run)?.check).toBe('REPEATABLE');
    expect(run.record?.diagnosis.map(({ code }) => code)).toContain('instance.id-changed');
  });

  it.each<[string, Behaviour]>([
    ['BODY_SIGN', () => made],
    ['SIGNATURE', signed(made, { 'Body-Sign': bodySign('other', 'a-key').header })],
    ['MEMBERS', signed({ ...success, instanceId: 'i-1' })],
    ['ACCOUNT_DATA', signed({ ...made, appInfo: { ...made.appInfo, userName: 'admin', password: 'secret-1' } })],
  ])('%s', async (check, behaviour) => {
    const run = await debug('newInstance', parameters, behaviour);
    expect(failed(run)?.check).toBe(check);
    expect(JSON.stringify(run)).not.toContain('secret-1');
  });
});
