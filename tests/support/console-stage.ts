/** A marketplace with its console on the virtual clock, in this process: what takes weeks is looked at in seconds. */
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { createApp, createCaller, listen } from '../../packages/marketplace/src/index.ts';
import { createWorld, type World } from '../../packages/marketplace/src/testing/index.ts';
import type { Visited } from './console-visits.ts';
import type { FakeSeller } from './fake-seller.ts';
import { startObedientSeller } from './lives.ts';
import { copyTemplate } from './test-server.ts';
import { until } from './until.ts';

export interface ConsoleStage extends Visited {
  readonly world: World;
  readonly seller: FakeSeller;
  /** Does what is due again and again until `look` finds what it looks for. */
  happens<T>(what: string, look: () => Promise<T | null | false>): Promise<T>;
  close(): Promise<void>;
}

const consoleFolder = fileURLToPath(new URL('../../packages/console/dist', import.meta.url));

/** @param start in the marketplace; some rules know the holidays of some years only */
export async function openConsoleStage(start = nextMorning()): Promise<ConsoleStage> {
  const database = await copyTemplate(inject('adminUrl'));
  // the port first: what the marketplace says of its own address has to be right
  const late: { app: ReturnType<typeof createApp> | null } = { app: null };
  const starting = new Response(null, { status: 503 });
  const site = await listen({ fetch: (request, env) => late.app?.fetch(request, env) ?? starting }, '127.0.0.1', 0);
  const url = `http://127.0.0.1:${site.port}`;
  const world = await createWorld({
    databaseUrl: database.url,
    start,
    config: { comparisonHours: 24, publicUrl: url },
  });
  const seller = await startObedientSeller(world);
  const caller = createCaller(world.platform);
  late.app = createApp({ platform: world.platform, caller, consoleFolder });
  const account = (area: string) => {
    const found = world.demo.accounts.find((each) => each.area === area);
    if (!found) throw new Error(`there is no demo account of ${area}`);
    return found;
  };
  return {
    url,
    accounts: {
      buyer: account('buyer'),
      enterprise: account('enterprise'),
      seller: account('seller'),
      operator: account('operator'),
    },
    world,
    seller,
    happens: (what, look) =>
      until(what, async () => {
        await world.simulator.drain();
        return look();
      }),
    async close() {
      await site.close();
      await caller.close();
      await seller.close();
      await world.close();
      await database.drop();
    },
  };
}

const nextMorning = (): Date => new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 2 * 3_600_000);
