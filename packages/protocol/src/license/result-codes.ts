import { RESULT_CODES, type ResultCodes } from '../saas-v2/result-codes.ts';

/**
 * Result codes of a License seller (`license-and-other-types.md` 5, 10): those that all interfaces have in common, and four for
 * the application for a licence. 000100 also says that no licence is left.
 */
export const LICENSE_RESULT_CODES: ResultCodes = {
  ...RESULT_CODES,
  '000003': { meaning: { zh: '授权码或实例不存在', en: 'code or instance does not exist' } },
  '000900': { meaning: { zh: '当前订单的 License 额度已用完', en: 'quota of the current order used up' } },
  '000901': {
    meaning: { zh: '申请的起止时间超出订单有效期', en: 'requested dates outside the validity of the order' },
  },
  '000902': {
    meaning: { zh: '包周期 License 缺少 expireTime', en: 'a yearly or monthly licence needs expireTime' },
  },
  '000903': { meaning: { zh: '缺少设备指纹 deviceFingerprint', en: 'deviceFingerprint is required' } },
};
