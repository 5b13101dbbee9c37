/** When a refusal is none of the seller's faults: activities that a product does not need, instances that nobody stored. */
import type { ActivityV1, Words } from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { ask } from './ask.ts';
import { freshId } from './parameters.ts';
import type { Reading } from './reading.ts';

/** Not every billing mode has every activity (saas-v1.md 1.2). newInstance and releaseInstance all have. */
const ALWAYS: readonly ActivityV1[] = ['newInstance', 'releaseInstance'];

/**
 * Throws a `Skip` where nothing can be learnt: the seller does not have the activity, or looks the instance up and rightly
 * stored none for a call with the test mark. Neither holds once the activity was carried out.
 */
export async function skipWhereNotJudgeable(
  session: Session,
  { offered }: { readonly offered: ReadonlySet<ActivityV1> },
  activity: ActivityV1,
  reading: Reading<ActivityV1>,
): Promise<void> {
  if (offered.has(activity)) return;
  if (reading.content.resultCode === '000003') throw new Skip(NOT_STORED);
  await skipWhereNotOffered(session, activity, reading);
}

/** The first half of {@link skipWhereNotJudgeable}: live, the instance has to be there. */
export async function skipWhereNotOffered(
  session: Session,
  activity: ActivityV1,
  reading: Reading<ActivityV1>,
): Promise<void> {
  if (!ALWAYS.includes(activity) && (await isNotOffered(session, activity, reading))) {
    throw new Skip(notOffered(activity));
  }
}

/** 000002, said in so many words or in the very words that an activity of nobody's gets. */
async function isNotOffered(
  session: Session,
  activity: ActivityV1,
  { content }: Reading<ActivityV1>,
): Promise<boolean> {
  if (content.resultCode !== '000002') return false;
  if (NOT_OFFERED.test(content.resultMsg ?? '')) return true;
  const unknown = { activity: UNKNOWN_ACTIVITY, instanceId: freshId(session), orderId: freshId(session) };
  const asked = await ask(session, activity, unknown, 'an activity that does not exist, to compare with');
  const plain = (message: string | null, name: string) => message?.replaceAll(name, '…') ?? '';
  return (
    asked.content.resultCode === '000002' &&
    plain(asked.content.resultMsg, UNKNOWN_ACTIVITY) === plain(content.resultMsg, activity)
  );
}

/** In the form of an activity's name, so that nothing but its being unknown can be the matter. */
export const UNKNOWN_ACTIVITY = 'jishiConformance';

const NOT_OFFERED =
  /not\s+(offer|support|provid|implement|available)|(un|in)(supported|known|valid)\s+activity|no such activity|不支持|未提供|未开通|未知/i;

const NOT_STORED: Words = {
  zh: '返回 000003：带 testFlag 的 newInstance 没有留下实例，这里无法判断；请用 --live-cycle 检查',
  en: 'Answered 000003: newInstance with testFlag left no instance, so this cannot be judged here; use --live-cycle',
};

function notOffered(activity: ActivityV1): Words {
  return {
    zh: `该商家没有提供 ${activity}（返回 000002）；若商品的计费模式需要它，请先实现`,
    en: `This seller does not offer ${activity} (000002); implement it if the billing mode of the product needs it`,
  };
}
