/** Enterprises of buyers: what they consist of, and their limits (consoles-and-processes.md 2.1, 2.2). */

/** E-3: enterprises that one buyer may have at a time … */
export const MOST_ENTERPRISES = 5;
/** … and that one person in the distributor role sets up for customers. */
export const MOST_OF_DISTRIBUTOR = 50;
/** departments or applications of one business administrator */
export const MOST_IN_SCOPE = 100;
/** One address book; past it the tree and its pages are no longer what people find their way in. */
export const MOST_DEPARTMENTS = 10_000;
export const MOST_MEMBERS = 100_000;
export const MOST_GROUPS = 1_000;
/** A department stands at most so deep; deeper trees are a fault of their source. */
export const MOST_LEVELS = 20;

/** A buyer's tenant: the owner of departments, members, groups (E-5). */
export interface Enterprise {
  readonly enterpriseId: string;
  readonly buyerId: string;
  readonly name: string;
  /** `tenantCode`, the end of a member's sign-in name, globally unique (E-5) */
  readonly shortName: string;
  readonly region: string;
  readonly industry: string;
  readonly description: string;
  /** an identity provider keeps the directory; the console only reads (E-18) */
  readonly source: 'CONSOLE' | 'SCIM';
  readonly createdAt: Date;
  readonly dissolvedAt: Date | null;
}

/** What may be changed of an enterprise (E-5). */
export interface EnterpriseFacts {
  readonly region: string;
  readonly industry: string;
  readonly description: string;
}

/** E-10; the code names it for ever, towards products too. */
export interface Department {
  readonly code: string;
  readonly name: string;
  /** null = at the top */
  readonly parentCode: string | null;
}

export const EMPLOYEE_TYPES = ['REGULAR', 'INTERN', 'DISPATCHED', 'OUTSOURCED'] as const;
export type EmployeeType = (typeof EMPLOYEE_TYPES)[number];
export const MEMBER_ROLES = ['user', 'admin'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** What is written down about a member (E-12). Empty text = not given. */
export interface MemberFacts {
  readonly userName: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly position: string;
  readonly employeeCode: string;
  readonly employeeType: EmployeeType | null;
  readonly mobile: string;
  readonly email: string;
  readonly workPlace: string;
  /** `YYYY-MM-DD`, or empty */
  readonly entryDate: string;
  /** within products: `admin` is given administrator rights there */
  readonly role: MemberRole;
  /** false = may not sign in; what was authorised stays (E-14) */
  readonly enabled: boolean;
}
export interface EnterpriseMember extends MemberFacts {
  readonly memberId: string;
  readonly enterpriseId: string;
  /** of an identity provider */
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** the record is kept for the audit (E-14) */
  readonly deletedAt: Date | null;
}

/** A named set of members (E-15). */
export interface Group {
  readonly groupId: string;
  readonly name: string;
  readonly members: number;
}

/** Whom an application is visible to (E-30): everybody, or departments with all below them, groups, single members. */
export interface VisibleRange {
  readonly everyone: boolean;
  readonly departments: readonly string[];
  readonly groups: readonly string[];
  readonly members: readonly string[];
}

export interface Administrator {
  readonly userId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly state: 'INVITED' | 'ACTIVE';
  readonly invitedAt: Date;
  /** null = an enterprise administrator, who reaches everything (E-15a) */
  readonly scope: AdministratorScope | null;
}

/** What a business administrator was appointed for (E-15a): people of these departments and all below them, these applications. */
export interface AdministratorScope {
  readonly departments: readonly string[];
  readonly applications: readonly string[];
}
