/** Buyers and sellers as the operator keeps them: each with its main account (consoles-and-processes.md 6.1, 6.2). */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { EventBus } from '../platform/events.ts';
import { traceId } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';
import { newAccount } from './accounts.ts';
import { mayJoin } from './leaving.ts';
import { createBuyer, createSeller, type DirectoryContext } from './service.ts';

/** a seller was let in (N-10) */
const SELLER_OPENED = 'directory.seller-opened';

export type TenantKind = 'buyer' | 'seller';

export interface Tenant {
  readonly kind: TenantKind;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** login name of the main account; null = none yet */
  readonly owner: string | null;
  readonly people: number;
  readonly createdAt: Date;
  /** of a seller that has left (S4-7) */
  readonly leftAt: Date | null;
}

export interface NewTenant {
  readonly kind: TenantKind;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly owner: { readonly loginName: string; readonly displayName: string };
}

/**
 * A buyer or seller with its main account (BO, SO).
 * @returns the initial password of the main account, which nobody can read again. Refuses LOGIN_NAME_TAKEN, TENANT_NAME_TAKEN, JOINING_AGAIN.
 */
export async function openTenant(
  context: DirectoryContext & { readonly events: EventBus },
  tx: Tx,
  site: Site,
  tenant: NewTenant,
  now: Date,
): Promise<Result<{ tenant: Tenant; password: string }>> {
  const { kind, name, email, phone, owner } = tenant;
  const joins = kind === 'seller' ? await mayJoin(tx, site, tenant) : null;
  if (joins?.ok === false) return joins;
  const { rows } = await (kind === 'buyer'
    ? sql`SELECT 1 FROM directory.buyers WHERE site = ${site} AND (name = ${name} OR account_name = ${owner.loginName})`
    : sql`SELECT 1 FROM directory.sellers WHERE site = ${site} AND name = ${name}`
  ).execute(tx);
  if (rows.length > 0) return refuse('TENANT_NAME_TAKEN', 'there is one of this name already', { name });
  const contact = { name, site, email, phone };
  const tenantId =
    kind === 'buyer'
      ? await createBuyer(context, tx, { ...contact, accountName: owner.loginName }, now)
      : await createSeller(context, tx, { ...contact, serviceEmail: email }, now);
  const account = await newAccount(
    context,
    tx,
    { ...owner, ...(kind === 'buyer' ? { role: 'BO', buyerId: tenantId } : { role: 'SO', sellerId: tenantId }) },
    now,
  );
  if (!account.ok) return account;
  if (kind === 'seller') {
    const payload = { sellerId: tenantId, name, loginName: owner.loginName };
    const event = { type: SELLER_OPENED, aggregate: `seller:${tenantId}`, payload, traceId: traceId(context.random) };
    await context.events.publish(tx, [event], now);
  }
  const made = { kind, tenantId, name, email, phone, owner: owner.loginName, people: 1, createdAt: now, leftAt: null };
  return ok({ tenant: made, password: account.value.password });
}

/** Newest first; `text` is looked for in names and login names. */
export async function tenants(
  executor: Executor,
  filter: {
    site: Site;
    kind?: TenantKind | undefined;
    text?: string | undefined;
    before: { at: Date; id: string } | null;
    limit: number;
  },
): Promise<Tenant[]> {
  const pattern = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { at, id } = filter.before ?? { at: null, id: null };
  const { rows } = await sql<Tenant>`
    SELECT t.kind, t.id AS "tenantId", t.name, t.email, t.phone, t.created_at AS "createdAt", t.left_at AS "leftAt",
      (SELECT min(u.login_name) FROM directory.users u WHERE u.role = t.main AND (u.buyer_id = t.id OR u.seller_id = t.id)) AS owner,
      (SELECT count(*)::int FROM directory.users u WHERE u.buyer_id = t.id OR u.seller_id = t.id) AS people
    FROM (SELECT 'buyer' AS kind, 'BO' AS main, buyer_id AS id, name, email, phone, created_at, site, NULL::timestamptz AS left_at FROM directory.buyers
          UNION ALL
          SELECT 'seller', 'SO', seller_id, name, email, phone, created_at, site, left_at FROM directory.sellers) AS t
    WHERE t.site = ${filter.site} AND (${filter.kind ?? null}::text IS NULL OR t.kind = ${filter.kind ?? null}::text)
      AND (${pattern}::text IS NULL OR t.name ILIKE ${pattern}::text OR EXISTS (
        SELECT FROM directory.users u WHERE (u.buyer_id = t.id OR u.seller_id = t.id) AND u.login_name ILIKE ${pattern}::text))
      AND (${at}::timestamptz IS NULL OR (t.created_at, t.id) < (${at}::timestamptz, ${id}::text))
    ORDER BY t.created_at DESC, t.id DESC LIMIT ${filter.limit}`.execute(executor);
  return rows;
}
