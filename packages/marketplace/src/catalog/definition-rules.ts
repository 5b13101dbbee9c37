/**
 * Rules of a definition over several members: C7, C9, C13, C16, C17, prices and members that fit the charging mode
 * (C4, C21, C25, C31, C33), and what its access type may have (catalogue.md 2, L2, L3). Pure.
 */
import { decimal } from '../platform/money.ts';
import { type AccessRules, type AccessType, accessRules, type LicenseVariant } from './access-types.ts';
import type { PriceItem, Specification } from './definition.ts';

// C7: names that the marketplace has given away
const PRESET_NAMES = new Set(['appName', 'version', 'os', 'mode', '应用名称', '版本', '操作系统', '所属模式']);
const MOST_VALUES = 10;
const MOST_PACKAGE_MONTHS = 36;

const MOST_CHARGE_ITEMS = 50;

/** What the rules of a definition look at. */
export interface RuledContent {
  readonly accessType: AccessType;
  readonly licenseVariant: LicenseVariant | null;
  readonly supervised: boolean;
  readonly specifications: readonly Specification[];
}

/** What is wrong, each with its rule. */
export function contentFaults(content: RuledContent): string[] {
  const rules = accessRules(content.accessType, content.licenseVariant);
  const faults = productFaults(content, rules);
  for (const spec of content.specifications) {
    faults.push(...typeFaults(spec, rules), ...modeFaults(spec), ...linearFaults(spec), ...attributeFaults(spec));
    for (const each of spec.skus) {
      const periods = each.prices.map((item) => item.periodType);
      const kinds = each.prices.map((item) => `${item.periodType} ${item.chargeItem?.code ?? ''}`);
      if (new Set(kinds).size !== kinds.length) faults.push(`C1: ${each.skuCode}: one price per period type`);
      if (periods.some((type) => (type === null) === (spec.chargingMode === 'PERIOD')))
        faults.push(`C21: ${each.skuCode}: period prices belong to PERIOD, other prices have no period`);
      for (const item of each.prices) faults.push(...bracketFaults(item, spec), ...decimalFaults(item, spec));
    }
  }
  return faults;
}

function productFaults({ accessType, licenseVariant, supervised }: RuledContent, rules: AccessRules): string[] {
  const faults: string[] = [];
  if ((accessType === 'LICENSE') !== (licenseVariant !== null))
    faults.push('L2: exactly a License names how it is delivered');
  if (rules.supervision === 'ALWAYS' && !supervised) faults.push('L2: this access type is always supervised');
  if (rules.supervision === 'NEVER' && supervised) faults.push('L2: this access type is never supervised');
  return faults;
}

/** The table of catalogue.md 2. */
function typeFaults(spec: Specification, rules: AccessRules): string[] {
  const faults: string[] = [];
  const name = spec.name.en;
  if (!rules.chargingModes.includes(spec.chargingMode))
    faults.push(`catalogue.md 2: ${name}: ${spec.chargingMode} is not sold with this access type`);
  if (!rules.multiSku && spec.skus.length > 1)
    faults.push(`catalogue.md 2: ${name}: this access type has one SKU per specification`);
  if (rules.quantity === 'ALWAYS' && !spec.linearAttribute)
    faults.push(`L36: ${name}: hardware is charged by quantity`);
  if (rules.quantity === 'NEVER' && spec.linearAttribute)
    faults.push(`catalogue.md 2: ${name}: this access type has no quantity`);
  if (spec.trial && !rules.trial) faults.push(`C33: ${name}: trials are for SaaS only`);
  if (spec.changeable && !rules.trial) faults.push(`C25: ${name}: changes are for SaaS only`);
  const image = rules.asset === 'IMAGE';
  if ((spec.perVcpu || spec.free) && !image) faults.push(`L26: ${name}: only images are free or priced per vCPU`);
  if (spec.perVcpu && spec.free) faults.push(`L26: ${name}: a per-vCPU image can not be free`);
  if (spec.free && spec.skus.some((sku) => sku.prices.some((item) => item.brackets.some(isPaid))))
    faults.push(`L26: ${name}: a free image has the price 0`);
  if (spec.assetId !== null && !rules.asset) faults.push(`L23: ${name}: this access type delivers no asset`);
  if (spec.usage && spec.chargingMode !== 'ON_DEMAND') faults.push(`C30: ${name}: a usage cycle is for ON_DEMAND only`);
  for (const sku of spec.skus) {
    const items = sku.prices.filter((item) => item.chargeItem !== null).length;
    if (items > 0 && spec.chargingMode !== 'ON_DEMAND')
      faults.push(`C30: ${name}: charge items are for ON_DEMAND only`);
    if (items > MOST_CHARGE_ITEMS) faults.push(`catalogue.md 2: ${name}: at most ${MOST_CHARGE_ITEMS} charge items`);
  }
  return faults;
}

/** What is no decimal is told by its own form; the rules go on without it. */
const decimalOf = ({ unitPrice }: PriceItem['brackets'][number]) =>
  /^-?\d+(\.\d+)?$/.test(unitPrice) ? decimal(unitPrice) : decimal('0');
const isPaid = (bracket: PriceItem['brackets'][number]): boolean => !decimalOf(bracket).isZero();

/** What belongs to some charging modes only: C25, C31, C33. */
function modeFaults(spec: Specification): string[] {
  const faults: string[] = [];
  const { chargingMode } = spec;
  if (spec.trial && chargingMode !== 'PERIOD') faults.push(`C33: ${spec.name.en}: a trial is for PERIOD only`);
  if (spec.changeable && chargingMode !== 'PERIOD') faults.push(`C25: ${spec.name.en}: changes are for PERIOD only`);
  if ((spec.package !== null) !== (chargingMode === 'ON_DEMAND_PKG'))
    faults.push(`C31: ${spec.name.en}: a package belongs to ON_DEMAND_PKG, and to nothing else`);
  if (spec.package) {
    const { type, number } = spec.package.validity;
    if ((type === 'year' ? number * 12 : number) > MOST_PACKAGE_MONTHS)
      faults.push(`C31: ${spec.name.en}: a package is valid for 3 years at most`);
  }
  return faults;
}

function linearFaults({ name, linearAttribute: linear }: Specification): string[] {
  if (!linear || (linear.minimum <= linear.maximum && (linear.maximum - linear.minimum) % linear.step === 0)) return [];
  return [`C13: ${name.en}: maximum must be minimum plus whole steps`];
}

/** C17: list prices have 4 decimals at most, usage prices 10. */
function decimalFaults({ priceItemId, brackets }: PriceItem, { chargingMode }: Specification): string[] {
  const most = chargingMode === 'ON_DEMAND' ? 10 : 4;
  if (brackets.every((bracket) => decimalOf(bracket).decimalPlaces() <= most)) return [];
  return [`C17: ${priceItemId}: a price has at most ${most} decimals`];
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

function bracketFaults(item: PriceItem, spec: Specification): string[] {
  const faults: string[] = [];
  if (item.mode === 'LINEAR' && item.brackets.length !== 1)
    faults.push(`C16: ${item.priceItemId}: LINEAR has one price`);
  let end: number | null = 0;
  for (const bracket of item.brackets) {
    const { from, to } = bracket;
    if (end === null || from !== end)
      faults.push(`C16: ${item.priceItemId}: brackets leave a gap or overlap at ${from}`);
    if (to !== null && to <= from) faults.push(`C16: ${item.priceItemId}: bracket (${from}, ${to}] is empty`);
    if (decimalOf(bracket).isNegative()) faults.push(`C16: ${item.priceItemId}: negative price`);
    end = to;
  }
  const maximum = spec.linearAttribute?.maximum ?? 1;
  if (end !== null && (end < maximum || spec.chargingMode === 'ON_DEMAND'))
    faults.push(
      `C16: ${item.priceItemId}: brackets end at ${end} and do not cover ${spec.chargingMode === 'ON_DEMAND' ? 'all usage' : maximum}`,
    );
  return faults;
}
