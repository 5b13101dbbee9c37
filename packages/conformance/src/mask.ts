/** Reports are sent to colleagues: the access key never stands in one, also where the server itself answered with it. */
import type { Diagnosis } from '@jishi/protocol';
import type { Exchange } from './exchange.ts';
import type { CaseReport } from './report.ts';

/** Keys of real marketplaces are longer; a shorter one would blank out half the report and is nobody's secret. */
const SHORTEST_SECRET = 8;
const MASK = '***';

/** @returns the report with the key replaced by *** wherever it stands, URL-encoded or escaped in JSON too */
export function maskKey(report: CaseReport, accessKey: string): CaseReport {
  if (accessKey.length < SHORTEST_SECRET) return report;
  const spellings = spellingsOf(accessKey);
  const text = (value: string) => spellings.reduce((masked, spelling) => masked.replaceAll(spelling, MASK), value);
  return {
    ...report,
    diagnosis: report.diagnosis.map((diagnosis) => maskDiagnosis(diagnosis, text)),
    exchanges: report.exchanges.map((exchange) => maskExchange(exchange, text)),
  };
}

/** The longest first: a spelling may hold another. */
function spellingsOf(key: string): readonly string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const all = new Set([key, encodeURIComponent(key), json, json.replaceAll('/', '\\/')]);
  return [...all].sort((one, other) => other.length - one.length);
}

type Text = (value: string) => string;

function maskDiagnosis(diagnosis: Diagnosis, text: Text): Diagnosis {
  const { summary, fix, expected, seen } = diagnosis;
  const words = ({ zh, en }: Diagnosis['fix']) => ({ zh: text(zh), en: text(en) });
  return { ...diagnosis, summary: words(summary), fix: words(fix), expected: text(expected), seen: text(seen) };
}

function maskExchange(exchange: Exchange, text: Text): Exchange {
  const { request, outcome } = exchange;
  const { body } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, text(value)]));
  const masked = {
    ...request,
    url: text(request.url),
    headers,
    body: typeof body === 'string' ? text(body) : body && bytes(body, text),
  };
  if (!outcome.ok) {
    const error = { ...outcome.error, message: text(outcome.error.message) };
    return { ...exchange, request: masked, outcome: { ok: false, error } };
  }
  const answer = {
    ...outcome.answer,
    headers: outcome.answer.headers.map(([name, value]) => [name, text(value)] as const),
    body: bytes(outcome.answer.body, text),
  };
  return { ...exchange, request: masked, outcome: { ok: true, answer } };
}

/** Latin-1 has a character for each byte, so that a body of any encoding goes through it unharmed. */
function bytes(body: Uint8Array, text: Text): Uint8Array {
  const before = Buffer.from(body).toString('latin1');
  const after = text(before);
  return after === before ? body : Buffer.from(after, 'latin1');
}
