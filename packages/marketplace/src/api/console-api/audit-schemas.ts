/** What the console API says and hears about the audit log (O-50). */
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { instant, pageQuery } from './schemas.ts';

const word = z.string().trim().min(1).max(200);
const asked = z.iso.datetime({ offset: true });

export const auditFilter = {
  /** a login name, a user id, or `system`, `command-line` */
  actor: word.optional(),
  /** whole, or its first part: `session` finds `session.sign-in` too */
  action: word.optional(),
  /** whole (`order:CS1`), or the id alone */
  object: word.optional(),
  result: z.enum(['done', 'refused']).optional(),
  requestId: word.optional(),
  from: asked.optional(),
  to: asked.optional(),
};
const cursor = z
  .string()
  .max(200)
  .refine((text) => /^\d{1,15}$/.test(decodeCursor(text)?.id ?? ''), 'is not a cursor of this list')
  .optional();
export const auditQuery = pageQuery.extend({ ...auditFilter, cursor });
export const auditFileQuery = z.object({ ...auditFilter, language: z.enum(['zh', 'en']).default('zh') });

export const auditEntry = z
  .object({
    seq: z.number().int(),
    at: instant,
    actor: z.string(),
    /** login name of the actor; null = not an account of a console */
    loginName: z.string().nullable(),
    role: z.string(),
    /** the party whose object an operator changed (P-4): `seller:…`, `buyer:…`, `distributor:…` */
    onBehalfOf: z.string().nullable(),
    action: z.string(),
    object: z.string(),
    /** `done`, or `refused` with the code */
    result: z.string(),
    ip: z.string().nullable(),
    requestId: z.string(),
    /** of the rows that a command is about: what was before and after it; secrets are masked */
    changes: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }).readonly(),
    ),
  })
  .openapi('AuditEntry');
export const auditPage = z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() });

export type AuditEntryView = z.infer<typeof auditEntry>;
export type AuditPageView = z.infer<typeof auditPage>;
