import { writeAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { SellerRequest } from './route.ts';

/** Writes into the command's own transaction which key of a seller did what (O-50). */
export const auditOf = ({ ak, now, requestId }: SellerRequest, tx: Tx, action: string, object: string): Promise<void> =>
  writeAudit(
    tx,
    { action, object, actor: `api-key ${ak}`, role: 'API', result: 'done', ip: null, requestId, traceId: null },
    now,
  );
