/**
 * Finding among many products: search in both languages, filters, deep pages, counts of filters and the product page over
 * real HTTP; the search beside a scan and beside the bare rows; quotes in this process.
 */
import { type CrowdBuyer, createBuyers } from '@jishi/marketplace/testing';
import { type Dispatcher, Pool } from 'undici';
import { z } from 'zod';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { startChild } from '../process.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { percentile } from '../stats.ts';
import { compare } from './peers.ts';
import { goodsIdOf, type Population, populate } from './population.ts';
import { quotesPerSecond } from './quotes.ts';
import { drive, get, search } from './requests.ts';
import { QUERIES } from './words.ts';

const SKUS_EACH = 10;
const DEEP_PAGES = 100;
const CLIENTS = 4;
const listening = z.object({ port: z.number() });

export async function benchCatalogue(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const rows: Row[] = [];
  if (only === null || only === 'quote') rows.push(quotes(quick ? 0.3 : 3));
  if (only === null || only === 'search')
    rows.push(...(await finding(place, quick, size ?? (quick ? 1_000 : 100_000))));
  return rows;
}

function quotes(seconds: number): Row {
  quotesPerSecond(seconds / 5); // warm
  const value = quotesPerSecond(seconds);
  say(`${value.toFixed(0)} quotes a second of processor time`);
  return {
    name: 'quotes, in-process, per core',
    value,
    unit: '/s',
    aim: { atLeast: 20_000 },
    note: 'linear, tier, step, half of them with an offer; each with its derivation',
  };
}

async function finding(place: Place, quick: boolean, products: number): Promise<Row[]> {
  const databaseUrl = await place.create('catalogue');
  const { platform, close } = await openMarketplace(databaseUrl);
  const server = startChild('./orders/server.ts', [databaseUrl], z.unknown());
  const { port } = listening.parse(await server.next());
  const population = await populate(platform, databaseUrl, products, SKUS_EACH);
  const [buyer] = await createBuyers(platform, 1);
  if (!buyer) throw new Error('a buyer was asked for');
  const http = new Pool(`http://127.0.0.1:${port}`, { connections: CLIENTS });
  try {
    say('beside a scan and bare rows');
    const peers = await compare(platform, databaseUrl, quick ? 1 : 5);
    const measured = await requests(http, buyer, products, quick ? 0.3 : 8);
    return [...ratios(peers, population), ...measured];
  } finally {
    await http.close();
    await server.stop('SIGKILL');
    await close();
    await place.drop('catalogue');
  }
}

function ratios({ jishi, scan, bare }: Awaited<ReturnType<typeof compare>>, population: Population): Row[] {
  const ratio = (name: string, share: number, of: readonly number[], by: readonly number[]): Row => ({
    name,
    value: percentile(of, share) / percentile(by, share),
    unit: '',
    note: `${percentile(of, share).toFixed(1)} ÷ ${percentile(by, share).toFixed(1)} ms, one at a time`,
  });
  const { products, skusEach, indexedIn } = population;
  return [
    ratio('scan ÷ jishi, p50 of a list', 0.5, scan, jishi),
    ratio('scan ÷ jishi, p99 of a list', 0.99, scan, jishi),
    ratio('jishi ÷ bare rows, p50 of a list', 0.5, jishi, bare),
    {
      name: 'products indexed',
      value: products / indexedIn,
      unit: '/s',
      note: `${products} products, ${products * skusEach} SKUs, one connection`,
    },
  ];
}

/** Each kind of request by itself, four clients at once. */
async function requests(http: Dispatcher, buyer: CrowdBuyer, products: number, seconds: number): Promise<Row[]> {
  const of = (list: readonly string[]) => (turn: number) => search(http, buyer, { q: list[turn % list.length] ?? '' });
  const deep = await deepPlaces(http, buyer);
  const kinds: [name: string, ask: (turn: number) => Promise<unknown>][] = [
    ['search, Chinese words', of(QUERIES.Chinese)],
    ['search, English words', of(QUERIES.English)],
    ['search, rare words', of(QUERIES.rare)],
    ['search, words and filters', (turn) => search(http, buyer, FILTERED[turn % FILTERED.length] ?? {})],
    ['lists by price, newest, rating', (turn) => search(http, buyer, { sort: SORTS[turn % SORTS.length] ?? 'SALES' })],
    [`page ${DEEP_PAGES} of a list`, (turn) => search(http, buyer, deep[turn % deep.length] ?? {})],
    [
      'counts of filters',
      (turn) =>
        get(
          http,
          buyer,
          `/market/facets?q=${encodeURIComponent(QUERIES.Chinese[turn % QUERIES.Chinese.length] ?? '')}`,
        ),
    ],
    ['home page', () => get(http, buyer, '/market/home')],
    ['product page', (turn) => get(http, buyer, `/products/${goodsIdOf((turn * 7_919) % products)}`)],
  ];
  const rows: Row[] = [];
  for (const [name, ask] of kinds) {
    await drive(seconds / 8, CLIENTS, ask); // warm
    const took = await drive(seconds, CLIENTS, ask);
    const note = `${(took.length / seconds).toFixed(0)}/s, ${CLIENTS} clients`;
    rows.push(
      { name: `${name}, p50`, value: percentile(took, 0.5), unit: 'ms', note },
      { name: `${name}, p99`, value: percentile(took, 0.99), unit: 'ms' },
    );
    say(`${name}: p50 ${percentile(took, 0.5).toFixed(1)}, p99 ${percentile(took, 0.99).toFixed(1)} ms, ${note}`);
  }
  return rows;
}

const SORTS = ['PRICE_UP', 'PRICE_DOWN', 'NEWEST', 'RATING'];
const FILTERED: Record<string, string>[] = [
  { q: '安全', category: 'security', sort: 'PRICE_UP' },
  { q: 'platform', accessType: 'SERVICE' },
  { q: '数据库', industry: 'industry-finance', trial: 'true' },
  { category: 'business.erp', priceFrom: '100', priceTo: '200' },
  { certification: 'cert-mlps', chargingMode: 'PERIOD', sort: 'NEWEST' },
];

/** Cursors of a deep page of a list with words and of one without, found by walking there. */
async function deepPlaces(http: Dispatcher, buyer: CrowdBuyer): Promise<Record<string, string>[]> {
  const places: Record<string, string>[] = [];
  for (const query of [{ sort: 'SALES' }, { q: '平台' }]) {
    let cursor: string | null = null;
    for (let page = 1; page < DEEP_PAGES; page += 1) {
      const { nextCursor } = await search(http, buyer, cursor === null ? query : { ...query, cursor });
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    places.push(cursor === null ? query : { ...query, cursor });
  }
  return places;
}
