/** A migrated database without a world in it, for tests of the foundation: one for the whole file. */
import { afterAll, beforeAll, inject } from 'vitest';
import { type Db, openDatabase } from '../../packages/marketplace/src/platform/database/database.ts';
import { copyTemplate } from './test-server.ts';

export interface FileDatabase {
  readonly db: Db;
  readonly url: string;
}

/** Call once at the top of a file; inside tests the returned function gives the database. */
export function fileDatabase(): () => FileDatabase {
  let open: (FileDatabase & { close(): Promise<void> }) | undefined;
  beforeAll(async () => {
    const { url, drop } = await copyTemplate(inject('adminUrl'));
    const { db, close } = openDatabase(url);
    open = { db, url, close: () => close().then(drop) };
  });
  afterAll(() => open?.close());
  return () => {
    if (!open) throw new Error('the database is there inside tests only');
    return open;
  };
}
