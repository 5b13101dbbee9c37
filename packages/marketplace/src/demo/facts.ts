/** The demo world's keys and accounts, kept in its own database so that a second start finds everything again. */
import { z } from 'zod';
import { ROLES } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import type { Platform } from '../platform/platform.ts';

export const sandboxSchema: Migration = {
  id: '0006-sandbox',
  sql: 'CREATE TABLE platform.sandbox (name text PRIMARY KEY, sealed text NOT NULL);',
};
const PURPOSE = 'platform.sandbox';
export const sandboxSealed = [{ table: 'platform.sandbox', id: 'name', column: 'sealed', purpose: PURPOSE }] as const;

const account = z.object({
  loginName: z.string(),
  password: z.string(),
  area: z.enum(['buyer', 'enterprise', 'seller', 'distributor', 'operator']),
  displayName: z.string(),
  role: z.enum(ROLES),
});
const facts = z.object({
  sellerId: z.string(),
  buyerId: z.string(),
  goodsId: z.string(),
  keyId: z.string(),
  accessKey: z.string(),
  ak: z.string(),
  sk: z.string(),
  accounts: z.array(account),
});
export type DemoAccount = z.infer<typeof account>;
export type DemoFacts = z.infer<typeof facts>;

export async function saveDemo(platform: Platform, executor: Executor, demo: DemoFacts): Promise<void> {
  await sql`INSERT INTO platform.sandbox (name, sealed) VALUES ('demo', ${platform.keys.seal(JSON.stringify(demo), PURPOSE)})
    ON CONFLICT (name) DO UPDATE SET sealed = EXCLUDED.sealed`.execute(executor);
}

/** @returns null on a marketplace that was not seeded as a sandbox */
export async function loadDemo(platform: Platform): Promise<DemoFacts | null> {
  const { rows } = await sql<{ sealed: string }>`SELECT sealed FROM platform.sandbox WHERE name = 'demo'`.execute(
    platform.db,
  );
  if (!rows[0]) return null;
  const opened: unknown = JSON.parse(platform.keys.open(rows[0].sealed, PURPOSE));
  return facts.parse(opened);
}
