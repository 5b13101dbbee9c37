import { type Action, areaOf } from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call, CommandRoute, ConsoleRoute } from './route.ts';

interface What {
  readonly action: string;
  readonly object: string;
  readonly traceId: string | null;
  /** the seller or buyer whose step this is: said of an operator who takes it for them (P-4) */
  readonly onBehalfOf?: string;
}

/** calls that have an entry of their own */
const written = new WeakSet<Call>();

/** Writes into the command's own transaction who did what to which object (O-50); refusals: `server.ts`. */
export async function auditDone(call: Call, tx: Tx, { onBehalfOf, ...what }: What): Promise<void> {
  const { principal, now, ip, requestId } = call;
  written.add(call);
  const actsFor = areaOf(principal.role) === 'operator' ? (onBehalfOf ?? null) : null;
  const who = { actor: principal.userId, role: principal.role, ip, requestId, onBehalfOf: actsFor };
  await writeAudit(tx, { ...what, ...who, result: 'done' }, now);
}

/**
 * What people do with their own things as users of the market, not by a privilege over others: it stands in the order, the
 * review, the message itself.
 */
const OWN_AFFAIRS: readonly Action[] = ['order.create', 'opinion.write', 'product.view', 'message.view', 'file.keep'];
export const isOwnAffair = ({ action }: ConsoleRoute): boolean => OWN_AFFAIRS.includes(action);

/** Every other command has an entry: one that wrote none of its own is written down by its action and its address. */
export async function auditOtherwise(call: Call, tx: Tx, route: CommandRoute, address: string): Promise<void> {
  if (written.has(call) || isOwnAffair(route)) return;
  await auditDone(call, tx, { action: route.action, object: address, traceId: null });
}
