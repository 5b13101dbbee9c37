/** A marketplace under steady load: sellers, worker processes and a buyer, for the benches that watch single orders. */
import type { Platform } from '@jishi/marketplace';
import { buyMany, type CrowdBuyer, type CrowdSeller, createBuyers, createSellers } from '@jishi/marketplace/testing';
import { z } from 'zod';
import { openMarketplace, type Place } from '../place.ts';
import { type Child, startChild } from '../process.ts';
import { ACCESS_KEY, type Sellers, startSellers } from '../sellers.ts';

export interface Live {
  readonly platform: Platform;
  readonly databaseUrl: string;
  readonly sellers: Sellers;
  readonly offers: readonly CrowdSeller[];
  /** places and pays orders, one transaction for all of them */
  buy(offer: number, count?: number): Promise<string[]>;
  /** a process that works as `jishi worker` does, with the settings it has by default */
  startWorker(): Promise<Child<unknown>>;
  close(): Promise<void>;
}

export async function openLive(place: Place, name: string, sellerCount: number, keepArrivals = false): Promise<Live> {
  const databaseUrl = await place.create(name);
  const { platform, close } = await openMarketplace(databaseUrl);
  const sellers = await startSellers(sellerCount, keepArrivals);
  const offers = await createSellers(platform, sellers.urls, ACCESS_KEY);
  const buyers = await createBuyers(platform, 20);
  const workers: Child<unknown>[] = [];
  let turn = 0;
  const nextBuyer = (): CrowdBuyer => {
    turn += 1;
    const buyer = buyers[turn % buyers.length];
    if (!buyer) throw new Error('there is no buyer');
    return buyer;
  };
  return {
    platform,
    databaseUrl,
    sellers,
    offers,
    buy: (offer, count = 1) => buyMany(platform, nextBuyer(), offers[offer]?.priceItemId ?? '', count),
    async startWorker() {
      const worker = startChild('./worker.ts', [databaseUrl], z.unknown());
      workers.push(worker);
      await worker.next();
      return worker;
    },
    async close() {
      for (const worker of workers) await worker.stop('SIGKILL');
      await sellers.stop();
      await close();
      await place.drop(name);
    },
  };
}
