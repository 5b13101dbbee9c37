/** Plays the story on one stage; after each step both sides have to agree, and at the end their records call by call. */
import { trialBalance } from '../../../packages/marketplace/src/ledger/index.ts';
import { instanceOf } from '../lives.ts';
import { atOf, type CallPair, comparedCalls, recordedCalls } from './record.ts';
import type { SellerName, SellersView } from './sellers.ts';
import { openStage, type Protocol, type Stage } from './stage.ts';
import { type Cast, type Role, STORY, type Step } from './story.ts';

export interface PlayedStep {
  readonly at: string;
  readonly title: string;
  readonly of: Role;
  readonly marketplace: { readonly state: string; readonly expireAt: string | null; readonly quantity: number };
  readonly seller: SellersView | null;
  /** made since the step before */
  readonly calls: readonly CallPair[];
}
export interface Life {
  readonly protocol: Protocol;
  readonly seller: SellerName;
  readonly steps: readonly PlayedStep[];
  /** calls that both sides have on record alike */
  readonly matching: number;
  readonly differences: readonly string[];
  readonly tookMs: number;
}

export async function playLife(databaseUrl: string, protocol: Protocol, seller: SellerName): Promise<Life> {
  const startedMs = performance.now();
  const stage = await openStage(databaseUrl, protocol, seller);
  try {
    const cast: Cast = new Map();
    const seen: Omit<PlayedStep, 'calls'>[] = [];
    const differences: string[] = [];
    for (const step of STORY) {
      await stage.world.simulator.advanceTo(beijing(step.at));
      await step.act?.(stage, cast);
      await stage.world.simulator.drain();
      const looked = await look(stage, step, cast);
      seen.push(looked);
      differences.push(...disagreements(step, looked));
    }
    const pairs = comparedCalls(await recordedCalls(stage.world.platform.db), stage.seller.heard());
    differences.push(...pairs.flatMap(described), ...(await leftOver(stage)));
    const matching = pairs.filter(({ differs }) => differs.length === 0).length;
    const tookMs = Math.round(performance.now() - startedMs);
    return { protocol, seller, steps: withCalls(seen, pairs), matching, differences, tookMs };
  } finally {
    await stage.close();
  }
}

const beijing = (minute: string): Date => new Date(`${minute.replace(' ', 'T')}:00+08:00`);

async function look({ world, seller }: Stage, step: Step, cast: Cast): Promise<Omit<PlayedStep, 'calls'>> {
  const instance = await instanceOf(world, cast.get(step.of) ?? '');
  const { state, expireAt, quantity, instanceId } = instance;
  return {
    ...{ at: beijing(step.at).toISOString(), title: step.title, of: step.of },
    marketplace: { state, expireAt: expireAt?.toISOString() ?? null, quantity },
    seller: seller.instance(instanceId ?? ''),
  };
}

const FROZEN = ['FROZEN', 'VIOLATION_FROZEN'];
const statusOf = (state: string): SellersView['status'] =>
  state === 'RELEASED' ? 'RELEASED' : FROZEN.includes(state) ? 'FROZEN' : 'ACTIVE';

/** The story, the marketplace and the seller have to say the same; what a seller was never told it need not know. */
function disagreements(step: Step, { marketplace, seller }: Omit<PlayedStep, 'calls'>): string[] {
  const wanted = step.until === null ? null : new Date(`${step.until}T23:59:59+08:00`).toISOString();
  const facts: [what: string, expected: unknown, found: unknown][] = [
    ['state', step.state, marketplace.state],
    ['end', wanted, step.until === null ? null : marketplace.expireAt],
    ['seller’s status', statusOf(marketplace.state), seller?.status],
    ['seller’s end', marketplace.expireAt, seller?.expireAt ?? marketplace.expireAt],
    ['seller’s quantity', marketplace.quantity, seller?.quantity ?? marketplace.quantity],
  ];
  return facts
    .filter(([, expected, found]) => expected !== found)
    .map(([what, expected, found]) => `${step.at} ${step.title}: ${what} is ${found}, not ${expected}`);
}

function described(pair: CallPair): string[] {
  const call = pair.seller ?? pair.marketplace;
  return pair.differs.map((how) => `${atOf(pair)} ${call?.activity} ${call?.orderId ?? call?.instanceId}: ${how}`);
}

/** Nothing was refused, and the money adds up. */
async function leftOver({ world, seller }: Stage): Promise<string[]> {
  const refused = seller.refused();
  const { balanced } = await trialBalance(world.platform.db);
  return [
    ...(refused > 0 ? [`the seller took ${refused} calls for a stranger’s`] : []),
    ...(balanced ? [] : ['the ledger is out of balance']),
  ];
}

function withCalls(steps: readonly Omit<PlayedStep, 'calls'>[], pairs: readonly CallPair[]): PlayedStep[] {
  return steps.map((step, place) => {
    const after = steps[place - 1]?.at ?? '';
    return { ...step, calls: pairs.filter((pair) => atOf(pair) > after && atOf(pair) <= step.at) };
  });
}
