/** Prices of a draft: C1, C16, C17, C21, C23, C30, L26 (catalogue.md 4). Pure. */
import { decimal } from '../../platform/money.ts';
import { SITES, type Site } from '../../platform/site.ts';
import type { DraftPrice, DraftSpecification } from './draft.ts';
import { type DraftFault, fault, hint } from './faults.ts';

const MOST_BRACKETS = 20;
const MOST_CHARGE_ITEMS = 50;
const DECIMAL = /^\d{1,12}(\.\d{1,10})?$/;

/** @param path of the specification */
export function priceFaults(spec: DraftSpecification, path: string, site: Site): DraftFault[] {
  return spec.skus.flatMap((sku, place) => {
    const at = `${path}.skus.${place}`;
    if (sku.prices.length === 0) return [fault(`${at}.prices`, 'C16', '请填写该 SKU 的价格', 'This SKU has no price')];
    const faults = kindFaults(spec, sku.prices, at);
    for (const [index, item] of sku.prices.entries()) {
      const here = `${at}.prices.${index}`;
      faults.push(...bracketFaults(item, spec, here));
      const { currency } = SITES[site];
      if (item.currency !== currency)
        faults.push(
          fault(`${here}.currency`, 'C23', `本站点以 ${currency} 定价`, `Prices of this site are in ${currency}`),
        );
      if (item.chargeItem) faults.push(...chargeItemFaults(item.chargeItem, spec, `${here}.chargeItem`));
    }
    return faults;
  });
}

/** One price per period type and charge item, of the kind that the charging mode has. */
function kindFaults(spec: DraftSpecification, prices: readonly DraftPrice[], at: string): DraftFault[] {
  const faults: DraftFault[] = [];
  const seen = new Set<string>();
  for (const [index, { periodType, chargeItem }] of prices.entries()) {
    const kind = `${periodType ?? ''} ${chargeItem?.code ?? ''}`;
    if (seen.has(kind))
      faults.push(
        fault(
          `${at}.prices.${index}`,
          'C1',
          '每个 SKU 的每种周期（或计费项）只能有一个价格',
          'A SKU has one price per period type or charge item',
        ),
      );
    seen.add(kind);
    if ((periodType === null) === (spec.chargingMode === 'PERIOD'))
      faults.push(
        fault(
          `${at}.prices.${index}.periodType`,
          'C21',
          '只有包周期的价格有周期（月、年）',
          'Exactly prices of yearly/monthly specifications have a period',
        ),
      );
  }
  if (prices.filter((item) => item.chargeItem).length > MOST_CHARGE_ITEMS)
    faults.push(
      fault(
        `${at}.prices`,
        'catalogue.md 2',
        `计费项最多 ${MOST_CHARGE_ITEMS} 个`,
        `At most ${MOST_CHARGE_ITEMS} charge items`,
      ),
    );
  if (spec.chargingMode === 'ON_DEMAND' && prices.length > 1 && prices.some((item) => !item.chargeItem))
    faults.push(
      fault(`${at}.prices`, 'C30', '有多个价格时，每个价格须有计费项', 'With several prices each has its charge item'),
    );
  return faults;
}

function chargeItemFaults(
  item: NonNullable<DraftPrice['chargeItem']>,
  spec: DraftSpecification,
  path: string,
): DraftFault[] {
  if (spec.chargingMode !== 'ON_DEMAND')
    return [fault(path, 'C30', '只有按需规格有计费项', 'Only pay-per-use specifications have charge items')];
  const empty = [item.code, item.name.zh, item.name.en, item.unit.zh, item.unit.en].some((text) => text.trim() === '');
  if (empty)
    return [
      fault(
        path,
        'C30',
        '请填写计费项的编码、中英文名称和单位',
        'A charge item has a code, and a name and a unit in both languages',
      ),
    ];
  return /^[\w.-]{1,32}$/.test(item.code)
    ? []
    : [fault(`${path}.code`, 'C30', '编码由 1–32 个字母、数字、_ . - 组成', 'A code has 1–32 letters, digits, _ . -')];
}

function bracketFaults(item: DraftPrice, spec: DraftSpecification, path: string): DraftFault[] {
  const { brackets, mode } = item;
  if (brackets.length === 0 || (mode === 'LINEAR' && brackets.length !== 1))
    return [fault(`${path}.brackets`, 'C16', '线性定价只有一个单价', 'Linear pricing has exactly one price')];
  if (brackets.length > MOST_BRACKETS)
    return [fault(`${path}.brackets`, 'C16', `阶梯最多 ${MOST_BRACKETS} 级`, `At most ${MOST_BRACKETS} brackets`)];
  if (mode !== 'LINEAR' && !spec.linearAttribute && spec.chargingMode !== 'ON_DEMAND')
    return [
      fault(
        `${path}.mode`,
        'C16',
        '没有数量属性的规格只有一个价格',
        'A specification without a quantity has one price',
      ),
    ];
  const faults = brackets.flatMap(({ unitPrice }, place) =>
    amountFaults(unitPrice, spec, `${path}.brackets.${place}.unitPrice`),
  );
  let end: number | null = 0;
  for (const [place, { from, to }] of brackets.entries()) {
    const at = `${path}.brackets.${place}`;
    if (end === null || from !== end)
      faults.push(
        fault(
          `${at}.from`,
          'C16',
          `阶梯在 ${from ?? '?'} 处有缺口或重叠`,
          `Brackets leave a gap or overlap at ${from ?? '?'}`,
        ),
      );
    if (to !== null && to <= (from ?? 0))
      faults.push(fault(`${at}.to`, 'C16', '阶梯的上限须大于下限', 'A bracket ends after it begins'));
    end = to;
  }
  if (end !== null)
    faults.push(
      fault(
        `${path}.brackets.${brackets.length - 1}.to`,
        'C16',
        '最后一级没有上限，请留空',
        'The last bracket is unbounded: leave its end empty',
      ),
    );
  return faults.length > 0 ? faults : cheaperHint(item, path);
}

/** Negative, not a decimal, too many decimals, and what a free specification may cost. */
function amountFaults(unitPrice: string, spec: DraftSpecification, path: string): DraftFault[] {
  if (unitPrice.trim() === '') return [fault(path, 'C16', '请填写价格', 'The price is missing')];
  if (/^-/.test(unitPrice)) return [fault(path, 'C16', '价格不能为负', 'A price is not negative')];
  if (!DECIMAL.test(unitPrice)) return [fault(path, 'C17', '价格须为十进制数', 'A price is a decimal number')];
  const most = spec.chargingMode === 'ON_DEMAND' ? 10 : 4;
  if (decimal(unitPrice).decimalPlaces() > most)
    return [fault(path, 'C17', `价格最多 ${most} 位小数`, `A price has at most ${most} decimals`)];
  const zero = decimal(unitPrice).isZero();
  if (spec.free && !zero) return [fault(path, 'L26', '免费镜像的价格为 0', 'A free image costs 0')];
  if (spec.perVcpu && zero)
    return [fault(path, 'L26', '按 vCPU 定价的镜像不能免费', 'An image priced per vCPU can not be free')];
  return [];
}

/** 4.1: allowed, but worth a look: ten cost more than eleven. */
function cheaperHint({ mode, brackets }: DraftPrice, path: string): DraftFault[] {
  if (mode !== 'TIER') return [];
  return brackets.flatMap(({ to, unitPrice }, place) => {
    const next = brackets[place + 1];
    if (to === null || !next) return [];
    const [here, there] = [decimal(unitPrice).times(to), decimal(next.unitPrice).times(to + 1)];
    if (!there.lessThan(here)) return [];
    return [
      hint(
        `${path}.brackets.${place}`,
        '4.1 TIER',
        `${to} 个共 ${here.toFixed()}，${to + 1} 个只需 ${there.toFixed()}`,
        `${to} cost ${here.toFixed()}, ${to + 1} only ${there.toFixed()}`,
      ),
    ];
  });
}
