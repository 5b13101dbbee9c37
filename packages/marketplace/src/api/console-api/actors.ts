/** Who did something, as the reader may know it. */
import { loginsOfSeller, type Scope } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';

/** What a seller reads instead of the login name of one of the marketplace's people; the console translates it. */
const OPERATOR = 'operator';

export type NameOfActor = (actor: string) => string;

/** Operators see everybody's login name; a seller its own people's, and of all others that the operator did it. */
export async function actorsFor(
  executor: Executor,
  scope: Scope,
  actors: readonly (string | null)[],
): Promise<NameOfActor> {
  if (scope.kind === 'all') return (actor) => actor;
  const asked = [...new Set(actors)].flatMap((actor) => (actor === null || actor === 'system' ? [] : [actor]));
  if (asked.length === 0 || scope.kind === 'buyer') return (actor) => (actor === 'system' ? actor : OPERATOR);
  const own = await loginsOfSeller(executor, scope.sellerId, asked);
  return (actor) => (actor === 'system' || own.has(actor) ? actor : OPERATOR);
}
