/** People sign in and out; whoever guesses passwords is slowed down and locked out, and is told no more than needed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { clientAs } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { createUser } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { problem as problemSchema } from './schemas.ts';
import { session as sessionSchema } from './session-schemas.ts';

const world = sharedWorld();
const apps: ReturnType<typeof createApp>[] = [];
const app = () => {
  const [first] = apps;
  if (!first) throw new Error('used before set up');
  return first;
};
beforeAll(() => {
  const { platform } = world();
  apps.push(createApp({ platform, caller: createCaller(platform) }));
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app().fetch(
    new Request(`http://jishi.test/api/console${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const problemIn = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await answer.json());
};

describe('sign-in', () => {
  const account = { loginName: 'operator', password: 'demo-password' };

  it('gives a cookie that no script reads and no foreign site sends, and a CSRF token', async () => {
    const answer = await post('/session', account);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^jishi_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const session = sessionSchema.parse(await answer.json());
    expect(session).toMatchObject({ loginName: 'operator', role: 'OM', area: 'operator', tenantId: null });
    expect(session.actions).toContain('overview.view');
  });

  it('marks the cookie Secure when people reach the server over HTTPS', async () => {
    const { platform } = world();
    const secure = { ...platform, config: { ...platform.config, publicUrl: 'https://market.example' } };
    const answer = await createApp({ platform: secure, caller: createCaller(secure) }).fetch(
      new Request('https://market.example/api/console/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(account),
      }),
    );
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });

  it('says the same to a wrong password and an unknown name', async () => {
    const [wrong, unknown] = [
      await post('/session', { ...account, password: 'no' }),
      await post('/session', { ...account, loginName: 'nobody' }),
    ];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const [one, other] = [await problemIn(wrong), await problemIn(unknown)];
    expect({ ...one, requestId: '' }).toEqual({ ...other, requestId: '' });
  });

  it('locks an account for 15 minutes after five wrong passwords', async () => {
    const seller = { loginName: 'seller', password: 'demo-password' };
    for (let tries = 1; tries <= 5; tries += 1)
      expect((await post('/session', { ...seller, password: 'no' })).status).toBe(401);
    const locked = await post('/session', seller);
    expect(locked.status).toBe(429);
    expect(locked.headers.get('retry-after')).toBe('900');
    expect(await problemIn(locked)).toMatchObject({ code: 'ACCOUNT_LOCKED' });
    world().clock.moveTo(new Date(world().clock.now().getTime() + 900_000));
    expect((await post('/session', seller)).status).toBe(201);
  });

  it('lets no more than five of many guesses through that come all at once', async () => {
    const { platform, demo } = world();
    const account = { loginName: 'guessed', displayName: 'G', password: 'right-password', role: 'BO' } as const;
    await createUser(platform, platform.db, { ...account, buyerId: demo.buyerId }, platform.clock.now());
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => post('/session', { loginName: 'guessed', password: 'wrong' })),
    );
    const statuses = guesses.map((guess) => guess.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    const audit = await sql<{ result: string; count: number }>`
      SELECT result, count(*) AS count FROM platform.audit_log WHERE action = 'session.sign-in'
        AND actor = (SELECT user_id FROM directory.users WHERE login_name = 'guessed') GROUP BY result ORDER BY result`.execute(
      platform.db,
    );
    expect(audit.rows).toEqual([
      { result: 'refused ACCOUNT_LOCKED', count: 7 },
      { result: 'refused INVALID_CREDENTIALS', count: 5 },
    ]);
  });

  it('listens to no more than 30 wrong ones from one address, whatever stands left of it in X-Forwarded-For', async () => {
    const { platform } = world();
    const behindProxy = { ...platform, config: { ...platform.config, trustedProxies: 1 } };
    const behind = createApp({ platform: behindProxy, caller: createCaller(behindProxy) });
    const from = (address: string, password: string) =>
      behind.fetch(
        new Request('http://jishi.test/api/console/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
          body: JSON.stringify({ loginName: password === 'no' ? 'nobody' : 'operator', password }),
        }),
      );
    const tries = await Promise.all(Array.from({ length: 31 }, (_, n) => from(`10.0.0.${n}, 192.0.2.7`, 'no')));
    expect(tries.filter((answer) => answer.status === 401)).toHaveLength(30);
    const refused = await from('192.0.2.7', 'demo-password');
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await from('192.0.2.8', 'demo-password')).status).toBe(201);
  });

  it('reads no more than 16 kB', async () => {
    const answer = await post('/session', { loginName: 'a'.repeat(16_384), password: 'b' });
    expect(await problemIn(answer)).toMatchObject({ status: 413, code: 'TOO_LARGE' });
  });

  it.each([
    ['a form of another site', 'loginName=a&password=b', 'application/x-www-form-urlencoded'],
    ['no JSON', '{', 'application/json'],
    ['members missing', '{}', 'application/json'],
  ])('refuses %s', async (_, body, type) => {
    const answer = await post('/session', body, { 'content-type': type });
    expect(answer.status).toBe(400);
    expect(await problemIn(answer)).toMatchObject({ code: 'VALIDATION' });
  });

  it('ends at sign-out, which needs the CSRF token, and after twelve hours', async () => {
    const client = await clientAs(world().platform, app(), 'OM');
    const leave = (headers: Record<string, string>) =>
      app().fetch(
        new Request('http://jishi.test/api/console/session', {
          method: 'DELETE',
          headers: { cookie: `jishi_session=${client.token}`, ...headers },
        }),
      );
    expect((await client.get('/console/session')).status).toBe(200);
    expect((await leave({})).status).toBe(403);
    const { csrfToken } = sessionSchema.parse(await (await client.get('/console/session')).json());
    const left = await leave({ 'x-csrf-token': csrfToken });
    expect(left.status).toBe(204);
    expect(left.headers.get('set-cookie')).toMatch(/^jishi_session=; Max-Age=0/);
    expect((await client.get('/console/session')).status).toBe(401);

    const another = await clientAs(world().platform, app(), 'OM');
    const { clock } = world();
    await sql`UPDATE directory.sessions SET expires_at = ${clock.now()} WHERE user_id = ${another.userId}`.execute(
      world().platform.db,
    );
    expect((await another.get('/console/overview')).status).toBe(401);
  });
});
