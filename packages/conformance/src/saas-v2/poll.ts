/** Asking for instances until they are ready, as the marketplace does after newInstance (saas-v2.md 5.2, Q7). */
import type { Session } from '../case.ts';
import { query } from './bodies.ts';
import { ask } from './call.ts';
import { isPending, type Reply } from './reply.ts';

export interface Polling {
  readonly label: string;
  /** newInstance was answered 000004: an instance without access data may still be on its way */
  readonly wasAccepted: boolean;
  readonly live?: boolean;
}

/** The last answer: the instances are ready, or the window is over. Asks only once where nothing says that work goes on. */
export async function pollQuery(
  session: Session,
  instanceIds: readonly string[],
  { label, wasAccepted, live = false }: Polling,
): Promise<Reply<'queryInstance'>> {
  const { asyncWindowMs, asyncIntervalMs } = session.settings;
  const once = (each: string) => ask(session, 'queryInstance', query(instanceIds), each, { live }, instanceIds);
  let reply = await once(label);
  for (let waitedMs = 0; waitedMs < asyncWindowMs && goesOn(reply, instanceIds, wasAccepted); ) {
    await session.wait(asyncIntervalMs);
    waitedMs += Math.max(asyncIntervalMs, 1);
    reply = await once(`${label}, asked again`);
  }
  return reply;
}

/**
 * Whether an instance that was accepted, and then not known, comes into being after all: the marketplace would have given up.
 * Where nothing is kept of test calls it never does.
 */
export async function appearsLater(session: Session, instanceId: string, label: string): Promise<boolean> {
  for (let time = 0; time < LATE_QUERIES; time += 1) {
    await session.wait(session.settings.asyncIntervalMs);
    const reply = await ask(session, 'queryInstance', query([instanceId]), `${label}, asked again`, {}, [instanceId]);
    if (reply.content.outcome === 'ok' && areReady(reply, [instanceId])) return true;
  }
  return false;
}

const LATE_QUERIES = 3;

function goesOn(reply: Reply<'queryInstance'>, instanceIds: readonly string[], wasAccepted: boolean): boolean {
  return isPending(reply) || (wasAccepted && reply.content.outcome === 'ok' && !areReady(reply, instanceIds));
}

/** Ready = there, with appInfo (5.2). */
export function areReady({ content }: Reply<'queryInstance'>, instanceIds: readonly string[]): boolean {
  const ready = (content.value?.info ?? []).filter(({ appInfo }) => appInfo !== null && appInfo !== undefined);
  return instanceIds.every((wanted) => ready.some(({ instanceId }) => instanceId === wanted));
}
