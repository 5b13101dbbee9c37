/** Each rule of a draft, one by one: a good draft of each type breaks none; each spoiled member breaks its own rule. */
import { describe, expect, it } from 'vitest';
import { ACCESS_TYPES, LICENSE_VARIANTS } from '../access-types.ts';
import type { Draft, DraftContent, DraftSpecification } from './draft.ts';
import { draftFaults, mayBeSubmitted } from './draft-faults.ts';
import type { DraftFacts, DraftFault } from './faults.ts';
import { ASSET, file, goodDraft, goodFacts, releasedAs } from './good-draft.test-support.ts';

const TYPES = ACCESS_TYPES.flatMap((type) =>
  type === 'LICENSE' ? LICENSE_VARIANTS.map((variant) => ({ type, variant })) : [{ type, variant: undefined }],
);
const real = (faults: readonly DraftFault[]) => faults.filter(({ severity }) => severity === 'FAULT');

it.each(TYPES)('a good draft of $type $variant may be submitted, and its change too', ({ type, variant }) => {
  const draft = goodDraft(type, variant ? { variant } : {});
  const facts = goodFacts(type, draft);
  expect(real(draftFaults(draft, facts))).toEqual([]);
  expect(real(draftFaults(draft, releasedAs(draft, facts)))).toEqual([]);
});

type Spoil = (content: DraftContent) => void;
type Around = (facts: DraftFacts) => DraftFacts;
const same: Around = (facts) => facts;
const spec = (content: DraftContent): DraftSpecification => {
  const [first] = content.specifications;
  if (!first) throw new Error('a good draft has a specification');
  return first;
};
const price = (content: DraftContent) => {
  const item = spec(content).skus[0]?.prices[0];
  if (!item) throw new Error('a good draft has a price');
  return item;
};
const attribute = (code: string, value: string) => ({
  code,
  name: { zh: `属性${code}`, en: `Attribute ${code}` },
  value: { zh: value, en: value },
});
const skus = (content: DraftContent, all: { code: string; value: string }[][]) => {
  const [sku] = spec(content).skus;
  if (!sku) throw new Error('a good draft has a SKU');
  spec(content).skus = all.map((values, place) => ({
    ...sku,
    skuCode: `00000000-0000-4000-9000-${String(place).padStart(12, '0')}`,
    attributes: values.map(({ code, value }) => attribute(code, value)),
    prices: sku.prices.map((item, index) => ({
      ...item,
      priceItemId: `OFFI${String(place * 10 + index).padStart(18, '0')}`,
    })),
  }));
};
const brackets = (content: DraftContent, all: [number | null, number | null, string][]) => {
  price(content).mode = 'TIER';
  price(content).brackets = all.map(([from, to, unitPrice]) => ({ from, to, unitPrice }));
};
const TYPE_OF = {
  saas: 'SAAS',
  image: 'IMAGE',
  license: 'LICENSE',
  service: 'SERVICE',
  hardware: 'HARDWARE',
  api: 'API',
} as const;
type Type = keyof typeof TYPE_OF;

/** rule, what is spoiled, where the fault is told, how */
const ROWS: [string, string, Type, RegExp, Spoil, Around?][] = [
  [
    '12.1',
    'a name with a price',
    'saas',
    /^name\.zh/,
    (c) => {
      c.name.zh = '样品 99元';
    },
  ],
  [
    '12.1',
    'a name with a version',
    'saas',
    /^name\.en/,
    (c) => {
      c.name.en = 'Sample V2.0';
    },
  ],
  [
    '12.1',
    'a name with a phone number',
    'saas',
    /^name\.zh/,
    (c) => {
      c.name.zh = '样品 400-123-4567';
    },
  ],
  [
    '12.1',
    'a name that borrows the platform’s',
    'saas',
    /^name\.en/,
    (c) => {
      c.name.en = 'Huawei Cloud Sample';
    },
  ],
  [
    '12.1',
    'an HCS product under another name',
    'saas',
    /^name\.en/,
    (c) => {
      c.name.en = 'Sample for HCS';
    },
  ],
  [
    '12.1',
    'no name',
    'saas',
    /^name\.zh/,
    (c) => {
      c.name.zh = ' ';
    },
  ],
  [
    '12.1',
    'a version of another form',
    'saas',
    /^version/,
    (c) => {
      c.version = '2.0';
    },
  ],
  [
    '12.1',
    'no logo',
    'saas',
    /^logo/,
    (c) => {
      c.logo = null;
    },
  ],
  [
    '12.1',
    'a logo that is no picture',
    'saas',
    /^logo/,
    (c) => {
      c.logo = file('logo.pdf');
    },
  ],
  [
    '12.1',
    'a logo that is too large',
    'saas',
    /^logo/,
    (c) => {
      c.logo = file('logo.png', 6_000_000);
    },
  ],
  [
    '12.1',
    'six pictures',
    'saas',
    /^pictures/,
    (c) => {
      c.pictures = [1, 2, 3, 4, 5, 6].map((n) => file('p.png', 10, String(n)));
    },
  ],
  [
    '12.1',
    'no overview',
    'saas',
    /^summary/,
    (c) => {
      c.summary.en = '';
    },
  ],
  [
    '12.1',
    'a description below 400 characters without pictures',
    'saas',
    /^description\.zh/,
    (c) => {
      c.description.zh = '短';
    },
  ],
  [
    '12.1',
    'no highlights',
    'saas',
    /^highlights/,
    (c) => {
      c.highlights = [];
    },
  ],
  [
    '12.1',
    'no customer cases',
    'saas',
    /^customerCases/,
    (c) => {
      c.customerCases = [];
    },
  ],
  [
    '12.1',
    'no category',
    'saas',
    /^categoryId/,
    (c) => {
      c.categoryId = '';
    },
  ],
  [
    '12.1',
    'no tags',
    'saas',
    /^tags/,
    (c) => {
      c.tags = [];
    },
  ],
  [
    '12.1',
    'a certification tag without proof',
    'saas',
    /^tags/,
    (c) => {
      c.tags = ['鲲鹏认证'];
      c.certificates = [];
    },
  ],
  [
    '12.1',
    'no search keywords',
    'saas',
    /^keywords/,
    (c) => {
      c.keywords = [];
    },
  ],
  [
    '12.1',
    'no user guide',
    'saas',
    /^usageGuide/,
    (c) => {
      c.usageGuide.zh = '';
    },
  ],
  [
    '12.1',
    'no agreement',
    'saas',
    /^agreement/,
    (c) => {
      c.agreement.en = '';
    },
  ],
  [
    '12.1',
    'hours of support without a zone',
    'saas',
    /^support\.hours\.zh/,
    (c) => {
      c.support.hours.zh = '周一至周五 9:00–18:00';
    },
  ],
  [
    '12.1',
    'support of less than eight hours',
    'saas',
    /^support\.hours\.en/,
    (c) => {
      c.support.hours.en = 'Mon–Fri 9:00–12:00 (Beijing time)';
    },
  ],
  [
    '12.1',
    'support without a hotline',
    'saas',
    /^support\.phone/,
    (c) => {
      c.support.phone = '';
    },
  ],
  [
    '12.1',
    'support without a mail address',
    'saas',
    /^support\.email/,
    (c) => {
      c.support.email = 'nobody';
    },
  ],
  [
    '12.1',
    'no copyright certificate',
    'saas',
    /^certificates/,
    (c) => {
      c.certificates = [];
    },
  ],
  [
    '12.1',
    'personal data that is not masked',
    'saas',
    /^description/,
    (c) => {
      c.description.zh += '联系人 13912345678';
    },
  ],
  [
    'B-16',
    'a superlative of the advertising law',
    'saas',
    /^description\.zh/,
    (c) => {
      c.description.zh += '行业第一';
    },
  ],
  [
    'B-16',
    'a superlative in English, as a keyword',
    'saas',
    /^keywords\.0/,
    (c) => {
      c.keywords = ["the world's best"];
    },
  ],
  [
    'S-32',
    'a specification’s name of 51 characters',
    'saas',
    /^specifications\.0\.name\.en/,
    (c) => {
      spec(c).name.en = 'x y'.repeat(17);
    },
  ],
  [
    'S-32',
    'a meaningless specification’s name',
    'saas',
    /^specifications\.0\.name\.zh/,
    (c) => {
      spec(c).name.zh = '111';
    },
  ],
  [
    'S-32',
    'a specification’s name with a phone number',
    'saas',
    /^specifications\.0\.name\.zh/,
    (c) => {
      spec(c).name.zh = '咨询 13912345678';
    },
  ],
  [
    'S-32',
    'a specification that borrows the platform’s name',
    'saas',
    /^specifications\.0\.name\.zh/,
    (c) => {
      spec(c).name.zh = '华为云专享';
    },
  ],
  [
    'C15',
    'two specifications of one name',
    'saas',
    /^specifications\.1\.name/,
    (c) => {
      const two = c.specifications[1];
      if (two) two.name = spec(c).name;
    },
  ],
  [
    'C7',
    'a preset attribute name',
    'saas',
    /skus\.0\.attributes\.0/,
    (c) => skus(c, [[{ code: 'os', value: 'linux' }]]),
  ],
  [
    'C8',
    'a sixth enumerated attribute',
    'saas',
    /skus\.0\.attributes/,
    (c) => skus(c, [['a', 'b', 'c', 'd', 'e', 'f'].map((code) => ({ code, value: 'v' }))]),
  ],
  [
    'C8',
    'SKUs with different attributes',
    'saas',
    /skus\.1\.attributes/,
    (c) => skus(c, [[{ code: 'a', value: '1' }], [{ code: 'b', value: '1' }]]),
  ],
  [
    'C9',
    'an eleventh value',
    'saas',
    /skus$/,
    (c) =>
      skus(
        c,
        Array.from({ length: 11 }, (_, n) => [{ code: 'a', value: String(n) }]),
      ),
  ],
  [
    'C9',
    '101 SKUs',
    'saas',
    /skus$/,
    (c) =>
      skus(
        c,
        Array.from({ length: 101 }, (_, n) => [
          { code: 'a', value: String(n % 10) },
          { code: 'b', value: String(n % 9) },
          { code: 'c', value: String(n % 8) },
        ]),
      ),
  ],
  [
    'C2',
    'two SKUs of one combination',
    'saas',
    /skus\.1$/,
    (c) => skus(c, [[{ code: 'a', value: '1' }], [{ code: 'a', value: '1' }]]),
  ],
  [
    'C10',
    'a quantity without its bounds',
    'saas',
    /linearAttribute/,
    (c) => {
      const q = spec(c).linearAttribute;
      if (q) q.step = null;
    },
  ],
  [
    'C13',
    'a minimum above the maximum',
    'saas',
    /linearAttribute\.maximum/,
    (c) => {
      const q = spec(c).linearAttribute;
      if (q) q.minimum = 1_000;
    },
  ],
  [
    'C13',
    'step 0',
    'saas',
    /linearAttribute\.step/,
    (c) => {
      const q = spec(c).linearAttribute;
      if (q) q.step = 0;
    },
  ],
  [
    'C13',
    'a maximum off the step',
    'saas',
    /linearAttribute\.maximum/,
    (c) => {
      const q = spec(c).linearAttribute;
      if (q) q.step = 7;
    },
  ],
  [
    'C14',
    'a quantity that the wire does not know',
    'saas',
    /linearAttribute\.code/,
    (c) => {
      const q = spec(c).linearAttribute;
      if (q) q.code = 'seats';
    },
  ],
  [
    'C16',
    'a gap between brackets',
    'saas',
    /brackets\.1\.from/,
    (c) =>
      brackets(c, [
        [0, 10, '1'],
        [20, null, '1'],
      ]),
  ],
  [
    'C16',
    'brackets that overlap',
    'saas',
    /brackets\.1\.from/,
    (c) =>
      brackets(c, [
        [0, 10, '1'],
        [5, null, '1'],
      ]),
  ],
  ['C16', 'brackets that end', 'saas', /brackets\.0\.to/, (c) => brackets(c, [[0, 10_000, '1']])],
  ['C16', 'a negative price', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '-1']])],
  [
    'C16',
    'a missing price of a SKU',
    'saas',
    /skus\.0\.prices/,
    (c) => {
      const [sku] = spec(c).skus;
      if (sku) sku.prices = [];
    },
  ],
  ['C16', 'an empty price', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '']])],
  ['C17', 'a list price with five decimals', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '1.00001']])],
  ['C17', 'a price that is no decimal', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '1,5']])],
  [
    'C1',
    'two prices of one period',
    'saas',
    /prices\.1/,
    (c) => {
      const [, year] = spec(c).skus[0]?.prices ?? [];
      if (year) year.periodType = 'month';
    },
  ],
  [
    'C21',
    'a period price without a period',
    'saas',
    /periodType/,
    (c) => {
      price(c).periodType = null;
    },
  ],
  [
    'C23',
    'another currency than the site’s',
    'saas',
    /currency/,
    (c) => {
      price(c).currency = 'USD';
    },
  ],
  [
    'C30',
    'pay-per-use without a billing cycle',
    'saas',
    /specifications\.2\.usage/,
    (c) => {
      const used = c.specifications[2];
      if (used) used.usage = null;
    },
  ],
  [
    'C30',
    'several pay-per-use prices without charge items',
    'api',
    /prices/,
    (c) => {
      const used = c.specifications.find(({ chargingMode }) => chargingMode === 'ON_DEMAND')?.skus[0];
      const [item] = used?.prices ?? [];
      if (used && item)
        used.prices = [
          item,
          {
            ...item,
            priceItemId: null,
            chargeItem: { code: 'in', name: { zh: '输入', en: 'in' }, unit: { zh: '个', en: 'each' } },
          },
        ];
    },
  ],
  [
    'C31',
    'a package for four years',
    'saas',
    /validity/,
    (c) => {
      const pack = c.specifications[3]?.package;
      if (pack) pack.validity = { type: 'year', number: 4 };
    },
  ],
  [
    'C31',
    'a package without quota',
    'saas',
    /quota/,
    (c) => {
      const pack = c.specifications[3]?.package;
      if (pack) pack.quota = '';
    },
  ],
  [
    'C33',
    'a trial of two days',
    'saas',
    /trial\.days/,
    (c) => {
      spec(c).trial = { days: 2, buyerIds: null, repeatable: false };
    },
  ],
  [
    'C33',
    'a trial of 181 days',
    'saas',
    /trial\.days/,
    (c) => {
      spec(c).trial = { days: 181, buyerIds: null, repeatable: false };
    },
  ],
  [
    'C33',
    'a trial of a one-time specification',
    'saas',
    /specifications\.1\.trial/,
    (c) => {
      const once = c.specifications[1];
      if (once) once.trial = { days: 7, buyerIds: null, repeatable: false };
    },
  ],
  [
    'C33',
    'a trial of a License',
    'license',
    /trial/,
    (c) => {
      spec(c).trial = { days: 7, buyerIds: null, repeatable: false };
    },
  ],
  [
    'C33',
    'a trial of a professional service',
    'service',
    /trial/,
    (c) => {
      spec(c).trial = { days: 7, buyerIds: null, repeatable: false };
    },
  ],
  [
    'C25',
    'changes of a License',
    'license',
    /changeable/,
    (c) => {
      spec(c).changeable = true;
    },
  ],
  ['L1', 'a type that the site does not sell', 'api', /^accessType/, () => {}, (f) => ({ ...f, site: 'EU' })],
  [
    'L1',
    'an address of a seller’s site for what is traded',
    'saas',
    /^consultingUrl/,
    (c) => {
      c.consultingUrl = 'https://a.example';
    },
  ],
  [
    'L2',
    'a License without its variant',
    'license',
    /^licenseVariant/,
    (c) => {
      c.licenseVariant = null;
    },
  ],
  [
    'L2',
    'a License that is not supervised',
    'license',
    /^supervised/,
    (c) => {
      c.supervised = false;
    },
  ],
  [
    'L2',
    'an image that is supervised',
    'image',
    /^supervised/,
    (c) => {
      c.supervised = true;
    },
  ],
  [
    'L3',
    'a License by use',
    'license',
    /chargingMode/,
    (c) => {
      spec(c).chargingMode = 'ON_DEMAND';
    },
  ],
  [
    'L26',
    'a per-vCPU image for nothing',
    'image',
    /unitPrice/,
    (c) => {
      spec(c).perVcpu = true;
      price(c).brackets = [{ from: 0, to: null, unitPrice: '0' }];
    },
  ],
  [
    'L26',
    'a free image with a price',
    'image',
    /unitPrice/,
    (c) => {
      spec(c).free = true;
    },
  ],
  [
    'L26',
    'a free image that is priced per vCPU',
    'image',
    /free/,
    (c) => {
      spec(c).free = true;
      spec(c).perVcpu = true;
    },
  ],
  [
    'L27',
    'an image whose guide names no ports',
    'image',
    /^usageGuide\.en/,
    (c) => {
      c.usageGuide.en = 'Log in.';
    },
  ],
  [
    'L23',
    'an image without an asset',
    'image',
    /assetId/,
    (c) => {
      spec(c).assetId = null;
    },
  ],
  ['L25', 'an asset that is not approved', 'image', /assetId/, () => {}, (f) => ({ ...f, assets: new Map() })],
  [
    'license-and-other-types.md 9',
    'an API group that another specification used',
    'api',
    /assetId/,
    () => {},
    (f) => ({ ...f, assets: new Map([[ASSET, { kind: 'API_GROUP' as const, usedBy: 'spec-other' }]]) }),
  ],
  [
    'L35',
    'a service without days of delivery',
    'service',
    /^deliveryDays/,
    (c) => {
      c.deliveryDays = null;
    },
  ],
  [
    'L35',
    'a service without its flow',
    'service',
    /^serviceFlow/,
    (c) => {
      c.serviceFlow = null;
    },
  ],
  [
    'L35',
    'person-days by the month',
    'service',
    /chargingMode/,
    (c) => {
      spec(c).chargingMode = 'PERIOD';
      price(c).periodType = 'month';
    },
  ],
  [
    'L36',
    'hardware without a quantity',
    'hardware',
    /linearAttribute/,
    (c) => {
      spec(c).linearAttribute = null;
    },
  ],
  [
    'C56',
    'S-34: a joint-operation License without its delivery template',
    'license',
    /^deliveryTemplate/,
    (c) => {
      c.class = 'JOINT';
    },
  ],
  [
    'C56',
    'C61: a self-service product without its delivery template',
    'service',
    /^deliveryTemplate/,
    (c) => {
      c.class = 'HUAWEI';
    },
  ],
  [
    'C60',
    'a delivery template that is a picture',
    'license',
    /^deliveryTemplate/,
    (c) => {
      c.deliveryTemplate = file('template.png');
    },
  ],
  [
    'C60',
    'a delivery template above 20 MB',
    'license',
    /^deliveryTemplate/,
    (c) => {
      c.deliveryTemplate = file('template.docx', 21_000_000);
    },
  ],
  [
    'C60',
    'C58: a delivery template that is not there',
    'license',
    /^deliveryTemplate/,
    (c) => {
      c.deliveryTemplate = file('template.docx');
    },
    (f) => ({ ...f, files: new Map() }),
  ],
  [
    'S-33',
    'a late opening without supervision',
    'saas',
    /^opening/,
    (c) => {
      c.opening = 'AT_DELIVERY';
    },
  ],
  ['8.1', 'a seller that is not admitted', 'saas', /^product/, () => {}, (f) => ({ ...f, sellerAdmitted: false })],
  ['8.1', 'an address that is not verified', 'saas', /^interface/, () => {}, (f) => ({ ...f, origins: new Map() })],
  [
    '8.1',
    'an address without a key',
    'saas',
    /^interface/,
    () => {},
    (f) => ({ ...f, origins: new Map([['https://seller.example.com', null]]) }),
  ],
  [
    '8.1',
    'a debugging case that is missing',
    'saas',
    /^interface/,
    () => {},
    (f) => ({ ...f, missingCases: [{ zh: 'newInstance', en: 'newInstance' }] }),
  ],
  [
    'O-35',
    'a fourth parameter asked of buyers',
    'saas',
    /^orderParameters/,
    (c) => {
      c.orderParameters = ['a', 'b', 'c', 'd'].map((name) => ({
        name,
        label: { zh: name, en: name },
        required: false,
      }));
    },
  ],
];

it.each(ROWS)('%s: %s is refused (%s)', (rule, _what, type, path, spoil, around = same) => {
  const draft: Draft = structuredClone(goodDraft(TYPE_OF[type]));
  const facts = around(goodFacts(TYPE_OF[type]));
  spoil(draft.content);
  const faults = draftFaults(draft, facts);
  const found = real(faults).filter((each) => each.rule === rule && path.test(each.path));
  expect([real(faults).map((each) => `${each.rule} ${each.path}`), found.length > 0]).toEqual([
    expect.anything(),
    true,
  ]);
  expect(mayBeSubmitted(faults)).toBe(false);
  for (const { message } of found) {
    expect(message.zh).toMatch(/\p{Script=Han}/u);
    // what it names may be Chinese
    expect(message.en.replaceAll(/“[^”]*”/g, '')).not.toMatch(/\p{Script=Han}/u);
  }
});

describe('a change of a released product', () => {
  const changed = (type: Type, spoil: Spoil, states: ReadonlyMap<string, 'ON_SALE' | 'STOPPED'> = new Map()) => {
    const draft = goodDraft(TYPE_OF[type]);
    const facts = releasedAs(draft, goodFacts(TYPE_OF[type]));
    const next = structuredClone(draft);
    spoil(next.content);
    return real(draftFaults(next, { ...facts, released: facts.released && { ...facts.released, states } })).map(
      ({ rule }) => rule,
    );
  };
  const SAAS = goodDraft('SAAS').content;
  const CHANGES: [string, string, Type, Spoil, string[]?][] = [
    [
      'C4',
      'a charging mode',
      'license',
      (c) => {
        spec(c).chargingMode = 'ONE_TIME';
      },
    ],
    [
      'C11',
      'a step',
      'saas',
      (c) => {
        const q = spec(c).linearAttribute;
        if (q) q.step = 2;
      },
    ],
    [
      'C36',
      'a specification that is deleted',
      'saas',
      (c) => {
        c.specifications.shift();
      },
    ],
    [
      'C36',
      'a SKU that is deleted',
      'saas',
      (c) => {
        const [sku] = spec(c).skus;
        if (sku) sku.skuCode = null;
      },
    ],
    [
      'C37',
      'supervision',
      'saas',
      (c) => {
        c.supervised = true;
      },
    ],
    [
      'C37',
      'the quantity attribute',
      'saas',
      (c) => {
        spec(c).linearAttribute = null;
      },
    ],
    [
      'C37',
      'a stopped specification',
      'saas',
      (c) => {
        spec(c).name.en = 'Renamed';
      },
      [SAAS.specifications[0]?.specificationId ?? ''],
    ],
    [
      'C37',
      'a stopped SKU',
      'saas',
      (c) => brackets(c, [[0, null, '5']]),
      [SAAS.specifications[0]?.skus[0]?.skuCode ?? ''],
    ],
    [
      'C36',
      'an addition when all is stopped',
      'saas',
      (c) => {
        c.specifications.push({ ...spec(c), specificationId: null, name: { zh: '又一个', en: 'One more' } });
      },
      SAAS.specifications.map(({ specificationId }) => specificationId ?? ''),
    ],
    [
      'C31',
      'the quota of a package',
      'saas',
      (c) => {
        const pack = c.specifications[3]?.package;
        if (pack) pack.quota = '1';
      },
    ],
    [
      'C31',
      'the price of a SaaS package',
      'saas',
      (c) => {
        const item = c.specifications[3]?.skus[0]?.prices[0];
        if (item) item.brackets = [{ from: 0, to: null, unitPrice: '1' }];
      },
    ],
    [
      'license-and-other-types.md 9',
      'the name of an API package',
      'api',
      (c) => {
        const pack = c.specifications.find((each) => each.package);
        if (pack) pack.name.en = 'Renamed';
      },
    ],
    [
      'L2',
      'C38: the access type',
      'saas',
      (c) => {
        c.accessType = 'SERVICE';
      },
    ],
  ];
  it.each(CHANGES)('%s: %s may not be changed (%s)', (rule, _what, type, spoil, stopped = []) => {
    expect(changed(type, spoil, new Map(stopped.map((id) => [id, 'STOPPED'])))).toContain(rule);
  });

  it('L26: a per-vCPU image stays so, a free one stays free', () => {
    const draft = structuredClone(goodDraft('IMAGE'));
    spec(draft.content).perVcpu = true;
    const facts = releasedAs(draft, goodFacts('IMAGE'));
    const next = structuredClone(draft);
    spec(next.content).perVcpu = false;
    expect(real(draftFaults(next, facts)).map(({ rule }) => rule)).toContain('L26');
  });

  it('C39, C36: a price, a new period and a new specification may come; the price of an API package too', () => {
    expect(changed('saas', (c) => brackets(c, [[0, null, '5']]))).toEqual([]);
    expect(
      changed('saas', (c) => {
        c.specifications.push({
          ...structuredClone(spec(c)),
          specificationId: null,
          name: { zh: '旗舰版', en: 'Flagship' },
        });
      }),
    ).toEqual([]);
    expect(
      changed('api', (c) => {
        const item = c.specifications.find((each) => each.package)?.skus[0]?.prices[0];
        if (item) item.brackets = [{ from: 0, to: null, unitPrice: '1' }];
      }),
    ).toEqual([]);
  });

  it('13.1: a stopped product is not edited', () => {
    const draft = goodDraft('SAAS');
    const facts = { ...releasedAs(draft, goodFacts('SAAS')), productState: 'STOPPED' as const };
    expect(real(draftFaults(draft, facts)).map(({ rule }) => rule)).toEqual(['C37']);
  });

  it('what was approved with a short description keeps it as a hint; once touched it is a fault', () => {
    const draft = structuredClone(goodDraft('SAAS'));
    draft.content.description.zh = '短';
    const facts = releasedAs(draft, goodFacts('SAAS'));
    const about = (text: string) => {
      const next = structuredClone(draft);
      next.content.description.zh = text;
      return draftFaults(next, facts).find(({ path }) => path === 'description.zh')?.severity;
    };
    expect([about('短'), about('也短')]).toEqual(['HINT', 'FAULT']);
  });
});

it('4.1: ten that cost more than eleven are hinted at, and allowed', () => {
  const draft = structuredClone(goodDraft('SAAS'));
  brackets(draft.content, [
    [0, 10, '100'],
    [10, null, '90'],
  ]);
  const faults = draftFaults(draft, goodFacts('SAAS'));
  expect(faults).toMatchObject([{ rule: '4.1 TIER', severity: 'HINT' }]);
});

it('C57: the reviewer of a self-service product is reminded to compare the template', () => {
  const draft = structuredClone(goodDraft('SERVICE'));
  draft.content.class = 'HUAWEI';
  draft.content.deliveryTemplate = file('template.docx', 100, '9');
  expect(draftFaults(draft, goodFacts('SERVICE'))).toMatchObject([{ rule: 'C57', severity: 'HINT' }]);
});
