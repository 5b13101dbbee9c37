import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the audit log and of one's own account. */

const instant = z.catch(z.optional(z.iso.datetime()), undefined);
export const auditResults = ['done', 'refused'] as const;
const audit = z.object({
  ...paging,
  actor: text(100),
  action: text(100),
  object: text(200),
  requestId: text(64),
  result: oneOf(auditResults),
  from: instant,
  to: instant,
});
export type AuditSearch = z.infer<typeof audit>;
export const parseAuditSearch = (raw: unknown): AuditSearch => compact(audit.parse(raw));

/** with which code the way to the identity provider ended */
const security = z.object({ fault: text(64) });
export const parseSecuritySearch = (raw: unknown): z.infer<typeof security> => compact(security.parse(raw));
