/** What the console API says and hears about members' passwords and codes of confirmation (E-7, E-13). */
import { z } from 'zod';

export const codeTo = z.object({ channel: z.enum(['EMAIL', 'SMS']), address: z.string() });

export const passwords = z
  .object({
    /** have a phone and no password yet */
    waiting: z.number().int(),
    /** of these, ordered and on their way */
    ordered: z.number().int(),
    /** false: this server sends no text messages, passwords are shown to the administrator */
    byText: z.boolean(),
    /** null: no code is asked, since nothing reaches the person outside the console */
    codeTo: codeTo.nullable(),
  })
  .openapi('MemberPasswords');
export const ordered = z.object({ count: z.number().int() });
export const confirmed = z.strictObject({ code: z.string().trim().max(16).optional() });
export const passwordGiven = z
  .object({
    memberId: z.string(),
    /** `account@short-name` */
    account: z.string(),
    sentTo: z.string().nullable(),
    /** shown this once, when it could not be sent */
    password: z.string().nullable(),
  })
  .openapi('MemberPasswordGiven');
export const dissolution = z.object({ codeTo: codeTo.nullable() });
export const codeSent = z
  .object({ ...codeTo.shape, expiresAt: z.string().openapi({ format: 'date-time' }) })
  .openapi('VerificationCodeSent');

export type MemberPasswordsView = z.infer<typeof passwords>;
export type PasswordGivenView = z.infer<typeof passwordGiven>;
export type CodeSentView = z.infer<typeof codeSent>;
export type DissolutionView = z.infer<typeof dissolution>;
