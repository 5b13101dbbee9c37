/** Authorisation codes and licences inside a quota (license-and-other-types.md 4, 5). */
export { type Application, applicationByEvent, applicationsOf, takenOf } from './application-store.ts';
export {
  activateCodes,
  type Checked,
  type CodeFault,
  codeOfResource,
  codesInClear,
  MOST_TEST_CODES,
  makeTestCode,
  openCode,
  pickUpCode,
  queryCodes,
} from './codes.ts';
export {
  codeActivated,
  codePickedUp,
  type LicenceRequested,
  licenceAnswered,
  licenceRequested,
} from './events.ts';
export {
  type ApplyForLicence,
  applyForLicence,
  grantedLicence,
  type HandedOver,
  type HandOver,
  handOverLicence,
  licencesRefused,
  type Quota,
} from './granting.ts';
export { CODE_STATES, type CodeState, codeTransitions } from './model.ts';
export { APPLICATION_STATES, type ApplicationState, applicationTransitions, REFUSALS } from './quota.ts';
export { licensingSchema, licensingSealed } from './schema.ts';
export { type ActiveClients, activeClientsOf, reportSoftwareUsage, type SoftwareUsage } from './software-usage.ts';
export { type Code, type CodeQuery, codeById, listCodes } from './store.ts';
export { licensingSubscriptions } from './subscribers.ts';
