/** Every state machine is a table: each state can be reached, ends are ends, and nothing moves off the diagrams (7.1–7.3). */
import { describe, expect, it } from 'vitest';
import { instanceTransitions } from '../instances/index.ts';
import { lineTransitions, orderTransitions } from '../ordering/index.ts';
import { mayMove, move, sourcesOf, type Transitions } from './state-machine.ts';

/** States that a walk from the starts arrives at. */
function reachable<State extends string>(table: Transitions<State>, starts: readonly State[]): Set<State> {
  const seen = new Set(starts);
  for (const state of seen) for (const next of table[state]) seen.add(next);
  return seen;
}

function inspect<State extends string>(table: Transitions<State>, starts: readonly State[]) {
  const states = Object.keys(table);
  const ends: string[] = [];
  const unknown: string[] = [];
  for (const state in table) {
    if (table[state].length === 0) ends.push(state);
    for (const next of table[state]) if (!states.includes(next)) unknown.push(next);
    if (new Set(table[state]).size !== table[state].length) unknown.push(`${state}: a move stands twice`);
  }
  const reached: Set<string> = reachable(table, starts);
  return { ends: ends.toSorted(), unknown, unreachable: states.filter((state) => !reached.has(state)) };
}

describe('state machines', () => {
  it('of orders (7.1)', () => {
    expect(inspect(orderTransitions, ['PENDING_APPROVAL', 'PENDING_PAYMENT'])).toEqual({
      ends: ['CANCELLED', 'COMPLETED', 'REFUNDED'],
      unknown: [],
      unreachable: [],
    });
  });

  it('of order lines (7.2)', () => {
    expect(inspect(lineTransitions, ['WAITING'])).toEqual({
      ends: ['CLOSED', 'REFUNDED'],
      unknown: [],
      unreachable: [],
    });
  });

  it('of instances (7.3)', () => {
    expect(inspect(instanceTransitions, ['PROVISIONING'])).toEqual({
      ends: ['FAILED', 'RELEASED'],
      unknown: [],
      unreachable: [],
    });
  });

  it('never let a paid order be cancelled or a refunded line be fulfilled', () => {
    expect(mayMove(orderTransitions, 'PROCESSING', 'CANCELLED')).toBe(false);
    expect(mayMove(lineTransitions, 'REFUNDED', 'FULFILLED')).toBe(false);
    expect(mayMove(lineTransitions, 'CLOSED', 'CALLING')).toBe(false);
  });

  it('refuse a move off the table as our own fault', () => {
    expect(move(orderTransitions, 'PENDING_PAYMENT', 'PROCESSING')).toBe('PROCESSING');
    expect(() => move(orderTransitions, 'COMPLETED', 'REFUNDING')).toThrow('illegal move COMPLETED → REFUNDING');
  });

  it('name the sources of a move for a guarded UPDATE', () => {
    expect(sourcesOf(lineTransitions, 'FULFILLED')).toEqual(['CALLING', 'QUERYING', 'SUPERVISING']);
    expect(sourcesOf(lineTransitions, 'WAITING')).toEqual([]);
  });
});
