/**
 * Look-ups that requests ask for in the same moment are one statement: a trip costs both sides several times what a look
 * through a key does. What is asked while one is under way waits for its end, so that what it finds is never older than the request.
 */
import { together } from '../together.ts';
import { type Db, isUnreachable, perDatabase } from './database.ts';

const MOST_TOGETHER = 64;
/** one that takes longer waits for something, and those behind it need not */
const PATIENCE_MS = 20;

/** @param read finds each, in the order of the list */
export function lookUp<Asked, Found>(
  read: (db: Db, asked: readonly Asked[]) => Promise<readonly Found[]>,
): (db: Db, asked: Asked) => Promise<Found> {
  const ofDatabase = perDatabase(() =>
    together<{ readonly db: Db; readonly asked: Asked }, Found>({
      keyOf: () => '',
      most: MOST_TOGETHER,
      gathers: true,
      patienceMs: PATIENCE_MS,
      isOfOne: (error) => !isUnreachable(error),
      run: async (group) => {
        const [first] = group;
        return first
          ? read(
              first.db,
              group.map(({ asked }) => asked),
            )
          : [];
      },
    }),
  );
  return (db, asked) => ofDatabase(db)({ db, asked });
}
