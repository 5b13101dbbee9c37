/** SQL of the authorisation server's artefacts, and of what a sign-in rests on. */
import { type Executor, sql } from '../../platform/database/database.ts';

export interface Artefact {
  /** a hash */
  readonly id: string;
  readonly kind: string;
  readonly sealed: string;
  readonly grantId: string | null;
  readonly uid: string | null;
  readonly memberId: string | null;
}
export interface StoredArtefact {
  readonly sealed: string;
  readonly consumedAt: Date | null;
}

export async function saveArtefact(executor: Executor, artefact: Artefact, expiresAt: Date): Promise<void> {
  const { id, kind, sealed, grantId, uid, memberId } = artefact;
  await sql`INSERT INTO people.sign_on_artefacts (id, kind, sealed, grant_id, uid, member_id, expires_at)
    VALUES (${id}, ${kind}, ${sealed}, ${grantId}, ${uid}, ${memberId}, ${expiresAt})
    ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, grant_id = excluded.grant_id, uid = excluded.uid,
      member_id = excluded.member_id, expires_at = excluded.expires_at`.execute(executor);
}

export async function artefactBy(
  executor: Executor,
  name: 'id' | 'uid',
  hash: string,
  now: Date,
): Promise<StoredArtefact | null> {
  const { rows } = await sql<StoredArtefact>`SELECT sealed, consumed_at AS "consumedAt" FROM people.sign_on_artefacts
    WHERE ${sql.ref(name)} = ${hash} AND expires_at > ${now}`.execute(executor);
  return rows[0] ?? null;
}

/** @returns false = it was used before, or is gone */
export async function consumeArtefact(executor: Executor, id: string, now: Date): Promise<boolean> {
  const result = await sql`UPDATE people.sign_on_artefacts SET consumed_at = ${now}
    WHERE id = ${id} AND consumed_at IS NULL`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function deleteArtefact(executor: Executor, id: string): Promise<void> {
  await sql`DELETE FROM people.sign_on_artefacts WHERE id = ${id}`.execute(executor);
}

/** Codes and tokens that came of a grant, and the grant: nothing of it is valid any more. */
export async function deleteGrant(executor: Executor, grantId: string): Promise<void> {
  await sql`DELETE FROM people.sign_on_artefacts WHERE grant_id = ${grantId} OR id = ${grantId}`.execute(executor);
}

/** Artefacts that have expired and keys that signed nothing which is still valid. */
export async function forgetSignOns(executor: Executor, now: Date, limit: number): Promise<void> {
  await sql`DELETE FROM people.sign_on_artefacts WHERE id IN
    (SELECT id FROM people.sign_on_artefacts WHERE expires_at <= ${now} LIMIT ${limit})`.execute(executor);
}

/** What was told of a member to a product, as far as it is known to have arrived. */
export async function wasTold(executor: Executor, applicationId: string, memberId: string): Promise<boolean> {
  const { rows } = await sql<{ told: string | null }>`SELECT told FROM people.authorisations
    WHERE application_id = ${applicationId}::uuid AND member_id = ${memberId}::uuid`.execute(executor);
  return (rows[0]?.told ?? '') !== '';
}

export async function applicationIdOfClient(executor: Executor, clientId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`SELECT application_id AS id FROM people.applications
    WHERE client_id = ${clientId} AND state <> 'ENDED'`.execute(executor);
  return rows[0]?.id ?? null;
}

export async function goodsOfAppId(executor: Executor, appId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`SELECT goods_id AS id FROM people.credentials
    WHERE app_id = ${appId}`.execute(executor);
  return rows[0]?.id ?? null;
}

/** Login addresses of products on this server. */
export async function loginAddressesAt(executor: Executor, origin: string): Promise<string[]> {
  const { rows } = await sql<{ url: string }>`SELECT DISTINCT login_url AS url FROM people.credentials
    WHERE starts_with(login_url, ${origin})`.execute(executor);
  return rows.map(({ url }) => url);
}

export interface StoredKey {
  readonly keyId: string;
  readonly sealed: string;
  readonly createdAt: Date;
}

/** The youngest first. */
export async function signingKeys(executor: Executor): Promise<StoredKey[]> {
  const { rows } = await sql<StoredKey>`SELECT key_id AS "keyId", sealed, created_at AS "createdAt"
    FROM people.sign_on_keys ORDER BY created_at DESC, key_id`.execute(executor);
  return rows;
}

/** Two processes that start at once make one key. */
export async function lockKeys(executor: Executor): Promise<void> {
  await sql`LOCK TABLE people.sign_on_keys IN EXCLUSIVE MODE`.execute(executor);
}

export async function insertKey(executor: Executor, { keyId, sealed, createdAt }: StoredKey): Promise<void> {
  await sql`INSERT INTO people.sign_on_keys (key_id, sealed, created_at) VALUES (${keyId}, ${sealed}, ${createdAt})`.execute(
    executor,
  );
}

export async function deleteKeysBefore(executor: Executor, before: Date): Promise<void> {
  await sql`DELETE FROM people.sign_on_keys WHERE created_at < ${before}`.execute(executor);
}
