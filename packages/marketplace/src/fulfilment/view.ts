/**
 * A customer opens the resource details: the seller is asked live, once (saas-v2.md 5.2 b, B-45). When it does not
 * answer, the last known values are shown, marked as such.
 */
import type { Executor } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import type { AccessData } from './call.ts';
import { accessDataOf, settleAttempts } from './service.ts';
import { callById, insertRunningCall, type NewCall, viewsRunning } from './store.ts';
import { type Caller, targetsOf } from './worker.ts';

export interface ViewSubject {
  readonly sellerId: string;
  readonly buyerId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly goodsId: string;
  readonly instanceId: string;
  readonly productName: { zh: string; en: string };
  readonly traceId: string;
}
export interface ViewedAccess {
  readonly access: AccessData;
  readonly fetchedAt: Date;
  readonly stale: boolean;
}

// Opening the page again within this time shows what was just fetched, so that a reload storm does not reach the seller.
const FRESH_MS = 3_000;

export async function viewAccess(
  platform: Platform,
  caller: Caller,
  subject: ViewSubject,
): Promise<ViewedAccess | null> {
  const now = platform.clock.now();
  const known = await accessDataOf(platform, platform.db, subject.orderLineId);
  if (known && now.getTime() - known.fetchedAt.getTime() < FRESH_MS) return { ...known, stale: false };
  const answered = await askOnce(platform, caller, subject, now);
  const latest = await accessDataOf(platform, platform.db, subject.orderLineId);
  return latest ? { ...latest, stale: !answered } : null;
}

// One question per line at a time in this process: who opens the page meanwhile waits for the same answer.
const asking = new Map<string, Promise<boolean>>();

function askOnce(platform: Platform, caller: Caller, subject: ViewSubject, now: Date): Promise<boolean> {
  const key = `${caller.owner} ${subject.orderLineId}`;
  const running = asking.get(key);
  if (running) return running;
  const answer = askNow(platform, caller, subject, now).finally(() => asking.delete(key));
  asking.set(key, answer);
  return answer;
}

/** @returns false = not answered, or not asked because as many people as may already wait for this seller */
async function askNow(platform: Platform, caller: Caller, subject: ViewSubject, now: Date): Promise<boolean> {
  if ((await viewsRunning(platform.db, subject.sellerId)) >= platform.config.callsPerSeller) return false;
  const id = uuid(platform.random);
  const call: NewCall = {
    ...subject,
    id,
    protocol: 'saas-v2',
    activity: 'queryInstance',
    occasion: `view:${id}`,
    dueAt: now,
  };
  await insertRunningCall(
    platform.db,
    call,
    { owner: caller.owner, until: new Date(now.getTime() + platform.config.callTimeoutMs + 10_000) },
    now,
  );
  const row = await running(platform.db, id);
  const target = (await targetsOf(platform, [subject.goodsId]))(subject.goodsId);
  const record = await caller.attempt({ call: row, target });
  await settleAttempts(platform, caller.owner, [{ call: row, record }]);
  return record.outcome === 'ok';
}

async function running(executor: Executor, id: string) {
  const row = await callById(executor, id, { kind: 'all' });
  if (!row) throw new Error(`call ${id} vanished`);
  return row;
}
