/**
 * What each access type may do (catalogue.md 2, license-and-other-types.md 1), as one table: charging modes, trial,
 * attributes, supervision, the way it is delivered. Everything that asks "may this product …?" reads it here. Pure.
 */
import type { Site } from '../platform/site.ts';

export const ACCESS_TYPES = [
  'SAAS',
  'LICENSE',
  'IMAGE',
  'SERVICE',
  'HARDWARE',
  'API',
  'AI',
  'DATA',
  'CONTAINER',
  'ORCHESTRATION',
  'CONTENT',
  'CONSULTING',
] as const;
export type AccessType = (typeof ACCESS_TYPES)[number];

/** 线下, 识别码 (online 1.0), 授权码 (2.0), 在线开通, software package (license-and-other-types.md 2–6) */
export const LICENSE_VARIANTS = ['OFFLINE', 'IDENTIFICATION', 'CODE', 'PROVISIONED', 'PACKAGE'] as const;
export type LicenseVariant = (typeof LICENSE_VARIANTS)[number];

export const CHARGING_MODES = ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const;
export type ChargingMode = (typeof CHARGING_MODES)[number];

/** How the marketplace talks to the seller's server about an instance; `none` = there is nobody to call. */
export const PROTOCOLS = [
  'saas-v2',
  'saas-v1',
  'license-identification',
  'license-code',
  'license-provisioning',
  'none',
] as const;
export type Protocol = (typeof PROTOCOLS)[number];
export type CallingProtocol = Exclude<Protocol, 'none'>;

/** What a buyer gets (L39); NONE = nothing is handed over */
export const DELIVERY_KINDS = [
  'ACCESS',
  'LICENSE_TEXT',
  'LICENSE_CODE',
  'IMAGE_GRANT',
  'API_SUBSCRIPTION',
  'FILE',
  'PARCEL',
  'SERVICE',
  'REFERENCE',
  'NONE',
] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** Something of the seller's that is checked before a specification may sell it (L18, L23, section 9). */
export const ASSET_KINDS = ['APPLICATION', 'IMAGE', 'DATA_FILE', 'AI_MODEL', 'CONTAINER', 'API_GROUP'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

export const TAX_TYPES = ['SOFTWARE', 'HARDWARE', 'SERVICE', 'TELECOM'] as const;
export type TaxType = (typeof TAX_TYPES)[number];

export interface AccessRules {
  /** false: listed as a link to the seller's own site (L1) */
  readonly traded: boolean;
  readonly sites: readonly Site[];
  readonly chargingModes: readonly ChargingMode[];
  /** monthly/yearly only (C33) */
  readonly trial: boolean;
  /** several SKUs by enumerated attributes */
  readonly multiSku: boolean;
  /** the quantity attribute (C8): hardware is always sold by piece (L36) */
  readonly quantity: 'ALWAYS' | 'MAY' | 'NEVER';
  /** service supervision: the seller's choice for SaaS, fixed by the type otherwise */
  readonly supervision: 'ALWAYS' | 'NEVER' | 'CHOICE';
  /** a delivery template is due when it is supervised (C56) */
  readonly template: boolean;
  readonly delivery: DeliveryKind;
  readonly protocols: readonly Protocol[];
  /** a specification names one approved asset of this kind */
  readonly asset: AssetKind | null;
  /** person-days: needed of a professional service (L35) */
  readonly deliveryDays: boolean;
  /** stock is counted (C50) */
  readonly stock: boolean;
}

const ALL: readonly Site[] = ['CN', 'INTL', 'EU'];
const CN: readonly Site[] = ['CN'];

const BASE: AccessRules = {
  traded: true,
  sites: CN,
  chargingModes: ['ONE_TIME'],
  trial: false,
  multiSku: false,
  quantity: 'NEVER',
  supervision: 'NEVER',
  template: false,
  delivery: 'NONE',
  protocols: ['none'],
  asset: null,
  deliveryDays: false,
  stock: false,
};

const TYPES: Readonly<Record<Exclude<AccessType, 'LICENSE'>, AccessRules>> = {
  SAAS: {
    ...BASE,
    sites: ALL,
    chargingModes: ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'],
    trial: true,
    multiSku: true,
    quantity: 'MAY',
    supervision: 'CHOICE',
    template: true,
    delivery: 'ACCESS',
    protocols: ['saas-v2', 'saas-v1'],
  },
  IMAGE: { ...BASE, sites: ALL, chargingModes: ['PERIOD', 'ON_DEMAND'], delivery: 'IMAGE_GRANT', asset: 'IMAGE' },
  SERVICE: {
    ...BASE,
    sites: ALL,
    chargingModes: ['ONE_TIME', 'PERIOD'],
    multiSku: true,
    quantity: 'MAY',
    supervision: 'ALWAYS',
    template: true,
    delivery: 'SERVICE',
    deliveryDays: true,
  },
  HARDWARE: {
    ...BASE,
    sites: ['CN', 'INTL'],
    multiSku: true,
    quantity: 'ALWAYS',
    supervision: 'ALWAYS',
    delivery: 'PARCEL',
    stock: true,
  },
  API: {
    ...BASE,
    chargingModes: ['ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'],
    delivery: 'API_SUBSCRIPTION',
    asset: 'API_GROUP',
  },
  AI: { ...BASE, delivery: 'REFERENCE', asset: 'AI_MODEL' },
  DATA: {
    ...BASE,
    chargingModes: ['ONE_TIME', 'PERIOD'],
    supervision: 'ALWAYS',
    delivery: 'FILE',
    asset: 'DATA_FILE',
  },
  CONTAINER: { ...BASE, chargingModes: ['ONE_TIME', 'PERIOD'], delivery: 'REFERENCE', asset: 'CONTAINER' },
  ORCHESTRATION: {
    ...BASE,
    chargingModes: ['ONE_TIME', 'PERIOD'],
    quantity: 'MAY',
    supervision: 'ALWAYS',
    delivery: 'SERVICE',
    deliveryDays: true,
  },
  CONTENT: { ...BASE, chargingModes: ['ONE_TIME', 'PERIOD'] },
  CONSULTING: { ...BASE, traded: false, sites: ['INTL', 'EU'] },
};

const LICENSE: AccessRules = {
  ...BASE,
  sites: ALL,
  chargingModes: ['PERIOD', 'ONE_TIME'],
  multiSku: true,
  quantity: 'MAY',
  supervision: 'ALWAYS',
  template: true,
  delivery: 'LICENSE_TEXT',
};
const VARIANTS: Readonly<Record<LicenseVariant, AccessRules>> = {
  OFFLINE: LICENSE,
  IDENTIFICATION: { ...LICENSE, protocols: ['license-identification'] },
  // without a production address the seller relies on asking for the code's state (4.5)
  CODE: { ...LICENSE, delivery: 'LICENSE_CODE', protocols: ['license-code', 'none'] },
  PROVISIONED: { ...LICENSE, protocols: ['license-provisioning'] },
  PACKAGE: { ...LICENSE, delivery: 'FILE', asset: 'APPLICATION' },
};

/** @param variant exactly for LICENSE; a License without one is taken as offline */
export function accessRules(type: AccessType, variant: LicenseVariant | null): AccessRules {
  return type === 'LICENSE' ? VARIANTS[variant ?? 'OFFLINE'] : TYPES[type];
}

/** Tax type of what is sold, when the marketplace settles with the seller (settlement.md S1-8a). */
export function taxTypeOf(type: AccessType, mode: ChargingMode): TaxType {
  if (type === 'HARDWARE') return 'HARDWARE';
  if (type === 'AI') return 'SOFTWARE';
  if ((type === 'LICENSE' || type === 'DATA') && mode === 'ONE_TIME') return 'SOFTWARE';
  return 'SERVICE';
}

/** S7-14, B-61, C27: what renews itself, by month or year; in the EU licences and professional services too. */
export const renewsItself = (type: AccessType, site: Site): boolean =>
  type === 'SAAS' || type === 'IMAGE' || (site === 'EU' && (type === 'LICENSE' || type === 'SERVICE'));
