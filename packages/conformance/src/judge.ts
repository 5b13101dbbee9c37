/** Runs one case and turns whatever happens into its report. */
import { type Diagnosis, diagnose, diagnoseTransport, type Words } from '@jishi/protocol';
import { type ConformanceCase, Skip } from './case.ts';
import { asWarning } from './finding.ts';
import type { CaseReport, CaseStatus } from './report.ts';
import { type Gone, type RunSession, ServerGone } from './session.ts';

/**
 * @param before the reports of the cases that ran earlier
 * @throws only the reason of the run's signal
 */
export async function judge(
  item: ConformanceCase,
  session: RunSession,
  before: readonly CaseReport[],
): Promise<CaseReport> {
  session.signal?.throwIfAborted();
  const began = performance.now();
  const verdict = skippedBeforehand(item, session.gone, before) ?? (await verdictOf(item, session));
  const { name, title, reference } = item;
  const durationMs = Math.round(performance.now() - began);
  return { name, title, reference, durationMs, exchanges: session.takeExchanges(), ...verdict };
}

type Verdict = Pick<CaseReport, 'status' | 'diagnosis' | 'reason'>;

async function verdictOf(item: ConformanceCase, session: RunSession): Promise<Verdict> {
  try {
    const found = await item.run(session);
    return judged(session.settings.lenient && item.reading ? found.map(asWarning) : found);
  } catch (error) {
    session.signal?.throwIfAborted();
    if (error instanceof Skip) return skipped(error.reason);
    if (error instanceof ServerGone) return judged([diagnoseTransport(error.gone.error)]);
    return judged([suiteFault(error)]);
  }
}

function judged(diagnosis: readonly Diagnosis[]): Verdict {
  const failed = diagnosis.some(({ severity }) => severity === 'error');
  const status: CaseStatus = failed ? 'failed' : diagnosis.length > 0 ? 'warned' : 'passed';
  return { status, diagnosis, reason: null };
}

function skippedBeforehand(
  { after = [] }: ConformanceCase,
  gone: Gone | null,
  before: readonly CaseReport[],
): Verdict | null {
  if (gone !== null) return skipped(GONE[gone.why]);
  const unmet = before.find(
    ({ name, status }) => after.includes(name) && (status === 'failed' || status === 'skipped'),
  );
  if (unmet === undefined) return null;
  // What was skipped itself hands its reason on: in the end that names the case to look at.
  if (unmet.reason !== null) return skipped(unmet.reason);
  return skipped({ zh: `前提用例 ${unmet.name} 未通过`, en: `It builds on ${unmet.name}, which did not pass` });
}

function skipped(reason: Words): Verdict {
  return { status: 'skipped', diagnosis: [], reason };
}

const GONE: Readonly<Record<Gone['why'], Words>> = {
  'never-answered': { zh: '服务器没有任何响应', en: 'The server gave no answer at all' },
  stopped: { zh: '服务器在检查过程中停止了监听', en: 'The server stopped listening during the run' },
  'too-slow': {
    zh: '已有 3 次调用超时，不再等待；修复后请重新运行',
    en: 'Three calls got no answer in time already; put that right and run again',
  },
};

/** The suite's own fault must not pass for the seller's. */
function suiteFault(error: unknown): Diagnosis {
  return diagnose('suite.fault', { seen: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
}
