/** `const world = await testWorld()` in a *.db.test.ts: a marketplace in virtual time on a database of its own. */
import { inject, onTestFinished } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../packages/marketplace/src/testing/index.ts';
import { copyTemplate } from './test-server.ts';

/** Closed and dropped when the test ends. */
export async function testWorld(options: Omit<WorldOptions, 'databaseUrl'> = {}): Promise<World> {
  const database = await copyTemplate(inject('adminUrl'));
  const world = await createWorld({ ...options, databaseUrl: database.url });
  onTestFinished(async () => {
    await world.close();
    await database.drop();
  });
  return world;
}
