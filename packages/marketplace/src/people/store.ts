/** SQL of credentials and bound applications. */
import type { RawBuilder } from 'kysely';
import type { VisibleRange } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Application, BindingState, Credential } from './definition.ts';

export async function saveCredential(executor: Executor, credential: Credential, now: Date): Promise<void> {
  const { goodsId, sellerId, appId, protocol, address, keyId, publicKey, loginUrl, attributes, multiInstance } =
    credential;
  await sql`INSERT INTO people.credentials (goods_id, seller_id, app_id, protocol, address, key_id, public_key, login_url, attributes, multi_instance, updated_at)
    VALUES (${goodsId}, ${sellerId}, ${appId}, ${protocol}, ${address}, ${keyId}, ${publicKey}, ${loginUrl}, ${attributes}, ${multiInstance}, ${now})
    ON CONFLICT (goods_id) DO UPDATE SET protocol = excluded.protocol, address = excluded.address, key_id = excluded.key_id, public_key = excluded.public_key,
      login_url = excluded.login_url, attributes = excluded.attributes, multi_instance = excluded.multi_instance, updated_at = excluded.updated_at`.execute(
    executor,
  );
}

export async function credentialsOf(executor: Executor, goodsIds: readonly string[]): Promise<Map<string, Credential>> {
  const { rows } =
    await sql<Credential>`SELECT goods_id AS "goodsId", seller_id AS "sellerId", app_id AS "appId", protocol, address, key_id AS "keyId",
      public_key AS "publicKey", login_url AS "loginUrl", attributes, multi_instance AS "multiInstance"
    FROM people.credentials WHERE goods_id = ANY(${goodsIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.goodsId, row]));
}

const columns = sql`a.application_id AS "applicationId", a.enterprise_id AS "enterpriseId", a.buyer_id AS "buyerId", a.seller_id AS "sellerId", a.goods_id AS "goodsId",
  a.resource_id AS "resourceId", a.order_id AS "orderId", a.instance_id AS "instanceId", a.product_name AS "productName", a.client_id AS "clientId",
  a.sealed_secret AS "sealedSecret", a.attributes, jsonb_build_object('everyone', a.everyone, 'departments', a.departments, 'groups', a.groups, 'members', a.members) AS range,
  a.state, a.stopped, a.created_at AS "createdAt"`;

export async function insertApplication(executor: Executor, application: Application, by: string): Promise<void> {
  const { applicationId, enterpriseId, buyerId, sellerId, goodsId, resourceId, orderId, instanceId, productName } =
    application;
  const { clientId, sealedSecret, attributes, state, createdAt } = application;
  await sql`INSERT INTO people.applications (application_id, enterprise_id, buyer_id, seller_id, goods_id, resource_id, order_id, instance_id, product_name,
      client_id, sealed_secret, attributes, state, created_by, created_at)
    VALUES (${applicationId}::uuid, ${enterpriseId}, ${buyerId}, ${sellerId}, ${goodsId}, ${resourceId}, ${orderId}, ${instanceId}, ${JSON.stringify(productName)},
      ${clientId}, ${sealedSecret}, ${attributes}, ${state}, ${by}, ${createdAt})`.execute(executor);
}

/** @param lock until the transaction ends nobody else changes it or its tasks */
export async function applicationById(
  executor: Executor,
  applicationId: string,
  lock = false,
): Promise<Application | null> {
  const [found] = await applicationsWhere(executor, sql`a.application_id = ${applicationId}::uuid`, lock);
  return found ?? null;
}
export const applicationsOf = (executor: Executor, enterpriseId: string): Promise<Application[]> =>
  applicationsWhere(executor, sql`a.enterprise_id = ${enterpriseId} AND a.state <> 'ENDED'`);

async function applicationsWhere(
  executor: Executor,
  condition: RawBuilder<unknown>,
  lock = false,
): Promise<Application[]> {
  const { rows } = await sql<Application>`SELECT ${columns} FROM people.applications a WHERE ${condition}
    ORDER BY a.created_at, a.application_id ${lock ? sql`FOR NO KEY UPDATE` : sql``}`.execute(executor);
  return rows;
}

export async function boundTo(executor: Executor, resourceId: string): Promise<string | null> {
  const { rows } = await sql<{ enterprise_id: string }>`SELECT enterprise_id FROM people.applications
    WHERE resource_id = ${resourceId} AND state <> 'ENDED'`.execute(executor);
  return rows[0]?.enterprise_id ?? null;
}

export async function setApplicationState(
  executor: Executor,
  applicationId: string,
  state: BindingState,
): Promise<void> {
  await sql`UPDATE people.applications SET state = ${state} WHERE application_id = ${applicationId}::uuid`.execute(
    executor,
  );
}

export async function setStopped(executor: Executor, applicationId: string, stopped: boolean): Promise<void> {
  await sql`UPDATE people.applications SET stopped = ${stopped} WHERE application_id = ${applicationId}::uuid`.execute(
    executor,
  );
}

export async function setRange(executor: Executor, applicationId: string, range: VisibleRange): Promise<void> {
  await sql`UPDATE people.applications SET everyone = ${range.everyone}, departments = ${range.departments}, groups = ${range.groups}, members = ${range.members}
    WHERE application_id = ${applicationId}::uuid`.execute(executor);
}

/** How many members of each application are in which state. */
export async function authorisationCounts(
  executor: Executor,
  applicationIds: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const { rows } = await sql<{
    id: string;
    state: string;
    count: number;
  }>`SELECT application_id AS id, state, count(*) AS count FROM people.authorisations
    WHERE application_id = ANY(${applicationIds}::uuid[]) GROUP BY 1, 2`.execute(executor);
  const counts = new Map<string, Record<string, number>>();
  for (const { id, state, count } of rows) counts.set(id, { ...counts.get(id), [state]: count });
  return counts;
}
