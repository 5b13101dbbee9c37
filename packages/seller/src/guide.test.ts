/** The code in docs/seller-guide.md, copied out and run as a reader would: it serves a subscription's whole life. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyGuide, diagnosesIn, type Guide } from './guide-testing.ts';
import { signedRequest } from './index.ts';
import { KEY } from './testing.ts';

let guide: Guide;
beforeAll(async () => {
  guide = await copyGuide('seller-guide.md');
});
afterAll(() => guide.remove());

describe.each(['server.mjs', 'hono.mjs'])('%s', (file) => {
  it('serves a subscription from creation to release', async () => {
    const { url, process: child } = await guide.start(file, { ACCESS_KEY: KEY });
    const send = async (body: Record<string, string>, accessKey = KEY) =>
      (await fetch(signedRequest({ url, accessKey, body }))).json();
    try {
      const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'first' };
      const created = { resultCode: '000000', resultMsg: 'success.', instanceId: 'first' };
      expect(await send(create)).toEqual(created);
      expect(await send({ ...create, businessId: 'second' })).toEqual(created);
      const appInfo = { frontEndUrl: 'https://app.example.com/t/first', userName: 'admin' };
      const query = { activity: 'queryInstance', instanceId: 'first' };
      expect(await send(query)).toMatchObject({ resultCode: '000000', info: [{ instanceId: 'first', appInfo }] });
      const renewal = {
        activity: 'refreshInstance',
        scene: 'RENEWAL',
        orderId: 'CS2',
        orderLineId: 'CS2-000001',
        instanceId: 'first',
        expireTime: '20270131155959',
      };
      expect(await send(renewal)).toMatchObject({ resultCode: '000000' });
      expect(await send({ activity: 'updateInstanceStatus', instanceId: 'first', status: 'FREEZE' })).toMatchObject({
        resultCode: '000000',
      });
      const release = { activity: 'releaseInstance', instanceId: 'first' };
      expect(await send(release)).toMatchObject({ resultCode: '000000' });
      expect(await send(release)).toMatchObject({ resultCode: '000000' });
      expect(await send(query)).toMatchObject({ resultCode: '000003' });
      expect(await send(create, 'another-key')).toMatchObject({
        resultCode: '000001',
        resultMsg: expect.stringMatching(/^request\.signature-/),
      });
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

it('names only diagnoses that exist', async () => {
  const { isDiagnosisCode } = await import('@jishi/protocol');
  const codes = diagnosesIn(guide.text);
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) expect(isDiagnosisCode(code), code).toBe(true);
});
