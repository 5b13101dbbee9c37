import { type Action, areaOf } from '../../directory/index.ts';
import { type AuditEntry, writeAudit, writeAudits } from '../../platform/audit.ts';
import { changesBetween } from '../../platform/audit-changes.ts';
import { settled, type Tx } from '../../platform/database/database.ts';
import { auditedObjects, namesIn } from './audited-objects.ts';
import {
  type Call,
  type CommandRoute,
  type ConsoleRoute,
  latest,
  type Outcome,
  type TogetherOutcome,
} from './route.ts';

interface What {
  readonly action: string;
  readonly object: string;
  readonly traceId: string | null;
  /** the seller or buyer whose step this is: said of an operator who takes it for them (P-4) */
  readonly onBehalfOf?: string;
}

/** entries of commands that are under way: what changed is known at their end */
const held = new WeakMap<Call, AuditEntry[]>();

/** Says who did what to which object (O-50); stands in the log when the command's transaction does. Refusals: `server.ts`. */
export async function auditDone(call: Call, tx: Tx, what: What): Promise<void> {
  const entries = held.get(call);
  if (entries) entries.push(entryOf(call, what));
  else await writeAudit(tx, entryOf(call, what), call.now);
}

function entryOf(call: Call, { onBehalfOf, ...what }: What): AuditEntry {
  const { principal, ip, requestId } = call;
  const who = { actor: principal.userId, role: principal.role, ip, requestId };
  return { ...what, ...who, result: 'done', onBehalfOf: operates(call) ? (onBehalfOf ?? null) : null };
}
const operates = ({ principal }: Call): boolean => areaOf(principal.role) === 'operator';

/**
 * What people do with their own things as users of the market, not by a privilege over others: it stands in the order, the
 * review, the message itself.
 */
const OWN_AFFAIRS: readonly Action[] = ['order.create', 'opinion.write', 'product.view', 'message.view', 'file.keep'];
export const isOwnAffair = ({ action }: ConsoleRoute): boolean => OWN_AFFAIRS.includes(action);

/**
 * Runs a command and writes its entries: those of its own, else one by its action and its address. The first one tells what
 * changed in the rows that the command is about, and each names whose they are when an operator did it (P-4). The rows are read
 * before the command locks them: a change that somebody else commits in between is told as if it were part of it.
 */
export async function auditedCommand(
  call: Call,
  tx: Tx,
  { route, body, address }: { readonly route: CommandRoute; readonly body: unknown; readonly address: string },
): Promise<Outcome> {
  const [outcome] = await auditedCommands([{ call, body, address }], tx, {
    route,
    run: async () => [await route.run(call, body, tx)],
  });
  if (outcome === undefined) throw new Error('a command was not answered');
  return outcome;
}

interface Audited {
  readonly call: Call;
  readonly body: unknown;
  readonly address: string;
}

/** The same for commands that run together. */
export async function auditedCommands<Of extends TogetherOutcome>(
  asked: readonly Audited[],
  tx: Tx,
  { route, run }: { readonly route: CommandRoute; readonly run: () => Promise<Of[]> },
): Promise<Of[]> {
  if (isOwnAffair(route)) return run();
  const named = asked.map(({ call, body }) => namesIn(call.params, body));
  for (const { call } of asked) held.set(call, []);
  const before = await settled(named.map((names) => auditedObjects(tx, names)));
  const outcomes = await run();
  const after = await settled(
    named.map(async (names, place) => (isDone(outcomes[place]) ? auditedObjects(tx, names) : NOTHING)),
  );
  const entries = asked.flatMap(({ call, address }, place) => {
    const own = held.get(call) ?? [];
    held.delete(call);
    if (!isDone(outcomes[place])) return [];
    if (own.length === 0) own.push(entryOf(call, { action: route.action, object: address, traceId: null }));
    const [was, is] = [before[place] ?? NOTHING, after[place] ?? NOTHING];
    const party = operates(call) ? (was.party ?? is.party) : null;
    return own.map((entry, first) => ({
      ...entry,
      onBehalfOf: entry.onBehalfOf ?? party,
      changes: first === 0 ? changesBetween(was.facts, is.facts) : [],
    }));
  });
  await writeAudits(tx, entries, latest(asked));
  return outcomes;
}
const NOTHING = { facts: new Map<string, string>(), party: null };

const isDone = (outcome: TogetherOutcome | undefined): boolean => {
  if (outcome === undefined || outcome === 'ALONE') return false;
  return outcome instanceof Response ? outcome.ok : 'ok' in outcome && outcome.ok;
};
