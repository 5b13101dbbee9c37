/** The API as `jishi serve` runs it, in a process of its own. `node server.ts DATABASE_URL`. */
import { createApp, createCaller, createPlatform, listen, openDatabase } from '@jishi/marketplace';
import { testConfig } from '@jishi/marketplace/testing';
import { onTold, tellParent } from '../process.ts';
import { countStatements } from './count.ts';

const asked = countStatements();
const url = process.argv[2] ?? '';
const config = testConfig(url);
const { db } = openDatabase(url, { poolSize: config.databasePoolSize });
const platform = createPlatform({ config, db });
const app = createApp({ platform, caller: createCaller(platform) });
const { port } = await listen(app, '127.0.0.1', 0);
onTold(() => tellParent({ asked: asked() }));
tellParent({ port });
