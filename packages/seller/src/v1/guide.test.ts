/** The code in docs/seller-guide-v1.md, copied out and run as a reader would: it serves a whole life in V1.0. */
import { once } from 'node:events';
import { get } from 'node:http';
import { decryptAccountData, isDiagnosisCode } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyGuide, diagnosesIn, type Guide } from '../guide-testing.ts';
import { signedRequest } from '../signed-request.ts';
import { KEY as KEY_V2 } from '../testing.ts';
import { signedRequestV1 } from './signed-request.ts';
import { answerOf, KEY } from './testing.ts';

let guide: Guide;
beforeAll(async () => {
  guide = await copyGuide('seller-guide.md', 'seller-guide-v1.md');
});
afterAll(() => guide.remove());

const create = {
  activity: 'newInstance',
  businessId: 'first',
  customerId: 'c',
  orderId: 'CS1',
  productId: 'P',
  amount: '3',
};
const order = { instanceId: 'first', orderId: 'CS1' };

describe.each(['server-v1.mjs', 'hono-v1.mjs', 'both.mjs'])('%s', (file) => {
  it('serves a subscription of V1.0 from creation to release', async () => {
    const { url, process: child } = await guide.start(file, { SELLER_KEY: KEY, ACCESS_KEY: KEY_V2 });
    const signed = (parameters: Record<string, string>, accessKey = KEY) =>
      signedRequestV1({ url, accessKey, parameters });
    const send = async (parameters: Record<string, string>) => answerOf(await fetch(signed(parameters)));
    const success = { resultCode: '000000' };
    try {
      for (const businessId of ['first', 'second']) {
        const answer = await send({ ...create, businessId });
        expect(answer).toMatchObject({
          ...success,
          instanceId: 'first',
          appInfo: { frontEndUrl: 'https://app.example.com/t/first' },
        });
        const { appInfo } = JSON.parse(JSON.stringify(answer));
        expect(decryptAccountData(appInfo.userName, KEY, '1')).toEqual({ ok: true, text: 'admin' });
      }
      expect(await send({ activity: 'expireInstance', ...order })).toMatchObject(success);
      const renewal = { ...order, orderId: 'CS2', expireTime: '20280101000000' };
      expect(await send({ activity: 'refreshInstance', ...renewal })).toMatchObject(success);
      expect(await send({ activity: 'instanceStatus', instanceId: 'first', instanceStatus: 'FREEZE' })).toMatchObject(
        success,
      );
      const upgrade = { ...order, orderId: 'CS3', skuCode: 's', productId: 'P', amount: '9' };
      expect(await send({ activity: 'upgrade', ...upgrade })).toMatchObject(success);
      for (let time = 0; time < 2; time += 1) {
        expect(await send({ activity: 'releaseInstance', ...order })).toMatchObject(success);
      }
      expect(await send(create)).toMatchObject({ resultCode: '000003' });
      const stranger = await answerOf(await fetch(signed(create, 'another-key')));
      expect(stranger).toMatchObject({
        resultCode: '000001',
        resultMsg: expect.stringMatching(/^request\.signature-key/),
      });
      expect(await headerNames(signed(create).url)).toContain('Body-Sign');
      if (file === 'both.mjs') {
        const body = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'new' };
        const current = await fetch(signedRequest({ url, accessKey: KEY_V2, body }));
        expect(await current.json()).toMatchObject({ ...success, instanceId: 'new' });
      }
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

it('names only diagnoses that exist', () => {
  const codes = diagnosesIn(guide.text.slice(guide.text.indexOf('# Seller guide: protocol V1.0')));
  expect(codes.length).toBeGreaterThan(12);
  for (const code of codes) expect(isDiagnosisCode(code), code).toBe(true);
});

/** As they stand on the wire. */
const headerNames = (url: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume();
      resolve(response.rawHeaders.filter((_, at) => at % 2 === 0));
    }).on('error', reject);
  });
