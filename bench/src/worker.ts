/** `jishi worker` as a child of a benchmark: default concurrency, limits and time-outs. `node worker.ts DATABASE_URL`. */
import { createPlatform, openDatabase, startWorkers } from '@jishi/marketplace';
import { testConfig } from '@jishi/marketplace/testing';
import { onTold, tellParent } from './process.ts';

const url = process.argv[2] ?? '';
const config = testConfig(url);
const { db } = openDatabase(url, { poolSize: config.databasePoolSize });
startWorkers(createPlatform({ config, db }));
onTold(() => {});
tellParent({ kind: 'ready' });
