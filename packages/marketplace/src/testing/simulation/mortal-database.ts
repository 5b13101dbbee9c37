/**
 * A database that its process leaves in the middle. Dying between two transactions, or inside one, is all that a crash can
 * do to what is committed; what was open is rolled back by the error, as the server does when a connection ends.
 */
import type { Db } from '../../platform/database/database.ts';

export class Death extends Error {
  override name = 'Death';
}

export interface MortalDatabase {
  readonly db: Db;
  /** dies before the n-th transaction or single statement from now */
  dieBefore(use: number): void;
  /** dies here and now */
  die(): never;
  readonly dead: () => boolean;
  /** whoever was to die later lives on */
  spare(): void;
}

/** From its death on every use fails: whatever its process still tries leaves no trace. */
export function mortalDatabase(db: Db): MortalDatabase {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Death('the process died');
  };
  const passing = () => {
    left -= 1;
    if (dead || left <= 0) die();
  };
  return {
    db: {
      kind: 'database',
      getExecutor() {
        passing();
        return db.getExecutor();
      },
      async connect() {
        passing();
        return db.connect();
      },
    },
    dieBefore(use) {
      left = use;
    },
    die,
    dead: () => dead,
    spare() {
      left = Number.POSITIVE_INFINITY;
    },
  };
}
