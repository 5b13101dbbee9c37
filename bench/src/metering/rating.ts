/** A worker that rates and charges what is due three hours later, when told. `node rating.ts DATABASE_URL METERS`. */
import { createPlatform, openDatabase } from '@jishi/marketplace';
import { BILLED_AT_ONCE, runMetering, testConfig } from '@jishi/marketplace/testing';
import { onTold, tellParent } from '../process.ts';
import { hoursLater } from './seller.ts';

const [url = '', meters = ''] = process.argv.slice(2);
const config = testConfig(url);
const { db } = openDatabase(url, { poolSize: config.databasePoolSize });
const platform = hoursLater(createPlatform({ config, db }), 3);

onTold(() => void rate());
tellParent({ ready: true });

async function rate(): Promise<void> {
  const began = performance.now();
  // as a worker of `jishi serve` does
  while ((await runMetering(platform, Number(meters), BILLED_AT_ONCE)) > 0);
  tellParent({ ms: performance.now() - began });
}
