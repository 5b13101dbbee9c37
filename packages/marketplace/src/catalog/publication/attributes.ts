/**
 * Attribute definitions of a seller (C6): found by type or part of the name, chosen in the form. Products carry copies,
 * so that a definition that is changed or deleted touches none (C12).
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { type LocalizedText, localizedText } from '../definition.ts';
import { presetName } from './sku-faults.ts';

export interface AttributeDefinition {
  readonly attributeId: string;
  readonly type: 'QUANTITY' | 'ENUMERATION';
  readonly code: string;
  readonly name: LocalizedText;
  readonly description: string;
}
const MOST_ATTRIBUTES = 200;

export async function attributesOf(
  executor: Executor,
  query: {
    readonly sellerId: string;
    readonly q?: string | undefined;
    readonly type?: AttributeDefinition['type'] | undefined;
  },
): Promise<AttributeDefinition[]> {
  const words = (query.q ?? '').toLowerCase();
  const { rows } = await sql<Omit<AttributeDefinition, 'name'> & { name: unknown }>`
    SELECT attribute_id AS "attributeId", type, code, name, description FROM catalog.attributes
    WHERE seller_id = ${query.sellerId} ${query.type ? sql`AND type = ${query.type}` : sql``}
      AND strpos(lower(code || ' ' || (name->>'zh') || ' ' || (name->>'en')), ${words}) > 0
    ORDER BY created_at, attribute_id LIMIT ${MOST_ATTRIBUTES}`.execute(executor);
  return rows.map((row) => ({ ...row, name: localizedText.parse(row.name) }));
}

/** @param attributeId null = a new one. Refuses PRESET_NAME (C7), ATTRIBUTE_EXISTS, TOO_MANY, NOT_FOUND. */
export async function keepAttribute(
  platform: Platform,
  tx: Tx,
  wanted: Omit<AttributeDefinition, 'attributeId'> & { readonly sellerId: string; readonly attributeId: string | null },
  now: Date,
): Promise<Result<AttributeDefinition>> {
  const { sellerId, type, code, name, description } = wanted;
  const preset = presetName([code, name.zh, name.en]);
  if (preset !== null) return refuse('PRESET_NAME', `C7: “${preset}” is a preset attribute name`, { name: preset });
  const own = await attributesOf(tx, { sellerId });
  if (wanted.attributeId !== null && !own.some(({ attributeId }) => attributeId === wanted.attributeId))
    return refuse('NOT_FOUND', 'there is no such attribute');
  if (own.some((each) => each.code === code && each.attributeId !== wanted.attributeId))
    return refuse('ATTRIBUTE_EXISTS', 'another attribute has this code', { code });
  if (own.length >= MOST_ATTRIBUTES) return refuse('TOO_MANY', `a seller has at most ${MOST_ATTRIBUTES} attributes`);
  const attributeId = wanted.attributeId ?? uuid(platform.random);
  await sql`
    INSERT INTO catalog.attributes (attribute_id, seller_id, type, code, name, description, created_at)
    VALUES (${attributeId}::uuid, ${sellerId}, ${type}, ${code}, ${JSON.stringify(name)}, ${description}, ${now})
    ON CONFLICT (attribute_id) DO UPDATE SET type = excluded.type, code = excluded.code, name = excluded.name,
      description = excluded.description`.execute(tx);
  return ok({ attributeId, type, code, name, description });
}

/** @returns false = there is none */
export async function removeAttribute(
  tx: Tx,
  { sellerId, attributeId }: { readonly sellerId: string; readonly attributeId: string },
): Promise<boolean> {
  const result = await sql`
    DELETE FROM catalog.attributes WHERE attribute_id = ${attributeId}::uuid AND seller_id = ${sellerId}`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}
