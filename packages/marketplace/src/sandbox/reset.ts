/**
 * A clean state: everything that happened is gone; who there is and what is for sale stays. What is kept is named, so that
 * a table that comes later is emptied with the others.
 */
import { productsInScope, setProductState, setVisibility } from '../catalog/index.ts';
import { debugProducts, ensurePlanned } from '../debugging/index.ts';
import { openBalance } from '../demo/seed.ts';
import { beginChain } from '../ledger/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { EVERYTHING } from './world.ts';

const KEPT = [
  // who there is, with sessions and keys; what is for sale
  /^directory\./,
  /^catalog\./,
  // what people set up: addresses with their proofs, saved cases, whom to tell
  /^debugging\.(addresses|key_bindings|cases)$/,
  /^notification\.receivers$/,
  /^fulfilment\.order_notices$/,
  // the program's own: its version, the demo's facts, who did what; the clock
  /^platform\.(migrations|sandbox|audit_log|audit_seals|audit_sealed|audit_sealing)$/,
  // what people uploaded: products show it
  /^platform\.files$/,
  /^sandbox\.settings$/,
];
/** @param now what the clock shows afterwards */
export async function emptyMarketplace(platform: Platform, buyerId: string, now: Date): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    const tables = (await tablesOf(tx)).filter((table) => !KEPT.some((kept) => kept.test(table)));
    const hidden = await hiddenByFreezing(tx);
    // The ledger refuses to forget, as it must; only a sandbox may make it, and only as a whole.
    const ledger = tables.filter((table) => table.startsWith('ledger.'));
    for (const table of ledger) await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(tx);
    await sql`TRUNCATE ${sql.join(tables.map((table) => sql.table(table)))} RESTART IDENTITY`.execute(tx);
    for (const table of ledger) await sql`ALTER TABLE ${sql.table(table)} ENABLE TRIGGER USER`.execute(tx);
    await sql`UPDATE directory.users SET failed_sign_ins = 0, locked_until = NULL`.execute(tx);
    // the clock may go back: codes of then are taken again
    await sql`UPDATE directory.second_factors SET last_step = 0, failures = 0, locked_until = NULL`.execute(tx);
    await sql`UPDATE directory.api_keys SET failures = 0, locked_until = NULL`.execute(tx);
    await beginChain(tx);
    await openBalance(platform, tx, buyerId, now);
    await trade(platform, tx, hidden, now);
  });
}

async function tablesOf(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)' ORDER BY 1`.execute(tx);
  return rows.map(({ name }) => name);
}

/** Products that were hidden before their trading was frozen stay so. */
async function hiddenByFreezing(tx: Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    goods_id: string;
  }>`SELECT goods_id FROM debugging.products WHERE visibility_before = 'HIDDEN'`.execute(tx);
  return new Set(rows.map(({ goods_id }) => goods_id));
}

/** Frozen trading is forgotten with what froze it; daily probes of saved cases are planned anew. */
async function trade(platform: Platform, tx: Tx, hidden: ReadonlySet<string>, now: Date): Promise<void> {
  const products = await productsInScope(tx, { scope: EVERYTHING, limit: 500 });
  for (const { goodsId } of products.filter(({ state }) => state === 'TRADE_FROZEN')) {
    await setProductState(tx, goodsId, 'ON_SALE');
    await setVisibility(tx, goodsId, hidden.has(goodsId) ? 'HIDDEN' : 'PUBLIC');
  }
  for (const { product, cases } of await debugProducts(tx, EVERYTHING))
    if (cases.length > 0) await ensurePlanned(platform, tx, product, now);
}
