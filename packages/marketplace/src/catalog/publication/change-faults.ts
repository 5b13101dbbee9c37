/** What a change of a released product may not touch: C4, C11, C36, C37, C31, L2, L26. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Specification } from '../definition.ts';
import type { DraftContent, DraftSpecification } from './draft.ts';
import { type DraftFault, fault, type Released } from './faults.ts';

/** Members that the form locks, as paths; `*` = each released specification. */
export const FIXED_MEMBERS: readonly string[] = [
  'accessType',
  'licenseVariant',
  'supervised',
  'interface.protocol',
  'specifications.*.chargingMode',
  'specifications.*.linearAttribute.code',
  'specifications.*.linearAttribute.step',
  'specifications.*.package',
  'specifications.*.perVcpu',
];

export function changeFaults(content: DraftContent, { content: before, states }: Released): DraftFault[] {
  const faults: DraftFault[] = [];
  if (content.accessType !== before.accessType || content.licenseVariant !== before.licenseVariant)
    faults.push(
      fault(
        'accessType',
        'L2',
        '已上架商品的接入类型不能修改（C38：联营商品须先公告）',
        'The access type of a released product is not changed (C38: joint operation announces it first)',
      ),
    );
  if (content.supervised !== before.supervised)
    faults.push(
      fault('supervised', 'C37', '“是否服务监管”上架后不能修改', 'Supervision yes or no is final after listing'),
    );
  const seen = new Map(content.specifications.map((spec, place) => [spec.specificationId, { spec, place }]));
  for (const old of before.specifications) {
    const found = seen.get(old.specificationId);
    const path = found ? `specifications.${found.place}` : 'specifications';
    if (!found) {
      faults.push(
        fault(
          path,
          'C36',
          `已上架的规格“${old.name.zh}”不能删除，请申请停售`,
          `“${old.name.en}” was released: it can not be deleted; apply for its stop`,
        ),
      );
      continue;
    }
    if (states.get(old.specificationId) === 'STOPPED') {
      if (!isUnchanged(found.spec, old))
        faults.push(fault(path, 'C37', '已停售的规格不能修改', 'A stopped specification is not edited'));
      continue;
    }
    faults.push(...specificationChange(found.spec, old, path), ...skuChange(found.spec, old, states, path));
    if (old.package && found.spec.package) faults.push(...packageChange(content, found.spec, old, path));
  }
  return faults;
}

const isUnchanged = (now: DraftSpecification, old: Specification): boolean => isDeepStrictEqual(plain(now), plain(old));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function specificationChange(now: DraftSpecification, old: Specification, path: string): DraftFault[] {
  const faults: DraftFault[] = [];
  if (now.chargingMode !== old.chargingMode)
    faults.push(
      fault(
        `${path}.chargingMode`,
        'C4',
        '已上架规格的计费模式不能修改',
        'The charging mode of a released specification is not changed',
      ),
    );
  const [linear, before] = [now.linearAttribute, old.linearAttribute];
  if ((linear === null) !== (before === null) || (linear && before && linear.code !== before.code))
    faults.push(
      fault(
        `${path}.linearAttribute`,
        'C37',
        '已上架规格的数量属性不能增删或更换',
        'The quantity attribute of a released specification stays',
      ),
    );
  if (linear && before && linear.step !== before.step)
    faults.push(
      fault(
        `${path}.linearAttribute.step`,
        'C11',
        '已上架规格的步长不能修改',
        'The step of a released specification is not changed',
      ),
    );
  if (old.perVcpu && !now.perVcpu)
    faults.push(
      fault(
        `${path}.perVcpu`,
        'L26',
        '上架后 vCPU 单价可以修改，不能取消',
        'After release per-vCPU prices may be changed, not removed',
      ),
    );
  if (!old.perVcpu && now.perVcpu)
    faults.push(
      fault(
        `${path}.perVcpu`,
        'L26',
        '已上架规格的定价模板不能改为按 vCPU',
        'The pricing template of a released specification stays',
      ),
    );
  if (old.free && !now.free)
    faults.push(fault(`${path}.free`, 'L26', '免费镜像的价格已固定', 'The price of a free image is fixed'));
  return faults;
}

function skuChange(
  now: DraftSpecification,
  old: Specification,
  states: Released['states'],
  path: string,
): DraftFault[] {
  const places = new Map(now.skus.map((sku, place) => [sku.skuCode, { sku, place }]));
  return old.skus.flatMap((sku) => {
    const found = places.get(sku.skuCode);
    if (!found)
      return [
        fault(
          `${path}.skus`,
          'C36',
          `已上架的 SKU ${sku.skuCode} 不能删除，请申请停售`,
          `SKU ${sku.skuCode} was released: it can not be deleted; apply for its stop`,
        ),
      ];
    const at = `${path}.skus.${found.place}`;
    if (states.get(sku.skuCode) === 'STOPPED' && !isDeepStrictEqual(plain(found.sku), plain(sku)))
      return [fault(at, 'C37', '已停售的 SKU 不能修改', 'A stopped SKU is not edited')];
    const lost = sku.prices.filter(
      (item) => !found.sku.prices.some(({ priceItemId }) => priceItemId === item.priceItemId),
    );
    const fixed = old.perVcpu || old.chargingMode !== 'PERIOD';
    return lost.length > 0 && fixed
      ? [
          fault(
            `${at}.prices`,
            old.perVcpu ? 'L26' : 'C37',
            '已上架的价格可以修改，不能删除',
            'A released price may be changed, not removed',
          ),
        ]
      : [];
  });
}

/** C31, C37: of a SaaS package price, quota, validity, reset; of an API package quota and name, its price may change (section 9). */
function packageChange(content: DraftContent, now: DraftSpecification, old: Specification, path: string): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!isDeepStrictEqual(plain(now.package), plain(old.package)))
    faults.push(
      fault(
        `${path}.package`,
        'C31',
        '套餐包的配额、有效期、重置规则上架后不能修改',
        'Quota, validity and reset of a package are fixed after release',
      ),
    );
  const api = content.accessType === 'API';
  if (api && !isDeepStrictEqual(plain(now.name), plain(old.name)))
    faults.push(
      fault(
        `${path}.name`,
        'license-and-other-types.md 9',
        'API 套餐包的名称上架后不能修改',
        'The name of an API package is fixed after release',
      ),
    );
  const prices = (skus: DraftSpecification['skus'] | Specification['skus']) =>
    plain(skus.map((sku) => sku.prices.map(({ mode, brackets, currency }) => ({ mode, brackets, currency }))));
  if (!api && !isDeepStrictEqual(prices(now.skus.slice(0, old.skus.length)), prices(old.skus)))
    faults.push(
      fault(
        `${path}.skus`,
        'C31',
        '套餐包的基础价格上架后不能修改',
        'The base price of a package is fixed after release',
      ),
    );
  return faults;
}
