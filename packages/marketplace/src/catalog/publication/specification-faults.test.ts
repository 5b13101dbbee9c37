/** Specifications, SKUs and prices (catalogue.md 2–4, rows of 13.1 that concern publication), rule by rule. */
import { ASSET } from './good-draft.test-support.ts';
import { brackets, price, refused, refusedAround, skus, spec } from './spoiling.test-support.ts';

refused('C15', 'two specifications of one name', 'saas', /^specifications\.1\.name/, (c) => {
  const two = c.specifications[1];
  if (two) two.name = spec(c).name;
});
refused('C7', 'a preset attribute name', 'saas', /skus\.0\.attributes\.0/, (c) =>
  skus(c, [[{ code: 'os', value: 'linux' }]]),
);
refused('C8', 'a sixth enumerated attribute', 'saas', /skus\.0\.attributes/, (c) =>
  skus(c, [['a', 'b', 'c', 'd', 'e', 'f'].map((code) => ({ code, value: 'v' }))]),
);
refused('C8', 'SKUs with different attributes', 'saas', /skus\.1\.attributes/, (c) =>
  skus(c, [[{ code: 'a', value: '1' }], [{ code: 'b', value: '1' }]]),
);
refused('C9', 'an eleventh value', 'saas', /skus$/, (c) =>
  skus(
    c,
    Array.from({ length: 11 }, (_, n) => [{ code: 'a', value: String(n) }]),
  ),
);
refused('C9', '101 SKUs', 'saas', /skus$/, (c) =>
  skus(
    c,
    Array.from({ length: 101 }, (_, n) => [
      { code: 'a', value: String(n % 10) },
      { code: 'b', value: String(n % 9) },
      { code: 'c', value: String(n % 8) },
    ]),
  ),
);
refused('C2', 'two SKUs of one combination', 'saas', /skus\.1$/, (c) =>
  skus(c, [[{ code: 'a', value: '1' }], [{ code: 'a', value: '1' }]]),
);
refused('C10', 'a quantity without its bounds', 'saas', /linearAttribute/, (c) => {
  const q = spec(c).linearAttribute;
  if (q) q.step = null;
});
refused('C13', 'a minimum above the maximum', 'saas', /linearAttribute\.maximum/, (c) => {
  const q = spec(c).linearAttribute;
  if (q) q.minimum = 1_000;
});
refused('C13', 'step 0', 'saas', /linearAttribute\.step/, (c) => {
  const q = spec(c).linearAttribute;
  if (q) q.step = 0;
});
refused('C13', 'a maximum off the step', 'saas', /linearAttribute\.maximum/, (c) => {
  const q = spec(c).linearAttribute;
  if (q) q.step = 7;
});
refused('C14', 'a quantity that the wire does not know', 'saas', /linearAttribute\.code/, (c) => {
  const q = spec(c).linearAttribute;
  if (q) q.code = 'seats';
});
refused('C16', 'a gap between brackets', 'saas', /brackets\.1\.from/, (c) =>
  brackets(c, [
    [0, 10, '1'],
    [20, null, '1'],
  ]),
);
refused('C16', 'brackets that overlap', 'saas', /brackets\.1\.from/, (c) =>
  brackets(c, [
    [0, 10, '1'],
    [5, null, '1'],
  ]),
);
refused('C16', 'brackets that end', 'saas', /brackets\.0\.to/, (c) => brackets(c, [[0, 10_000, '1']]));
refused('C16', 'a negative price', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '-1']]));
refused('C16', 'a missing price of a SKU', 'saas', /skus\.0\.prices/, (c) => {
  const [sku] = spec(c).skus;
  if (sku) sku.prices = [];
});
refused('C16', 'an empty price', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '']]));
refused('C17', 'a list price with five decimals', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '1.00001']]));
refused('C17', 'a price that is no decimal', 'saas', /unitPrice/, (c) => brackets(c, [[0, null, '1,5']]));
refused('C1', 'two prices of one period', 'saas', /prices\.1/, (c) => {
  const [, year] = spec(c).skus[0]?.prices ?? [];
  if (year) year.periodType = 'month';
});
refused('C21', 'a period price without a period', 'saas', /periodType/, (c) => {
  price(c).periodType = null;
});
refused('C23', 'another currency than the site’s', 'saas', /currency/, (c) => {
  price(c).currency = 'USD';
});
refused('C30', 'pay-per-use without a billing cycle', 'saas', /specifications\.2\.usage/, (c) => {
  const used = c.specifications[2];
  if (used) used.usage = null;
});
refused('C30', 'several pay-per-use prices without charge items', 'api', /prices/, (c) => {
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
});
refused('C31', 'a package for four years', 'saas', /validity/, (c) => {
  const pack = c.specifications[3]?.package;
  if (pack) pack.validity = { type: 'year', number: 4 };
});
refused('C31', 'a package without quota', 'saas', /quota/, (c) => {
  const pack = c.specifications[3]?.package;
  if (pack) pack.quota = '';
});
refused('C33', 'a trial of two days', 'saas', /trial\.days/, (c) => {
  spec(c).trial = { days: 2, buyerIds: null, repeatable: false };
});
refused('C33', 'a trial of 181 days', 'saas', /trial\.days/, (c) => {
  spec(c).trial = { days: 181, buyerIds: null, repeatable: false };
});
refused('C33', 'a trial of a one-time specification', 'saas', /specifications\.1\.trial/, (c) => {
  const once = c.specifications[1];
  if (once) once.trial = { days: 7, buyerIds: null, repeatable: false };
});
refused('C33', 'a trial of a License', 'license', /trial/, (c) => {
  spec(c).trial = { days: 7, buyerIds: null, repeatable: false };
});
refused('C33', 'a trial of a professional service', 'service', /trial/, (c) => {
  spec(c).trial = { days: 7, buyerIds: null, repeatable: false };
});
refused('C25', 'changes of a License', 'license', /changeable/, (c) => {
  spec(c).changeable = true;
});
refused('L3', 'a License by use', 'license', /chargingMode/, (c) => {
  spec(c).chargingMode = 'ON_DEMAND';
});
refused('L26', 'a per-vCPU image for nothing', 'image', /unitPrice/, (c) => {
  spec(c).perVcpu = true;
  price(c).brackets = [{ from: 0, to: null, unitPrice: '0' }];
});
refused('L26', 'a free image with a price', 'image', /unitPrice/, (c) => {
  spec(c).free = true;
});
refused('L26', 'a free image that is priced per vCPU', 'image', /free/, (c) => {
  spec(c).free = true;
  spec(c).perVcpu = true;
});
refused('L23', 'an image without an asset', 'image', /assetId/, (c) => {
  spec(c).assetId = null;
});
refused(
  'L25',
  'an asset that is not approved',
  'image',
  /assetId/,
  () => {},
  (f) => ({ ...f, assets: new Map() }),
);
refusedAround(
  'license-and-other-types.md 9',
  'an API group that another specification used',
  'api',
  /assetId/,
  (f) => ({ ...f, assets: new Map([[ASSET, { kind: 'API_GROUP' as const, usedBy: 'spec-other' }]]) }),
);
refused('L35', 'person-days by the month', 'service', /chargingMode/, (c) => {
  spec(c).chargingMode = 'PERIOD';
  price(c).periodType = 'month';
});
refused('L36', 'hardware without a quantity', 'hardware', /linearAttribute/, (c) => {
  spec(c).linearAttribute = null;
});
