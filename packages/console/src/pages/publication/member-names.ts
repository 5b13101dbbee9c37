import { useTranslation } from 'react-i18next';

/** Names of a version's members for people, by the path without places. */
const members = [
  'name',
  'summary',
  'description',
  'highlights',
  'usageGuide',
  'support.hours',
  'support.phone',
  'support.email',
  'agreement',
  'class',
  'supervised',
  'opening',
  'deliveryDays',
  'deliveryTemplate',
  'serviceFlow',
  'version',
  'logo',
  'pictures',
  'video',
  'certificates',
  'categoryId',
  'tags',
  'keywords',
  'customerCases',
  'taxType',
  'sellerShare',
  'passSubUser',
  'realName',
  'consultingUrl',
  'orderParameters',
  'privateMembers',
  'encryptType',
  'interface.protocol',
  'interface.productionUrl',
  'specifications',
  'specifications.name',
  'specifications.chargingMode',
  'specifications.linearAttribute',
  'specifications.linearAttribute.minimum',
  'specifications.linearAttribute.maximum',
  'specifications.linearAttribute.step',
  'specifications.linearAttribute.name',
  'specifications.linearAttribute.unit',
  'specifications.trial',
  'specifications.trial.days',
  'specifications.changeable',
  'specifications.package',
  'specifications.usage',
  'specifications.perVcpu',
  'specifications.free',
  'specifications.assetId',
  'specifications.skus',
  'specifications.skus.attributes',
  'specifications.skus.attributes.value',
  'specifications.skus.prices',
  'specifications.skus.prices.mode',
  'specifications.skus.prices.brackets',
  'specifications.skus.prices.brackets.to',
  'specifications.skus.prices.brackets.from',
  'specifications.skus.prices.brackets.unitPrice',
  'specifications.skus.prices.chargeItem',
] as const;
type Member = (typeof members)[number];

const keyOf = (member: Member) => member.replaceAll('.', '_');

/** The member in words, with its language where it is one of two; a member without name by its path. */
export function useMemberName(): (member: string) => string {
  const { t, i18n } = useTranslation();
  return (path) => {
    const [, base = path, language] = /^(.*?)(?:\.(zh|en))?$/.exec(path) ?? [];
    const member = members.find((one) => one === base);
    const key = member === undefined ? null : `publication.member.${keyOf(member)}`;
    const word = key !== null && i18n.exists(key) ? String(i18n.t(key)) : base;
    if (language !== 'zh' && language !== 'en') return word;
    return `${word} (${t(`publication.language.${language}`)})`;
  };
}
