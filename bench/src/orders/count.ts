/** Counts what a process asks of its database: statements, and the trips that they take (those sent together are one). */
import pg from 'pg';

export interface Asked {
  readonly statements: number;
  readonly trips: number;
}

/** @returns what was asked so far. To be called once, before the first connection is made */
export function countStatements(): () => Asked {
  let statements = 0;
  let trips = 0;
  const open = new WeakMap<object, number>();
  const query = pg.Client.prototype.query;
  Object.defineProperty(pg.Client.prototype, 'query', {
    value(this: pg.Client, ...args: unknown[]) {
      const before = open.get(this) ?? 0;
      statements += 1;
      if (before === 0) trips += 1;
      open.set(this, before + 1);
      const answered = () => void open.set(this, (open.get(this) ?? 1) - 1);
      const answer: Promise<unknown> | pg.Query = Reflect.apply(query, this, args);
      if (answer instanceof pg.Query) answer.once('end', answered).once('error', answered);
      else answer.then(answered, answered);
      return answer;
    },
  });
  return () => ({ statements, trips });
}
