/** Single sign-on into joint-operation products (saas-v2.md 11, consoles-and-processes.md E-36 … E-39). */
export { CAS_PATH, entryByService, isAfterLogout, issueTicket, redeemTicket, type TicketResult } from './cas.ts';
export { publishedUser } from './claims.ts';
export { afterLogout } from './client.ts';
export {
  applicationOfClient,
  type Entry,
  type EntryResult,
  entryByAppId,
  entryOf,
  isAppId,
  withCredential,
} from './entry.ts';
export { currentKeys, rotateSigningKey } from './keys.ts';
export {
  type AuthorisationServer,
  createAuthorisationServer,
  entryOfToken,
  ISSUER_PATH,
  issueCode,
  type Pages,
  PUBLISHED_PATH,
  SESSION_COOKIE,
  type ServerSession,
  sessionFor,
} from './provider.ts';
export { describeRefusal, SIGN_ON_REFUSALS, type SignOnRefusal } from './refusals.ts';
export { signOnSchema, signOnSealed } from './schema.ts';
export { forgetSignOns } from './store.ts';
