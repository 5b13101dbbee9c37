/**
 * In what order cases run: one after another, so that a seller's log reads like the report. Only where each answer takes long are
 * those that do not mind run side by side; the reports keep the order of the list all the same.
 */
import type { ConformanceCase } from './case.ts';
import { judge } from './judge.ts';
import { createPlaces } from './places.ts';
import type { CaseReport } from './report.ts';
import type { RunSession } from './session.ts';

export interface Watcher {
  /** both in the order of the list */
  started(index: number): void;
  finished(index: number, report: CaseReport): void;
}

/** Answers that take longer make a run of some fifty rounds a matter of minutes. */
const SLOW_MS = 1_000;

/** @throws only the reason of the run's signal */
export async function runInOrder(
  cases: readonly ConformanceCase[],
  session: RunSession,
  watcher: Watcher,
): Promise<void> {
  const reports: CaseReport[] = [];
  while (reports.length < cases.length) {
    watcher.started(reports.length);
    const running = startAll(nextGroup(cases, reports.length, session), session, reports);
    for (const [place, report] of running.entries()) {
      if (place > 0) watcher.started(reports.length);
      const done = await report;
      watcher.finished(reports.length, done);
      reports.push(done);
    }
  }
}

function nextGroup(
  cases: readonly ConformanceCase[],
  from: number,
  { slowestMs }: RunSession,
): readonly ConformanceCase[] {
  const rest = cases.slice(from);
  const end = rest.findIndex(({ independent }) => !independent);
  if (slowestMs < SLOW_MS || end === 0) return rest.slice(0, 1);
  return end === -1 ? rest : rest.slice(0, end);
}

/** Each waits for those it builds on, and for a place. */
function startAll(
  group: readonly ConformanceCase[],
  session: RunSession,
  before: readonly CaseReport[],
): readonly Promise<CaseReport>[] {
  const started = new Map<string, Promise<CaseReport>>();
  const places = createPlaces(() => session.places);
  const run = async (item: ConformanceCase): Promise<CaseReport> => {
    const built = await Promise.all((item.after ?? []).flatMap((name) => started.get(name) ?? []));
    return places.in(() => judge(item, session.beside(), [...before, ...built]));
  };
  for (const item of group) {
    const report = run(item);
    // Reported by the one who awaits it in its turn.
    report.catch(() => undefined);
    started.set(item.name, report);
  }
  return [...started.values()];
}
