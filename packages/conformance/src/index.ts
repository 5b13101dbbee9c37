/** @jishi/conformance — checks a seller's server against a KooGallery protocol and explains what is wrong. */
export { type ConformanceCase, type ProtocolName, type Session, type SessionSettings, Skip } from './case.ts';
export type { Exchange, Headers, WireAnswer, WireRequest } from './exchange.ts';
export { casesOf, PROTOCOLS } from './protocols.ts';
export { type Finding, findingsOf } from './rank.ts';
export type { CaseReport, CaseStatus, ConformanceReport } from './report.ts';
export { clipped } from './reports/columns.ts';
export { type HtmlOptions, toHtml } from './reports/html/page.ts';
export { toJson } from './reports/json.ts';
export { toJunit } from './reports/junit.ts';
export { listText } from './reports/list.ts';
export { paintOf } from './reports/paint.ts';
export { explain, renderText, type TextOptions } from './reports/text.ts';
export type { Language } from './reports/words.ts';
export { CALL_TIMEOUT_MS, type CheckOptions, checkSeller, type ProgressEvent } from './run.ts';
