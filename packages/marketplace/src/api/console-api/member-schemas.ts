/** People of a tenant, and tenants as the operator keeps them. */
import { z } from 'zod';
import { TRACKS } from '../../delivery/index.ts';
import { instant, pageQuery } from './schemas.ts';
import { role } from './session-schemas.ts';

const loginName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/,
    'letters, digits and . _ @ -, 3 to 64 of them, the first a letter or digit',
  );
const displayName = z.string().trim().min(1).max(64);

export const member = z
  .object({
    userId: z.string(),
    loginName: z.string(),
    displayName: z.string(),
    role,
    disabled: z.boolean(),
    passwordInitial: z.boolean(),
    /** signs in with a code of an authenticator app */
    secondFactor: z.boolean(),
    lastSignInAt: instant.nullable(),
    createdAt: instant,
    goodsIds: z.array(z.string()),
    /** one's own account and the main account are not changed here */
    mayChange: z.boolean(),
  })
  .openapi('Member');
export const members = z.object({
  items: z.array(member),
  /** what may be given */
  roles: z.array(role),
});
export const newSubUser = z.strictObject({ loginName, displayName, role });
export const ofMember = z.strictObject({ userId: z.string().min(1).max(64) });
export const ofLogin = z.strictObject({ loginName: z.string().trim().min(1).max(64) });
/** how many sessions ended */
export const signedOut = z.object({ ended: z.number().int() });
export const memberChange = ofMember.extend({
  role: role.optional(),
  disabled: z.boolean().optional(),
  goodsIds: z.array(z.string().min(1).max(64)).max(500).optional(),
});
export const newDistributorAccount = z.strictObject({ loginName, displayName });
/** people of a buyer who have the distributor role */
export const distributorAccounts = z
  .object({ buyerId: z.string(), name: z.string(), items: z.array(member) })
  .openapi('DistributorAccounts');
/** The initial password is told once. */
export const memberWithPassword = z.object({ member, password: z.string() });

export const tenant = z
  .object({
    kind: z.enum(['buyer', 'seller']),
    tenantId: z.string(),
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    owner: z.string().nullable(),
    /** of a buyer: whether the platform reviews its joint-operation deliveries (S-48) */
    track: z.enum(TRACKS).nullable(),
    people: z.number().int(),
    createdAt: instant,
    /** of a seller that has left (S4-7) */
    leftAt: instant.nullable(),
  })
  .openapi('Tenant');
export const tenantQuery = pageQuery.extend({
  kind: z.enum(['buyer', 'seller']).optional(),
  text: z.string().trim().min(1).max(64).optional(),
});
export const tenantPage = z.object({ items: z.array(tenant), nextCursor: z.string().nullable() });
export const newTenant = z.strictObject({
  kind: z.enum(['buyer', 'seller']),
  name: z.string().trim().min(1).max(128),
  email: z.email().max(128),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 -]{5,20}$/, 'digits, spaces and -, a + before them'),
  owner: z.strictObject({ loginName, displayName }),
});
export const tenantWithPassword = z.object({ tenant, password: z.string() });
