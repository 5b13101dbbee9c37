/** Sub-users of one's own account, buyers and sellers as the operator keeps them, one's own password. */
import type { SessionView } from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

export type RoleName = SessionView['role'];

export interface MemberView {
  readonly userId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly role: RoleName;
  readonly disabled: boolean;
  readonly passwordInitial: boolean;
  readonly secondFactor: boolean;
  readonly lastSignInAt: string | null;
  readonly createdAt: string;
  readonly goodsIds: readonly string[];
  readonly mayChange: boolean;
}
export interface MembersView {
  readonly items: readonly MemberView[];
  readonly roles: readonly RoleName[];
}
/** The password is told once. */
export interface MemberWithPassword {
  readonly member: MemberView;
  readonly password: string;
}
export interface MemberChange {
  readonly userId: string;
  readonly role?: RoleName;
  readonly disabled?: boolean;
  readonly goodsIds?: readonly string[];
}

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }): Promise<MembersView> => http.get('members', {}, signal),
});
export const addMember = (member: {
  readonly loginName: string;
  readonly displayName: string;
  readonly role: RoleName;
}): Promise<MemberWithPassword> => http.post('members', member);
export const changeMember = (change: MemberChange): Promise<MemberView> => http.post('members/changes', change);
export const resetPassword = (userId: string): Promise<MemberWithPassword> =>
  http.post('members/passwords', { userId });

export const signOutMember = (userId: string): Promise<{ readonly ended: number }> =>
  http.post('members/sign-outs', { userId });
export const resetMemberFactor = (userId: string): Promise<MemberView> =>
  http.post('members/second-factor-resets', { userId });
/** of any account, a main account too */
export const resetFactorOf = (loginName: string): Promise<{ readonly loginName: string }> =>
  http.post('operator/second-factor-resets', { loginName });

export const TRACKS = ['ENABLING', 'BASE'] as const;
export type Track = (typeof TRACKS)[number];
export const putOnTrack = (buyerId: string, track: Track | null): Promise<unknown> =>
  http.post('buyer-tracks', { buyerId, track });

export interface TenantView {
  readonly kind: 'buyer' | 'seller';
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly owner: string | null;
  readonly track: Track | null;
  readonly people: number;
  readonly createdAt: string;
  /** of a seller that has left (S4-7) */
  readonly leftAt: string | null;
}
export interface TenantPageView {
  readonly items: readonly TenantView[];
  readonly nextCursor: string | null;
}
export interface NewTenant {
  readonly kind: 'buyer' | 'seller';
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly owner: { readonly loginName: string; readonly displayName: string };
}
export const tenantsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['tenants', query],
    queryFn: ({ signal }): Promise<TenantPageView> => http.get('operator/tenants', query, signal),
  });
export const openTenant = (tenant: NewTenant): Promise<{ readonly tenant: TenantView; readonly password: string }> =>
  http.post('operator/tenants', tenant);

/** People of a buyer who set up enterprises for customers (E-3). */
export interface DistributorAccountsView {
  readonly buyerId: string;
  readonly name: string;
  readonly items: readonly MemberView[];
}
const accountsOf = (buyerId: string): string => `operator/buyers/${buyerId}/distributor-accounts`;
export const distributorAccountsQuery = (buyerId: string) =>
  queryOptions({
    queryKey: ['distributor-accounts', buyerId],
    queryFn: ({ signal }): Promise<DistributorAccountsView> => http.get(accountsOf(buyerId), {}, signal),
  });
export const addDistributorAccount = (
  buyerId: string,
  account: { readonly loginName: string; readonly displayName: string },
): Promise<MemberWithPassword> => http.post(accountsOf(buyerId), account);
export const lockDistributorAccount = (buyerId: string, userId: string, disabled: boolean): Promise<MemberView> =>
  http.post(`${accountsOf(buyerId)}/${userId}/lock`, { disabled });
export const resetDistributorPassword = (buyerId: string, userId: string): Promise<MemberWithPassword> =>
  http.post(`${accountsOf(buyerId)}/${userId}/password`, {});

export const changePassword = (passwords: { readonly current: string; readonly next: string }): Promise<SessionView> =>
  http.post('session/password', passwords);
