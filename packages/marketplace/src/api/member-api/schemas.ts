/** What the workplace says and hears. */
import { z } from 'zod';

const instant = z.string().openapi({ format: 'date-time' });

export const signIn = z.strictObject({
  /** `account@short-name` (E-36) */
  account: z.string().trim().min(3).max(130),
  password: z.string().min(1).max(128),
});
export const newPassword = z.strictObject({
  current: z.string().min(1).max(128),
  next: z.string().min(10).max(128),
});
export const joining = z.strictObject({
  userName: z.string().trim().max(64),
  name: z.string().trim().max(64),
  mobile: z.string().trim().max(32),
  email: z.string().trim().max(128),
  password: z.string().min(10).max(128),
});

export const memberSession = z.object({
  memberId: z.string(),
  enterpriseName: z.string(),
  /** `account@short-name` */
  account: z.string(),
  name: z.string(),
  email: z.string(),
  mobile: z.string(),
  departmentName: z.string(),
  /** nothing is opened before it is changed (E-13) */
  mustChangePassword: z.boolean(),
  csrfToken: z.string(),
});
export const tiles = z.object({
  items: z.array(
    z.object({
      applicationId: z.string(),
      productName: z.object({ zh: z.string(), en: z.string() }),
      /** why it can not be entered now, by code and in words; null = it can (E-39) */
      closed: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
});
export const invitation = z.object({
  enterpriseName: z.string(),
  shortName: z.string(),
  departmentName: z.string(),
  expiresAt: instant,
});

export type MemberSessionView = z.infer<typeof memberSession>;
export type TilesView = z.infer<typeof tiles>;
export type JoinInvitationView = z.infer<typeof invitation>;
export type JoiningInput = z.infer<typeof joining>;
