/** What a seller delivered, in clear. */
import type { Executor } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { accessData, accessOf } from './access-store.ts';
import { ACCESS_PURPOSE } from './follow-up.ts';
import type { AccessData } from './protocol/index.ts';

/** @param resourceId the order line that created it */
export async function accessDataOf(
  platform: Platform,
  executor: Executor,
  resourceId: string,
): Promise<{ access: AccessData; fetchedAt: Date } | null> {
  const row = await accessOf(executor, resourceId);
  if (!row) return null;
  const parsed: unknown = JSON.parse(platform.keys.open(row.sealed, ACCESS_PURPOSE));
  return { access: accessData.parse(parsed), fetchedAt: row.fetchedAt };
}
