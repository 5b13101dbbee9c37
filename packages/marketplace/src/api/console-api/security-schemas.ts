/** What the console API says and hears about one's own account: second factor, sessions, identity. */
import { z } from 'zod';
import { instant } from './schemas.ts';

const password = z.string().min(1).max(128);
/** six digits of the app, or a recovery code */
const code = z.string().trim().min(6).max(40);

export const codeBody = z.strictObject({ code });
export const passwordBody = z.strictObject({ password });
export const passwordAndCode = z.strictObject({ password, code });
export const sessionBody = z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{32}$/) });

/** The password was right, a code is missing: it goes to `session/second-step`. */
export const codeNeeded = z.object({ step: z.literal('CODE'), expiresAt: instant }).openapi('CodeNeeded');

export const ownSession = z.object({
  sessionId: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
  method: z.enum(['PASSWORD', 'OIDC']),
  ip: z.string().nullable(),
  /** as it names itself: product and system; null = none that is known */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  current: z.boolean(),
});
export const accountSecurity = z
  .object({
    secondFactor: z.object({ since: instant.nullable(), recoveryCodesLeft: z.number().int(), due: z.boolean() }),
    sessions: z.array(ownSession),
    /** null = the marketplace has no identity provider */
    identityProvider: z
      .object({
        name: z.string(),
        identity: z.object({ email: z.string(), linkedAt: instant, lastUsedAt: instant.nullable() }).nullable(),
      })
      .nullable(),
  })
  .openapi('AccountSecurity');
/** Told this once; the address is what the app reads from the picture. */
export const enrolment = z.object({ secret: z.string(), address: z.string() });
/** Told this once. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) });

export type AccountSecurityView = z.infer<typeof accountSecurity>;
export type OwnSessionView = z.infer<typeof ownSession>;
export type EnrolmentView = z.infer<typeof enrolment>;
export type RecoveryCodesView = z.infer<typeof recoveryCodes>;
export type CodeNeededView = z.infer<typeof codeNeeded>;
