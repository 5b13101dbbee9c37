/** Jishi as `jishi worker` runs it, with the concurrency and connections that the others have. */
import { createPlatform, openDatabase, startWorkers } from '@jishi/marketplace';
import { createOutbound, testConfig } from '@jishi/marketplace/testing';
import type { Begin, Settings } from './settings.ts';

export async function startJishi(settings: Settings): Promise<Begin> {
  const { db } = openDatabase(settings.databaseUrl, { poolSize: settings.poolSize });
  const config = testConfig(settings.databaseUrl, {
    callConcurrency: settings.concurrency,
    callsPerSeller: settings.concurrency,
    databasePoolSize: settings.poolSize,
  });
  const platform = createPlatform({ config, db });
  const outbound = createOutbound({
    allowInternal: true,
    timeoutMs: config.callTimeoutMs,
    connectionsPerOrigin: settings.concurrency,
  });
  return async () => {
    startWorkers(platform, outbound);
  };
}
