/**
 * A product of each type that is handed over by people or by the marketplace itself, from the empty form to what the buyer
 * holds in hand, in a real browser (issue 6; S-30, O-4, B-10, L34–L39, license-and-other-types.md 7–9).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose } from './support/console-visits.ts';
import { IMAGE_REGION, REFERENCES } from './support/every-asset.ts';
import { type EveryType, openEveryType, type TypeCase } from './support/every-type.ts';
import { field, pdf, step, turnOn, upload, write } from './support/publication.ts';
import { accepts, downloads, handsOver, reads, requires, shows } from './support/receiving.ts';

let market: EveryType;
beforeAll(async () => {
  market = await openEveryType();
});
afterAll(() => market?.close());

const CASES: readonly TypeCase[] = [
  {
    type: 'IMAGE',
    asset: 'IMAGE',
    name: { zh: '云帆堡垒机镜像', en: 'Yunfan Bastion Image' },
    words: { zh: '堡垒', en: 'bastion' },
    fill: (page) => turnOn(page, 'specifications.0.perVcpu'),
    prices: ['3', '30'],
    async order(page) {
      // L34: the price is for the vCPUs of the server
      await page.getByTestId('checkout-line').getByText(/vCPU/).first().waitFor();
      await page.getByTestId('region').locator('input').fill(IMAGE_REGION);
    },
    async receive({ buyer }) {
      const grant = buyer.getByTestId('image-grant');
      await grant.locator('[data-testid="delivery-state"][data-state="DELIVERED"]').waitFor();
      expect(await grant.getAttribute('data-region')).toBe(IMAGE_REGION);
    },
  },
  {
    type: 'SERVICE',
    name: { zh: '云帆迁移服务', en: 'Yunfan Migration Service' },
    words: { zh: '迁移', en: 'migration' },
    async fill(page) {
      await turnOn(page, 'specifications.0.linearAttribute');
      await step(page, 'DELIVERY');
      await field(page, 'deliveryDays').fill('10');
      await upload(page, 'upload-serviceFlow', pdf('flow.pdf'));
    },
    prices: ['20'],
    async receive(told) {
      await requires(told, '迁移两台服务器');
      await handsOver(told, (seller) => seller.getByTestId('hand-over-result').fill('Both servers run in the cloud.'));
      await shows(told.buyer, 'Both servers run in the cloud.');
      await accepts(told);
    },
  },
  {
    type: 'HARDWARE',
    name: { zh: '云帆边缘网关', en: 'Yunfan Edge Gateway' },
    words: { zh: '网关', en: 'gateway' },
    prices: ['50'],
    async order(page) {
      await page.getByTestId('receiver-name').fill('Zhang San');
      await page.getByTestId('receiver-phone').fill('13800000000');
      await page.getByTestId('receiver-address').fill('Beijing 1');
    },
    async receive(told) {
      const seller = await told.atSeller();
      await seller.getByTestId('carrier').fill('SF');
      await seller.getByTestId('tracking-number').fill('SF123456');
      await seller.getByTestId('ship').click();
      await shows(seller, 'SF123456');
      await told.look();
      await shows(told.buyer, 'SF123456');
      await accepts(told);
    },
  },
  {
    type: 'API',
    asset: 'API_GROUP',
    name: { zh: '云帆天气接口', en: 'Yunfan Weather Interface' },
    words: { zh: '天气', en: 'weather' },
    async fill(page) {
      await choose(field(page, 'specifications.0.chargingMode'), /套餐/);
      await field(page, 'specifications.0.package.quota').fill('10000');
      await write(page, 'specifications.0.package.unit', '次', 'calls');
    },
    prices: ['15'],
    async receive({ buyer }) {
      await shows(buyer, /10000/);
      await reads(buyer, /^[\w-]{43}$/);
    },
  },
  {
    type: 'AI',
    asset: 'AI_MODEL',
    name: { zh: '云帆票据识别模型', en: 'Yunfan Invoice Model' },
    words: { zh: '票据', en: 'invoice' },
    prices: ['25'],
    receive: ({ buyer }) => shows(buyer, REFERENCES.AI_MODEL),
  },
  {
    type: 'DATA',
    asset: 'DATA_FILE',
    name: { zh: '云帆人口数据集', en: 'Yunfan Census Data' },
    words: { zh: '人口', en: 'census' },
    prices: ['35'],
    async receive(told) {
      await requires(told, '各省人口');
      await handsOver(told);
      expect(await downloads(told.buyer)).toBe('census.zip');
      await accepts(told);
    },
  },
  {
    type: 'CONTAINER',
    asset: 'CONTAINER',
    name: { zh: '云帆消息队列', en: 'Yunfan Message Queue' },
    words: { zh: '队列', en: 'queue' },
    prices: ['12'],
    receive: ({ buyer }) => shows(buyer, REFERENCES.CONTAINER),
  },
  {
    type: 'ORCHESTRATION',
    name: { zh: '云帆集群编排', en: 'Yunfan Cluster Orchestration' },
    words: { zh: '编排', en: 'orchestration' },
    async fill(page) {
      await step(page, 'DELIVERY');
      await field(page, 'deliveryDays').fill('5');
    },
    prices: ['45'],
    async receive(told) {
      await handsOver(told, (seller) => seller.getByTestId('hand-over-result').fill('The cluster is up.'));
      await shows(told.buyer, 'The cluster is up.');
      await accepts(told);
    },
  },
  {
    type: 'CONTENT',
    name: { zh: '云帆培训课程', en: 'Yunfan Training Course' },
    words: { zh: '课程', en: 'course' },
    prices: ['8'],
    async receive({ buyer }) {
      await buyer.locator('[data-testid="delivery"][data-kind="NONE"]').waitFor();
    },
  },
];

describe('a seller publishes, an operator approves', () => {
  it.each(CASES)('$type is written in the editor and submitted', (about) => market.publishes(about));
  it('all of them are approved in one sitting', () => market.approvesAll());
});

describe('a buyer finds it in Chinese and in English, buys it and receives it', () => {
  it.each(CASES)('$type', (about) => market.buys(about, CASES.indexOf(about) % 2 === 0 ? 'zh' : 'en'));
});
