/** SCIM resources ⇄ members and groups (RFC 7643). Schemas and patches are SCIMMY's. Pure. */
import SCIMMY from 'scimmy';
import { z } from 'zod';
import type { EnterpriseMember, GroupRow, MemberFacts } from '../../directory/index.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

// once for the process: the enterprise extension belongs to every user
SCIMMY.Schemas.User.definition.extend(SCIMMY.Schemas.EnterpriseUser.definition, false);

/** A refusal in the words of RFC 7644 3.12. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: string | undefined;
  constructor(status: number, message: string, scimType?: string) {
    super(message);
    this.status = status;
    this.scimType = scimType;
  }
}
export const errorBody = ({ status, scimType, message }: ScimError) => ({
  schemas: [ERROR],
  status: String(status),
  ...(scimType === undefined ? {} : { scimType }),
  detail: message,
});

const many = z
  .array(z.object({ value: z.string(), primary: z.boolean().nullish(), type: z.string().nullish() }))
  .nullish();
const text = z.string().nullish();
const userSchema = z.object({
  schemas: z.array(z.string()),
  externalId: text,
  userName: z.string().min(1),
  displayName: text,
  name: z.object({ formatted: text, familyName: text, givenName: text }).nullish(),
  title: text,
  active: z.boolean().nullish(),
  emails: many,
  phoneNumbers: many,
  [ENTERPRISE]: z.object({ employeeNumber: text, department: text }).nullish(),
});
export type ScimUser = z.infer<typeof userSchema>;
const groupSchema = z.object({
  schemas: z.array(z.string()),
  externalId: text,
  displayName: z.string().min(1),
  members: z.array(z.object({ value: z.string() })).nullish(),
});
export type ScimGroup = z.infer<typeof groupSchema>;

export const readUser = (body: unknown): ScimUser => readResource(userSchema, body, USER);
export const readGroup = (body: unknown): ScimGroup => readResource(groupSchema, body, GROUP);

function readResource<S extends z.ZodType<{ schemas: string[] }>>(schema: S, body: unknown, urn: string): z.infer<S> {
  const read = schema.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ScimError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`, 'invalidValue');
  }
  if (!read.data.schemas.includes(urn)) throw new ScimError(400, `schemas must name ${urn}`, 'invalidSyntax');
  return read.data;
}

/** @param departmentCode that which the user's department stands for */
export function factsOf(user: ScimUser, departmentCode: string, before: MemberFacts | null): MemberFacts {
  const { name } = user;
  const written = name?.formatted || [name?.familyName, name?.givenName].filter(Boolean).join(' ');
  return {
    userName: user.userName,
    name: user.displayName || written || user.userName,
    departmentCode,
    position: user.title ?? '',
    employeeCode: user[ENTERPRISE]?.employeeNumber ?? '',
    employeeType: before?.employeeType ?? null,
    mobile: preferred(user.phoneNumbers),
    email: preferred(user.emails),
    workPlace: before?.workPlace ?? '',
    entryDate: before?.entryDate ?? '',
    role: before?.role ?? 'user',
    enabled: user.active ?? true,
  };
}
const preferred = (values: ScimUser['emails']): string =>
  (values?.find(({ primary }) => primary === true) ?? values?.find(({ type }) => type === 'work') ?? values?.[0])
    ?.value ?? '';

export function userOf(member: EnterpriseMember, department: string, base: string) {
  const extension = { employeeNumber: member.employeeCode || undefined, department };
  return {
    schemas: [USER, ENTERPRISE],
    id: member.memberId,
    ...(member.externalId === null ? {} : { externalId: member.externalId }),
    userName: member.userName,
    displayName: member.name,
    name: { formatted: member.name },
    ...(member.position === '' ? {} : { title: member.position }),
    active: member.enabled,
    ...(member.email === '' ? {} : { emails: [{ value: member.email, type: 'work', primary: true }] }),
    ...(member.mobile === '' ? {} : { phoneNumbers: [{ value: member.mobile, type: 'mobile', primary: true }] }),
    [ENTERPRISE]: extension,
    meta: {
      resourceType: 'User',
      created: member.createdAt.toISOString(),
      lastModified: member.updatedAt.toISOString(),
      location: `${base}/Users/${member.memberId}`,
    },
  };
}

export function groupOf(
  group: GroupRow,
  members: readonly { readonly memberId: string; readonly name: string }[],
  base: string,
) {
  return {
    schemas: [GROUP],
    id: group.groupId,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.name,
    members: members.map(({ memberId, name }) => ({
      value: memberId,
      display: name,
      $ref: `${base}/Users/${memberId}`,
    })),
    meta: {
      resourceType: 'Group',
      created: group.createdAt.toISOString(),
      lastModified: group.updatedAt.toISOString(),
      location: `${base}/Groups/${group.groupId}`,
    },
  };
}

/** The resource as it would be after a patch (RFC 7644 3.5.2). @throws ScimError */
export async function patched(kind: 'User' | 'Group', resource: object, body: unknown): Promise<unknown> {
  try {
    const { Operations } = new SCIMMY.Messages.PatchOp(JSON.parse(JSON.stringify(body)));
    let after: unknown = resource;
    for (const operation of Operations) after = await operated(kind, after, operation);
    return after;
  } catch (error) {
    if (error instanceof ScimError) throw error;
    throw new ScimError(400, error instanceof Error ? error.message : 'the patch can not be read', scimTypeOf(error));
  }
}

type Operation = SCIMMY.Messages.PatchOp.PatchOpOperation;

async function operated(kind: 'User' | 'Group', before: unknown, operation: Operation): Promise<unknown> {
  // an empty list is an unassigned one (RFC 7643 2.5); SCIMMY can not add to it
  const assigned = (_: string, value: unknown): unknown =>
    Array.isArray(value) && value.length === 0 ? undefined : value;
  const plain = JSON.parse(JSON.stringify(before), assigned);
  const target = kind === 'User' ? new SCIMMY.Schemas.User(plain, 'out') : new SCIMMY.Schemas.Group(plain, 'out');
  const patch = new SCIMMY.Messages.PatchOp({ schemas: [SCIMMY.Messages.PatchOp.id], Operations: [operation] });
  try {
    const after: unknown = await patch.apply(target, async (changed) => changed);
    // SCIMMY answers nothing when nothing changes, which is a success (RFC 7644 3.5.2.1)
    return after === undefined ? before : JSON.parse(JSON.stringify(after));
  } catch (error) {
    const added = scimTypeOf(error) === 'noTarget' ? elementToAdd(operation) : null;
    if (added === null) throw error;
    return operated(kind, before, added);
  }
}

const PART_OF_ONE = /^(\w+)\[\s*(\w+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*\]\.(\w+)$/i;

/** Providers add `emails[type eq "work"].value` to somebody who has none: an element of which both hold. */
function elementToAdd({ op, path = '', value }: Operation): Operation | null {
  const [, list, name = '', literal = '', part = ''] = PART_OF_ONE.exec(path) ?? [];
  if (op.toLowerCase() !== 'add' || list === undefined) return null;
  return { op, path: list, value: [{ [name]: JSON.parse(literal), [part]: value }] };
}

const scimTypeOf = (error: unknown): string =>
  error instanceof Error && 'scimType' in error ? String(error.scimType ?? 'invalidSyntax') : 'invalidSyntax';
