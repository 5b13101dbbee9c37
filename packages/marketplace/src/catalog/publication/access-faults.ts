/**
 * The product as a whole: its access type (L1, L2), supervision and delivery (C56–C61, S-33, S-34, L35), how the
 * seller's server is reached (8.1), what is asked of the buyer. Pure.
 */
import { accessRules } from '../access-types.ts';
import type { DraftContent, DraftInterface } from './draft.ts';
import { type DraftFacts, type DraftFault, fault, hint } from './faults.ts';
import { floorFaults, shareFaults } from './share.ts';

export function accessFaults(content: DraftContent, wire: DraftInterface, facts: DraftFacts): DraftFault[] {
  return [
    ...sellerFaults(facts),
    ...typeFaults(content, facts),
    ...deliveryFaults(content, facts),
    ...interfaceFaults(content, wire, facts),
    ...askedFaults(content),
    ...shareFaults(content, facts),
    ...floorFaults(content),
  ];
}

function sellerFaults({ sellerAdmitted, productState, released }: DraftFacts): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!sellerAdmitted)
    faults.push(
      fault('product', '8.1', '商家尚未入驻本站点或未完成认证', 'The seller is not admitted to this site yet'),
    );
  if (productState === 'STOPPED' || productState === 'WITHDRAWN')
    faults.push(
      fault(
        'product',
        'C37',
        '已停售或退市的商品不能修改，请发布新商品',
        'A stopped or withdrawn product is not changed; publish a new one',
      ),
    );
  const states = released?.states ?? new Map();
  const specs = released?.content.specifications ?? [];
  if (specs.length > 0 && specs.every(({ specificationId }) => states.get(specificationId) === 'STOPPED'))
    faults.push(
      fault(
        'specifications',
        'C36',
        '全部规格已停售，不能再新增规格',
        'All specifications are stopped; none can be added',
      ),
    );
  return faults;
}

function typeFaults(content: DraftContent, facts: DraftFacts): DraftFault[] {
  const { accessType, licenseVariant, supervised, consultingUrl } = content;
  const rules = accessRules(accessType, licenseVariant);
  const faults: DraftFault[] = [];
  if (!rules.sites.includes(facts.site))
    faults.push(fault('accessType', 'L1', '本站点不销售该接入类型', 'This site does not sell this access type'));
  if (accessType === 'HARDWARE' && !facts.sellsHardware && !facts.released)
    faults.push(
      fault(
        'accessType',
        'L36',
        '硬件商品仅限白名单商家发布，请联系运营经理开通',
        'Only listed sellers publish hardware; ask the operations manager to be listed',
      ),
    );
  if ((accessType === 'LICENSE') !== (licenseVariant !== null))
    faults.push(
      fault('licenseVariant', 'L2', 'License 商品须选择交付方式', 'Exactly a License says how it is delivered'),
    );
  if (licenseVariant === 'IDENTIFICATION' && !facts.released)
    faults.push(
      hint(
        'licenseVariant',
        'license-and-other-types.md 3',
        '识别码接口已不再推荐新商品使用，建议选择授权码',
        'The identification code is retired for new products elsewhere; consider the authorisation code',
      ),
    );
  if (rules.supervision === 'ALWAYS' && !supervised)
    faults.push(fault('supervised', 'L2', '该接入类型须经服务监管', 'This access type is always supervised'));
  if (rules.supervision === 'NEVER' && supervised)
    faults.push(fault('supervised', 'L2', '该接入类型没有服务监管', 'This access type is never supervised'));
  if ((consultingUrl !== null) !== !rules.traded)
    faults.push(
      fault(
        'consultingUrl',
        'L1',
        rules.traded ? '只有咨询类商品链接到商家网站' : '咨询类商品须填写商家网站的链接',
        rules.traded
          ? 'Only consulting leads to the seller’s site'
          : 'Consulting leads to the seller’s own site: give its address',
      ),
    );
  if (consultingUrl !== null && !/^https:\/\/\S+\.\S+$/.test(consultingUrl))
    faults.push(
      fault('consultingUrl', 'L1', '请填写以 https:// 开头的链接', 'Give an address that begins with https://'),
    );
  return faults;
}

/** C56, S-34: joint operation and self-service; supervised SaaS, License, professional service. */
export function templateDue(
  content: Pick<DraftContent, 'accessType' | 'licenseVariant' | 'supervised' | 'class'>,
): boolean {
  return (
    (content.class === 'JOINT' || content.class === 'HUAWEI') &&
    content.supervised &&
    accessRules(content.accessType, content.licenseVariant).template
  );
}

function deliveryFaults(content: DraftContent, facts: DraftFacts): DraftFault[] {
  const rules = accessRules(content.accessType, content.licenseVariant);
  const faults: DraftFault[] = [];
  if (templateDue(content) && !content.deliveryTemplate) {
    faults.push(
      fault(
        'deliveryTemplate',
        'C56',
        facts.released ? '请补充交付模板：修改商品 → 上传交付模板 → 提交' : '请上传交付模板，它是验收标准',
        facts.released
          ? 'This older product still lacks its delivery template: upload it with this change'
          : 'The delivery template is missing; it is the criterion of acceptance',
      ),
    );
  }
  if (content.class === 'HUAWEI' && content.deliveryTemplate)
    faults.push(
      hint(
        'deliveryTemplate',
        'C57',
        '自服务商品的交付模板须与上架时会签的验收标准一致，审核时会核对',
        'Of a self-service product it must equal the criterion countersigned at listing; the reviewer compares them',
      ),
    );
  const { deliveryDays } = content;
  if (rules.deliveryDays && (deliveryDays === null || deliveryDays < 1 || deliveryDays > 365))
    faults.push(
      fault(
        'deliveryDays',
        'L35',
        '请填写交付天数（1–365 个自然日）',
        'Give the days of delivery (1–365 calendar days)',
      ),
    );
  if (!rules.deliveryDays && deliveryDays !== null)
    faults.push(fault('deliveryDays', 'L35', '该接入类型没有交付天数', 'This access type has no days of delivery'));
  if (content.accessType === 'SERVICE' && !content.serviceFlow)
    faults.push(fault('serviceFlow', 'L35', '请上传服务流程模板', 'The service flow template is missing'));
  if (content.opening !== 'ON_PURCHASE' && !(content.accessType === 'SAAS' && content.supervised))
    faults.push(
      fault(
        'opening',
        'S-33',
        '只有经服务监管的 SaaS 可以推迟开通',
        'Only a supervised SaaS is opened later than at purchase',
      ),
    );
  return faults;
}

function interfaceFaults(content: DraftContent, wire: DraftInterface, facts: DraftFacts): DraftFault[] {
  const { protocols } = accessRules(content.accessType, content.licenseVariant);
  if (!protocols.includes(wire.protocol))
    return [fault('interface.protocol', 'L2', '请选择该接入类型的接口协议', 'Choose a protocol of this access type')];
  if (wire.protocol === 'none')
    return wire.productionUrl === ''
      ? []
      : [
          fault(
            'interface.productionUrl',
            'L2',
            '该商品不调用商家接口，请清空地址',
            'Nobody is called for this product: leave the address empty',
          ),
        ];
  const origin = originOf(wire.productionUrl);
  if (origin === null)
    return [
      fault('interface.productionUrl', '8.1', '请填写生产接口地址', 'Give the address of the production interface'),
    ];
  const key = facts.origins.get(origin);
  if (key === undefined)
    return [
      fault(
        'interface.productionUrl',
        '8.1',
        `${origin} 未通过归属验证`,
        `${origin} is not a verified address of yours`,
      ),
    ];
  if (key === null)
    return [fault('interface.productionUrl', '8.1', `${origin} 没有绑定密钥`, `No key is bound to ${origin}`)];
  return facts.missingCases.map(({ zh, en }) =>
    fault('interface', '8.1', `请在调试中保存用例：${zh}`, `Save a debugging case: ${en}`),
  );
}

/** @returns null for what is no http(s) address */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}

function askedFaults({ orderParameters }: DraftContent): DraftFault[] {
  const faults: DraftFault[] = [];
  if (orderParameters.length > 3)
    faults.push(fault('orderParameters', 'O-35', '最多 3 个下单参数', 'At most 3 parameters are asked of the buyer'));
  const names = orderParameters.map(({ name }) => name);
  for (const [place, { name, label }] of orderParameters.entries()) {
    const path = `orderParameters.${place}`;
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name))
      faults.push(
        fault(
          `${path}.name`,
          'O-35',
          '参数名以字母开头，由字母、数字、_ 组成',
          'A name is a letter, then letters, digits, _',
        ),
      );
    else if (names.indexOf(name) < place)
      faults.push(fault(`${path}.name`, 'O-35', '参数名重复', 'Another parameter has this name'));
    if (label.zh.trim() === '' || label.en.trim() === '')
      faults.push(
        fault(`${path}.label`, 'O-35', '请填写参数的中英文名称', 'A parameter has a label in both languages'),
      );
  }
  return faults;
}
