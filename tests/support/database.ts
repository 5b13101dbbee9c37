/** One database for a whole test file: migrated and empty for tests of the foundation, or with a world in it. */
import { afterAll, beforeAll, inject } from 'vitest';
import { type Db, openDatabase } from '../../packages/marketplace/src/platform/database/database.ts';
import { createWorld, type World, type WorldOptions } from '../../packages/marketplace/src/testing/index.ts';
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

/** As `testWorld`, one for the whole file: for tests that do not disturb each other. */
export function fileWorld(options: Omit<WorldOptions, 'databaseUrl'> = {}): () => World {
  let open: { world: World; drop(): Promise<void> } | undefined;
  beforeAll(async () => {
    const { url, drop } = await copyTemplate(inject('adminUrl'));
    open = { world: await createWorld({ ...options, databaseUrl: url }), drop };
  });
  afterAll(async () => {
    await open?.world.close();
    await open?.drop();
  });
  return () => {
    if (!open) throw new Error('the world is there inside tests only');
    return open.world;
  };
}
