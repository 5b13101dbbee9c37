import { useTranslation } from 'react-i18next';

/** Names of a version's members for people, by the path without places. */
const members = [
  'name',
  'accessType',
  'licenseVariant',
  'support',
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
  'shareMode',
  'floorDiscount',
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
type Underscored<T extends string> = T extends `${infer Head}.${infer Tail}` ? `${Head}_${Underscored<Tail>}` : T;
type Key = Underscored<Member>;

/** The member in words, with its language where it is one of two; a member without name by its path. */
export function useMemberName(): (member: string) => string {
  const { t } = useTranslation();
  return (path) => {
    const [, base = path, language] = /^(.*?)(?:\.(zh|en))?$/.exec(path) ?? [];
    const key = base.replaceAll('.', '_');
    const word = isKey(key) ? t(`publication.member.${key}`) : base;
    if (language !== 'zh' && language !== 'en') return word;
    return `${word} (${t(`publication.language.${language}`)})`;
  };
}

function isKey(key: string): key is Key {
  return members.some((member) => member.replaceAll('.', '_') === key);
}
