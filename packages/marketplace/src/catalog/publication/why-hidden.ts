/** “Why can buyers not see this?”: each rule that hides a product or keeps somebody from buying it, in words. */
import type { Executor } from '../../platform/database/database.ts';
import { accessRules } from '../access-types.ts';
import type { LocalizedText } from '../definition.ts';
import { effectiveTarget, NO_RULE, type SaleRule, type Target } from '../sales/model.ts';
import { saleRulesOf, stockOfProducts } from '../sales/store.ts';
import { contentOf, type ProductState } from '../store.ts';
import { templateDue } from './access-faults.ts';
import { draftRow, writtenProduct } from './draft-store.ts';
import { partsOf } from './own-products.ts';

export interface HiddenBecause {
  readonly rule: string;
  readonly code: string;
  /** HIDDEN: not in lists; BLOCKED: nobody buys it; LIMITED: some do not */
  readonly effect: 'HIDDEN' | 'BLOCKED' | 'LIMITED';
  /** null = the product */
  readonly specificationId: string | null;
  readonly message: LocalizedText;
}

/** @param failingDays of its probes, as debugging counts them. @returns most important first; empty = everybody sees and buys it */
export async function whyHidden(
  executor: Executor,
  goodsId: string,
  around: { readonly failingDays: number },
): Promise<HiddenBecause[]> {
  const product = await writtenProduct(executor, { scope: { kind: 'all' }, goodsId });
  if (!product) return [];
  const found = stateReasons(product.state, await draftRow(executor, goodsId).then((draft) => draft !== null));
  if (product.version === 0) return found;
  if (product.visibility === 'HIDDEN' && product.state === 'ON_SALE')
    found.push(
      reason(
        'C42',
        'HIDDEN_PRODUCT',
        'HIDDEN',
        null,
        '商品已设为不公开销售，只能通过链接购买',
        'Public sales are off: only the direct link leads to it',
      ),
    );
  if (around.failingDays > 0)
    found.push(
      reason(
        'O-10',
        'PROBES_FAILING',
        'LIMITED',
        null,
        `接口拨测已连续失败 ${around.failingDays} 天，满 5 天将冻结交易`,
        `Its probes have failed for ${around.failingDays} days; on the fifth trading is frozen`,
      ),
    );
  const content = await contentOf(executor, goodsId, product.version);
  if (templateDue(content) && !content.deliveryTemplate)
    found.push(
      reason(
        'C61',
        'TEMPLATE_MISSING',
        'LIMITED',
        null,
        '缺少交付模板：下一次修改必须补充',
        'The delivery template is missing: the next change must bring it',
      ),
    );
  const rules = (await saleRulesOf(executor, [goodsId])).get(goodsId) ?? new Map<string, SaleRule>();
  found.push(...productRules(rules.get('') ?? NO_RULE, content.realName));
  const stock = accessRules(content.accessType, content.licenseVariant).stock
    ? await stockOfProducts(executor, [goodsId])
    : null;
  const names = new Map(content.specifications.map((spec) => [spec.specificationId, spec]));
  for (const part of await partsOf(executor, goodsId)) {
    const spec = names.get(part.specificationId);
    if (!spec) continue;
    const { specificationId } = part;
    const about = (rule: string, code: string, effect: HiddenBecause['effect'], zh: string, en: string) =>
      found.push(
        reason(rule, code, effect, specificationId, `规格“${spec.name.zh}”：${zh}`, `“${spec.name.en}”: ${en}`),
      );
    if (part.state === 'STOPPED') about('S-37a', 'SPECIFICATION_STOPPED', 'BLOCKED', '已停售', 'sale stopped');
    if (part.visibility === 'HIDDEN') about('C42', 'SPECIFICATION_HIDDEN', 'HIDDEN', '不公开销售', 'hidden');
    if (part.state === 'STOPPED') continue;
    const own = { product: rules.get('') ?? NO_RULE, specification: rules.get(specificationId) ?? NO_RULE };
    const target = effectiveTarget(own);
    if (own.specification.target && target !== 'ALL')
      about('C45a', 'TARGET', 'LIMITED', `只面向${TARGET[target].zh}`, `sold to ${TARGET[target].en} only`);
    if (own.specification.limit) about('C49', 'PURCHASE_LIMIT', 'LIMITED', '有限购', 'there is a purchase limit');
    if (spec.trial && trialClosed(own.specification, spec.trial.buyerIds))
      about('C33', 'TRIAL_LISTED', 'LIMITED', '试用仅对名单内的客户开放', 'the trial is for chosen buyers');
    const left = stock && part.skus.map(({ skuCode }) => stock.get(skuCode)).filter((each) => each !== undefined);
    if (left && left.length > 0 && left.every(({ total, reserved, consumed }) => total - reserved - consumed <= 0))
      about('C50', 'OUT_OF_STOCK', 'BLOCKED', '库存已售罄', 'sold out');
  }
  const parts = await partsOf(executor, goodsId);
  if (product.state === 'ON_SALE' && parts.every(({ state }) => state === 'STOPPED'))
    found.unshift(reason('S-37a', 'ALL_STOPPED', 'BLOCKED', null, '全部规格已停售', 'All specifications are stopped'));
  return found;
}

const reason = (
  rule: string,
  code: string,
  effect: HiddenBecause['effect'],
  specificationId: string | null,
  zh: string,
  en: string,
): HiddenBecause => ({ rule, code, effect, specificationId, message: { zh, en } });

const STATES: Readonly<Partial<Record<ProductState, LocalizedText>>> = {
  DRAFT: { zh: '商品还是草稿，尚未提交审核', en: 'It is a draft and was not submitted yet' },
  IN_REVIEW: { zh: '商品正在审核，通过后立即上架', en: 'It is in review; approved, it is on sale at once' },
  REJECTED: { zh: '审核被驳回，请修改后重新提交', en: 'The review refused it; correct and submit it again' },
  TRADE_FROZEN: {
    zh: '交易已被平台冻结，修复接口后联系运营恢复',
    en: 'Trading is frozen by the platform; repair the interface and ask for its release',
  },
  STOPPED: { zh: '商品已停售，不能恢复', en: 'Its sale is stopped for good' },
  WITHDRAWN: { zh: '商品已被平台退市', en: 'The platform has withdrawn it' },
};

function stateReasons(state: ProductState, hasDraft: boolean): HiddenBecause[] {
  const message = STATES[state];
  if (message) return [{ rule: '8.1', code: state, effect: 'BLOCKED', specificationId: null, message }];
  return hasDraft
    ? [
        reason(
          'C35',
          'CHANGE_NOT_APPROVED',
          'LIMITED',
          null,
          '修改稿尚未通过审核，买家看到的是当前版本',
          'A change is not approved yet: buyers see the current version',
        ),
      ]
    : [];
}

const TARGET: Readonly<Record<Target, LocalizedText>> = {
  ALL: { zh: '所有客户', en: 'everybody' },
  ENTERPRISE: { zh: '企业客户', en: 'enterprise users' },
  INDIVIDUAL: { zh: '个人客户', en: 'individual users' },
  SPECIFIED: { zh: '指定客户', en: 'chosen users' },
  RELATED: { zh: '购买过关联商品的客户', en: 'buyers of related products' },
};

function productRules(rule: SaleRule, realName: 'NONE' | 'PERSONAL' | 'ENTERPRISE'): HiddenBecause[] {
  const found: HiddenBecause[] = [];
  const { target = 'ALL', regions, limit, trial } = rule;
  if (target !== 'ALL')
    found.push(
      reason(
        'C45',
        'TARGET',
        'LIMITED',
        null,
        `只面向${TARGET[target].zh}，其他客户会看到“联系商家”`,
        `Sold to ${TARGET[target].en} only; others are told to contact the seller`,
      ),
    );
  if (regions !== undefined)
    found.push(
      reason(
        'C51',
        'REGIONS',
        regions.length === 0 ? 'BLOCKED' : 'LIMITED',
        null,
        `只在这些地区销售：${regions.join('、') || '无'}`,
        `Sold in these regions only: ${regions.join(', ') || 'none'}`,
      ),
    );
  if (limit) found.push(reason('C49', 'PURCHASE_LIMIT', 'LIMITED', null, '有限购', 'There is a purchase limit'));
  if (trial.access === 'LISTED')
    found.push(
      reason('C33', 'TRIAL_LISTED', 'LIMITED', null, '试用仅对名单内的客户开放', 'The trial is for chosen buyers'),
    );
  if (realName !== 'NONE')
    found.push(
      reason(
        'B-1',
        'REAL_NAME',
        'LIMITED',
        null,
        realName === 'PERSONAL' ? '购买需要个人实名认证' : '购买需要企业实名认证',
        `Buyers need real-name authentication (${realName.toLowerCase()})`,
      ),
    );
  return found;
}

const trialClosed = ({ trial }: SaleRule, buyerIds: readonly string[] | null): boolean =>
  trial.access === 'LISTED' || (trial.access === undefined && buyerIds !== null);
