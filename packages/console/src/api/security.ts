/** One's own account: second factor, sessions, identity at the company's provider; the audit log. */
import type {
  AccountSecurityView,
  AuditPageView,
  EnrolmentView,
  RecoveryCodesView,
} from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import { type Query, toSearch } from './http.ts';

export interface Proof {
  readonly password: string;
  readonly code: string;
}

export const securityQuery = queryOptions({
  queryKey: ['security'],
  queryFn: ({ signal }): Promise<AccountSecurityView> => http.get('session/security', {}, signal),
});
export const enrolFactor = (password: string): Promise<EnrolmentView> =>
  http.post('session/second-factor', { password });
export const confirmFactor = (code: string): Promise<RecoveryCodesView> =>
  http.post('session/second-factor/confirmation', { code });
export const renewRecoveryCodes = (proof: Proof): Promise<RecoveryCodesView> =>
  http.post('session/second-factor/recovery-codes', proof);
export const removeFactor = (proof: Proof): Promise<null> => http.post('session/second-factor/removal', proof);
export const endSession = (sessionId: string): Promise<unknown> => http.post('session/ended', { sessionId });
export const endOtherSessions = (): Promise<unknown> => http.post('session/others-ended', {});
/** @returns where the browser goes to */
export const linkIdentity = (password: string): Promise<{ readonly address: string }> =>
  http.post('session/identity', { password });
export const unlinkIdentity = (): Promise<null> => http.post('session/identity/removal', {});
/** The way to the identity provider; it leads back to `from`. */
export const providerAddress = (from: string | undefined): string => `/api/console/session/oidc${toSearch({ from })}`;

export const auditQuery = (query: Query) =>
  queryOptions({
    queryKey: ['audit', query],
    queryFn: ({ signal }): Promise<AuditPageView> => http.get('operator/audit', query, signal),
  });
export const auditFileAddress = (query: Query): string => `/api/console/operator/audit-file${toSearch(query)}`;
