/** SQL of production addresses and the keys bound to them. */
import type { z } from 'zod';
import { localizedText } from '../catalog/index.ts';
import type { InterfaceClass } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';

export interface AddressRow {
  readonly address_id: string;
  readonly seller_id: string;
  readonly origin: string;
  readonly token: string;
  /** null = not verified */
  readonly verified_by: 'FILE' | 'DNS' | 'LOCAL' | null;
  readonly checked_at: Date | null;
  readonly fault: { readonly zh: string; readonly en: string } | null;
  readonly created_at: Date;
  /** a look for the proof is due or under way */
  readonly checking: boolean;
}
const columns = sql`a.address_id, a.seller_id, a.origin, a.token, a.verified_by, a.checked_at, a.fault, a.created_at,
  EXISTS (SELECT 1 FROM debugging.runs r WHERE r.address_id = a.address_id AND r.state IN ('DUE','RUNNING')) AS checking`;

/** @returns false = the seller has this address already */
export async function insertAddress(
  executor: Executor,
  address: Pick<AddressRow, 'address_id' | 'seller_id' | 'origin' | 'token' | 'verified_by' | 'checked_at'>,
  now: Date,
): Promise<boolean> {
  const result = await sql`
    INSERT INTO debugging.addresses (address_id, seller_id, origin, token, verified_by, checked_at, created_at)
    VALUES (${address.address_id}::uuid, ${address.seller_id}, ${address.origin}, ${address.token}, ${address.verified_by}, ${address.checked_at}, ${now})
    ON CONFLICT (seller_id, origin) DO NOTHING`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function addressCount(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM debugging.addresses WHERE seller_id = ${sellerId}`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** Oldest first. */
export async function addressesOfSeller(executor: Executor, sellerId: string): Promise<AddressRow[]> {
  const { rows } =
    await sql<AddressRow>`SELECT ${columns} FROM debugging.addresses a WHERE a.seller_id = ${sellerId} ORDER BY a.created_at, a.address_id`.execute(
      executor,
    );
  return rows.map(checked);
}

export async function addressById(executor: Executor, addressId: string, sellerId: string): Promise<AddressRow | null> {
  const { rows } =
    await sql<AddressRow>`SELECT ${columns} FROM debugging.addresses a WHERE a.address_id = ${addressId}::uuid AND a.seller_id = ${sellerId}`.execute(
      executor,
    );
  return rows[0] ? checked(rows[0]) : null;
}

const checked = (row: AddressRow): AddressRow => ({ ...row, fault: localizedText.nullable().parse(row.fault) });

export async function setProof(
  executor: Executor,
  addressId: string,
  proof: { readonly by: AddressRow['verified_by']; readonly fault: z.infer<typeof localizedText> | null },
  now: Date,
): Promise<void> {
  const fault = proof.fault && JSON.stringify(proof.fault);
  await sql`UPDATE debugging.addresses SET verified_by = ${proof.by}, fault = ${fault}::jsonb, checked_at = ${now} WHERE address_id = ${addressId}::uuid`.execute(
    executor,
  );
}

export interface BindingRow {
  readonly address_id: string;
  readonly interface_class: InterfaceClass;
  readonly key_id: string;
  readonly bound_at: Date;
}
export async function bindingsOf(executor: Executor, addressIds: readonly string[]): Promise<BindingRow[]> {
  const { rows } =
    await sql<BindingRow>`SELECT address_id, interface_class, key_id, bound_at FROM debugging.key_bindings WHERE address_id = ANY(${addressIds}::uuid[]) ORDER BY interface_class`.execute(
      executor,
    );
  return rows;
}

export async function setBinding(executor: Executor, binding: Omit<BindingRow, 'bound_at'>, now: Date): Promise<void> {
  await sql`INSERT INTO debugging.key_bindings (address_id, interface_class, key_id, bound_at)
    VALUES (${binding.address_id}::uuid, ${binding.interface_class}, ${binding.key_id}, ${now})
    ON CONFLICT (address_id, interface_class) DO UPDATE SET key_id = EXCLUDED.key_id, bound_at = EXCLUDED.bound_at`.execute(
    executor,
  );
}
