/** The report for programs (contracts/cli.md): names of members stay, more may come. */

import type { Exchange } from '../exchange.ts';
import type { CaseReport, ConformanceReport } from '../report.ts';
import { readableBody } from './body.ts';

/** A plain value for JSON.stringify. Titles are English; `titles` has both languages. */
export function toJson(report: ConformanceReport): Readonly<Record<string, unknown>> {
  return {
    ...report,
    startedAt: new Date(report.startedAt).toISOString(),
    cases: report.cases.map(caseOf),
  };
}

function caseOf({ title, exchanges, ...rest }: CaseReport): Readonly<Record<string, unknown>> {
  return { ...rest, title: title.en, titles: title, exchanges: exchanges.map(exchangeOf) };
}

function exchangeOf({ request, startedAt, durationMs, outcome }: Exchange): Readonly<Record<string, unknown>> {
  const { label, method, url, headers, body } = request;
  return {
    label,
    startedAt: new Date(startedAt).toISOString(),
    durationMs,
    request: { method, url, headers, ...(body === null ? { body: null } : bodyOf(body)) },
    response: outcome.ok
      ? {
          status: outcome.answer.status,
          headers: headersOf(outcome.answer.headers),
          ...bodyOf(outcome.answer.body),
          truncated: outcome.answer.truncated,
        }
      : null,
    error: outcome.ok ? null : outcome.error,
  };
}

/** Names as they were spelt; a repeated header is one value, joined with a comma (RFC 9110 5.3). */
function headersOf(headers: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const byName = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = byName.get(name);
    byName.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(byName);
}

/** Bytes that are no UTF-8 are there in base64 too. */
function bodyOf(body: string | Uint8Array): { readonly body: string; readonly bodyBase64?: string } {
  const { text, isUtf8 } = readableBody(body);
  return isUtf8 ? { body: text } : { body: text, bodyBase64: Buffer.from(body).toString('base64') };
}
