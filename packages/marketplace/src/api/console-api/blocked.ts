/** Why something can not be bought or used, in words for the page; the codes are those of catalogue.md 13.1. */
import type { Refusal } from '../../platform/result.ts';

interface Blocked {
  readonly code: string;
  readonly message: { readonly zh: string; readonly en: string };
}

const WORDS: Readonly<Record<string, Blocked['message']>> = {
  NOT_ON_SALE: { zh: '该商品当前不可购买', en: 'This product is not on sale now' },
  NOT_A_BUYER: { zh: '请使用客户账号购买', en: 'Sign in as a buyer to order' },
  NOT_IN_REGION: { zh: '该商品不在您所在的国家或地区销售', en: 'This product is not sold in your country or region' },
  REAL_NAME_REQUIRED: {
    zh: '您的账号实名认证级别不足，请先完成所需的认证',
    en: 'Your account needs a higher level of real-name authentication first',
  },
  NOT_TARGET_CUSTOMER: {
    zh: '该商品仅对指定客户销售，请联系商家授权',
    en: 'This product is sold to chosen customers only; contact the seller',
  },
  PURCHASE_LIMIT: { zh: '您已达到该商品的限购数量', en: 'You have reached the purchase limit of this product' },
  OUT_OF_STOCK: { zh: '库存不足', en: 'There are not enough pieces in stock' },
  TRIAL_USED: { zh: '您已试用过该规格', en: 'You have had a trial of this specification' },
  VOUCHER_NOT_USABLE: { zh: '该代金券不适用于本次购买', en: 'This voucher is not for this purchase' },
  VOUCHER_USED: { zh: '该代金券已使用', en: 'This voucher was used' },
  OFFER_NOT_USABLE: { zh: '该专属优惠不适用于本次购买', en: 'This offer is not for this purchase' },
};
const TRIAL_CLOSED: Blocked['message'] = {
  zh: '该试用仅对指定客户开放，请联系商家',
  en: 'This trial is for chosen customers; contact the seller',
};

export const blocked = (code: string): Blocked => ({ code, message: WORDS[code] ?? { zh: code, en: code } });

export function blockedBy(refusal: Refusal | null): Blocked | null {
  if (!refusal) return null;
  const { code, facts } = refusal;
  if (code === 'VOUCHER_NOT_USABLE' && facts?.minimumSpend !== undefined)
    return {
      code,
      message: { zh: `满 ${facts.minimumSpend} 可用`, en: `Usable from a spend of ${facts.minimumSpend}` },
    };
  return blocked(code);
}

/** A trial that is not for this buyer has words of its own. */
export const trialBlockedBy = (refusal: Refusal | null): Blocked | null =>
  refusal?.code === 'NOT_TARGET_CUSTOMER' ? { code: refusal.code, message: TRIAL_CLOSED } : blockedBy(refusal);
