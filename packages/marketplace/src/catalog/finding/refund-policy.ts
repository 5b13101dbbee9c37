/**
 * `refundPolicy` of catalogue.md 6.3: derived from access type, charging mode and supervision (settlement.md 7.2), shown
 * on the product page. How a refund is asked for and decided is `ordering/refund-rules.ts`. Pure.
 */
import type { Site } from '../../platform/site.ts';
import type { AccessType, ChargingMode } from '../access-types.ts';
import type { LocalizedText, ProductContent } from '../definition.ts';

export type RefundPolicy = 'FIVE_DAY_FULL' | 'NEGOTIATED_IN_GUARANTEE' | 'NONE' | 'IMAGE';

export interface Sold {
  readonly site: Site;
  readonly accessType: AccessType;
  readonly chargingMode: ChargingMode;
  readonly supervised: boolean;
}

/** What is billed by use or bought as a package is never refunded; then supervision decides, then the type. */
export function refundPolicy({ site, accessType, chargingMode, supervised }: Sold): RefundPolicy {
  if (chargingMode === 'ON_DEMAND' || chargingMode === 'ON_DEMAND_PKG') return 'NONE';
  if (supervised) return 'NEGOTIATED_IN_GUARANTEE';
  if (accessType === 'IMAGE') return chargingMode === 'PERIOD' ? 'IMAGE' : 'NONE';
  return accessType === 'SAAS' && chargingMode === 'PERIOD' && site === 'CN' ? 'FIVE_DAY_FULL' : 'NONE';
}

export interface RefundRule {
  readonly policy: RefundPolicy;
  readonly chargingModes: readonly ChargingMode[];
  readonly text: LocalizedText;
}

/** The rules of a version, one for all charging modes that share it. */
export function refundRules(content: ProductContent, site: Site): RefundRule[] {
  const byPolicy = new Map<RefundPolicy, ChargingMode[]>();
  for (const mode of new Set(content.specifications.map(({ chargingMode }) => chargingMode))) {
    const policy = refundPolicy({ site, ...content, chargingMode: mode });
    byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), mode]);
  }
  return [...byPolicy].map(([policy, chargingModes]) => ({
    policy,
    chargingModes,
    text: policy === 'IMAGE' && site !== 'CN' ? IMAGE_ABROAD : TEXTS[policy],
  }));
}

const TEXTS: Readonly<Record<RefundPolicy, LocalizedText>> = {
  FIVE_DAY_FULL: {
    zh: '开通后 5 天内可自助无理由全额退订；尚未生效的续费可全额退订。',
    en: 'A full refund without giving a reason, by self-service, within 5 days of opening; a renewal that is not in effect yet is refunded in full.',
  },
  NEGOTIATED_IN_GUARANTEE: {
    zh: '服务监管期内（验收完成前）可申请协商退订，由商家审核退款金额；验收完成后不支持退订。尚未生效的续费可全额退订。',
    en: 'During service supervision, until acceptance, a refund can be applied for and the seller decides on the amount; none after acceptance. A renewal that is not in effect yet is refunded in full.',
  },
  NONE: { zh: '不支持退订。', en: 'No refund.' },
  IMAGE: {
    zh: '开通后 5 天内可自助全额退订；超过 5 天或当年退订已满 10 次的，到期前可自助退订，按小时扣除已使用部分，不收手续费，代金券不退还。尚未生效的续费可全额退订，已生效的不退。云服务器请在云上另行退订。',
    en: 'By self-service: in full within 5 days of opening; later, or beyond 10 refunds a year, until it expires, less what was used by the hour, without a fee; vouchers do not come back then. A renewal that is not in effect yet is refunded in full, one in effect is not. The cloud server is unsubscribed in the cloud.',
  },
};

/** The rule of the other sites names the cloud's own conditions, with no amounts that could be told (settlement.md 7.2). */
const IMAGE_ABROAD: LocalizedText = {
  zh: '按华为云的规则与云服务器一并退订，本商店不支持自助退订。',
  en: 'Refunded by the rules of Huawei Cloud, together with its cloud server; not by self-service here.',
};
