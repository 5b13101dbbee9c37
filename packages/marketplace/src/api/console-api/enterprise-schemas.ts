/** What the console API says and hears about enterprises, their departments, members and groups (consoles-and-processes.md 2). */
import { z } from 'zod';
import { EMPLOYEE_TYPES, MEMBER_ROLES, MOST_IN_SCOPE } from '../../directory/index.ts';
import { instant, pageQuery } from './schemas.ts';

const text = (longest: number) => z.string().trim().max(longest);
const facts = { region: text(64), industry: text(64), description: text(500) };

export const enterprise = z
  .object({
    enterpriseId: z.string(),
    name: z.string(),
    /** the end of a member's sign-in name */
    shortName: z.string(),
    region: z.string(),
    industry: z.string(),
    description: z.string(),
    /** SCIM: an identity provider keeps the directory, the console only reads (E-18) */
    source: z.enum(['CONSOLE', 'SCIM']),
    departments: z.number().int(),
    members: z.number().int(),
    createdAt: instant,
  })
  .openapi('Enterprise');
export const enterprises = z.object({
  items: z.array(enterprise.extend({ administrators: z.number().int() })),
  /** how many a buyer may have (E-3) */
  most: z.number().int(),
  invitations: z.array(z.object({ enterpriseId: z.string(), name: z.string(), invitedAt: instant })),
});
export const newEnterprise = z.strictObject({ name: text(128).min(1), shortName: text(64), ...facts });
export const enterpriseFacts = z.strictObject(facts);
/** the short name, typed again: what is lost is asked for by name; and the code that was sent */
export const dissolving = z.strictObject({
  shortName: z.string().max(64),
  code: z.string().trim().max(16).optional(),
});

export const administrator = z
  .object({
    userId: z.string(),
    loginName: z.string(),
    displayName: z.string(),
    state: z.enum(['INVITED', 'ACTIVE']),
    invitedAt: instant,
    /** null = an enterprise administrator; else what a business administrator was appointed for (E-15a) */
    scope: z.object({ departments: z.array(z.string()), applications: z.array(z.string()) }).nullable(),
  })
  .openapi('EnterpriseAdministrator');
export const administrators = z.object({ items: z.array(administrator) });
export const invitation = z.strictObject({ loginName: text(128).min(1) });
/** at least one department or application (E-15a) */
const scope = {
  departments: z.array(z.string().max(64)).max(MOST_IN_SCOPE),
  applications: z.array(z.uuid()).max(MOST_IN_SCOPE),
};
export const administratorScope = z.strictObject(scope);
export const appointment = z.strictObject({ loginName: text(128).min(1), ...scope });
export const done = z.object({ done: z.literal(true) });

export const department = z
  .object({
    code: z.string(),
    name: z.string(),
    parentCode: z.string().nullable(),
    /** codes from the top down to itself */
    path: z.array(z.string()),
    /** in itself, without those below */
    members: z.number().int(),
    children: z.number().int(),
  })
  .openapi('Department');
/** `q` finds departments by name or code; else those directly below `parent`, or at the top */
export const departmentQuery = z.object({
  parent: z.string().max(64).optional(),
  q: z.string().trim().min(1).max(100).optional(),
});
/** `path`: from the top down to `parent`; empty at the top and for what was found by words */
export const departments = z.object({
  items: z.array(department),
  path: z.array(z.object({ code: z.string(), name: z.string(), parentCode: z.string().nullable() })),
});
export const newDepartment = z.strictObject({
  code: text(64),
  name: text(128),
  parentCode: text(64).nullable(),
});
export const departmentCode = z.strictObject({ code: z.string().max(64) });

const memberFacts = {
  userName: text(64),
  name: text(64),
  departmentCode: text(64),
  position: text(64),
  employeeCode: text(64),
  employeeType: z.enum(EMPLOYEE_TYPES).nullable(),
  mobile: text(32),
  email: text(128),
  workPlace: text(128),
  entryDate: text(10),
  role: z.enum(MEMBER_ROLES),
  enabled: z.boolean(),
};
export const memberInput = z.strictObject(memberFacts);
export const member = z
  .object({
    ...memberFacts,
    memberId: z.string(),
    departmentName: z.string(),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Member');
export const memberQuery = pageQuery.extend({
  cursor: z.string().max(200).optional(),
  department: z.string().max(64).optional(),
  group: z.uuid().optional(),
  q: z.string().trim().min(1).max(100).optional(),
  enabled: z.enum(['true', 'false']).optional(),
});
export const memberPage = z
  .object({ items: z.array(member), nextCursor: z.string().nullable(), total: z.number().int() })
  .openapi('MemberPage');
export const memberId = z.object({ memberId: z.string() });
/** at once; a page of members */
export const MOST_AT_ONCE = 500;
export const memberAction = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.enum(['ENABLE', 'DISABLE', 'DELETE']),
    memberIds: z.array(z.uuid()).min(1).max(MOST_AT_ONCE),
  }),
  z.strictObject({
    action: z.literal('MOVE'),
    memberIds: z.array(z.uuid()).min(1).max(MOST_AT_ONCE),
    departmentCode: z.string().max(64),
  }),
]);
export const affected = z.object({ count: z.number().int() });

export const group = z
  .object({
    groupId: z.string(),
    name: z.string(),
    members: z.number().int(),
    /** false: somebody in it, or an application that it opens, is not in the business administrator's scope (E-15a) */
    mayChange: z.boolean(),
  })
  .openapi('MemberGroup');
export const groups = z.object({ items: z.array(group) });
export const groupInput = z.strictObject({ name: text(64) });
export const groupId = z.object({ groupId: z.string() });
export const groupMembers = z.strictObject({
  add: z.array(z.uuid()).max(MOST_AT_ONCE).default([]),
  remove: z.array(z.uuid()).max(MOST_AT_ONCE).default([]),
});

export const scimToken = z
  .object({ tokenId: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })
  .openapi('ScimToken');
export const scimTokens = z.object({ items: z.array(scimToken), baseUrl: z.string() });
export const newScimToken = z.strictObject({ name: text(64).min(1) });
/** shown this once */
export const scimTokenMade = z.object({ token: z.string() });

export type ScimTokensView = z.infer<typeof scimTokens>;
export type EnterpriseView = z.infer<typeof enterprise>;
export type EnterprisesView = z.infer<typeof enterprises>;
export type NewEnterpriseInput = z.infer<typeof newEnterprise>;
export type AdministratorView = z.infer<typeof administrator>;
export type DepartmentView = z.infer<typeof department>;
export type DepartmentsView = z.infer<typeof departments>;
export type DepartmentInput = z.infer<typeof newDepartment>;
export type MemberView = z.infer<typeof member>;
export type MemberInput = z.infer<typeof memberInput>;
export type MemberPage = z.infer<typeof memberPage>;
export type MemberAction = z.infer<typeof memberAction>;
export type MemberGroupView = z.infer<typeof group>;
