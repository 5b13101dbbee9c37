/** Who is signed in, and what the console tells before anybody is. */
import { z } from 'zod';
import { ROLES } from '../../directory/index.ts';
import { instant } from './schemas.ts';

/** Area of the console a user works in; the role decides which. */
export const area = z.enum(['buyer', 'enterprise', 'seller', 'distributor', 'operator']);
export const role = z.enum(ROLES);
export const signIn = z.object({ loginName: z.string().min(1).max(64), password: z.string().min(1).max(128) });
export const newPassword = z.strictObject({
  current: z.string().min(1).max(128),
  next: z.string().min(10).max(128),
});
export const session = z
  .object({
    userId: z.string(),
    loginName: z.string(),
    displayName: z.string(),
    role,
    area,
    /** buyer or seller the user belongs to; null for operators */
    tenantId: z.string().nullable(),
    tenantName: z.string().nullable(),
    /** actions of the permission matrix this user may do (consoles-and-processes.md 6.2) */
    actions: z.array(z.string()),
    /** E-13: the initial password is changed before anything else */
    mustChangePassword: z.boolean(),
    /** the seller has left the marketplace (S4-7): its people read what is past */
    left: z.boolean(),
    /** a second factor is set up before anything else (`JISHI_SECOND_FACTOR`) */
    mustEnrol: z.boolean(),
    csrfToken: z.string(),
  })
  .openapi('Session');

export const meta = z
  .object({
    site: z.enum(['CN', 'INTL', 'EU']),
    mode: z.enum(['sandbox', 'production']),
    version: z.string(),
    now: instant,
    timeZone: z.string(),
    currency: z.string(),
    /** its name, where people may sign in through the company's identity provider */
    identityProvider: z.string().nullable(),
    /** sandbox only: accounts to try the console with */
    demoAccounts: z.array(z.object({ loginName: z.string(), password: z.string(), area, displayName: z.string() })),
  })
  .openapi('Meta');

export type SessionView = z.infer<typeof session>;
export type MetaView = z.infer<typeof meta>;
