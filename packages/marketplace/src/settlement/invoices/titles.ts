/**
 * Whom an invoice is made out to and where it goes (B-101; S5-29: the template in the seller information), and which
 * kinds of invoice there are (S5-17).
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';

/** S5-17: ordinary or special VAT × fully digital, electronic, paper */
export const INVOICE_KINDS = [
  'ORDINARY_DIGITAL',
  'SPECIAL_DIGITAL',
  'ORDINARY_ELECTRONIC',
  'SPECIAL_ELECTRONIC',
  'ORDINARY_PAPER',
  'SPECIAL_PAPER',
] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
export const isPaper = (kind: InvoiceKind): boolean => kind.endsWith('_PAPER');
const isSpecial = (kind: InvoiceKind): boolean => kind.startsWith('SPECIAL_');

export const TITLE_TYPES = ['ENTERPRISE', 'ORGANISATION', 'PERSONAL'] as const;
export interface InvoiceTitle {
  readonly type: (typeof TITLE_TYPES)[number];
  readonly name: string;
  /** taxpayer identification number (统一社会信用代码) */
  readonly taxNumber: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly bank: string | null;
  readonly account: string | null;
}
/** Where it is sent: electronic ones to a mailbox, paper to an address. */
export interface InvoiceReceiver {
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

/** 15, 18 or 20 characters */
const CHINESE_TAX_NUMBER = 15;

/** What a title and a receiver need for a kind of invoice; null = they have it. Pure. */
export function titleFault(
  kind: InvoiceKind,
  { type, taxNumber }: InvoiceTitle,
  { email, name, phone, address }: InvoiceReceiver,
  site: Site = 'CN',
): Refusal | null {
  const fault = (message: string, facts: Record<string, string>): Refusal => ({
    code: 'INVOICE_TITLE',
    message,
    facts,
  });
  if (isSpecial(kind) && type === 'PERSONAL')
    return fault('B-101: a special VAT invoice is not made out to a person', { member: 'type' });
  if (taxNumber === null && (isSpecial(kind) || type === 'ENTERPRISE'))
    return fault('B-101: this title needs a taxpayer identification number', { member: 'taxNumber' });
  if (taxNumber !== null && site === 'CN' && taxNumber.length < CHINESE_TAX_NUMBER)
    return fault('B-101: a Chinese taxpayer identification number has 15 to 20 characters', { member: 'taxNumber' });
  if (!isPaper(kind) && email === null)
    return fault('B-101: an electronic invoice needs a mailbox', { member: 'email' });
  if (isPaper(kind) && (name === null || phone === null || address === null))
    return fault('B-101: a paper invoice needs name, phone and address of who receives it', { member: 'address' });
  return null;
}

export type TitleOwner = `buyer:${string}` | `seller:${string}`;
export interface KeptTitle {
  readonly titleId: string;
  readonly title: InvoiceTitle;
  readonly receiver: InvoiceReceiver;
}
/** more than anybody chooses from */
const MOST_TITLES = 50;

/** Last changed first. */
export async function titlesOf(executor: Executor, owner: TitleOwner): Promise<KeptTitle[]> {
  const { rows } = await sql<KeptTitle>`
    SELECT title_id AS "titleId", title, receiver FROM settlement.invoice_titles WHERE owner = ${owner} AND NOT removed ORDER BY changed_at DESC, title_id LIMIT ${MOST_TITLES}`.execute(
    executor,
  );
  return rows;
}
export async function titleOf(executor: Executor, owner: TitleOwner): Promise<KeptTitle | null> {
  const [title] = await titlesOf(executor, owner);
  return title ?? null;
}

/** `titleId` null = a new one. Refuses NOT_FOUND, TITLES_FULL. @returns its id */
export async function keepTitle(
  platform: Platform,
  tx: Tx,
  input: Omit<KeptTitle, 'titleId'> & { readonly owner: TitleOwner; readonly titleId: string | null },
  now: Date,
): Promise<Result<string>> {
  const { owner, title, receiver } = input;
  const known = await titlesOf(tx, owner);
  if (input.titleId !== null && !known.some(({ titleId }) => titleId === input.titleId))
    return refuse('NOT_FOUND', 'there is no such title');
  if (input.titleId === null && known.length >= MOST_TITLES)
    return refuse('TITLES_FULL', `at most ${MOST_TITLES} titles are kept; take one away first`);
  const titleId = input.titleId ?? uuid(platform.random);
  await sql`
    INSERT INTO settlement.invoice_titles (title_id, owner, title, receiver, changed_at)
    VALUES (${titleId}, ${owner}, ${JSON.stringify(title)}::jsonb, ${JSON.stringify(receiver)}::jsonb, ${now})
    ON CONFLICT (title_id) DO UPDATE SET title = excluded.title, receiver = excluded.receiver, changed_at = excluded.changed_at`.execute(
    tx,
  );
  return ok(titleId);
}

/** May be repeated. @returns false = there is none */
export async function removeTitle(tx: Tx, owner: TitleOwner, titleId: string): Promise<boolean> {
  const result = await sql`
    UPDATE settlement.invoice_titles SET removed = true WHERE owner = ${owner} AND title_id = ${titleId}`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** What a seller offers until it chooses; the marketplace itself offers all six. */
export const USUAL_KINDS: readonly InvoiceKind[] = ['ORDINARY_DIGITAL', 'SPECIAL_DIGITAL'];

/** @param sellerId null = the marketplace */
export async function kindsOf(executor: Executor, sellerId: string | null): Promise<readonly InvoiceKind[]> {
  if (sellerId === null) return INVOICE_KINDS;
  const { rows } = await sql<{ kinds: InvoiceKind[] }>`
    SELECT kinds FROM settlement.invoice_kinds WHERE seller_id = ${sellerId}`.execute(executor);
  return rows[0]?.kinds ?? USUAL_KINDS;
}
export async function offerKinds(tx: Tx, sellerId: string, kinds: readonly InvoiceKind[]): Promise<void> {
  await sql`
    INSERT INTO settlement.invoice_kinds (seller_id, kinds) VALUES (${sellerId}, ${kinds}) ON CONFLICT (seller_id) DO UPDATE SET kinds = excluded.kinds`.execute(
    tx,
  );
}
