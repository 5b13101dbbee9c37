/** The pages are for whom they are meant: in his language, within his rights, and not for other sites or guessers. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chooseLanguage } from './pages/texts.ts';
import { keepPeople } from './product/people.ts';
import { browser, lineOf, type Market, startMarket } from './testing.ts';

let market: Market;
let front: string;
let admin: { userName: string; password: string };

beforeAll(async () => {
  market = await startMarket();
  market.quantities.set(lineOf('CS1'), 4);
  await market.call({ activity: 'newInstance', orderId: 'CS1', orderLineId: lineOf('CS1'), businessId: 'biz-1' });
  const { info } = await market.call({ activity: 'queryInstance', instanceId: 'biz-1' });
  const { frontEndUrl = '', userName = '', password = '' } = info?.[0]?.appInfo ?? {};
  front = frontEndUrl;
  admin = { userName, password };
});
afterAll(() => market.close());

async function signedIn(who = admin) {
  const visitor = browser();
  await visitor.submit(`${front}/sign-in`, who);
  return visitor;
}

describe('language', () => {
  it.each([
    ['zh', 'en', 'zh'],
    [undefined, 'en-GB,zh;q=0.5', 'en'],
    [undefined, 'fr-FR,zh-CN;q=0.8', 'zh'],
    [undefined, undefined, 'zh'],
    ['xx', 'en', 'en'],
  ])('?lang=%s with Accept-Language %s is %s', (chosen, accepted, language) => {
    expect(chooseLanguage(chosen, accepted)).toBe(language);
  });

  it('stays as chosen', async () => {
    const visitor = browser();
    expect((await visitor.open(front)).text).toContain('<html lang="en">');
    await visitor.open(`${front}?lang=zh`);
    const page = await visitor.open(front);
    expect(page.text).toContain('<html lang="zh-CN">');
    expect(page.text).toContain('登录');
  });
});

describe('rights', () => {
  const member = { userName: 'bo', displayName: '<b>Bo</b>', password: 'a long password' };

  it('let a member in, but neither add nor remove', async () => {
    const boss = await signedIn();
    const page = await boss.submit(`${front}/users`, member);
    expect(page.text).toContain('&lt;b&gt;Bo&lt;/b&gt;');
    const visitor = await signedIn({ userName: 'BO', password: member.password });
    expect((await visitor.open(front)).text).toContain('2 of 4 users');
    expect((await visitor.submit(`${front}/users`, { ...member, userName: 'cai' })).text).toContain(
      'Only administrators',
    );
    expect((await visitor.submit(`${front}/users/remove`, { userName: 'bo' })).text).toContain('2 of 4 users');
    expect((await visitor.open(front.replace('/t/', '/admin/'))).text).toContain('Only administrators');
  });

  it.each([
    [{ ...member, userName: 'x' }, 'The user name has'],
    [{ ...member, userName: 'ok', displayName: '' }, 'The name has'],
    [{ ...member, userName: 'ok', password: 'short' }, 'The password has'],
    [{ ...member, userName: 'ADMIN' }, 'already a user'],
  ])('refuse a bad new user %#', async (fields, message) => {
    expect((await (await signedIn()).submit(`${front}/users`, fields)).text).toContain(message);
  });

  it('never remove the administrator', async () => {
    const page = await (await signedIn()).submit(`${front}/users/remove`, { userName: 'admin' });
    expect(page.text).toContain('>admin<');
  });

  it('end with signing out', async () => {
    const visitor = await signedIn();
    expect((await visitor.submit(`${front}/sign-out`, {})).text).toContain('You are signed out.');
    expect((await visitor.open(front)).text).toContain('/sign-in"');
  });
});

describe('strangers', () => {
  it('see no tenant that is not there', async () => {
    const page = await browser().open(`${market.demo.url}/t/none`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('There is no such workspace.');
  });

  it.each(['https://evil.example.com', 'null'])('cannot submit our forms from %s', async (origin) => {
    const response = await fetch(`${front}/sign-in`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams(admin),
    });
    expect(response.status).toBe(403);
  });

  it('cannot guess for long', async () => {
    const guess = (password: string) => browser().submit(`${front}/sign-in`, { userName: 'guessed', password });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess('nonsense')).status).toBe(401);
    expect((await guess('nonsense')).status).toBe(429);
    expect((await (await signedIn()).open(front)).text).toContain('users');
  });

  it('get pages that load nothing from elsewhere', async () => {
    const { headers, text } = await browser().open(front);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|https?:\/\//);
  });
});

it('members come from the marketplace only: without a code of a known enterprise nobody is in', async () => {
  const visitor = browser();
  expect((await visitor.open(`${market.demo.url}/member`)).status).toBe(401);
  const stranger = await visitor.open(`${market.demo.url}/sign-on?code=c&tenant=unknown`);
  expect(stranger.status).toBe(403);
  expect(stranger.text).toContain('no applicationSync has told of the tenant');
});

it('enterprises, their people and what signs them on are there after a restart, for the owner of the file only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'acme-people-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'people');
  const { handlers } = await keepPeople(file);
  const call = { test: false, instanceId: 'i-1', tenantId: 't-1', action: 'add' } as const;
  const names = { orderId: 'o-1', tenantCode: 'acme', name: 'Acme', domainName: 'https://market.example.com' };
  const user = { userName: 'ann', name: '安娜', departmentCode: 'rd', role: 'user', enabled: true } as const;
  await Promise.all([
    handlers.tenant({ ...call, ...names }),
    handlers.application({ ...call, appId: 'app-1', clientId: 'cli-1', clientSecret: 's3cret' }),
    handlers.departments({ ...call, departments: [{ code: 'rd', name: 'R&D', parentCode: null }] }),
    handlers.users({
      ...call,
      appId: 'app-1',
      users: [{ ...user, mobile: undefined, email: 'ann@acme.example', position: undefined }],
    }),
  ]);
  const again = await keepPeople(file);
  expect(again.client('t-1')).toEqual({ clientId: 'cli-1', clientSecret: 's3cret', domainName: names.domainName });
  expect(again.users('t-1')).toMatchObject([{ ...user, email: 'ann@acme.example' }]);
  expect(again.departments('t-1')).toHaveLength(1);
  expect((await stat(file)).mode & 0o077).toBe(0);
});
