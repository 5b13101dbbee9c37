/** @jishi/conformance — checks a seller's server against a KooGallery protocol and explains what is wrong. */
export { type ConformanceCase, type ProtocolName, type Session, type SessionSettings, Skip } from './case.ts';
export type { Exchange, Headers, WireAnswer, WireRequest } from './exchange.ts';
export { casesOf, PROTOCOLS } from './protocols.ts';
export type { CaseReport, CaseStatus, ConformanceReport } from './report.ts';
export { CALL_TIMEOUT_MS, type CheckOptions, checkSeller, type ProgressEvent } from './run.ts';
