import { type Action, areaOf } from '../../directory/index.ts';
import { type AuditEntry, writeAudit } from '../../platform/audit.ts';
import { changesBetween } from '../../platform/audit-changes.ts';
import type { Tx } from '../../platform/database/database.ts';
import { auditedObjects, namesIn } from './audited-objects.ts';
import type { Call, CommandRoute, ConsoleRoute, Outcome } from './route.ts';

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
  if (isOwnAffair(route)) return route.run(call, body, tx);
  const entries: AuditEntry[] = [];
  held.set(call, entries);
  const names = namesIn(call.params, body);
  const before = await auditedObjects(tx, names);
  const outcome = await route.run(call, body, tx);
  held.delete(call);
  if (!isDone(outcome)) return outcome;
  if (entries.length === 0) entries.push(entryOf(call, { action: route.action, object: address, traceId: null }));
  const after = await auditedObjects(tx, names);
  const party = operates(call) ? (before.party ?? after.party) : null;
  for (const [place, entry] of entries.entries()) {
    const changes = place === 0 ? changesBetween(before.facts, after.facts) : [];
    await writeAudit(tx, { ...entry, onBehalfOf: entry.onBehalfOf ?? party, changes }, call.now);
  }
  return outcome;
}

const isDone = (outcome: Outcome): boolean =>
  outcome instanceof Response ? outcome.ok : 'ok' in outcome && outcome.ok;
