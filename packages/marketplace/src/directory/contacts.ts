/** How tenants and their users can be reached, for many at once. */
import { type Executor, sql } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';
import { isRole, type Role } from './permissions.ts';

export interface ContactUser {
  readonly userId: string;
  readonly displayName: string;
  readonly role: Role;
}
export interface TenantContact {
  readonly name: string;
  readonly site: Site;
  /** bound mailbox and phone of the account (N-2); null = none */
  readonly email: string | null;
  readonly phone: string | null;
  /** service mailbox of the seller data (N-2); null = none, or no seller */
  readonly serviceEmail: string | null;
  /** users who can sign in */
  readonly users: readonly ContactUser[];
}

/** @returns by `buyer:<id>`, `seller:<id>` and `distributor:<id>` */
export async function tenantContacts(
  executor: Executor,
  {
    buyers = [],
    sellers = [],
    distributors = [],
  }: {
    readonly buyers?: readonly string[];
    readonly sellers?: readonly string[];
    readonly distributors?: readonly string[];
  },
): Promise<Map<string, TenantContact>> {
  const { rows } = await sql<{
    tenant: string;
    name: string;
    site: Site;
    email: string;
    phone: string;
    service_email: string;
    users: { id: string; name: string; role: string }[] | null;
  }>`
    WITH tenants (tenant, name, site, email, phone, service_email) AS (
      SELECT 'buyer:' || buyer_id, name, site, email, phone, '' FROM directory.buyers WHERE buyer_id = ANY(${buyers}::text[])
      UNION ALL
      SELECT 'seller:' || seller_id, name, site, email, phone, service_email FROM directory.sellers WHERE seller_id = ANY(${sellers}::text[])
      UNION ALL
      SELECT 'distributor:' || distributor_id, name, site, email, '', '' FROM directory.distributors WHERE distributor_id = ANY(${distributors}::text[])),
    people (tenant, users) AS (
      SELECT coalesce('buyer:' || buyer_id, 'seller:' || seller_id, 'distributor:' || distributor_id),
             jsonb_agg(jsonb_build_object('id', user_id, 'name', display_name, 'role', role) ORDER BY created_at, user_id)
      FROM directory.users
      WHERE NOT disabled AND (buyer_id = ANY(${buyers}::text[]) OR seller_id = ANY(${sellers}::text[]) OR distributor_id = ANY(${distributors}::text[]))
      GROUP BY 1)
    SELECT t.tenant, t.name, t.site, t.email, t.phone, t.service_email, p.users FROM tenants t LEFT JOIN people p ON p.tenant = t.tenant`.execute(
    executor,
  );
  return new Map(
    rows.map((row) => [
      row.tenant,
      {
        name: row.name,
        site: row.site,
        email: row.email || null,
        phone: row.phone || null,
        serviceEmail: row.service_email || null,
        users: (row.users ?? []).flatMap(({ id, name, role }) =>
          isRole(role) ? [{ userId: id, displayName: name, role }] : [],
        ),
      },
    ]),
  );
}

/** The marketplace's own people; they are reached in the console only. */
export async function operatorContact(executor: Executor, site: Site): Promise<TenantContact> {
  const { rows } = await sql<{ id: string; name: string; role: string }>`
    SELECT user_id AS id, display_name AS name, role FROM directory.users
    WHERE NOT disabled AND buyer_id IS NULL AND seller_id IS NULL AND distributor_id IS NULL ORDER BY created_at, user_id`.execute(
    executor,
  );
  return {
    name: 'operator',
    site,
    email: null,
    phone: null,
    serviceEmail: null,
    users: rows.flatMap(({ id, name, role }) => (isRole(role) ? [{ userId: id, displayName: name, role }] : [])),
  };
}
