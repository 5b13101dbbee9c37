/** Making a database and reading a marketplace take a second each: `jishi start` does both at once. */
import { resolve } from 'node:path';
import { type EmbeddedServer, startEmbedded, systemRandom } from '@jishi/marketplace/embedded';

/**
 * Begins the embedded database unless another is configured. Who waits for it hears why it failed.
 * @param folder null = a temporary one
 */
export function beginDatabase(folder: string | null): Promise<EmbeddedServer> | null {
  if (process.env.JISHI_DATABASE_URL) return null;
  const beginning = startEmbedded({ random: systemRandom, ...(folder === null ? {} : { folder: resolve(folder) }) });
  beginning.catch(() => {});
  return beginning;
}
