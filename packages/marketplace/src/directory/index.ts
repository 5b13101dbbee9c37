/** Who: accounts, sessions, permissions, keys. */

export {
  type AccessKey,
  accessKeysOfSeller,
  addAccessKey,
  type InterfaceClass,
} from './access-keys.ts';
export {
  type CertifiedSeller,
  certifiedAt,
  certifySeller,
  sellerCertifications,
  uncertifiedSellers,
} from './certification.ts';
export { type ContactUser, operatorContact, type TenantContact, tenantContacts } from './contacts.ts';
export { BUYER_LEVELS, type BuyerLevel, levelsOf, setBuyerLevel } from './levels.ts';
export {
  ACTIONS,
  type Action,
  type Area,
  actionsOf,
  areaOf,
  isRole,
  type Principal,
  ROLES,
  type Role,
  type Scope,
  scopeOf,
} from './permissions.ts';
export { distrustSessions } from './recent-sessions.ts';
export { directorySchema, directorySealed } from './schema.ts';
export * from './service.ts';
export {
  apiKeyFailed,
  apiKeySucceeded,
  type BuyerFacts,
  buyerFacts,
  buyersByIds,
  buyersNamed,
  loginNames,
  loginsOfSeller,
  partyNames,
  sellerNames,
  userByLogin,
} from './store.ts';
