/** Tags with a meaning (12.2): industries, and certifications, which a seller may carry only with a proof (12.1). Other tags are free words. */
import type { LocalizedText } from '../definition.ts';

export interface KnownTag {
  readonly tag: string;
  readonly name: LocalizedText;
}
const known = (tag: string, zh: string, en: string): KnownTag => ({ tag, name: { zh, en } });

export const INDUSTRIES: readonly KnownTag[] = [
  known('industry-manufacturing', '工业制造', 'Manufacturing'),
  known('industry-retail', '零售与电商', 'Retail and e-commerce'),
  known('industry-finance', '金融保险', 'Banking and insurance'),
  known('industry-health', '医疗健康', 'Health care'),
  known('industry-education', '教育科研', 'Education and research'),
  known('industry-government', '政务', 'Government'),
  known('industry-logistics', '交通物流', 'Transport and logistics'),
  known('industry-energy', '能源电力', 'Energy'),
  known('industry-property', '建筑地产', 'Building and property'),
  known('industry-media', '文化传媒', 'Culture and media'),
  known('industry-internet', '互联网', 'Internet'),
];

export const CERTIFICATIONS: readonly KnownTag[] = [
  known('cert-mlps', '等保合规', 'Classified protection'),
  known('cert-iso27001', 'ISO 27001', 'ISO 27001'),
  known('cert-kunpeng', '鲲鹏兼容认证', 'Kunpeng compatible'),
  known('cert-ascend', '昇腾兼容认证', 'Ascend compatible'),
  known('cert-opengauss', 'openGauss 兼容认证', 'openGauss compatible'),
  known('cert-xinchuang', '信创适配', 'Domestic IT stack'),
];

const names = new Map([...INDUSTRIES, ...CERTIFICATIONS].map(({ tag, name }) => [tag, name]));

/** What people read for a tag: a free word stands for itself. */
export const tagName = (tag: string): LocalizedText => names.get(tag) ?? { zh: tag, en: tag };
export const isCertification = (tag: string): boolean => CERTIFICATIONS.some((each) => each.tag === tag);
export const isIndustry = (tag: string): boolean => INDUSTRIES.some((each) => each.tag === tag);
