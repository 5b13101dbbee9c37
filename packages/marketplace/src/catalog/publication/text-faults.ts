/** Content rules of the page (catalogue.md 12.1, S-32, B-16): names, texts, support. Pure. */
import type { DraftContent } from './draft.ts';
import { type DraftFault, fault, hint } from './faults.ts';
import {
  forbiddenWords,
  holdsPersonalData,
  holdsPhone,
  holdsPrice,
  holdsVersion,
  hostsIn,
  isMeaningless,
  platformName,
} from './words.ts';

const MOST_NAME = 64;
const MOST_SUMMARY = 200;
const MOST_SPECIFICATION_NAME = 50;
const LEAST_DESCRIPTION = 400;
const LANGUAGES = ['zh', 'en'] as const;

export function textFaults(content: DraftContent): DraftFault[] {
  return [
    ...nameFaults(content),
    ...versionFaults(content.version),
    ...presenceFaults(content),
    ...descriptionFaults(content),
    ...guideFaults(content),
    ...supportFaults(content.support),
    ...content.specifications.flatMap(({ name }, place) => specificationName(name, `specifications.${place}.name`)),
    ...wordFaults(content),
  ];
}

function nameFaults({ name }: DraftContent): DraftFault[] {
  return LANGUAGES.flatMap((language) => {
    const [path, text] = [`name.${language}`, name[language].trim()];
    const faults: DraftFault[] = [];
    if (text === '') return [fault(path, '12.1', '请填写商品名称', 'Give the product a name')];
    if (text.length > MOST_NAME)
      faults.push(
        fault(path, '12.1', `商品名称最多 ${MOST_NAME} 个字符`, `A name has at most ${MOST_NAME} characters`),
      );
    if (holdsPrice(text)) faults.push(fault(path, '12.1', '商品名称不能包含价格', 'A name states no price'));
    if (holdsVersion(text))
      faults.push(fault(path, '12.1', '商品名称不能包含版本号', 'A name states no version; it has its own field'));
    if (holdsPhone(text)) faults.push(fault(path, '12.1', '商品名称不能包含电话号码', 'A name holds no phone number'));
    const borrowed = platformName(text);
    if (borrowed !== null)
      faults.push(fault(path, '12.1', `商品名称不能使用“${borrowed}”`, `A name does not borrow “${borrowed}”`));
    if (/HCS/i.test(text) && !/\S \(HCS Version\)$/.test(text) && !/\S（HCS版）$/.test(text))
      faults.push(
        fault(path, '12.1', 'HCS 商品的名称形如“XXX (HCS Version)”', 'An HCS product is named “XXX (HCS Version)”'),
      );
    return faults;
  });
}

function versionFaults(version: string): DraftFault[] {
  if (/^V\d{1,3}(\.\d{1,3}){1,2}$/.test(version)) return [];
  return [fault('version', '12.1', '版本号形如 V1.0、V2.0', 'A version has the form V1.0, V2.0')];
}

function presenceFaults(content: DraftContent): DraftFault[] {
  const faults: DraftFault[] = [];
  const needed = (path: string, text: string, zh: string, en: string) => {
    if (text.trim() === '') faults.push(fault(path, '12.1', `请填写${zh}`, `${en} is missing`));
  };
  for (const language of LANGUAGES) {
    needed(`summary.${language}`, content.summary[language], '简介', 'The overview');
    if (content.summary[language].length > MOST_SUMMARY)
      faults.push(
        fault(
          `summary.${language}`,
          '12.1',
          `简介最多 ${MOST_SUMMARY} 个字符`,
          `An overview has at most ${MOST_SUMMARY} characters`,
        ),
      );
    needed(`usageGuide.${language}`, content.usageGuide[language], '使用指南', 'The user guide');
    needed(`agreement.${language}`, content.agreement[language], '商品协议（EULA）', 'The agreement (EULA)');
    for (const [place, text] of content.highlights.entries())
      needed(`highlights.${place}.${language}`, text[language], '商品亮点', 'The highlight');
    for (const [place, text] of content.customerCases.entries())
      needed(`customerCases.${place}.${language}`, text[language], '客户案例', 'The customer case');
  }
  needed('categoryId', content.categoryId, '类目', 'The category');
  const lists = [
    ['highlights', content.highlights.length, 10, '商品亮点', 'highlights'],
    ['customerCases', content.customerCases.length, 10, '客户案例', 'customer cases'],
    ['tags', content.tags.length, 10, '标签', 'tags'],
    ['keywords', content.keywords.length, 10, '搜索关键词', 'search keywords'],
  ] as const;
  for (const [path, count, most, zh, en] of lists)
    if (count < 1 || count > most)
      faults.push(fault(path, '12.1', `${zh}需填写 1 至 ${most} 项`, `Give 1 to ${most} ${en}`));
  if (content.tags.some((tag) => /认证|certified|certification/i.test(tag)) && content.certificates.length === 0)
    faults.push(
      fault('tags', '12.1', '认证类标签需要上传证明', 'A certification tag needs its proof among the certificates'),
    );
  return faults;
}

function descriptionFaults({ description, pictures }: DraftContent): DraftFault[] {
  return LANGUAGES.flatMap((language) => {
    const [path, { length }] = [`description.${language}`, description[language].trim()];
    if (length === 0) return [fault(path, '12.1', '请填写商品说明', 'The description is missing')];
    if (pictures.length > 0 || length >= LEAST_DESCRIPTION) return [];
    return [
      fault(
        path,
        '12.1',
        `没有图片时，商品说明至少 ${LEAST_DESCRIPTION} 个字符，现有 ${length} 个`,
        `Without pictures a description has at least ${LEAST_DESCRIPTION} characters; this one has ${length}`,
      ),
    ];
  });
}

function guideFaults({ accessType, usageGuide }: DraftContent): DraftFault[] {
  return LANGUAGES.flatMap((language) => {
    const [path, text] = [`usageGuide.${language}`, usageGuide[language]];
    const faults: DraftFault[] = [];
    if (accessType === 'IMAGE' && text.trim() !== '' && !/端口|\bports?\b/i.test(text))
      faults.push(
        fault(path, 'L27', '镜像商品的使用指南须说明开放的端口', 'The guide of an image names the open ports'),
      );
    if (accessType === 'IMAGE' && text.trim() !== '' && !/登录|\b(log|sign)[- ]?(in|on)\b/i.test(text))
      faults.push(fault(path, 'L27', '镜像商品的使用指南须说明登录方式', 'The guide of an image says how to log in'));
    const [foreign] = hostsIn(text);
    if (foreign !== undefined)
      faults.push(
        hint(
          path,
          '12.1',
          `使用指南中有外部地址 ${foreign}，审核时会确认是否必要`,
          `The guide leads to ${foreign}; the reviewer looks whether that is needed`,
        ),
      );
    return faults;
  });
}

const ZONE = /时间|时区|UTC|GMT|\btime\b|[A-Z]{2,4}T\b/i;
const RANGE = /(\d{1,2})[:：](\d{2})\s*(?:[-–—~～至到]|to)\s*(\d{1,2})[:：](\d{2})/;
const LEAST_MINUTES = 8 * 60;

function supportFaults({ hours, phone, email }: DraftContent['support']): DraftFault[] {
  const faults = LANGUAGES.flatMap((language) => {
    const [path, text] = [`support.hours.${language}`, hours[language]];
    if (text.trim() === '') return [fault(path, '12.1', '请填写服务时间', 'The hours of support are missing')];
    const found: DraftFault[] = [];
    if (!ZONE.test(text))
      found.push(
        fault(
          path,
          '12.1',
          '服务时间须写明时区，例如“北京时间”',
          'Hours of support name their zone, e.g. “Beijing time”',
        ),
      );
    const range = RANGE.exec(text)?.slice(1).map(Number);
    if (range) {
      const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = range;
      const minutes = (toHour * 60 + toMinute - fromHour * 60 - fromMinute + 1_440) % 1_440;
      if (minutes !== 0 && minutes < LEAST_MINUTES)
        found.push(fault(path, '12.1', '服务时间至少为 5×8 小时', 'Support is there at least 8 hours on 5 days'));
    }
    return found;
  });
  if (!/\d{5,}/.test(phone.replaceAll(/[^\d]/g, '')))
    faults.push(fault('support.phone', '12.1', '请填写服务热线', 'The hotline is missing'));
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    faults.push(
      fault('support.email', '12.1', '请填写有效的服务邮箱', 'The mail address of the support is missing or wrong'),
    );
  return faults;
}

function specificationName(name: { zh: string; en: string }, path: string): DraftFault[] {
  return LANGUAGES.flatMap((language) => {
    const [at, text] = [`${path}.${language}`, name[language].trim()];
    if (text === '') return [fault(at, 'S-32', '请填写规格名称', 'The specification has no name')];
    const faults: DraftFault[] = [];
    if (text.length > MOST_SPECIFICATION_NAME)
      faults.push(fault(at, 'S-32', '规格名称最多 50 个字符', 'The name of a specification has at most 50 characters'));
    if (holdsPhone(text)) faults.push(fault(at, 'S-32', '规格名称不能包含电话号码', 'The name holds no phone number'));
    const borrowed = platformName(text);
    if (borrowed !== null)
      faults.push(fault(at, 'S-32', `规格名称不能使用“${borrowed}”`, `The name does not borrow “${borrowed}”`));
    if (isMeaningless(text))
      faults.push(
        fault(at, 'S-32', '规格名称没有含义，请写明规格的内容', 'The name says nothing; say what the specification is'),
      );
    return faults;
  });
}

/** Forbidden words and personal data, wherever buyers read. */
function wordFaults(content: DraftContent): DraftFault[] {
  const { name, summary, description, highlights, customerCases, usageGuide, tags, keywords, specifications } = content;
  const texts: [string, string][] = [
    ...Object.entries({ name, summary, description, usageGuide }).flatMap(([path, text]) => both(path, text)),
    ...highlights.flatMap((text, place) => both(`highlights.${place}`, text)),
    ...customerCases.flatMap((text, place) => both(`customerCases.${place}`, text)),
    ...specifications.flatMap((each, place) => both(`specifications.${place}.name`, each.name)),
    ...tags.map((text, place): [string, string] => [`tags.${place}`, text]),
    ...keywords.map((text, place): [string, string] => [`keywords.${place}`, text]),
  ];
  return texts.flatMap(([path, text]) => [
    ...forbiddenWords(text).map((word) =>
      fault(path, 'B-16', `不能使用“${word}”（广告法禁用词）`, `“${word}” may not be used (advertising law)`),
    ),
    ...(holdsPersonalData(text)
      ? [
          fault(
            path,
            '12.1',
            '个人信息（手机号、身份证号）须脱敏',
            'Personal data (mobile, identity card) must be masked',
          ),
        ]
      : []),
  ]);
}
const both = (path: string, text: { zh: string; en: string }): [string, string][] =>
  LANGUAGES.map((language) => [`${path}.${language}`, text[language]]);
