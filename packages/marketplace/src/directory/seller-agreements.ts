/**
 * The agreement between the marketplace and its sellers, in versions (settlement.md S2-2, consoles-and-processes.md S-63):
 * once a new version is published, a seller sees no bills until it has accepted it. What was accepted, by whom and when
 * is kept for good.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';

export const sellerAgreementsSchema: Migration = {
  id: '0013-seller-agreements',
  sql: `
CREATE TABLE directory.seller_agreements (
  site text, version int, title text NOT NULL, text text NOT NULL, published_at timestamptz NOT NULL, published_by text NOT NULL, PRIMARY KEY (site, version)
);
CREATE TABLE directory.accepted_agreements (
  seller_id text, version int, site text NOT NULL, at timestamptz NOT NULL, by_whom text NOT NULL, PRIMARY KEY (seller_id, version),
  FOREIGN KEY (site, version) REFERENCES directory.seller_agreements
);
`,
};

export interface SellerAgreement {
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  /** sellers of the site that accepted this version */
  readonly accepted: number;
}

/** Newest first. */
export async function sellerAgreements(executor: Executor, site: Site): Promise<SellerAgreement[]> {
  const { rows } = await sql<SellerAgreement>`
    SELECT a.version, a.title, a.text, a.published_at AS "publishedAt", a.published_by AS "publishedBy",
      (SELECT count(*)::int FROM directory.accepted_agreements c WHERE c.site = a.site AND c.version = a.version) AS accepted
    FROM directory.seller_agreements a WHERE a.site = ${site} ORDER BY a.version DESC`.execute(executor);
  return rows;
}

/** Refuses AGREEMENT_TEXT: without a text, or that of the newest version. @returns its version: one more than the last */
export async function publishSellerAgreement(
  tx: Tx,
  site: Site,
  agreement: { readonly title: string; readonly text: string; readonly by: string },
  now: Date,
): Promise<Result<number>> {
  // one version after the other, whoever publishes
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`seller agreement ${site}`}, 0))`.execute(tx);
  const [newest] = await sellerAgreements(tx, site);
  const { title, text } = agreement;
  if (text.trim() === '' || (newest?.title === title && newest.text === text))
    return refuse('AGREEMENT_TEXT', 'a new version has a text, and another than the one before');
  const { rows } = await sql<{ version: number }>`
    INSERT INTO directory.seller_agreements (site, version, title, text, published_at, published_by)
    SELECT ${site}, coalesce(max(version), 0) + 1, ${agreement.title}, ${agreement.text}, ${now}, ${agreement.by} FROM directory.seller_agreements WHERE site = ${site}
    RETURNING version`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('a version is always written');
  return ok(row.version);
}

/** The version that holds for a seller, and whether it accepted it. */
export interface OwnAgreement {
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: Date;
  /** null = bills are closed until it is */
  readonly accepted: { readonly at: Date; readonly by: string } | null;
}

/** @returns null = there is no agreement on this site yet, nothing is to be accepted */
export async function agreementOf(executor: Executor, site: Site, sellerId: string): Promise<OwnAgreement | null> {
  const { rows } = await sql<Omit<OwnAgreement, 'accepted'> & { at: Date | null; by: string | null }>`
    SELECT a.version, a.title, a.text, a.published_at AS "publishedAt", c.at, c.by_whom AS by
    FROM directory.seller_agreements a LEFT JOIN directory.accepted_agreements c ON c.seller_id = ${sellerId} AND c.version = a.version AND c.site = a.site
    WHERE a.site = ${site} ORDER BY a.version DESC LIMIT 1`.execute(executor);
  const [row] = rows;
  if (!row) return null;
  const { at, by, ...agreement } = row;
  return { ...agreement, accepted: at === null || by === null ? null : { at, by } };
}

/** Once more changes nothing. Refuses AGREEMENT_CHANGED: a newer version was published meanwhile, or there is none. */
export async function acceptAgreement(
  tx: Tx,
  site: Site,
  accepted: { readonly sellerId: string; readonly version: number; readonly by: string },
  now: Date,
): Promise<Result<OwnAgreement>> {
  const { sellerId, version, by } = accepted;
  const current = await agreementOf(tx, site, sellerId);
  if (current?.version !== version)
    return refuse('AGREEMENT_CHANGED', 'S2-2: another version holds by now; read that one', {
      version: String(current?.version ?? 0),
    });
  await sql`
    INSERT INTO directory.accepted_agreements (seller_id, version, site, at, by_whom) VALUES (${sellerId}, ${version}, ${site}, ${now}, ${by}) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  const known = await agreementOf(tx, site, sellerId);
  return known ? ok(known) : refuse('NOT_FOUND', 'there is no agreement');
}
