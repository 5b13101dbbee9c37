/** What the console API says and hears about invitations to join an enterprise (E-13a). */
import { z } from 'zod';
import { instant } from './schemas.ts';

export const invitations = z
  .object({
    /** may people who have an invitation join by themselves? */
    open: z.boolean(),
    items: z.array(
      z.object({
        code: z.string(),
        link: z.string(),
        departmentCode: z.string(),
        departmentName: z.string(),
        createdAt: instant,
        expiresAt: instant,
        /** members who came by it */
        joined: z.number().int(),
      }),
    ),
  })
  .openapi('MemberInvitations');
export const newInvitation = z.strictObject({ departmentCode: z.string().max(64), days: z.number().int() });
export const invitationCode = z.object({ code: z.string() });
export const selfRegistration = z.strictObject({ open: z.boolean() });
export const done = z.object({ done: z.literal(true) });

export type MemberInvitationsView = z.infer<typeof invitations>;
