/** Who: accounts, sessions, permissions, keys. */

export {
  type AccessKey,
  accessKeysOfSeller,
  addAccessKey,
  type InterfaceClass,
} from './access-keys.ts';
export {
  addMember,
  addOperator,
  changeMember,
  changePassword,
  type Member,
  membersOf,
  newAccount,
  resetFactorAtHome,
  resetFactorOf,
  resetFactorOfMember,
  resetPassword,
  signOutMember,
  subRoles,
} from './accounts.ts';
export {
  type ApiKey,
  apiKeysOf,
  LONGEST_OVERLAP_HOURS,
  MOST_API_KEYS,
  makeApiKey,
  revokeApiKey,
  rotateApiKey,
  useApiKey,
} from './api-keys.ts';
export {
  askBankAccount,
  type BankAccountChange,
  bankAccountChanges,
  decideBankAccount,
  numberAskedFor,
} from './bank-account-changes.ts';
export { accountTail, type BankAccountInput, isBranchCode, isIban, plainAccount } from './bank-account-rules.ts';
export {
  type AccountOwner,
  type BankAccount,
  bankAccountsOf,
  bankAccountsSchema,
  bankAccountsSealed,
  payableAccounts,
  saveBankAccount,
} from './bank-accounts.ts';
export {
  type CertifiedSeller,
  certifiedAt,
  certifySeller,
  sellerCertifications,
  uncertifiedDistributors,
  uncertifiedSellers,
} from './certification.ts';
export { type ContactUser, operatorContact, type TenantContact, tenantContacts } from './contacts.ts';
export {
  addDistributorAccount,
  distributorAccounts,
  lockDistributorAccount,
  resetDistributorPassword,
} from './distributor-accounts.ts';
export {
  addDistributorMember,
  certifyDistributor,
  createDistributor,
  DISTRIBUTOR_KINDS,
  type DistributorKind,
  type DistributorParty,
  distributorById,
  distributorKinds,
  distributorNames,
  distributorsOf,
} from './distributors.ts';
export * from './enterprise/index.ts';
export { hardwareSellers, listForHardware, maySellHardware } from './hardware-sellers.ts';
export { identityOf, linkIdentity, type ProvenIdentity, signInWithIdentity, unlinkIdentity } from './identities.ts';
export { closeSeller, hasLeft, leftAt, lockSeller, staysSeller } from './leaving.ts';
export { BUYER_LEVELS, type BuyerLevel, levelsOf, setBuyerLevel } from './levels.ts';
export {
  ACTIONS,
  type Action,
  type Area,
  actionsOf,
  actionsOpenTo,
  areaOf,
  isRole,
  mayStillDo,
  type Principal,
  ROLES,
  type Role,
  type Scope,
  scopeOf,
} from './permissions.ts';
export { distrustSessions } from './recent-sessions.ts';
export { directorySchema, directorySealed } from './schema.ts';
export {
  confirmFactor,
  enrolFactor,
  type FactorState,
  factorDue,
  factorState,
  finishSignIn,
  provesPassword,
  removeFactor,
  renewRecoveryCodes,
} from './second-factor.ts';
export { accountSecuritySchema, accountSecuritySealed } from './second-factor-schema.ts';
export {
  acceptAgreement,
  agreementOf,
  type OwnAgreement,
  publishSellerAgreement,
  type SellerAgreement,
  sellerAgreements,
  sellerAgreementsSchema,
} from './seller-agreements.ts';
export * from './service.ts';
export { type Entered, endSession, endSessions, type OpenSession, sessionIdOf, sessionsOf } from './sessions.ts';
export {
  apiKeyFailed,
  apiKeySucceeded,
  type BuyerFacts,
  buyerFacts,
  buyersByIds,
  buyersNamed,
  enterprisesAmong,
  loginNames,
  loginsOfSeller,
  partyNames,
  sellerNames,
  userByLogin,
} from './store.ts';
export { type NewTenant, openTenant, type Tenant, type TenantKind, tenants } from './tenants.ts';
export {
  type BuyerTerms,
  buyerTerms,
  type DistributorTerms,
  distributorTerms,
  NO_TAXES,
  PAYERS,
  type Payer,
  PROJECTS,
  SCENES,
  SCENES_OF,
  type SellerTerms,
  type SiteTerms,
  type Subject,
  sellerTerms,
  siteTerms,
} from './trade-terms.ts';
export {
  type Agreements,
  agreements,
  agreeOn,
  allTerms,
  type Dated,
  NO_AGREEMENTS,
  partyBehind,
  termsOf,
} from './trade-terms-store.ts';
export { CODE_MINUTES, type CodePurpose, newCode, spendCode } from './verification-codes.ts';
