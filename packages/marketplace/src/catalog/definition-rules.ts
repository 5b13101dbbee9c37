/**
 * Rules of a definition over several members: C7, C9, C13, C16, C17, prices and members that fit the charging mode
 * (C4, C21, C25, C31, C33). Pure.
 */
import { decimal } from '../platform/money.ts';
import type { PriceItem, Specification } from './definition.ts';

// C7: names that the marketplace has given away
const PRESET_NAMES = new Set(['appName', 'version', 'os', 'mode', '应用名称', '版本', '操作系统', '所属模式']);
const MOST_VALUES = 10;
const MOST_PACKAGE_MONTHS = 36;

/** What is wrong, each with its rule. */
export function contentFaults(specifications: readonly Specification[]): string[] {
  const faults: string[] = [];
  for (const spec of specifications) {
    faults.push(...modeFaults(spec), ...linearFaults(spec), ...attributeFaults(spec));
    for (const each of spec.skus) {
      const periods = each.prices.map((item) => item.periodType);
      if (new Set(periods).size !== periods.length) faults.push(`C1: ${each.skuCode}: one price per period type`);
      if (periods.some((type) => (type === null) === (spec.chargingMode === 'PERIOD')))
        faults.push(`C21: ${each.skuCode}: period prices belong to PERIOD, other prices have no period`);
      for (const item of each.prices) faults.push(...bracketFaults(item, spec), ...decimalFaults(item, spec));
    }
  }
  return faults;
}

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
  if (brackets.every(({ unitPrice }) => decimal(unitPrice).decimalPlaces() <= most)) return [];
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
  for (const { from, to, unitPrice } of item.brackets) {
    if (end === null || from !== end)
      faults.push(`C16: ${item.priceItemId}: brackets leave a gap or overlap at ${from}`);
    if (to !== null && to <= from) faults.push(`C16: ${item.priceItemId}: bracket (${from}, ${to}] is empty`);
    if (decimal(unitPrice).isNegative()) faults.push(`C16: ${item.priceItemId}: negative price`);
    end = to;
  }
  const maximum = spec.linearAttribute?.maximum ?? 1;
  if (end !== null && (end < maximum || spec.chargingMode === 'ON_DEMAND'))
    faults.push(
      `C16: ${item.priceItemId}: brackets end at ${end} and do not cover ${spec.chargingMode === 'ON_DEMAND' ? 'all usage' : maximum}`,
    );
  return faults;
}
