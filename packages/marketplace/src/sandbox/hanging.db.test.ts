/** A seller that hangs holds the clock up for the time that one call may take, and a move can be ended. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../tests/support/driven-sandbox.ts';
import type { SandboxEvent, SandboxMove } from './schemas.ts';

const CALL_MS = 400;
const made: DrivenSandbox[] = [];
const servers: Server[] = [];
const driven = (): DrivenSandbox => {
  const [first] = made;
  if (!first) throw new Error('inside tests only');
  return first;
};
beforeAll(async () => {
  const server = createServer(() => {}); // never answers
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  made.push(
    await driveSandbox({
      playing: true,
      sellerUrl: `http://127.0.0.1:${port}/saas`,
      config: { callTimeoutMs: CALL_MS },
    }),
  );
});
afterAll(async () => {
  await Promise.all(made.map((each) => each.close()));
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const heard: SandboxEvent[] = [];
const moves = (): SandboxMove[] => heard.flatMap((each) => (each.event === 'moving' ? [each.data] : []));

describe('with a seller of one’s own', () => {
  it('signatures are dated by the machine’s clock, whatever the sandbox’s shows', async () => {
    await driven().sandbox.moveClock({ action: 'advance', by: '1y' });
    const { orderId } = await driven().play('newInstance');
    const { items } = await driven().sandbox.exchanges({ limit: 1 });
    expect(items).toMatchObject([{ activity: 'newInstance', status: null, diagnosis: ['transport.timeout'] }]);
    const [call] = items;
    const timestamp = Number(new URL(call?.url ?? '').searchParams.get('timestamp'));
    expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
    expect(Date.parse(call?.at ?? '') - timestamp).toBeGreaterThan(360 * 86_400_000);
    expect(orderId).toMatch(/^CS/);
  });

  it('a move takes each call’s time-out, tells where it is and what it waits for', async () => {
    driven().sandbox.subscribe((event) => heard.push(event));
    const moving = driven().sandbox.moveClock({ action: 'advance', by: '5h' });
    expect(driven().sandbox.clock().moving).not.toBeNull();
    const refused = await driven().sandbox.trigger({ scenario: 'newInstance' });
    expect(refused).toMatchObject({ refusal: { code: 'CLOCK_MOVING' } });
    expect(await driven().sandbox.moveClock({ action: 'next' })).toMatchObject({ refusal: { code: 'CLOCK_MOVING' } });
    expect(await moving).toMatchObject({ ok: true });
    expect(moves().length).toBeGreaterThan(1);
    const places = moves().map(({ at }) => at);
    expect(places).toEqual(places.toSorted());
    expect(driven().sandbox.clock()).toMatchObject({ playing: true, moving: null });
  });

  it('a pause ends a move where it is', async () => {
    for (let count = 0; count < 3; count += 1) await driven().play('newInstance', { chargingMode: 'ON_DEMAND' });
    const before = Date.parse(driven().sandbox.clock().now);
    const moving = driven().sandbox.moveClock({ action: 'advance', by: '10d' });
    const paused = driven().sandbox.moveClock({ action: 'pause' });
    expect(await moving).toMatchObject({ refusal: { code: 'MOVE_STOPPED' } });
    expect(await paused).toMatchObject({ ok: true });
    const { now, playing } = driven().sandbox.clock();
    expect(playing).toBe(false);
    expect(Date.parse(now) - before).toBeLessThan(10 * 86_400_000);
  });

  it('a reset does not wait for the rest of a move', async () => {
    const moving = driven().sandbox.moveClock({ action: 'advance', by: '10d' });
    await driven().sandbox.reset({ playing: false });
    expect(await moving).toMatchObject({ refusal: { code: 'MOVE_STOPPED' } });
    expect((await driven().sandbox.state()).services).toEqual([]);
  });
});
