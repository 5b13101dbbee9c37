/** Enterprises of buyers: administrators, departments, members, groups (consoles-and-processes.md 2.1, 2.2). */
export * from './definition.ts';
export {
  allDepartments,
  type DepartmentRow,
  departmentsBelow,
  departmentsByCodes,
  departmentsLike,
} from './department-store.ts';
export { changeDepartment, createDepartment, removeDepartment } from './departments.ts';
export {
  acceptInvitation,
  administratorsOf,
  countsOf,
  enterprisesByIds,
  enterprisesWithin,
  enterpriseWithin,
  invitationsOf,
  type Reach,
  scopeOfAdministrator,
  setScope,
  setSource,
  updateEnterprise,
} from './enterprise-store.ts';
export {
  ADMINISTRATOR_INVITED,
  ADMINISTRATOR_REMOVED,
  DIRECTORY_CHANGED,
  ENTERPRISE_DISSOLVED,
  type EnterpriseChanged,
  enterpriseChanged,
} from './events.ts';
export {
  addToGroup,
  deleteGroup,
  type GroupRow,
  groupById,
  groupsOf,
  membersOfGroups,
  takeFromGroup,
} from './group-store.ts';
export { ROW_FAULTS } from './import/check.ts';
export { COLUMN_NAMES, COLUMNS, type ColumnName, SAMPLES } from './import/columns.ts';
export { beginImport, decideImport, IMPORTS, stepImports } from './import/service.ts';
export { IMPORT_STATES, type ImportJob, importById, importRows, importsOf } from './import/store.ts';
export {
  type InvitationRow,
  invitationsTo,
  inviteMembers,
  type Joining,
  joinByInvitation,
  openInvitation,
  revokeInvitation,
  selfRegistrationOpen,
  setSelfRegistration,
} from './invitations.ts';
export {
  giveOrdered,
  givePassword,
  orderPasswords,
  type PasswordReceiver,
  passwordCounts,
  passwordReceiver,
} from './member-passwords.ts';
export {
  changeMemberPassword,
  endMemberSession,
  MEMBER_COOKIE,
  type MemberSession,
  markOfSession,
  memberOfMark,
  memberOfSession,
  memberSession,
  type SignedInMember,
  signInMember,
} from './member-sessions.ts';
export {
  allWithin,
  countMembers,
  deletedAmong,
  deleteMembers,
  isInRange,
  listMembers,
  type MemberQuery,
  markedMembers,
  memberIdsByNames,
  membersByIds,
  membersInRange,
  moveMembers,
  setEnabled,
} from './member-store.ts';
export { changeEnterpriseMember, createGroup, createMember, memberOf, renameGroup } from './members.ts';
export { coversApplication, coversDepartment, mostEnterprises, seesEverybody } from './model.ts';
export { enterpriseSchema } from './schema.ts';
export { enterpriseOfToken, makeScimToken, revokeScimToken, type ScimToken, scimTokensOf } from './scim-tokens.ts';
export {
  createEnterprise,
  directoryChanged,
  dismissAdministrator,
  dissolveEnterprise,
  type EnterpriseContext,
  inviteAdministrator,
  readOnlyFault,
} from './service.ts';
