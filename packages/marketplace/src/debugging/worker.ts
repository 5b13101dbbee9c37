/**
 * Makes the due runs: lease → commit → call → record outcome and what follows in one transaction. Apart from the calls
 * of live orders, so that probes never take their slots.
 */
import { productsInScope } from '../catalog/index.ts';
import { accessKeys } from '../directory/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { createOutbound, type Outbound, resolveTxt } from '../platform/outbound.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { startPump, type Wake } from '../platform/tasks/pump.ts';
import { lease, putOff, reclaim } from '../platform/tasks/task-table.ts';
import { SELDOM_MS } from '../platform/tasks/watch.ts';
import { addressById, setProof } from './address-store.ts';
import { type DebugContext, debugCall, type Outcome } from './call.ts';
import { saveCase } from './case-store.ts';
import { findProof, type Proof, type ProofWorld } from './ownership.ts';
import { endRoundIfDone, ensurePlanned } from './probes.ts';
import { checkedRun, finishRun, type Run } from './run-store.ts';
import { RUNS } from './schema.ts';

// longer than any run takes: V1.0's newInstance calls twice, 20 s each at most
const LEASE_MS = 120_000;
const CAPACITY = 16;
const PER_SELLER = 4;
const RECLAIM_MS = 30_000;
const PUT_OFF_MS = 10_000;

export interface Debugger {
  take(limit: number): Promise<Run[]>;
  /** calls and records; rejects only when our own database fails */
  run(run: Run): Promise<void>;
  close(): Promise<void>;
}

/** @param world replaces the outside world; a client of our own is closed with the debugger */
export function createDebugger(platform: Platform, world: Partial<ProofWorld> = {}): Debugger {
  const { db, config, clock, wireClock, random } = platform;
  const owner = uuid(random);
  const outbound = world.outbound ?? ownOutbound(platform);
  const context: DebugContext = { clock, wireClock, stopwatchMs: () => performance.now(), random, outbound };
  const proofs: ProofWorld = { outbound, resolveTxt: world.resolveTxt ?? resolveTxt };

  return {
    async take(limit) {
      const request = { owner, now: clock.now(), leaseMs: LEASE_MS, limit, perPool: PER_SELLER };
      return (await lease<Run>(db, RUNS, request)).map(checkedRun);
    },
    async run(run) {
      try {
        if (run.kind === 'OWNERSHIP') await prove(platform, proofs, run, owner);
        else {
          const accessKey = (await accessKeys(platform, [run.key_id])).get(run.key_id) ?? null;
          const outcome = await debugCall(context, run, accessKey);
          await settle(platform, run, owner, outcome);
        }
        platform.wake.kick();
      } catch (error) {
        await putOff(db, RUNS, owner, [run.id], new Date(clock.now().getTime() + PUT_OFF_MS));
        throw error;
      }
    },
    close: () => (world.outbound ? Promise.resolve() : outbound.close()),
  };

  function ownOutbound(of: Platform): Outbound {
    return createOutbound({ allowInternal: of.config.mode === 'sandbox', timeoutMs: config.callTimeoutMs });
  }
}

async function prove(platform: Platform, world: ProofWorld, run: Run, owner: string): Promise<void> {
  const address = await addressById(platform.db, run.address_id ?? '', run.seller_id);
  const proof: Proof = address
    ? await findProof(world, address)
    : { by: null, fault: { zh: '地址已不存在', en: 'the address is gone' } };
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const done = { passed: proof.by !== null, record: null, caseId: null };
    if (!(await finishRun(tx, { run, owner }, done, now)) || !address) return;
    // the last look decides, but what needs no proof keeps none
    if (address.verified_by === 'LOCAL') return;
    await setProof(tx, address.address_id, { by: proof.by, fault: proof.by === null ? proof.fault : null }, now);
  });
}

async function settle(platform: Platform, run: Run, owner: string, { passed, record }: Outcome): Promise<void> {
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const { goods_id: goodsId, seller_id: sellerId } = run;
    const [product] =
      run.save && passed && goodsId !== null
        ? await productsInScope(tx, { scope: { kind: 'all' }, goodsIds: [goodsId], limit: 1 })
        : [];
    const caseId =
      product === undefined
        ? run.case_id
        : await saveCase(tx, {
            caseId: uuid(platform.random),
            goodsId: product.goodsId,
            sellerId,
            activity: run.activity,
            parameters: run.parameters,
            url: run.url,
            keyId: run.key_id,
            savedBy: run.actor,
            savedAt: now,
          });
    if (!(await finishRun(tx, { run, owner }, { passed, record, caseId }, now))) throw new LostLease();
    if (product) await ensurePlanned(platform, tx, product, now);
    await endRoundIfDone(platform, tx, run, now);
  }).catch((error: unknown) => {
    if (!(error instanceof LostLease)) throw error;
  });
}

/** Rolls back what was written for a run that another worker has taken over. */
class LostLease extends Error {}

/** Works until stopped. */
export function startDebugger(platform: Platform, debug: Debugger, wake: Wake): { stop(): Promise<void> } {
  const pump = startPump<Run>({
    name: 'debugging',
    capacity: CAPACITY,
    pollMs: SELDOM_MS,
    wake,
    log: platform.log,
    take: (limit) => debug.take(limit),
    run: (run) => debug.run(run),
  });
  const reclaiming = setInterval(() => {
    reclaim(platform.db, RUNS, platform.clock.now()).catch((error: unknown) =>
      platform.log.error({ err: error }, 'runs of a dead worker could not be taken up'),
    );
  }, RECLAIM_MS);
  return {
    async stop() {
      clearInterval(reclaiming);
      await pump.stop();
      await debug.close();
    },
  };
}

/** Virtual time: makes all runs that are due now, oldest first. @returns how many */
export async function makeDueRuns(debug: Debugger): Promise<number> {
  const runs = await debug.take(50);
  for (const run of runs) await debug.run(run);
  return runs.length;
}
