/** A customer's whole life with Acme Workspace, over real HTTP: bought, signed in, filled, frozen, thawed, released. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browser, lineOf, type Market, startMarket } from './testing.ts';

let market: Market;
beforeAll(async () => {
  market = await startMarket();
});
afterAll(() => market.close());

const ORDER = 'CS2601010000STORY';
const create = { activity: 'newInstance', orderId: ORDER, orderLineId: lineOf(ORDER), businessId: 'biz-story' };

it('lives from newInstance to releaseInstance', async () => {
  market.quantities.set(lineOf(ORDER), 3);
  expect(await market.call(create)).toMatchObject({ resultCode: '000000', instanceId: 'biz-story' });

  const answer = await market.call({ activity: 'queryInstance', instanceId: 'biz-story' });
  const access = answer.info?.[0]?.appInfo;
  const { frontEndUrl = '', adminUrl = '', userName = '', password = '' } = access ?? {};
  expect(password).toMatch(/^[A-Za-z2-9]{16}$/);

  const visitor = browser();
  expect((await visitor.open(frontEndUrl)).text).toContain('action="/t/biz-story/sign-in"');
  expect((await visitor.submit(`${frontEndUrl}/sign-in`, { userName, password: 'wrong' })).status).toBe(401);
  const workspace = await visitor.submit(`${frontEndUrl}/sign-in`, { userName, password });
  expect(workspace.status).toBe(200);
  expect(workspace.text).toContain('1 of 3 users');
  expect(workspace.text).not.toContain(password);

  const member = (name: string) => ({ userName: name, displayName: name, password: 'a long password' });
  await visitor.submit(`${frontEndUrl}/users`, member('bo'));
  expect((await visitor.submit(`${frontEndUrl}/users`, member('cai'))).text).toContain('3 of 3 users');
  expect((await visitor.submit(`${frontEndUrl}/users`, member('dee'))).text).toContain('role="alert"');
  expect((await visitor.submit(`${frontEndUrl}/users/remove`, { userName: 'cai' })).text).toContain('2 of 3 users');
  expect((await visitor.open(adminUrl)).text).toContain('Acme Workspace,Team');

  await visitor.submit(`${frontEndUrl}/password`, { current: password, next: 'my own password' });
  const later = await market.call({ activity: 'queryInstance', instanceId: 'biz-story' });
  expect(later.info?.[0]?.appInfo.password).toBeUndefined();
  expect((await browser().submit(`${frontEndUrl}/sign-in`, { userName, password })).status).toBe(401);

  const status = (value: string) =>
    market.call({ activity: 'updateInstanceStatus', instanceId: 'biz-story', status: value });
  expect(await status('FREEZE')).toMatchObject({ resultCode: '000000' });
  const frozen = await visitor.open(frontEndUrl);
  expect(frozen.status).toBe(403);
  expect(frozen.text).toContain('frozen');
  await status('UNFREEZE');
  expect((await visitor.open(frontEndUrl)).text).toContain('2 of 3 users');

  const release = { activity: 'releaseInstance', instanceId: 'biz-story' };
  expect(await market.call(release)).toMatchObject({ resultCode: '000000' });
  expect(await market.call(release)).toMatchObject({ resultCode: '000000' });
  expect((await visitor.open(frontEndUrl)).status).toBe(410);
  expect(await market.call({ activity: 'queryInstance', instanceId: 'biz-story' })).toMatchObject({
    resultCode: '000003',
  });
});
