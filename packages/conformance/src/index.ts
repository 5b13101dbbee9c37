/** @jishi/conformance — checks a seller's server against a KooGallery protocol and explains what is wrong. */
export { type ConformanceCase, type ProtocolName, type Session, type SessionSettings, Skip } from './case.ts';
export type { Exchange, Headers, WireAnswer, WireRequest } from './exchange.ts';
export type { CaseReport, CaseStatus, ConformanceReport } from './report.ts';
