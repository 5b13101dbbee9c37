/** SQL of endpoints. */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Endpoint, EndpointState } from './definition.ts';

const COLUMNS = sql`endpoint_id AS "endpointId", seller_id AS "sellerId", url, name, types, state, secret_before_until AS "secretBeforeUntil",
  failing_since AS "failingSince", last_success_at AS "lastSuccessAt", created_at AS "createdAt"`;

/** Oldest first: a seller has a few. */
export async function endpointsOf(executor: Executor, sellerId: string): Promise<Endpoint[]> {
  const { rows } = await sql<Endpoint>`
    SELECT ${COLUMNS} FROM webhooks.endpoints WHERE seller_id = ${sellerId} ORDER BY created_at, endpoint_id`.execute(
    executor,
  );
  return rows;
}

export async function endpointOf(executor: Executor, sellerId: string, endpointId: string): Promise<Endpoint | null> {
  const { rows } = await sql<Endpoint>`
    SELECT ${COLUMNS} FROM webhooks.endpoints WHERE endpoint_id = ${endpointId} AND seller_id = ${sellerId}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** Held until the end of the transaction: two additions of one seller are counted one after the other. */
export async function lockEndpoints(tx: Tx, sellerId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`webhooks ${sellerId}`}, 0))`.execute(tx);
}

export async function insertEndpoint(
  tx: Tx,
  endpoint: Pick<Endpoint, 'endpointId' | 'sellerId' | 'url' | 'name' | 'types'>,
  sealedSecret: string,
  now: Date,
): Promise<void> {
  const { endpointId, sellerId, url, name, types } = endpoint;
  await sql`
    INSERT INTO webhooks.endpoints (endpoint_id, seller_id, url, name, types, state, sealed_secret, created_at)
    VALUES (${endpointId}, ${sellerId}, ${url}, ${name}, ${types}::text[], 'ACTIVE', ${sealedSecret}, ${now})`.execute(
    tx,
  );
}

/** A change of state begins the count of failures anew. */
export async function updateEndpoint(
  tx: Tx,
  endpointId: string,
  to: { readonly url: string; readonly name: string; readonly types: readonly string[]; readonly state: EndpointState },
): Promise<void> {
  await sql`
    UPDATE webhooks.endpoints SET url = ${to.url}, name = ${to.name}, types = ${to.types}::text[],
      failing_since = CASE WHEN state = ${to.state} THEN failing_since END, state = ${to.state}
    WHERE endpoint_id = ${endpointId}`.execute(tx);
}

export async function replaceSecret(tx: Tx, endpointId: string, sealedSecret: string, until: Date): Promise<void> {
  await sql`
    UPDATE webhooks.endpoints SET sealed_secret_before = sealed_secret, sealed_secret = ${sealedSecret}, secret_before_until = ${until}
    WHERE endpoint_id = ${endpointId}`.execute(tx);
}

/** With its deliveries and their attempts. */
export async function deleteEndpoint(tx: Tx, endpointId: string): Promise<void> {
  await sql`DELETE FROM webhooks.endpoints WHERE endpoint_id = ${endpointId}`.execute(tx);
}

/** What waits for an endpoint that gets nothing any more; sending again by hand is its seller's. */
export async function stopDeliveries(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await sql`
    UPDATE webhooks.deliveries SET state = 'STOPPED', finished_at = ${now} WHERE endpoint_id = ${endpointId} AND state = 'DUE'`.execute(
    tx,
  );
}

/** Endpoints that get news of these sellers. */
export async function activeEndpoints(
  executor: Executor,
  sellerIds: readonly string[],
): Promise<Pick<Endpoint, 'endpointId' | 'sellerId' | 'types'>[]> {
  const { rows } = await sql<Pick<Endpoint, 'endpointId' | 'sellerId' | 'types'>>`
    SELECT endpoint_id AS "endpointId", seller_id AS "sellerId", types FROM webhooks.endpoints
    WHERE seller_id = ANY(${sellerIds}::text[]) AND state = 'ACTIVE' ORDER BY endpoint_id`.execute(executor);
  return rows;
}

export interface Target {
  readonly url: string;
  readonly secret: string;
  readonly secretBefore: string | null;
  readonly secretBeforeUntil: Date | null;
}
/** Where a message goes, with its sealed secrets. */
export async function targetOf(executor: Executor, endpointId: string): Promise<Target | null> {
  const { rows } = await sql<Target>`
    SELECT url, sealed_secret AS secret, sealed_secret_before AS "secretBefore", secret_before_until AS "secretBeforeUntil"
    FROM webhooks.endpoints WHERE endpoint_id = ${endpointId}`.execute(executor);
  return rows[0] ?? null;
}
