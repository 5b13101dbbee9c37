/** A draft of each access type that breaks no rule, and the facts beside it. */
import { seededRandom } from '../../platform/random.ts';
import { SITES, type Site } from '../../platform/site.ts';
import { type SampleOptions, sampleProduct } from '../../testing/products.ts';
import { type AccessType, accessRules } from '../access-types.ts';
import { type FileRef, productContent } from '../definition.ts';
import { draftOf } from './content.ts';
import type { Draft } from './draft.ts';
import type { DraftFacts } from './faults.ts';

export const file = (name: string, size = 1_000, id = '1'): FileRef => ({
  fileId: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
  name,
  size,
  sha256: 'a'.repeat(64),
  mediaType: 'application/octet-stream',
});

export const ASSET = '00000000-0000-4000-8000-00000000a55e';

/** @param options as of `sampleProduct`; the asset is {@link ASSET} */
export function goodDraft(type: AccessType, options: SampleOptions = {}): Draft {
  const modes = type === 'SERVICE' ? { modes: ['ONE_TIME' as const] } : {};
  const sample = sampleProduct(type, seededRandom(type), { assetId: ASSET, ...modes, ...options });
  const content = draftOf(productContent.parse(sample));
  const { currency } = SITES[siteOf(content)];
  for (const item of content.specifications.flatMap(({ skus }) => skus.flatMap(({ prices }) => prices)))
    item.currency = currency;
  const [protocol = 'none'] = accessRules(content.accessType, content.licenseVariant).protocols;
  return {
    content: {
      ...content,
      usageGuide: {
        zh: '登录控制台后使用，开放端口为 22 和 443。',
        en: 'Log in to the console; the open ports are 22 and 443.',
      },
      logo: file('logo.png', 5_000, '2'),
      certificates: [file('copyright.pdf', 5_000, '3')],
      serviceFlow: type === 'SERVICE' ? file('flow.docx', 5_000, '4') : null,
      categoryId: 'office',
      tags: ['办公'],
      keywords: ['样品'],
      customerCases: [{ zh: '某学校使用样品管理课程。', en: 'A school keeps its courses with it.' }],
    },
    interface: { protocol, productionUrl: protocol === 'none' ? '' : 'https://seller.example.com/produce' },
  };
}

/** the first that sells the type */
function siteOf({ accessType, licenseVariant }: Draft['content']): Site {
  const [site = 'CN'] = accessRules(accessType, licenseVariant).sites;
  return site;
}

export function goodFacts(type: AccessType, draft: Draft = goodDraft(type)): DraftFacts {
  const { asset } = accessRules(draft.content.accessType, draft.content.licenseVariant);
  return {
    site: siteOf(draft.content),
    productState: 'DRAFT',
    released: null,
    sellerAdmitted: true,
    sellsHardware: true,
    files: null,
    assets: new Map(asset ? [[ASSET, { kind: asset, usedBy: null }]] : []),
    origins: new Map([['https://seller.example.com', 'key-1']]),
    missingCases: [],
  };
}

/** The facts of a change of what this draft became. */
export function releasedAs(draft: Draft, facts: DraftFacts): DraftFacts {
  return {
    ...facts,
    productState: 'ON_SALE',
    released: { content: productContent.parse(draft.content), states: new Map() },
  };
}
