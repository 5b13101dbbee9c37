/** What the cases of one run learn for those after them. Each is asked for when the first case needs it, and once only. */
import type { BaseActivity, Diagnosis, DiagnosisCode } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { creation, lineOf, newOrder, type OrderLine, query } from './bodies.ts';
import { ask } from './call.ts';
import { pollQuery } from './poll.ts';
import { type AnyReply, isDone, isOfFrame, isPending, type Reply } from './reply.ts';

export interface Creation {
  readonly line: OrderLine;
  readonly businessId: string;
  readonly reply: Reply<'newInstance'>;
  /** null where the answer gave none */
  readonly given: string | null;
  /** the id to ask about: the given one, else one that nobody knows */
  readonly instanceId: string;
}

/**
 * What becomes of instances that were made with the test mark. `kept`: the seller knows them, and no others. `apart`: test calls
 * are answered without a look at what exists, as saas-v2.md 1.4 allows. `nothing`: live calls are answered so, too.
 */
export type Keeping = 'kept' | 'apart' | 'nothing';

export interface Unknown {
  readonly instanceId: string;
  readonly test: Reply<'queryInstance'>;
  readonly live: Reply<'queryInstance'>;
}

type Learn<T> = (session: Session) => Promise<T>;

export interface Memory {
  /** what the cases so far have named */
  readonly said: Set<DiagnosisCode>;
  /** activities that have succeeded */
  readonly done: Set<BaseActivity>;
  /** the id that the plainest call was given, for an order of its own */
  plainId: string | null;
  /** two lines of one order, created with the test mark */
  readonly first: Learn<Creation>;
  readonly second: Learn<Creation>;
  /** the first instance, asked for until it is ready */
  readonly queried: Learn<Reply<'queryInstance'>>;
  readonly unknown: Learn<Unknown>;
  readonly keeping: Learn<Keeping>;
}

export function newMemory(): Memory {
  const first = once((session) => create(session, newOrder(session), 'newInstance'));
  const second = once(async (session) => {
    const { line } = await first(session);
    return create(session, lineOf(line.orderId, 2), 'newInstance, another line of the same order');
  });
  const queried = once(async (session) => {
    const { instanceId, reply } = await first(session);
    return pollQuery(session, [instanceId], { label: 'queryInstance', wasAccepted: isPending(reply) });
  });
  const unknown = once(askUnknown);
  const keeping = once(async (session) => keepingOf(await queried(session), await unknown(session)));
  return { said: new Set(), done: new Set(), plainId: null, first, second, queried, unknown, keeping };
}

export async function create(
  session: Session,
  line: OrderLine,
  label: string,
  { live = false }: { readonly live?: boolean } = {},
): Promise<Creation> {
  const body = creation(session, line);
  const reply = await ask(session, 'newInstance', body, label, { live });
  const given = reply.content.value?.instanceId ?? null;
  return { line, businessId: String(body.businessId), reply, given, instanceId: given ?? session.uuid() };
}

/** Everything that an answer shows, but for what earlier cases have said of all answers. */
export function findings(memory: Memory, { diagnosis }: { readonly diagnosis: readonly Diagnosis[] }): Diagnosis[] {
  const isOfAll = ({ code }: Diagnosis) => isOfFrame(code) || code === 'body.result-msg-missing';
  const fresh = diagnosis.filter((each) => !(isOfAll(each) && memory.said.has(each.code)));
  for (const { code } of fresh) memory.said.add(code);
  return fresh;
}

/**
 * Of an answer that rightly refuses: what is wrong with its form, as warnings, since the marketplace itself never makes such a
 * call, and nothing that was said of other answers.
 */
export function formOfRefusal(memory: Memory, { diagnosis }: AnyReply): Diagnosis[] {
  const fresh = diagnosis.filter(({ code }) => code !== 'result.refused' && !memory.said.has(code));
  return findings(memory, { diagnosis: fresh }).map(asWarning);
}

/** Whether the answer holds the instance, whatever else is in it. */
export function holds({ content }: Reply<'queryInstance'>, instanceId: string): boolean {
  return content.value?.info?.some((each) => each.instanceId === instanceId) ?? false;
}

async function askUnknown(session: Session): Promise<Unknown> {
  const instanceId = session.uuid();
  const body = query([instanceId]);
  const [test, live] = await Promise.all([
    ask(session, 'queryInstance', body, 'queryInstance, an instance that never existed'),
    ask(session, 'queryInstance', body, 'queryInstance, live: an instance that never existed', { live: true }),
  ]);
  return { instanceId, test, live };
}

function keepingOf(queried: Reply<'queryInstance'>, { instanceId, test, live }: Unknown): Keeping {
  if (isDone(live) && holds(live, instanceId)) return 'nothing';
  // Answered otherwise than one that never existed, it is known.
  const isKnown = !isGone(queried) || queried.content.resultCode !== test.content.resultCode;
  return isKnown && !holds(test, instanceId) ? 'kept' : 'apart';
}

/** The seller does not know the instance, in either of the two ways to say so (5.2). */
export function isGone(reply: Reply<'queryInstance'>): boolean {
  const { resultCode, value } = reply.content;
  return resultCode === '000003' || (resultCode === '000000' && value !== null && (value.info ?? []).length === 0);
}

function once<T>(make: Learn<T>): Learn<T> {
  let made: Promise<T> | null = null;
  return (session) => {
    made ??= make(session);
    return made;
  };
}
