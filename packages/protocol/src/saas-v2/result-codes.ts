import type { Words } from '../diagnosis/diagnosis.ts';

/** A table of result codes with their meanings. */
export type ResultCodes = Readonly<Record<string, { readonly meaning: Words }>>;

/** Result codes of a seller's answers (`saas-v2.md` 8). A code that is not here counts as a failure. */
export const RESULT_CODES: ResultCodes = {
  '000000': { meaning: { zh: '成功', en: 'success' } },
  '000001': { meaning: { zh: '鉴权失败', en: 'authentication failed' } },
  '000002': { meaning: { zh: '请求参数不合法', en: 'illegal request parameter' } },
  '000003': { meaning: { zh: '实例ID不存在', en: 'instance ID does not exist' } },
  '000004': { meaning: { zh: '请求处理中', en: 'request being processed' } },
  '000005': { meaning: { zh: '其它内部错误', en: 'other internal error' } },
  '000100': { meaning: { zh: '无可用实例资源', en: 'no instance resource available' } },
  '000101': { meaning: { zh: '手机号为空或已被使用', en: 'mobile number empty or already used' } },
  '000102': { meaning: { zh: '邮箱为空或已被使用', en: 'e-mail empty or already used' } },
  '000103': { meaning: { zh: '商品不支持重复购买', en: 'product cannot be bought twice' } },
  '000104': { meaning: { zh: '商品内部服务错误', en: 'internal service error of the product' } },
  '000105': { meaning: { zh: '账号已开通该权益，不能重复开通', en: 'account already has the benefit' } },
  '000106': { meaning: { zh: '商品资源已售罄', en: 'product resources sold out' } },
  '000107': { meaning: { zh: 'SaaS邮箱域名已存在', en: 'SaaS e-mail domain already exists' } },
};
