/** Runs the cases of a protocol against a seller's server, one after another, and reports. */
import { randomBytes as secureBytes } from 'node:crypto';
import { readPublicKey } from '@jishi/protocol';
import type { ConformanceCase, ProtocolName } from './case.ts';
import { maskKey } from './mask.ts';
import { casesOf } from './protocols.ts';
import { rank } from './rank.ts';
import type { CaseReport, CaseStatus, ConformanceReport } from './report.ts';
import { runInOrder } from './schedule.ts';
import { selectCases } from './select.ts';
import { createSession, type RunSession } from './session.ts';
import { createWire } from './wire.ts';

export interface CheckOptions {
  /** the production address; kit: without a path, the fixed paths are appended */
  readonly url: string;
  readonly protocol: ProtocolName;
  /** the key that the server checks signatures with */
  readonly accessKey: string;
  /** names of the only cases wanted; what they build on runs too and is reported where it did not pass */
  readonly cases?: readonly string[] | undefined;
  /** also play the whole life of a throw-away order, which changes live data */
  readonly liveCycle?: boolean | undefined;
  /** readings that no page establishes count as warnings */
  readonly lenient?: boolean | undefined;
  /** accept any certificate */
  readonly insecure?: boolean | undefined;
  /** kit: the seller's RSA public key, PEM or bare base64 */
  readonly publicKey?: string | undefined;
  /** the limit for one call, milliseconds; the marketplace's own is 20 s */
  readonly timeoutMs?: number | undefined;
  /** how long asynchronous provisioning is waited for, and how often it is asked, milliseconds; 60 s and 2 s */
  readonly asyncWindowMs?: number | undefined;
  readonly asyncIntervalMs?: number | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
  /** calls the run off: the promise rejects with its reason */
  readonly signal?: AbortSignal | undefined;
  /** milliseconds since 1970 */
  readonly now?: (() => number) | undefined;
  readonly randomBytes?: ((length: number) => Uint8Array) | undefined;
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** `index` counts from 0 over all cases of the run, `total` of them. */
export type ProgressEvent =
  | { readonly kind: 'started'; readonly index: number; readonly total: number; readonly case: ConformanceCase }
  | { readonly kind: 'finished'; readonly index: number; readonly total: number; readonly report: CaseReport };

/** The marketplace's limit for one call (`saas-v2.md` 2). */
export const CALL_TIMEOUT_MS = 20_000;
const ASYNC_WINDOW_MS = 60_000;
const ASYNC_INTERVAL_MS = 2_000;

/**
 * Checks a seller's server against a protocol and explains what is wrong. Nothing that changes live data is sent unless
 * `liveCycle` is set.
 *
 * @throws RangeError for an unusable option, named in the message; the signal's reason when called off. Whatever the server
 * does ends in the report.
 * @example
 * const report = await checkSeller({ url: 'http://localhost:8081/produce', protocol: 'saas-v2', accessKey: 'K' });
 * assert.equal(report.failed, 0, explain(report, 'en'));
 */
export async function checkSeller(options: CheckOptions): Promise<ConformanceReport> {
  return checkWith(casesOf(options.protocol), options);
}

/** The same with any list of cases. */
export async function checkWith(all: readonly ConformanceCase[], options: CheckOptions): Promise<ConformanceReport> {
  const target = targetOf(options.url);
  if (options.accessKey === '')
    throw new RangeError('accessKey: the key that the server checks signatures with expected');
  const timeoutMs = options.timeoutMs ?? CALL_TIMEOUT_MS;
  if (!(timeoutMs > 0 && timeoutMs <= 600_000)) throw new RangeError('timeoutMs: from 1 to 600000 expected');
  if (options.publicKey !== undefined) checkPublicKey(options.publicKey);
  const selected = selectCases(all, options);
  const now = options.now ?? Date.now;
  const startedAt = now();
  const began = performance.now();
  const { signal, insecure = false } = options;
  const wire = createWire({ timeoutMs, insecure, signal });
  try {
    const session = createSession({
      wire,
      target,
      accessKey: options.accessKey,
      settings: {
        timeoutMs,
        asyncWindowMs: options.asyncWindowMs ?? ASYNC_WINDOW_MS,
        asyncIntervalMs: options.asyncIntervalMs ?? ASYNC_INTERVAL_MS,
        lenient: options.lenient ?? false,
        publicKey: options.publicKey ?? null,
      },
      now,
      randomBytes: options.randomBytes ?? secureBytes,
      wait: options.wait,
      signal,
    });
    const reports = await runAll(selected.cases, session, options.onProgress);
    const cases = reports.filter(({ name, status }) => selected.isWanted(name) || !isGood(status));
    const durationMs = Math.round(performance.now() - began);
    return {
      protocol: options.protocol,
      target: target.href,
      startedAt,
      durationMs,
      ...countsOf(cases),
      causes: rank(cases),
      cases,
    };
  } finally {
    wire.close();
  }
}

async function runAll(
  cases: readonly ConformanceCase[],
  session: RunSession,
  onProgress: CheckOptions['onProgress'],
): Promise<CaseReport[]> {
  const total = cases.length;
  const reports: CaseReport[] = [];
  await runInOrder(cases, session, {
    started: (index) => {
      const item = cases[index];
      if (item !== undefined) onProgress?.({ kind: 'started', index, total, case: item });
    },
    finished: (index, report) => {
      const masked = maskKey(report, session.accessKey);
      reports.push(masked);
      onProgress?.({ kind: 'finished', index, total, report: masked });
    },
  });
  return reports;
}

function targetOf(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || !/^https?:$/.test(target.protocol)) {
    throw new RangeError(`url: an http(s) address expected, e.g. https://shop.example.com/produce, not "${url}"`);
  }
  return target;
}

function checkPublicKey(text: string): void {
  const read = readPublicKey(text);
  // That the seller's key is too short is a finding, which the kit's cases report.
  if (read.ok || read.isShort) return;
  const [fault] = read.diagnosis;
  throw new RangeError(`publicKey: ${fault?.expected} expected, not ${fault?.seen}`);
}

function isGood(status: CaseStatus): boolean {
  return status === 'passed' || status === 'warned';
}

function countsOf(cases: readonly CaseReport[]): Record<CaseStatus, number> {
  const count = (status: CaseStatus) => cases.filter((report) => report.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), warned: count('warned') };
}
