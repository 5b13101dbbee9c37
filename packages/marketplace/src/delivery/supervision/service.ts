/** What the sides and the operator do in a supervised flow besides delivering and accepting: one transaction each. */
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result } from '../../platform/result.ts';
import { commitSteps, type Done, type Step } from '../commit.ts';
import type { DeliveredFile, Delivery } from '../definition.ts';
import { claimed, claimedOne } from '../files.ts';
import { type Asked, accept, locked, stepOf } from '../service.ts';
import { appealed, type Decision, decided, stated } from './appeal.ts';
import type { Side } from './definition.ts';
import { moved } from './model.ts';
import { approved, confirmed, deliveryRejected, requirementRejected, returned } from './moves.ts';

type Why = Asked & { readonly reason: string };
type News = NonNullable<Step['news']>;

/** S-41 */
export const confirmRequirement = (platform: Platform, tx: Tx, asked: Asked, now: Date): Promise<Result<Delivery>> =>
  act(platform, tx, asked, now, (delivery) => confirmed(delivery, now), {
    log: { by: 'SELLER', what: 'CONFIRM_REQUIREMENT' },
    news: () => [{ type: 'requirement-confirmed', more: {} }],
  });

/** S-41: back to the buyer, who writes it anew */
export const rejectRequirement = (platform: Platform, tx: Tx, asked: Why, now: Date): Promise<Result<Delivery>> =>
  act(platform, tx, asked, now, (delivery) => requirementRejected(delivery, asked.reason, now), {
    log: { by: 'SELLER', what: 'REJECT_REQUIREMENT', text: asked.reason },
    news: ({ supervision }) => [
      {
        type: 'requirement-rejected',
        more: { by: 'SELLER', reason: asked.reason, rejections: supervision?.rejections.requirement ?? 0 },
      },
    ],
  });

/** B-93: back to the seller */
export const rejectDelivery = (platform: Platform, tx: Tx, asked: Why, now: Date): Promise<Result<Delivery>> =>
  act(platform, tx, asked, now, (delivery) => deliveryRejected(delivery, asked.reason, now), {
    log: { by: 'BUYER', what: 'REJECT_DELIVERY', text: asked.reason },
    news: (delivery) => [rejectedNews(delivery, 'BUYER', asked.reason)],
  });

const rejectedNews = ({ supervision }: Delivery, by: 'BUYER' | 'OPERATOR', reason: string): News[number] => ({
  type: 'rejected',
  more: { by, reason, rejections: supervision?.rejections.delivery ?? 0 },
});

/** O-22: the platform's look at a report of acceptance; approved, a proof of an authorisation code ends the flow. */
export async function reviewDelivery(
  platform: Platform,
  tx: Tx,
  asked: Why & { readonly approve: boolean },
  now: Date,
): Promise<Result<Delivery>> {
  const { approve, reason } = asked;
  const answer = (delivery: Delivery) => (approve ? approved(delivery, now) : returned(delivery, reason, now));
  const done = await act(platform, tx, asked, now, answer, {
    log: { by: 'OPERATOR', what: approve ? 'APPROVE' : 'RETURN', text: reason },
    news: (delivery) => {
      if (!approve) return [rejectedNews(delivery, 'OPERATOR', reason)];
      return delivery.supervision?.step === 'COMPLETED' ? [] : [{ type: 'reviewed', more: {} }];
    },
  });
  if (!done.ok || done.value.supervision?.step !== 'COMPLETED') return done;
  return accept(platform, tx, done.value, { by: 'SYSTEM' }, now);
}

export interface AskAppeal extends Asked {
  readonly by: Side;
  readonly reason: string;
  readonly demand: string;
  readonly fileIds: readonly string[];
  /** S6-9: of a seller */
  readonly letterFileId: string | null;
  /** S6-14: 3 working days from now, by the site's calendar */
  readonly dueAt: Date;
}

/** S6-11 to S6-13: the flow freezes for both sides. */
export async function appealDelivery(
  platform: Platform,
  tx: Tx,
  asked: AskAppeal,
  now: Date,
): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const files = await filesOf(tx, found.value, asked.by, asked.fileIds);
  if (!files.ok) return files;
  const letter = await claimedOne(tx, asked.letterFileId, ownerOf(found.value, asked.by), 'PROOF');
  if (!letter.ok) return letter;
  const { by, reason, demand } = asked;
  const dueAt = asked.dueAt.toISOString();
  const appeal = {
    appealId: uuid(platform.random),
    by,
    reason,
    demand,
    files: files.value,
    letter: letter.value,
    dueAt,
  };
  const all = letter.value ? [...files.value, letter.value] : files.value;
  return act(platform, tx, asked, now, (delivery) => appealed(delivery, appeal, now), {
    log: { by, what: 'APPEAL', text: demand === '' ? reason : `${reason}\n${demand}`, files: all },
    news: () => [{ type: 'appealed', more: { by, reason, dueAt } }],
  });
}

/** O-20: a statement with files, while the appeal is open. */
export async function stateOnAppeal(
  platform: Platform,
  tx: Tx,
  asked: Asked & { readonly by: Side; readonly text: string; readonly fileIds: readonly string[] },
  now: Date,
): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const files = await filesOf(tx, found.value, asked.by, asked.fileIds);
  if (!files.ok) return files;
  const { by, text } = asked;
  return act(platform, tx, asked, now, (delivery) => stated(delivery, { by, text, files: files.value }, now), {
    log: { by, what: 'STATEMENT', text, files: files.value },
    news: () => [{ type: 'appeal-stated', more: { by, text } }],
  });
}

export type AppealDecision = Asked & { readonly decision: Decision; readonly reason: string };

/** O-21: the operator decides, with a reason that both sides read. A refund is carried out by the caller, in this transaction. */
export async function decideAppeal(
  platform: Platform,
  tx: Tx,
  asked: AppealDecision,
  now: Date,
): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const { decision, reason, userId } = asked;
  const done = decided(found.value, decision, reason, now);
  if (!done.ok) return done;
  const text =
    decision.outcome === 'SEND_BACK'
      ? `${decision.outcome} ${decision.to}: ${reason}`
      : `${decision.outcome}: ${reason}`;
  const log: Done = { by: 'OPERATOR', what: 'DECIDE', userId, text };
  const news: News = [{ type: 'appeal-decided', more: { outcome: decision.outcome, reason } }];
  await commitSteps(platform, tx, [{ ...stepOf(found.value, done.value.delivery), done: log, news }], now);
  const { delivery, act: inPlace } = done.value;
  if (inPlace === null) return ok(delivery);
  if (inPlace.action === 'ACCEPT') return accept(platform, tx, delivery, { by: 'SYSTEM', userId, instead: true }, now);
  const next = moved(delivery, inPlace.action, inPlace.as, now);
  if (!next.ok) return next;
  const moving: Done = { by: 'OPERATOR', what: inPlace.action, userId };
  await commitSteps(platform, tx, [{ ...stepOf(delivery, next.value), done: moving }], now);
  return next.value.supervision?.step === 'COMPLETED' ? accept(platform, tx, next.value, { by: 'SYSTEM' }, now) : next;
}

interface Acted {
  readonly log: Done;
  news(delivery: Delivery): News;
}

async function act(
  platform: Platform,
  tx: Tx,
  asked: Asked,
  now: Date,
  decide: (delivery: Delivery) => Result<Delivery>,
  { log, news }: Acted,
): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const done = decide(found.value);
  if (!done.ok) return done;
  const step: Step = {
    ...stepOf(found.value, done.value),
    done: { ...log, userId: asked.userId },
    news: news(done.value),
  };
  await commitSteps(platform, tx, [step], now);
  return done;
}

const ownerOf = ({ buyerId, sellerId }: Delivery, by: Side) =>
  by === 'BUYER' ? { kind: 'buyer' as const, id: buyerId } : { kind: 'seller' as const, id: sellerId };

const filesOf = (tx: Tx, delivery: Delivery, by: Side, fileIds: readonly string[]): Promise<Result<DeliveredFile[]>> =>
  claimed(tx, fileIds, ownerOf(delivery, by), 'PROOF');
