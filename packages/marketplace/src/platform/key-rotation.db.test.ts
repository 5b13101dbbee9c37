/** Keys rotate while the program runs: every stored secret is sealed anew, then the old key may go. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testWorld } from '../../../../tests/support/world.ts';
import { loadDemo } from '../demo/facts.ts';
import { accessKeys, apiCaller } from '../directory/index.ts';
import { SEALED_COLUMNS } from '../schema.ts';
import { sql } from './database/database.ts';
import { createKeyRing } from './key-ring.ts';
import { rotateKeys } from './key-rotation.ts';
import { systemRandom } from './random.ts';

describe('key rotation', () => {
  it('seals every secret under the new key, in batches, once', async () => {
    const { platform, demo } = await testWorld();
    const { db, config } = platform;
    // more than two batches of 500
    for (let index = 0; index < 1_100; index += 1) {
      await sql`INSERT INTO platform.sandbox (name, sealed) VALUES (${`n${index}`}, ${platform.keys.seal(`v${index}`, 'platform.sandbox')})`.execute(
        db,
      );
    }
    const next = { id: 'next', key: randomBytes(32) };
    const both = createKeyRing([next, ...config.masterKeys], systemRandom);
    const nothing = Object.fromEntries(SEALED_COLUMNS.map(({ table, column }) => [`${table}.${column}`, 0]));
    expect(await rotateKeys(db, both, SEALED_COLUMNS)).toEqual({
      ...nothing,
      'directory.access_keys.sealed': 1,
      'directory.api_keys.sealed_sk': 1,
      'platform.sandbox.sealed': 1_101,
    });
    const onlyNew = { ...platform, keys: createKeyRing([next], systemRandom) };
    expect((await accessKeys(onlyNew, [demo.keyId])).get(demo.keyId)).toBe(demo.accessKey);
    expect((await apiCaller(onlyNew, demo.ak))?.sk).toBe(demo.sk);
    expect(await loadDemo(onlyNew)).toEqual(demo);
    const { rows } = await sql<{ sealed: string }>`SELECT sealed FROM platform.sandbox WHERE name = 'n1099'`.execute(
      db,
    );
    expect(onlyNew.keys.open(rows[0]?.sealed ?? '', 'platform.sandbox')).toBe('v1099');
    const again = await rotateKeys(db, both, SEALED_COLUMNS);
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
  });

  // the seals of the ledger and of the audit log are of another kind: they show and hide nothing
  it('knows every column that holds a sealed value', async () => {
    const { platform } = await testWorld();
    const { rows } = await sql<{ name: string }>`
      SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE column_name LIKE '%sealed%' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'ledger') AND table_name NOT LIKE 'audit%'`.execute(
      platform.db,
    );
    const known = SEALED_COLUMNS.map((column) => `${column.table}.${column.column}`);
    expect(known.toSorted()).toEqual(rows.map((row) => row.name).toSorted());
  });

  it('stops at a value that no key opens, and leaves it as it was', async () => {
    const { platform } = await testWorld();
    const alone = createKeyRing([{ id: 'next', key: randomBytes(32) }], systemRandom);
    await expect(rotateKeys(platform.db, alone, SEALED_COLUMNS)).rejects.toThrow(/is not in the ring/);
    expect(await loadDemo(platform)).not.toBeNull();
  });
});
