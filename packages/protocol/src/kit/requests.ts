import { z } from 'zod';
import type { KitInterface } from './paths.ts';
import { parseKitTime } from './time.ts';

/**
 * The kit requests of `saas-v2.md` 7 as the marketplace sends them. Unknown members are dropped; an optional member may be
 * absent, null or empty.
 */

/** `flag`: what is to be done. Modify does not exist for V1.0 tenants and applications, withdraw for authSync only. */
export const KIT_FLAGS = { delete: 0, add: 1, modify: 2, withdraw: 3 } as const;

/** An authSync carries at most so many users (`saas-v2.md` 7.3). */
export const KIT_MAX_USERS = 500;

const id = z.string().min(1).max(64);
/** Empty while a seller applies for an application credential: there is no order and no instance yet. */
const idOrEmpty = z.string().max(64);
const optional = (limit: number) => z.string().max(limit).nullish();
const time = z.string().refine((text) => parseKitTime(text) !== null, 'yyyyMMddHHmmssSSS, UTC+8');
const flag = z.union([z.literal(KIT_FLAGS.delete), z.literal(KIT_FLAGS.add), z.literal(KIT_FLAGS.modify)]);
const authFlag = z.union([...flag.options, z.literal(KIT_FLAGS.withdraw)]);

const common = {
  instanceId: idOrEmpty,
  tenantId: id,
  /** 1 = test data, 0 = production data; an integer, unlike that of the base interfaces (`saas-v2.md` 1.4). */
  testFlag: z.union([z.literal(0), z.literal(1)]),
  /** UTC+8; not the header x-timestamp. */
  timeStamp: time,
};

const user = z.object({
  /** Equals `userName` of the user information at login; unique within the tenant only. */
  userName: id,
  name: id,
  orgCode: id,
  position: optional(64),
  employeeCode: optional(64),
  /** 1 regular, 2 intern, 3 dispatched, 4 outsourced. */
  employeeType: z.int().nullish(),
  /** An `admin` must be given administrator rights. */
  role: z.enum(['user', 'admin']),
  enable: z.enum(['true', 'false']),
  mobile: optional(32),
  email: optional(128),
  workPlace: z.string().nullish(),
  /** `yyyy-MM-d` */
  entryDate: z.string().nullish(),
  /** V1.0 only: further members, e.g. an account set; those of V2.0 have been moved to their place. */
  extension: z.record(z.string(), z.json()).nullish(),
});

const department = z.object({
  /** Unique in the tenant. */
  orgCode: id,
  /** Unique within its level; may be renamed. */
  orgName: z.string().min(1).max(128),
  /** The parent's orgCode; empty only for a top department. */
  parentCode: optional(64),
});

export const kitRequests = {
  tenantSync: z.object({
    ...common,
    orderId: idOrEmpty,
    tenantCode: id,
    name: z.string().min(1).max(255),
    domainName: z.string().min(1).max(255),
    flag,
  }),
  applicationSync: z.object({
    ...common,
    appId: id,
    clientId: id,
    /** RSA-OAEP, base64; see `decryptClientSecret`. */
    clientSecret: z.string().min(1),
    flag,
  }),
  authSync: z.object({
    ...common,
    appId: id,
    userList: z.array(z.unknown()).max(KIT_MAX_USERS).pipe(z.array(user)),
    currentSyncTime: time,
    flag: authFlag,
  }),
  singleOrgSync: z.object({ ...common, ...department.shape, flag }),
  /** A flat list, not a tree: the tenant's complete set. */
  allOrgSync: z.object({ ...common, orgInfoList: z.array(department) }),
} satisfies Record<KitInterface, z.ZodType>;

export type TenantSyncRequest = z.infer<typeof kitRequests.tenantSync>;
export type ApplicationSyncRequest = z.infer<typeof kitRequests.applicationSync>;
export type AuthSyncRequest = z.infer<typeof kitRequests.authSync>;
export type SingleOrgSyncRequest = z.infer<typeof kitRequests.singleOrgSync>;
export type AllOrgSyncRequest = z.infer<typeof kitRequests.allOrgSync>;
export type KitUser = z.infer<typeof user>;
export type KitDepartment = z.infer<typeof department>;
export type KitRequest =
  | TenantSyncRequest
  | ApplicationSyncRequest
  | AuthSyncRequest
  | SingleOrgSyncRequest
  | AllOrgSyncRequest;
