/** SCIM resources ⇄ members and groups (RFC 7643). Schemas, filters and patches are SCIMMY's. Pure. */
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

const FILTERED = {
  User: /^(id|externalid|username|displayname|name(\.\w+)?|title|active|emails(\.\w+)?|phonenumbers(\.\w+)?|meta(\.\w+)?|urn:.+)$/,
  Group: /^(id|externalid|displayname|members(\.\w+)?|meta(\.\w+)?)$/,
};

/** @throws ScimError invalidFilter: it can not be read, or names what there is not */
export function filterOf(expression: string, kind: keyof typeof FILTERED): (resource: object) => boolean {
  const names = [
    ...expression
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
      .matchAll(/(?:^|[\s([])(?!(?:and|or|not)\b)([\w.:$-]+)\s*(?=\[|\s(?:eq|ne|co|sw|ew|gt|lt|ge|le|pr)\b)/gi),
  ];
  const unknown = names
    .map(([, name]) => name ?? '')
    .find((name) => !inBrackets(expression, name) && !FILTERED[kind].test(name.toLowerCase()));
  if (names.length === 0 || unknown !== undefined)
    throw new ScimError(
      400,
      `the filter can not be used${unknown === undefined ? '' : `: ${unknown} is no attribute of a ${kind}`}`,
      'invalidFilter',
    );
  try {
    const filter = new SCIMMY.Types.Filter(plainPaths(expression));
    return (resource) => filter.match([plainResource(resource)]).length > 0;
  } catch (error) {
    throw new ScimError(400, error instanceof Error ? error.message : 'the filter can not be read', 'invalidFilter');
  }
}

const MANY = ['emails', 'phoneNumbers', 'members'] as const;
const QUOTED = /("(?:[^"\\]|\\.)*")/;

/**
 * What SCIMMY 1.3.5 does not read (RFC 7644 3.4.2.2, 3.10): attributes by their schema's URN, and the presence of a list. Both
 * are written as paths that it knows, in the expression and, by `plainResource`, in what is compared.
 */
const plainPaths = (expression: string): string =>
  expression
    .split(QUOTED)
    .map((part, place) => (place % 2 === 1 ? part : plainPart(part)))
    .join('');
const plainPart = (part: string): string =>
  part
    .replaceAll(new RegExp(`${ENTERPRISE}:`, 'gi'), 'enterprise.')
    .replaceAll(new RegExp(`(?:${USER}|${GROUP}):`, 'gi'), '')
    .replaceAll(new RegExp(`\\b(${MANY.join('|')})(?=\\s+pr\\b)`, 'gi'), '$1.value');

/** An absent or empty list stands as one without a value: SCIMMY fails on the absent one, and finds no “not” in the empty one. */
function plainResource(resource: object): object {
  const members = new Map<string, unknown>(Object.entries(resource));
  const lists = MANY.map((name) => {
    const list = members.get(name);
    return [name, Array.isArray(list) && list.length > 0 ? list : [{}]];
  });
  return { ...resource, ...Object.fromEntries(lists), enterprise: members.get(ENTERPRISE) ?? {} };
}

const inBrackets = (expression: string, name: string): boolean =>
  new RegExp(`\\[[^\\]]*\\b${name.replaceAll(/[^\w]/g, '\\$&')}\\b`).test(expression);

/** The resource as it would be after a patch (RFC 7644 3.5.2). @throws ScimError */
export async function patched(kind: 'User' | 'Group', resource: object, body: unknown): Promise<unknown> {
  const plain = JSON.parse(JSON.stringify(resource));
  try {
    const operations = JSON.parse(JSON.stringify(body));
    const patch = new SCIMMY.Messages.PatchOp(operations);
    const schema = kind === 'User' ? new SCIMMY.Schemas.User(plain, 'out') : new SCIMMY.Schemas.Group(plain, 'out');
    return JSON.parse(JSON.stringify(await patch.apply(schema, async (target) => target)));
  } catch (error) {
    if (error instanceof ScimError) throw error;
    const scimType =
      error instanceof Error && 'scimType' in error ? String(error.scimType ?? 'invalidSyntax') : 'invalidSyntax';
    throw new ScimError(400, error instanceof Error ? error.message : 'the patch can not be read', scimType);
  }
}
