/** One marketplace for all tests of a file, where they do not disturb each other: the set-up is paid once. */
import { afterAll, beforeAll, inject } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../packages/marketplace/src/testing/index.ts';
import { copyTemplate } from './test-server.ts';

/** Call at the top of a file or a describe; the returned function gives the world inside tests. */
export function sharedWorld(options: Omit<WorldOptions, 'databaseUrl'> = {}): () => World {
  const made: { world: World; drop(): Promise<void> }[] = [];
  beforeAll(async () => {
    const database = await copyTemplate(inject('adminUrl'));
    made.push({ world: await createWorld({ ...options, databaseUrl: database.url }), drop: database.drop });
  });
  afterAll(async () => {
    for (const { world, drop } of made.splice(0)) {
      await world.close();
      await drop();
    }
  });
  return () => {
    const [first] = made;
    if (!first) throw new Error('the world exists inside tests and hooks only');
    return first.world;
  };
}
