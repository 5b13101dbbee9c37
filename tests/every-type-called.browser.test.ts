/**
 * A product of each type that the seller's server or software has a part in (SaaS, License in its variants), from the empty
 * form to what the buyer holds in hand, in a real browser (issue 6; S-30, O-4, B-10, B-43, license-and-other-types.md 1–6).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  KEY,
  type RunningSeller,
  startSeller,
} from '../packages/conformance/src/sellers/right-license.test-support.ts';
import { createAccessKey } from '../packages/marketplace/src/directory/index.ts';
import { type EveryType, openEveryType, type TypeCase } from './support/every-type.ts';
import { callOpenApi } from './support/open-api-call.ts';
import { turnOn } from './support/publication.ts';
import { accepts, downloads, handsOver, reads, shows, statusIs } from './support/receiving.ts';
import { bindServer } from './support/seller-interface.ts';

let market: EveryType;
let licenses: RunningSeller;
let licenseKey = '';

beforeAll(async () => {
  [market, licenses] = await Promise.all([
    openEveryType(),
    // the seller's own clock is real, the marketplace's is not
    startSeller({ live: { slowLicences: true }, post: { isFresh: () => true } }),
  ]);
  const { world, seller } = market.stage;
  const { platform, demo, clock } = world;
  licenseKey = (await createAccessKey(platform, platform.db, demo.sellerId, clock.now(), KEY)).keyId;
  await bindServer(world, { url: seller.url, keyId: demo.keyId });
  await bindServer(world, { url: licenses.url, keyId: licenseKey });
});
afterAll(async () => {
  await market?.close();
  await licenses?.close();
});

const plain = (...activities: string[]) => activities.map((activity) => ({ activity }));
const RUNNING = plain('newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance');
const atLicenses = () => ({ url: licenses.url, keyId: licenseKey });
const monthAndYear = ['10', '100'];

const CASES: readonly TypeCase[] = [
  {
    type: 'SAAS',
    name: { zh: '云帆协同看板', en: 'Yunfan Kanban Board' },
    words: { zh: '看板', en: 'kanban' },
    server: {
      at: ({ seller, world }) => ({ url: seller.url, keyId: world.demo.keyId }),
      cases: RUNNING,
    },
    prices: monthAndYear,
    async receive({ buyer }) {
      await buyer
        .getByRole('link', { name: /app\.example\.com/ })
        .first()
        .waitFor();
    },
  },
  {
    type: 'LICENSE',
    variant: 'OFFLINE',
    name: { zh: '云帆离线工单', en: 'Yunfan Offline Desk' },
    words: { zh: '离线', en: 'offline' },
    prices: monthAndYear,
    async receive(told) {
      await handsOver(told, (seller) => seller.getByTestId('licence-text').fill('KEY-1234-5678'));
      await reads(told.buyer, /^KEY-1234-5678$/);
      await accepts(told);
    },
  },
  {
    type: 'LICENSE',
    variant: 'IDENTIFICATION',
    name: { zh: '云帆图纸阅读器', en: 'Yunfan Drawing Reader' },
    words: { zh: '图纸', en: 'drawing' },
    server: {
      at: atLicenses,
      cases: [
        { activity: 'getLicense', parameters: { amount: '30' } },
        ...plain('refreshLicense', 'expireLicense', 'releaseLicense'),
      ],
    },
    fill: (page) => turnOn(page, 'specifications.0.linearAttribute'),
    prices: monthAndYear,
    async receive(told) {
      await reads(told.buyer, /^LICENCE-[0-9a-f]{40}$/);
      await accepts(told);
    },
  },
  {
    type: 'LICENSE',
    variant: 'CODE',
    name: { zh: '云帆报表设计器', en: 'Yunfan Report Designer' },
    words: { zh: '报表', en: 'report' },
    server: { at: atLicenses, cases: [] },
    prices: monthAndYear,
    async receive(told) {
      const { buyer, stage, look } = told;
      await buyer.getByTestId('pick-up').click();
      await buyer.getByTestId('pick-up-confirm').click();
      await buyer.getByTestId('code-show').click();
      await expect.poll(() => buyer.getByTestId('code-text').textContent()).toMatch(/^PL[A-Z2-7]{30}$/);
      const license = await buyer.getByTestId('code-text').textContent();
      await callOpenApi(stage, '/v1/license/activate', JSON.stringify({ license }));
      await look();
      await handsOver(told);
      // S-47: the system accepts by itself
      await statusIs(buyer, 'ACCEPTED');
    },
  },
  {
    type: 'LICENSE',
    variant: 'PROVISIONED',
    name: { zh: '云帆仿真软件', en: 'Yunfan Simulation Suite' },
    words: { zh: '仿真', en: 'simulation' },
    server: {
      at: atLicenses,
      cases: [...RUNNING, { activity: 'getLicenseAsync' }],
    },
    fill: (page) => turnOn(page, 'specifications.0.linearAttribute'),
    prices: monthAndYear,
    async receive(told) {
      const { buyer, stage, look } = told;
      await accepts(told);
      await buyer.getByTestId('licence-apply').click();
      // this seller binds licences to machines (000903)
      await buyer.locator('#licence-fingerprint').fill('machine-1');
      await buyer.getByTestId('licence-submit').click();
      await buyer.getByTestId('licence-row').waitFor();
      await look();
      const asked = licenses.calls.find(({ members }) => members.activity === 'getLicenseAsync')?.members;
      await handLicence(stage, String(asked?.eventId));
      await look();
      await buyer.getByTestId('licence-view').click();
      await buyer.getByTestId('licence-text').getByText('LICENCE-OF-MACHINE-1').waitFor();
    },
  },
  {
    type: 'LICENSE',
    variant: 'PACKAGE',
    asset: 'APPLICATION',
    name: { zh: '云帆日志安装包', en: 'Yunfan Log Installer' },
    words: { zh: '安装包', en: 'installer' },
    prices: monthAndYear,
    async receive(told) {
      expect(await downloads(told.buyer)).toBe('installer.zip');
      await accepts(told);
      await shows(told.buyer, '1.0');
    },
  },
];

/** A7: the text of the licence, by the number of the application. */
async function handLicence(stage: EveryType['stage'], eventId: string): Promise<void> {
  const boundary = 'licence-of-a-machine';
  const request = JSON.stringify({ type: 'CHARACTERS', characters: 'LICENCE-OF-MACHINE-1' });
  const body = [
    `--${boundary}\r\nContent-Disposition: form-data; name="isvUpdateFileReq"\r\nContent-Type: application/json\r\n\r\n${request}\r\n`,
    `--${boundary}--\r\n`,
  ].join('');
  const type = `multipart/form-data; boundary=${boundary}`;
  expect(await callOpenApi(stage, `/v1/market-event/${eventId}/file`, body, type)).toContain('CBC.0000');
}

describe('a seller publishes, an operator approves', () => {
  it.each(CASES)('$type $variant is written in the editor and submitted', (about) => market.publishes(about));
  it('all of them are approved in one sitting', () => market.approvesAll());
});

describe('a buyer finds it in Chinese and in English, buys it and receives it', () => {
  it.each(CASES)('$type $variant', (about) => market.buys(about, CASES.indexOf(about) % 2 === 0 ? 'zh' : 'en'));
});
