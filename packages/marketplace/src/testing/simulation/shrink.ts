/** Makes a failing script short: leaves out actions, many at once at first, as long as it still fails in the same way. */
import type { SimulationReport } from './index.ts';
import type { Script } from './script.ts';

/** Each try is a whole run. */
const MOST_TRIES = 60;

export async function shrink(
  failing: SimulationReport,
  run: (script: Script) => Promise<SimulationReport>,
): Promise<Script> {
  const kind = kindOf(failing);
  let best = failing.script;
  let tries = 0;
  for (let size = Math.ceil(best.actions.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.actions.length && tries < MOST_TRIES; ) {
      const actions = [...best.actions.slice(0, from), ...best.actions.slice(from + size)];
      tries += 1;
      const shorter = { ...best, actions };
      if (kindOf(await run(shorter)) === kind) best = shorter;
      else from += size;
    }
  }
  return best;
}

/** The first broken invariant without what differs from run to run. */
function kindOf({ faults }: SimulationReport): string | null {
  const [first] = faults;
  return first === undefined ? null : (first.split(/[:;(\n]/)[0]?.replace(/[^ ]*\d[^ ]*/g, '#') ?? null);
}
