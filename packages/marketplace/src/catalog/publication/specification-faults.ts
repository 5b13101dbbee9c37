/** Specifications of a draft: C7–C10, C13, C14, C25, C30–C33 and the table of catalogue.md 2 (L3, L26, L35, L36). Pure. */
import { type AccessRules, accessRules } from '../access-types.ts';
import type { DraftContent, DraftSpecification } from './draft.ts';
import { type DraftFacts, type DraftFault, fault } from './faults.ts';
import { priceFaults } from './price-faults.ts';
import { skuFaults } from './sku-faults.ts';

const MOST_SPECIFICATIONS = 50;
const MOST_PACKAGE_MONTHS = 36;
const MOST_QUANTITY = 9_999_999;
/** the kinds of quantity that the wire knows (C14) */
const LINEAR_KINDS = ['amount', 'diskSize', 'bandWidth'];

export function specificationFaults(content: DraftContent, facts: DraftFacts): DraftFault[] {
  const { specifications } = content;
  const rules = accessRules(content.accessType, content.licenseVariant);
  const faults: DraftFault[] = [];
  if (specifications.length < 1 || specifications.length > MOST_SPECIFICATIONS)
    faults.push(
      fault(
        'specifications',
        'C15',
        `商品有 1 至 ${MOST_SPECIFICATIONS} 个规格`,
        `A product has 1 to ${MOST_SPECIFICATIONS} specifications`,
      ),
    );
  for (const language of ['zh', 'en'] as const) {
    const names = specifications.map(({ name }) => name[language].trim());
    for (const [place, name] of names.entries())
      if (name !== '' && names.indexOf(name) < place)
        faults.push(
          fault(
            `specifications.${place}.name.${language}`,
            'C15',
            '规格名称重复',
            'Another specification has this name',
          ),
        );
  }
  for (const [place, spec] of specifications.entries()) {
    const path = `specifications.${place}`;
    faults.push(
      ...typeFaults(spec, rules, content, path),
      ...modeFaults(spec, path),
      ...quantityFaults(spec, path),
      ...skuFaults(spec, rules, path),
      ...assetFaults(spec, rules, facts, path),
      ...priceFaults(spec, path, facts.site),
    );
  }
  return faults;
}

function typeFaults(spec: DraftSpecification, rules: AccessRules, content: DraftContent, path: string): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!rules.chargingModes.includes(spec.chargingMode))
    faults.push(
      fault(
        `${path}.chargingMode`,
        content.accessType === 'LICENSE' ? 'L3' : 'catalogue.md 2',
        '该接入类型不支持这种计费模式',
        'This access type is not sold in this charging mode',
      ),
    );
  if (rules.quantity === 'ALWAYS' && !spec.linearAttribute)
    faults.push(
      fault(
        `${path}.linearAttribute`,
        'L36',
        '硬件按数量计费，须有数量属性',
        'Hardware is charged by quantity: the attribute is needed',
      ),
    );
  if (rules.quantity === 'NEVER' && spec.linearAttribute)
    faults.push(
      fault(
        `${path}.linearAttribute`,
        'catalogue.md 2',
        '该接入类型没有数量属性',
        'This access type has no quantity attribute',
      ),
    );
  if (content.accessType === 'SERVICE' && spec.linearAttribute && spec.chargingMode !== 'ONE_TIME')
    faults.push(
      fault(
        `${path}.chargingMode`,
        'L35',
        '按人天（数量属性）计费的人工服务只能一次性计费',
        'A service counted in person-days (quantity) is billed once',
      ),
    );
  const image = rules.asset === 'IMAGE';
  if ((spec.perVcpu || spec.free) && !image)
    faults.push(
      fault(`${path}.perVcpu`, 'L26', '只有镜像可以按 vCPU 定价或免费', 'Only images are priced per vCPU or free'),
    );
  if (spec.perVcpu && spec.free)
    faults.push(fault(`${path}.free`, 'L26', '按 vCPU 定价的镜像不能免费', 'An image priced per vCPU can not be free'));
  if (spec.trial && !rules.trial)
    faults.push(fault(`${path}.trial`, 'C33', '只有 SaaS 商品可以试用', 'Trials are for SaaS only'));
  if (spec.changeable && !rules.trial)
    faults.push(fault(`${path}.changeable`, 'C25', '只有 SaaS 商品可以变更规格', 'Changes are for SaaS only'));
  return faults;
}

function modeFaults(spec: DraftSpecification, path: string): DraftFault[] {
  const faults: DraftFault[] = [];
  const { trial, chargingMode } = spec;
  if (trial && chargingMode !== 'PERIOD')
    faults.push(
      fault(`${path}.trial`, 'C33', '只有包周期规格可以试用', 'A trial is for yearly/monthly specifications only'),
    );
  if (trial && (trial.days === null || trial.days < 3 || trial.days > 180))
    faults.push(fault(`${path}.trial.days`, 'C33', '试用天数为 3 至 180 天', 'A trial lasts 3 to 180 days'));
  if (spec.changeable && chargingMode !== 'PERIOD')
    faults.push(
      fault(
        `${path}.changeable`,
        'C25',
        '只有包周期规格可以变更',
        'Changes are for yearly/monthly specifications only',
      ),
    );
  if ((spec.usage !== null) !== (chargingMode === 'ON_DEMAND'))
    faults.push(
      fault(
        `${path}.usage`,
        'C30',
        '按需规格须有计费周期，其他规格没有',
        'Exactly pay-per-use specifications have a billing cycle',
      ),
    );
  if ((spec.package !== null) !== (chargingMode === 'ON_DEMAND_PKG'))
    faults.push(
      fault(
        `${path}.package`,
        'C31',
        '套餐包规格须有配额和有效期，其他规格没有',
        'Exactly packages have a quota and a validity',
      ),
    );
  return spec.package ? [...faults, ...packageFaults(spec.package, `${path}.package`)] : faults;
}

function packageFaults(
  { validity, quota, unit }: NonNullable<DraftSpecification['package']>,
  path: string,
): DraftFault[] {
  const faults: DraftFault[] = [];
  const months = validity.type === 'year' ? (validity.number ?? 0) * 12 : (validity.number ?? 0);
  if (months < 1 || months > MOST_PACKAGE_MONTHS)
    faults.push(
      fault(`${path}.validity.number`, 'C31', '套餐包的有效期最长 3 年', 'A package is valid for 3 years at most'),
    );
  if (!/^\d{1,15}(\.\d{1,4})?$/.test(quota) || Number(quota) === 0)
    faults.push(
      fault(
        `${path}.quota`,
        'C31',
        '配额须为正数，最多 4 位小数',
        'A quota is a positive decimal with at most 4 decimals',
      ),
    );
  if (unit.zh.trim() === '' || unit.en.trim() === '')
    faults.push(
      fault(`${path}.unit`, 'C31', '请填写配额的中英文单位', 'The unit of the quota is needed in both languages'),
    );
  return faults;
}

/** C10, C13, C14: of the one quantity attribute that a specification may have (C8). */
function quantityFaults({ linearAttribute: linear, chargingMode }: DraftSpecification, path: string): DraftFault[] {
  if (!linear) return [];
  const at = `${path}.linearAttribute`;
  const faults: DraftFault[] = [];
  if (!LINEAR_KINDS.includes(linear.code))
    faults.push(
      fault(
        `${at}.code`,
        'C14',
        '数量属性为 amount（数量）、diskSize（GB）或 bandWidth（Mbps）',
        'A quantity is amount, diskSize (GB) or bandWidth (Mbps)',
      ),
    );
  if ([linear.name.zh, linear.name.en, linear.unit.zh, linear.unit.en].some((text) => text.trim() === ''))
    faults.push(
      fault(
        `${at}.name`,
        'C6',
        '请填写数量属性的中英文名称和单位',
        'A quantity has a name and a unit in both languages',
      ),
    );
  if (chargingMode === 'ON_DEMAND' || chargingMode === 'ON_DEMAND_PKG')
    faults.push(
      fault(at, 'C30', '按需和套餐包规格没有数量属性', 'Pay-per-use and packages have no quantity attribute'),
    );
  const { minimum, maximum, step } = linear;
  if (minimum === null || maximum === null || step === null)
    return [
      ...faults,
      fault(at, 'C10', '请填写最小值、最大值和步长', 'A quantity has a minimum, a maximum and a step'),
    ];
  if (step < 1) return [...faults, fault(`${at}.step`, 'C13', '步长至少为 1', 'A step is at least 1')];
  if (minimum < 1 || maximum > MOST_QUANTITY)
    faults.push(fault(at, 'C13', `数量为 1 至 ${MOST_QUANTITY}`, `A quantity is from 1 to ${MOST_QUANTITY}`));
  if (minimum > maximum)
    faults.push(fault(`${at}.maximum`, 'C13', '最大值不能小于最小值', 'The maximum is not below the minimum'));
  else if ((maximum - minimum) % step !== 0)
    faults.push(
      fault(
        `${at}.maximum`,
        'C13',
        `最大值须为最小值加整数个步长，例如 ${maximum - ((maximum - minimum) % step)}`,
        `The maximum is the minimum plus whole steps, e.g. ${maximum - ((maximum - minimum) % step)}`,
      ),
    );
  return faults;
}

/** L18, L23, L25, section 9: a specification names one approved asset of the kind that its type delivers. */
function assetFaults(spec: DraftSpecification, rules: AccessRules, facts: DraftFacts, path: string): DraftFault[] {
  const at = `${path}.assetId`;
  if (!rules.asset)
    return spec.assetId === null
      ? []
      : [fault(at, 'L23', '该接入类型不交付资产', 'This access type delivers no asset')];
  if (spec.assetId === null || spec.assetId === '')
    return [
      fault(at, rules.asset === 'APPLICATION' ? 'L18' : 'L23', '请选择一个已通过的资产', 'Choose an approved asset'),
    ];
  const asset = facts.assets.get(spec.assetId);
  if (!asset || asset.kind !== rules.asset)
    return [
      fault(
        at,
        'L25',
        '只能选择本商家已通过检测的同类资产',
        'Only an approved asset of yours, of this kind, can be chosen',
      ),
    ];
  if (asset.kind === 'API_GROUP' && asset.usedBy !== null && asset.usedBy !== spec.specificationId)
    return [
      fault(
        at,
        'license-and-other-types.md 9',
        '该 API 分组已被其他规格使用过，不能再次使用',
        'This API group was used by another specification once and can never be used again',
      ),
    ];
  return [];
}
