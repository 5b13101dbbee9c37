import type {
  AdministratorView,
  AuthorisationPage,
  BindableView,
  BoundApplicationView,
  CodeSentView,
  CredentialInput,
  CredentialState,
  DepartmentInput,
  DepartmentsView,
  DissolutionView,
  EnterpriseMemberPage,
  EnterpriseMemberView,
  EnterprisesView,
  EnterpriseView,
  ImportDecision,
  ImportJobView,
  ImportRowPage,
  MemberAction,
  MemberGroupView,
  MemberInput,
  MemberInvitationsView,
  MemberPasswordsView,
  NewEnterpriseInput,
  PasswordGivenView,
  ScimTokensView,
  SyncTaskPage,
  VisibleRangeInput,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of enterprises; all below `enterprises` is read again after a change. */

interface Items<T> {
  readonly items: readonly T[];
}
const at = (enterpriseId: string, rest = ''): string => `enterprises/${encodeURIComponent(enterpriseId)}${rest}`;

export const enterprisesQuery = queryOptions({
  queryKey: ['enterprises'],
  queryFn: ({ signal }): Promise<EnterprisesView> => http.get('enterprises', {}, signal),
});
export const enterpriseQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id],
    queryFn: ({ signal }): Promise<EnterpriseView> => http.get(at(id), {}, signal),
  });
export const createEnterprise = (input: NewEnterpriseInput): Promise<EnterpriseView> => http.post('enterprises', input);
export const dissolutionQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'dissolution'],
    queryFn: ({ signal }): Promise<DissolutionView> => http.get(at(id, '/dissolution'), {}, signal),
  });
export const sendDissolutionCode = (id: string): Promise<CodeSentView> => http.post(at(id, '/dissolution-code'), {});
export const dissolveEnterprise = (id: string, shortName: string, code: string | null): Promise<unknown> =>
  http.post(at(id, '/dissolution'), { shortName, ...(code === null ? {} : { code }) });
export const acceptInvitation = (id: string): Promise<unknown> => http.post(at(id, '/invitation/acceptance'), {});

export const administratorsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'administrators'],
    queryFn: ({ signal }): Promise<Items<AdministratorView>> => http.get(at(id, '/administrators'), {}, signal),
  });
export const inviteAdministrator = (id: string, loginName: string): Promise<unknown> =>
  http.post(at(id, '/administrators'), { loginName });
export const removeAdministrator = (id: string, userId: string): Promise<unknown> =>
  http.post(at(id, `/administrators/${encodeURIComponent(userId)}/removal`), {});

export const appointAdministrator = (
  id: string,
  asked: { loginName: string; departments: readonly string[]; applications: readonly string[] },
): Promise<unknown> => http.post(at(id, '/business-administrators'), asked);
export const changeAdministratorScope = (
  id: string,
  userId: string,
  scope: { departments: readonly string[]; applications: readonly string[] },
): Promise<unknown> => http.post(at(id, `/business-administrators/${encodeURIComponent(userId)}/scope`), scope);
export const removeBusinessAdministrator = (id: string, userId: string): Promise<unknown> =>
  http.post(at(id, `/business-administrators/${encodeURIComponent(userId)}/removal`), {});

export const departmentsQuery = (id: string, query: { parent?: string | undefined; q?: string | undefined }) =>
  queryOptions({
    queryKey: ['enterprises', id, 'departments', query],
    queryFn: ({ signal }): Promise<DepartmentsView> => http.get(at(id, '/departments'), query, signal),
    placeholderData: keepPreviousData,
  });
export const createDepartment = (id: string, input: DepartmentInput): Promise<unknown> =>
  http.post(at(id, '/departments'), input);
export const changeDepartment = (id: string, input: DepartmentInput): Promise<unknown> =>
  http.post(at(id, '/departments/change'), input);
export const removeDepartment = (id: string, code: string): Promise<unknown> =>
  http.post(at(id, '/departments/removal'), { code });

export const membersQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['enterprises', id, 'members', query],
    queryFn: ({ signal }): Promise<EnterpriseMemberPage> => http.get(at(id, '/members'), query, signal),
    placeholderData: keepPreviousData,
  });
export const memberQuery = (id: string, memberId: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'member', memberId],
    queryFn: ({ signal }): Promise<EnterpriseMemberView> =>
      http.get(at(id, `/members/${encodeURIComponent(memberId)}`), {}, signal),
  });
export const passwordsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'passwords'],
    queryFn: ({ signal }): Promise<MemberPasswordsView> => http.get(at(id, '/passwords'), {}, signal),
    // while passwords are on their way the page follows them
    refetchInterval: ({ state }) => ((state.data?.ordered ?? 0) > 0 ? 2_000 : false),
  });
export const orderPasswords = (id: string): Promise<unknown> => http.post(at(id, '/passwords'), {});
export const sendPasswordCode = (id: string, memberId: string): Promise<CodeSentView> =>
  http.post(at(id, `/members/${encodeURIComponent(memberId)}/password-code`), {});
export const resetPassword = (id: string, memberId: string, code: string | null): Promise<PasswordGivenView> =>
  http.post(at(id, `/members/${encodeURIComponent(memberId)}/password`), code === null ? {} : { code });
export const createMember = (id: string, input: MemberInput): Promise<PasswordGivenView> =>
  http.post(at(id, '/members'), input);
export const changeMember = (id: string, memberId: string, input: MemberInput): Promise<{ memberId: string }> =>
  http.post(at(id, `/members/${encodeURIComponent(memberId)}/change`), input);
export const actOnMembers = (id: string, action: MemberAction): Promise<{ count: number }> =>
  http.post(at(id, '/members/actions'), action);

export const memberInvitationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'invitations'],
    queryFn: ({ signal }): Promise<MemberInvitationsView> => http.get(at(id, '/member-invitations'), {}, signal),
  });
export const inviteMembers = (id: string, asked: { departmentCode: string; days: number }): Promise<unknown> =>
  http.post(at(id, '/member-invitations'), asked);
export const revokeMemberInvitation = (id: string, code: string): Promise<unknown> =>
  http.post(at(id, `/member-invitations/${encodeURIComponent(code)}/revocation`), {});
export const setSelfRegistration = (id: string, open: boolean): Promise<unknown> =>
  http.post(at(id, '/self-registration'), { open });

export const groupsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'groups'],
    queryFn: ({ signal }): Promise<Items<MemberGroupView>> => http.get(at(id, '/groups'), {}, signal),
  });
export const createGroup = (id: string, name: string): Promise<unknown> => http.post(at(id, '/groups'), { name });
export const renameGroup = (id: string, groupId: string, name: string): Promise<unknown> =>
  http.post(at(id, `/groups/${encodeURIComponent(groupId)}/name`), { name });
export const removeGroup = (id: string, groupId: string): Promise<unknown> =>
  http.post(at(id, `/groups/${encodeURIComponent(groupId)}/removal`), {});
export const changeGroupMembers = (
  id: string,
  groupId: string,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): Promise<{ count: number }> => http.post(at(id, `/groups/${encodeURIComponent(groupId)}/members`), change);

export const applicationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'applications'],
    queryFn: ({ signal }): Promise<Items<BoundApplicationView>> => http.get(at(id, '/applications'), {}, signal),
    // while something is under way the page follows it
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ tasks }) => tasks.some((task) => task.state !== 'WAIT_DECISION')) ? 1_500 : false,
  });
export const bindableQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'bindable'],
    queryFn: ({ signal }): Promise<Items<BindableView>> => http.get(at(id, '/bindable'), {}, signal),
  });
export const bindApplication = (
  id: string,
  input: { resourceId: string; attributes: readonly string[] },
): Promise<unknown> => http.post(at(id, '/applications'), input);
export const authoriseApplication = (
  id: string,
  applicationId: string,
  range: VisibleRangeInput,
): Promise<{ members: number }> => http.post(at(id, `/applications/${encodeURIComponent(applicationId)}/range`), range);
export const actOnApplication = (
  id: string,
  applicationId: string,
  what: 'binding' | 'resynchronisation' | 'stop' | 'start',
): Promise<unknown> => http.post(at(id, `/applications/${encodeURIComponent(applicationId)}/${what}`), {});
export const authorisationsQuery = (id: string, applicationId: string, query: Query) =>
  queryOptions({
    queryKey: ['enterprises', id, 'authorisations', applicationId, query],
    queryFn: ({ signal }): Promise<AuthorisationPage> =>
      http.get(at(id, `/applications/${encodeURIComponent(applicationId)}/members`), query, signal),
    placeholderData: keepPreviousData,
  });
export const syncTasksQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['enterprises', id, 'sync-tasks', query],
    queryFn: ({ signal }): Promise<SyncTaskPage> => http.get(at(id, '/sync-tasks'), query, signal),
    placeholderData: keepPreviousData,
  });
export const decideTask = (id: string, taskId: string, decision: 'CONTINUE' | 'STOP'): Promise<unknown> =>
  http.post(at(id, `/sync-tasks/${encodeURIComponent(taskId)}/decision`), { decision });

export const credentialQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['credential', goodsId],
    queryFn: ({ signal }): Promise<CredentialState> =>
      http.get(`seller/products/${encodeURIComponent(goodsId)}/credential`, {}, signal),
  });
export const saveCredential = (goodsId: string, input: CredentialInput): Promise<unknown> =>
  http.post(`seller/products/${encodeURIComponent(goodsId)}/credential`, input);

export const importsQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'imports'],
    queryFn: ({ signal }): Promise<Items<ImportJobView>> => http.get(at(id, '/imports'), {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some((job) => job.state === 'CHECKING' || job.state === 'APPLYING') ? 1_000 : false,
  });
export const importRowsQuery = (id: string, importId: string, query: Query) =>
  queryOptions({
    queryKey: ['enterprises', id, 'import-rows', importId, query],
    queryFn: ({ signal }): Promise<ImportRowPage> =>
      http.get(at(id, `/imports/${encodeURIComponent(importId)}/rows`), query, signal),
    placeholderData: keepPreviousData,
  });
export const beginImport = (id: string, fileId: string): Promise<{ importId: string }> =>
  http.post(at(id, '/imports'), { fileId });
export const decideImport = (id: string, importId: string, decision: ImportDecision): Promise<unknown> =>
  http.post(at(id, `/imports/${encodeURIComponent(importId)}/decision`), { decision });

/** Files that the server makes while they are fetched. */
export const peopleFileUrl = (
  id: string,
  what: 'import-template' | 'members-file' | `imports/${string}/result`,
  query: { readonly format: 'csv' | 'xlsx'; readonly language: string },
): string => `/api/console/${at(id, `/${what}`)}?${new URLSearchParams(query)}`;

export const scimTokensQuery = (id: string) =>
  queryOptions({
    queryKey: ['enterprises', id, 'scim-tokens'],
    queryFn: ({ signal }): Promise<ScimTokensView> => http.get(at(id, '/scim-tokens'), {}, signal),
  });
export const makeScimToken = (id: string, name: string): Promise<{ token: string }> =>
  http.post(at(id, '/scim-tokens'), { name });
export const revokeScimToken = (id: string, tokenId: string): Promise<unknown> =>
  http.post(at(id, `/scim-tokens/${encodeURIComponent(tokenId)}/revocation`), {});
