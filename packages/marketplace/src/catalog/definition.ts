/**
 * What a product version holds, as a schema with the rules of `catalogue.md` 3–5 that a definition must keep. A
 * version is immutable; order lines keep what they bought (C41).
 */
import { z } from 'zod';
import { decimal } from '../platform/money.ts';

export const localizedText = z.strictObject({ zh: z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof localizedText>;

const price = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'C17: a decimal with at most 4 decimals');
const bracket = z.strictObject({ from: z.number().int().min(0), to: z.number().int().nullable(), unitPrice: price });

export const priceItem = z.strictObject({
  /** wire productId: `OFFI` + 18 digits (C2) */
  priceItemId: z.string().regex(/^OFFI\d{18}$/, 'C2: OFFI and 18 digits'),
  periodType: z.enum(['month', 'year']).nullable(),
  mode: z.enum(['LINEAR', 'TIER', 'STEP']),
  /** (from, to], contiguous from 0, the last `to` is null (C16); LINEAR has exactly one */
  brackets: z.array(bracket).min(1).max(20),
  currency: z.enum(['CNY', 'USD', 'EUR']),
});
export type PriceItem = z.infer<typeof priceItem>;

const linearAttribute = z.strictObject({
  code: z.string().min(1).max(32),
  name: localizedText,
  unit: localizedText,
  minimum: z.number().int().min(1).max(9_999_999),
  maximum: z.number().int().min(1).max(9_999_999),
  step: z.number().int().min(1),
});
export type LinearAttribute = z.infer<typeof linearAttribute>;

const sku = z.strictObject({
  skuCode: z.uuid(),
  attributes: z
    .array(z.strictObject({ code: z.string(), name: localizedText, value: localizedText }))
    .max(5, 'C8: at most 5 enumerated attributes'),
  prices: z.array(priceItem).min(1),
});

const specification = z.strictObject({
  specificationId: z.string().min(1).max(64),
  name: localizedText,
  chargingMode: z.enum(['PERIOD', 'ONE_TIME']),
  linearAttribute: linearAttribute.nullable(),
  skus: z.array(sku).min(1).max(100, 'C9: at most 100 SKUs'),
});
export type Specification = z.infer<typeof specification>;

export const productContent = z
  .strictObject({
    name: localizedText,
    summary: localizedText,
    description: localizedText,
    highlights: z.array(localizedText).max(10),
    usageGuide: localizedText,
    support: z.strictObject({ hours: localizedText, phone: z.string(), email: z.string() }),
    agreement: localizedText,
    class: z.enum(['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI']),
    accessType: z.literal('SAAS'),
    // supervised delivery has its own station; until it is there such a product is refused, not half served
    supervised: z.literal(false, 'supervised delivery is not served by this version'),
    orderParameters: z
      .array(z.strictObject({ name: z.string().min(1).max(64), label: localizedText, required: z.boolean() }))
      .max(3),
    specifications: z.array(specification).min(1).max(50),
  })
  .superRefine((content, context) => {
    for (const fault of contentFaults(content.specifications)) context.addIssue({ code: 'custom', message: fault });
  });
export type ProductContent = z.infer<typeof productContent>;

// C7: names that the marketplace has given away
const PRESET_NAMES = new Set(['appName', 'version', 'os', 'mode', '应用名称', '版本', '操作系统', '所属模式']);
const MOST_VALUES = 10;

/** Rules over several members: C7, C9, C10, C13, C16, and prices that fit the charging mode (C4, C21). */
function contentFaults(specifications: readonly Specification[]): string[] {
  const faults: string[] = [];
  for (const spec of specifications) {
    const linear = spec.linearAttribute;
    if (linear && (linear.minimum > linear.maximum || (linear.maximum - linear.minimum) % linear.step !== 0)) {
      faults.push(`C13: ${spec.name.en}: maximum must be minimum plus whole steps`);
    }
    faults.push(...attributeFaults(spec));
    for (const each of spec.skus) {
      const periods = each.prices.map((item) => item.periodType);
      if (new Set(periods).size !== periods.length) faults.push(`C1: ${each.skuCode}: one price per period type`);
      if (
        spec.chargingMode === 'ONE_TIME' ? periods.some((type) => type !== null) : periods.some((type) => type === null)
      ) {
        faults.push(`C21: ${each.skuCode}: period prices belong to PERIOD, the one-time price has none`);
      }
      for (const item of each.prices) faults.push(...bracketFaults(item, linear?.maximum ?? 1));
    }
  }
  return faults;
}

function attributeFaults(spec: Specification): string[] {
  const values = new Map<string, Set<string>>();
  const faults = new Set<string>();
  for (const { code, name, value } of spec.skus.flatMap((each) => each.attributes)) {
    const preset = [code, name.zh, name.en].find((word) => PRESET_NAMES.has(word));
    if (preset !== undefined) faults.add(`C7: ${spec.name.en}: "${preset}" is a preset attribute name`);
    values.set(code, (values.get(code) ?? new Set()).add(value.en));
  }
  for (const [code, { size }] of values)
    if (size > MOST_VALUES)
      faults.add(`C9: ${spec.name.en}: ${code} has ${size} values, at most ${MOST_VALUES} are allowed`);
  return [...faults];
}

function bracketFaults(item: PriceItem, maximum: number): string[] {
  const faults: string[] = [];
  if (item.mode === 'LINEAR' && item.brackets.length !== 1)
    faults.push(`C16: ${item.priceItemId}: LINEAR has one price`);
  let end: number | null = 0;
  for (const { from, to, unitPrice } of item.brackets) {
    if (end === null || from !== end)
      faults.push(`C16: ${item.priceItemId}: brackets leave a gap or overlap at ${from}`);
    if (to !== null && to <= from) faults.push(`C16: ${item.priceItemId}: bracket (${from}, ${to}] is empty`);
    if (decimal(unitPrice).isNegative()) faults.push(`C16: ${item.priceItemId}: negative price`);
    end = to;
  }
  if (end !== null && end < maximum)
    faults.push(`C16: ${item.priceItemId}: brackets end at ${end} and do not cover ${maximum}`);
  return faults;
}
