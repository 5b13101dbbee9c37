import { writeAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from './route.ts';

/** Writes into the command's own transaction who did what to which object (O-50); refusals: `server.ts`. */
export async function auditDone(
  { principal, now, ip, requestId }: Call,
  tx: Tx,
  what: { readonly action: string; readonly object: string; readonly traceId: string | null },
): Promise<void> {
  await writeAudit(tx, { ...what, actor: principal.userId, role: principal.role, result: 'done', ip, requestId }, now);
}
