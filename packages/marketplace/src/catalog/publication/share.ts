/**
 * The seller's share of the price (settlement.md S1-7): of a general product one that is not above the standard of the fee
 * rules takes effect at once, any other needs the operator's approval, with the version that it is part of (C41). Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { decimal } from '../../platform/money.ts';
import type { Site } from '../../platform/site.ts';
import type { Draft, DraftContent } from './draft.ts';
import { type DraftFacts, type DraftFault, fault, hint } from './faults.ts';

/** settlement.md 1.4: CN from 2024-03-01; abroad the ratio of the published calculation, its table is not to be had (Q1) */
export const STANDARD_SHARE: Readonly<Record<Site, string>> = { CN: '0.95', INTL: '0.85', EU: '0.85' };

const SHARE = /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/;

export function shareFaults(
  { sellerShare, class: productClass }: Pick<DraftContent, 'sellerShare' | 'class'>,
  { site }: Pick<DraftFacts, 'site'>,
): DraftFault[] {
  if (!SHARE.test(sellerShare))
    return [
      fault(
        'sellerShare',
        'C41',
        '分成比例为 0% 至 100%，最多 4 位小数',
        'The share is from 0% to 100% with at most 4 decimals',
      ),
    ];
  if (productClass !== 'GENERAL' || isStandard(sellerShare, site)) return [];
  const standard = `${decimal(STANDARD_SHARE[site]).times(100).toFixed()}%`;
  return [
    hint(
      'sellerShare',
      'S1-7',
      `分成比例高于标准比例 ${standard}，须经运营批准`,
      `The share is above the standard of ${standard}: the operator has to agree to it`,
    ),
  ];
}

const FLOOR = /^(0\.\d{1,6}|1(\.0{1,6})?)$/;

/**
 * The floor price as a part of the list price (settlement.md 3.3, 3.4): agreed for products that the marketplace sells, by
 * which the share is counted, or above which a distributor earns. Part of a version, so the operator reviews it.
 */
export function floorFaults({
  shareMode,
  floorDiscount,
  class: productClass,
}: Pick<DraftContent, 'shareMode' | 'floorDiscount' | 'class'>): DraftFault[] {
  if (productClass === 'GENERAL')
    return shareMode === 'DEAL_PRICE' && floorDiscount === null
      ? []
      : [
          fault(
            'floorDiscount',
            'S3-12',
            '通用商品按成交价结算平台服务费，没有底价',
            'A general product is settled by its deal price less the platform fee: it has no floor price',
          ),
        ];
  if (floorDiscount !== null && (!FLOOR.test(floorDiscount) || decimal(floorDiscount).isZero()))
    return [
      fault(
        'floorDiscount',
        'S3-12',
        '底线折扣大于 0%、不超过 100%，最多 4 位小数',
        'The floor discount is above 0% and at most 100%, with at most 4 decimals',
      ),
    ];
  if (floorDiscount !== null) return [];
  if (shareMode === 'FLOOR_DISCOUNT')
    return [
      fault(
        'floorDiscount',
        'S3-12',
        '按底价分成时须填写底线折扣',
        'A share of the floor price needs the floor discount',
      ),
    ];
  if (productClass !== 'YANXUAN' && productClass !== 'YANXUAN_SELF') return [];
  return [
    hint(
      'floorDiscount',
      'S3-16',
      '未约定底线折扣时以目录价为底价，经销商没有价差收入',
      'Without a floor discount the list price is the floor: distributors earn no spread',
    ),
  ];
}

/** Nothing but the share of what is on sale changes, and that to no more than the standard. */
export function takesEffectAtOnce(released: Draft, changed: Draft, site: Site): boolean {
  const { sellerShare, class: productClass } = changed.content;
  const sameButForShare = { ...released, content: { ...released.content, sellerShare } };
  return (
    productClass === 'GENERAL' &&
    sellerShare !== released.content.sellerShare &&
    isStandard(sellerShare, site) &&
    isDeepStrictEqual(sameButForShare, { content: changed.content, interface: changed.interface })
  );
}

const isStandard = (share: string, site: Site): boolean =>
  SHARE.test(share) && decimal(share).lessThanOrEqualTo(STANDARD_SHARE[site]);
