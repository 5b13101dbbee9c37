/**
 * The sandbox's API: every route for every role that is signed in, and for a program with the token; for nobody else,
 * and not at all in production.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { type DrivenSandbox, driveSandbox } from '../../../../../tests/support/driven-sandbox.ts';
import { areaOf, csrfToken, ROLES } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { createApp } from '../app.ts';
import { DRIVER_ROUTES, type DriverRoute } from './driver-routes.ts';

const START = '2026-01-01T01:00:00.000Z';
const made: DrivenSandbox[] = [];
const people = new Map<string, ConsoleClient>();
const driven = (): DrivenSandbox => {
  const [first] = made;
  if (!first) throw new Error('inside tests only');
  return first;
};
const person = (role: string): ConsoleClient => {
  const client = people.get(role);
  if (!client) throw new Error(`nobody is ${role}`);
  return client;
};
beforeAll(async () => {
  const sandbox = await driveSandbox({ start: new Date(START) });
  made.push(sandbox);
  const { buyerId, sellerId } = sandbox.demo;
  for (const role of ROLES) {
    const area = areaOf(role);
    const owner = area === 'seller' ? { sellerId } : area === 'operator' ? {} : { buyerId };
    people.set(role, await clientAs(sandbox.sandbox.platform, sandbox.app, role, owner));
  }
  await sandbox.play('newInstance');
});
afterAll(() => Promise.all(made.map((each) => each.close())));

/** What each is asked with so that it says yes, and changes as little as it can; a route without an entry fails. */
const ASKED: Readonly<Record<string, { body?: object; path?: string }>> = {
  'GET /state': {},
  'GET /upcoming': {},
  'POST /clock': { body: { action: 'pause' } },
  'POST /trigger': { body: { scenario: 'query' } },
  'GET /exchanges': {},
  'GET /exchanges/{exchangeId}': { path: '/exchanges/1' },
  'POST /replay': { body: { exchangeId: '2', how: 'same' } },
  'POST /faults': { body: { kind: 'delay', delayMs: 1, activity: 'nothing' } },
  'DELETE /faults': {},
  'POST /reset': { body: { start: START } },
  'GET /scenario': {},
  'POST /scenario': { body: { text: `name: empty\nstart: ${START}\nsteps:\n  - clock: advance 1s\n` } },
};
/** They empty the marketplace each time. The role is looked at nowhere, so one of each area will do. */
const SLOW = ['POST /reset', 'POST /scenario'];
const ONE_OF_EACH = ['BO', 'EM', 'SS', 'OS'] as const;
const nameOf = ({ method, path }: DriverRoute) => `${method} ${path}`;

interface Asking {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
async function ask(method: string, path: string, { token, headers, body }: Asking): Promise<Response> {
  return driven().app.fetch(
    new Request(`http://jishi.test/api/sandbox${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { cookie: `jishi_session=${token}` }),
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}
let keys = 0;
const key = (): string => `idempotency-${keys++}`;
const bearer = () => ({ authorization: `Bearer ${driven().sandbox.token}` });

it('the table names each route, and only those', () => {
  expect(Object.keys(ASKED).toSorted()).toEqual(DRIVER_ROUTES.map(nameOf).toSorted());
});

describe.each(DRIVER_ROUTES.map((route) => ({ name: nameOf(route), route })))('$name', ({ name, route }) => {
  const { body, path = route.path } = ASKED[name] ?? {};
  const changes = route.method !== 'GET';

  it('every role may, and a program; nobody else', async () => {
    const statuses: Record<string, number> = {};
    for (const role of SLOW.includes(name) ? ONE_OF_EACH : ROLES) {
      const { token } = person(role);
      const headers = changes ? { 'x-csrf-token': csrfToken(token), 'idempotency-key': key() } : {};
      statuses[role] = (await ask(route.method, path, { token, headers, body })).status;
    }
    expect(
      Object.values(statuses).every((status) => status === 200),
      JSON.stringify(statuses),
    ).toBe(true);
    expect((await ask(route.method, path, { headers: bearer(), body })).status).toBe(200);
    expect((await ask(route.method, path, { body })).status).toBe(401);
    expect((await ask(route.method, path, { headers: { authorization: 'Bearer no' }, body })).status).toBe(401);
  });

  if (!changes) return;

  it('a page proves that it is ours and names its command', async () => {
    const { token } = person('SD');
    const csrf = csrfToken(token);
    const without = await ask(route.method, path, { token, headers: { 'idempotency-key': key() }, body });
    expect([without.status, (await without.json()).code]).toEqual([403, 'CSRF']);
    const unnamed = await ask(route.method, path, { token, headers: { 'x-csrf-token': csrf }, body });
    expect([unnamed.status, (await unnamed.json()).code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
  });
});

describe('a command', () => {
  beforeAll(() => driven().sandbox.reset({ start: START }));

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask('POST', path, { headers: { ...bearer(), ...headers }, body });

  it('is done once for its key, answers a repeat the same, and refuses the key for another', async () => {
    const named = { 'idempotency-key': key() };
    const [first, second] = await Promise.all([
      post('/trigger', { scenario: 'newInstance' }, named),
      post('/trigger', { scenario: 'newInstance' }, named),
    ]);
    const [one, two] = [await first.json(), await second.json()];
    expect(one.orderId).toMatch(/^CS/);
    expect(two).toEqual(one);
    expect((await post('/trigger', { scenario: 'trial' }, named)).status).toBe(422);
  });

  it('that is refused may be repeated, and carries code, message and help', async () => {
    const named = { 'idempotency-key': key() };
    const refused = await post('/trigger', { scenario: 'unsubscribeRenewal' }, named);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'REFUND_NOT_ALLOWED',
      title: expect.stringContaining('no renewal'),
      facts: { helpEn: 'Renew it first.', helpZh: '先续费。' },
    });
    await post('/trigger', { scenario: 'renew' });
    expect((await post('/trigger', { scenario: 'unsubscribeRenewal' }, named)).status).toBe(200);
  });

  it('with a faulty body names member and rule', async () => {
    const faulty = await post('/clock', { action: 'advance', by: 'soon' });
    expect(await faulty.json()).toMatchObject({ code: 'VALIDATION', errors: [{ member: 'by' }] });
    expect((await post('/clock', '{')).status).toBe(400);
    expect((await post('/clock', { action: 'fly' })).status).toBe(400);
  });
});

it('nobody is signed out by a jump, and a reset into the past signs nobody out either', async () => {
  const { token } = person('BO');
  const signedIn = async () => (await ask('GET', '/state', { token })).status;
  await driven().sandbox.moveClock({ action: 'advance', by: '1y' });
  expect(await signedIn()).toBe(200);
  await driven().sandbox.reset({ start: '2020-01-01T00:00:00Z' });
  expect(await signedIn()).toBe(200);
});

it('events tell of exchanges, moves, faults and resets as they happen', async () => {
  const { sandbox, app } = driven();
  await sandbox.reset({ start: START });
  const response = await app.fetch(new Request('http://jishi.test/api/sandbox/events', { headers: bearer() }));
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  await driven().play('newInstance');
  await sandbox.addFault({ kind: 'delay', delayMs: 1, times: 1 });
  await sandbox.moveClock({ action: 'advance', by: '1h' });
  await sandbox.reset({ start: START });
  const seen: string[] = [];
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  while (reader && !seen.includes('reset')) {
    const { value } = await reader.read();
    seen.push(...[...decoder.decode(value).matchAll(/^event: (\w+)$/gm)].map(([, name]) => name ?? ''));
  }
  await reader?.cancel();
  expect(seen.slice(0, 4)).toEqual(['clock', 'exchange', 'exchange', 'exchange']);
  expect(new Set(seen)).toEqual(new Set(['clock', 'exchange', 'fault', 'moving', 'reset']));
});

it('events and the archive are for whoever is signed in', async () => {
  for (const path of ['/events', '/exchanges.har']) {
    expect((await ask('GET', path, {})).status).toBe(401);
    const given = await ask('GET', path, { token: person('BV').token });
    expect(given.status).toBe(200);
    await given.body?.cancel();
  }
});

it('a production server, and a sandbox that nobody drives, have none of it', async () => {
  const { platform } = driven().sandbox;
  const caller = createCaller(platform);
  for (const mode of ['production', 'sandbox'] as const) {
    const app = createApp({ platform: { ...platform, config: { ...platform.config, mode } }, caller });
    for (const { method, path } of [
      ...DRIVER_ROUTES,
      { method: 'GET', path: '/events' },
      { method: 'GET', path: '/exchanges.har' },
    ])
      expect(
        (await app.fetch(new Request(`http://jishi.test/api/sandbox${path}`, { method, headers: bearer() }))).status,
      ).toBe(404);
  }
  await caller.close();
});
