/** May this renewal change the instance? The seller is asked live before the order is paid (saas-v2.md 5.7). */
import { type Executor, sql } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ask, protocolOf } from './ask.ts';
import { sharedAnswers } from './shared-answer.ts';
import type { Caller } from './worker.ts';

export interface ChangeCheckRequest {
  readonly sellerId: string;
  readonly buyerId: string;
  /** of the purchase */
  readonly orderId: string;
  readonly resourceId: string;
  readonly goodsId: string;
  readonly instanceId: string;
  readonly productName: { readonly zh: string; readonly en: string };
  readonly traceId: string;
  readonly target: {
    readonly skuCode: string;
    /** the price item */
    readonly productId: string;
    readonly quantity: number;
    /** false = the specification has no linear attribute */
    readonly linear: boolean;
  };
}
export interface ChangeCheck {
  readonly allowed: boolean;
  readonly at: Date;
  readonly resultCode: string | null;
  /** the seller's words, or what is wrong with its answer; for people */
  readonly message: string | null;
}

/** A page that is reloaded, or somebody who presses often, does not reach the seller each time. */
const FRESH_MS = 10_000;
const shared = sharedAnswers<ChangeCheck>();

/**
 * Outside of any transaction. What the seller said of the same change within 10 s is said again; whoever asks meanwhile
 * shares the call (`freshMs` 0 = asked anew). A seller that does not answer, or speaks V1.0, which has no such call, allows nothing.
 */
export async function checkChange(
  platform: Platform,
  caller: Caller,
  request: ChangeCheckRequest,
  freshMs = FRESH_MS,
): Promise<ChangeCheck> {
  const { resourceId, target } = request;
  const { skuCode, quantity } = target;
  return shared([caller.owner, resourceId, skuCode, quantity].join(' '), async () => {
    const since = new Date(platform.clock.now().getTime() - freshMs);
    const known = freshMs > 0 ? await changeCheckOf(platform.db, { resourceId, skuCode, quantity, since }) : null;
    return known ?? askNow(platform, caller, request);
  });
}

async function askNow(platform: Platform, caller: Caller, request: ChangeCheckRequest): Promise<ChangeCheck> {
  const { target, ...question } = request;
  const protocol = await protocolOf(platform, request.goodsId);
  const none = { allowed: false, at: platform.clock.now(), resultCode: null };
  if (protocol !== 'saas-v2')
    return { ...none, message: "the seller's protocol knows no change together with a renewal" };
  const details = { purpose: 'check' as const, ...target };
  const activity = 'changeInstanceCheck';
  const record = await ask(platform, caller, { ...question, occasion: 'check', protocol, activity, details });
  if (!record) return { ...none, message: 'the seller is busy; try again in a moment' };
  return {
    allowed: record.outcome === 'ok',
    at: record.finishedAt,
    resultCode: record.resultCode,
    message: record.resultMsg ?? record.diagnosis[0]?.summary.en ?? null,
  };
}

/** What the seller last said of this change, not earlier than `since`; null = it was not asked. */
export async function changeCheckOf(
  executor: Executor,
  asked: { readonly resourceId: string; readonly skuCode: string; readonly quantity: number; readonly since: Date },
): Promise<ChangeCheck | null> {
  const { rows } = await sql<ChangeCheck>`
    SELECT state = 'SUCCEEDED' AS allowed, finished_at AS at, last_result_code AS "resultCode", coalesce(last_result_msg, last_diagnosis_summary ->> 'en') AS message
    FROM fulfilment.seller_calls
    WHERE resource_id = ${asked.resourceId} AND activity = 'changeInstanceCheck' AND finished_at >= ${asked.since}
      AND details ->> 'skuCode' = ${asked.skuCode} AND (details ->> 'quantity')::int = ${asked.quantity}
    ORDER BY seq DESC LIMIT 1`.execute(executor);
  return rows[0] ?? null;
}
