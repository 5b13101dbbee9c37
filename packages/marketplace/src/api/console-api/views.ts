/** What the consoles import: every schema of the console API and the types of what they show. */
export * from '../../sandbox/schemas.ts';
export type { JoinInvitationView, JoiningInput, MemberSessionView, TilesView } from '../member-api/schemas.ts';
export type { ActivityFigures, ActivityView, ProductActivityView } from './activity-schemas.ts';
export * from './agreement-schemas.ts';
export * from './asset-schemas.ts';
export type { AuditEntryView, AuditPageView } from './audit-schemas.ts';
export * from './call-schemas.ts';
export * from './debugging-schemas.ts';
export * from './delivery-schemas.ts';
export * from './distributor-schemas.ts';
export type { MemberInvitationsView } from './enterprise-invitation-schemas.ts';
export type {
  CodeSentView,
  DissolutionView,
  MemberPasswordsView,
  PasswordGivenView,
} from './enterprise-password-schemas.ts';
export type {
  AdministratorView,
  DepartmentInput,
  DepartmentsView,
  DepartmentView,
  EnterprisesView,
  EnterpriseView,
  MemberAction,
  MemberGroupView,
  MemberInput,
  MemberPage as EnterpriseMemberPage,
  MemberView as EnterpriseMemberView,
  NewEnterpriseInput,
  ScimTokensView,
} from './enterprise-schemas.ts';
export * from './export-schemas.ts';
export * from './file-schemas.ts';
export * from './finding-schemas.ts';
export type { ImportDecision, ImportJobView, ImportRowPage } from './import-schemas.ts';
export * from './invoice-schemas.ts';
export * from './leaving-schemas.ts';
export * from './ledger-schemas.ts';
export * from './license-schemas.ts';
export * from './market-schemas.ts';
export * from './member-schemas.ts';
export * from './message-schemas.ts';
export * from './notice-schemas.ts';
export * from './offer-schemas.ts';
export type { OperatingFigures, OperatingView } from './operating-schemas.ts';
export * from './operator-schemas.ts';
export * from './opinion-schemas.ts';
export * from './order-schemas.ts';
export * from './payout-schemas.ts';
export * from './publication-schemas.ts';
export * from './sales-schemas.ts';
export * from './schemas.ts';
export type {
  AccountSecurityView,
  CodeNeededView,
  EnrolmentView,
  OwnSessionView,
  RecoveryCodesView,
} from './security-schemas.ts';
export * from './service-schemas.ts';
export * from './session-schemas.ts';
export * from './settlement-schemas.ts';
export * from './spending-schemas.ts';
export * from './subscription-schemas.ts';
export * from './supervision-schemas.ts';
export type {
  AuthorisationPage,
  BindableView,
  BoundApplicationView,
  CredentialInput,
  CredentialState,
  SyncTaskPage,
  SyncTaskView,
  VisibleRangeInput,
} from './sync-schemas.ts';
export type {
  AlarmSettingsView,
  PackageAlarmView,
  UsagePackagesView,
  UsagePackageView,
} from './usage-alarm-schemas.ts';
export type {
  ReratingView,
  SellerUsageView,
  UsageOverviewView,
  UsageRepairsView,
  UsageRepairView,
} from './usage-operator-schemas.ts';
export type {
  ApiKeysView,
  ApiKeyView,
  ApiRequestPageView,
  ApiRequestView,
  MeteredServicePageView,
  MeteredServiceView,
  ShownApiKeyView,
  UsageChargePageView,
  UsageChargeView,
  UsageOfServiceView,
  UsageRecordPageView,
  UsageRecordView,
  UsageRejectionPageView,
  UsageRejectionView,
} from './usage-schemas.ts';
export * from './wallet-schemas.ts';
export type {
  NewWebhookView,
  ShownWebhookView,
  WebhookChangeView,
  WebhookDeliveryDetailView,
  WebhookDeliveryPageView,
  WebhookDeliveryView,
  WebhookEventsView,
  WebhooksView,
  WebhookView,
} from './webhook-schemas.ts';
