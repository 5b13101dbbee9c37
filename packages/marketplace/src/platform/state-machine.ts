/** A state machine as a table: what may follow what. The same table is walked by tests and drawn in the docs. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

export function mayMove<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/** @throws when the table does not allow it: our own fault, never a user's */
export function move<State extends string>(table: Transitions<State>, from: State, to: State): State {
  if (!mayMove(table, from, to)) throw new Error(`illegal move ${from} → ${to}`);
  return to;
}

/** States that can be the source of a move to `to`, e.g. for a guarded UPDATE. */
export function sourcesOf<State extends string>(table: Transitions<State>, to: State): State[] {
  const states: State[] = [];
  for (const from in table) if (table[from].includes(to)) states.push(from);
  return states;
}

/** States that something may still follow. */
export function openStatesOf<State extends string>(table: Transitions<State>): State[] {
  const states: State[] = [];
  for (const state in table) if (table[state].length > 0) states.push(state);
  return states;
}
