/**
 * A sandbox: the marketplace with a clock that can be moved, every exchange recorded, and each scenario a command. One
 * process, its own database; the routes of the API and scenario files work through this interface.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { upcomingChanges } from '@jishi/protocol';
import { productionInterfaces } from '../catalog/index.ts';
import { type DemoFacts, loadDemo } from '../demo/facts.ts';
import { accessKeys, accessKeysOfSeller } from '../directory/index.ts';
import { createCaller } from '../fulfilment/index.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { createOutbound } from '../platform/outbound.ts';
import type { Platform } from '../platform/platform.ts';
import { systemRandom, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { createPlatform, createSimulator, type PlatformParts, startWorkers } from '../runtime.ts';
import { presentSpecification, specificationsOf } from './catalogue.ts';
import { type Chance, createChance } from './chance.ts';
import { type ClockState, laterBy, sandboxClock } from './clock.ts';
import { createDriver, type Move } from './driver.ts';
import {
  type ExchangeQuery,
  exchangeById,
  exchangePage,
  exchangesAfter,
  insertExchange,
  lastExchangeId,
} from './exchange-store.ts';
import { takeFault, withFault } from './faults.ts';
import { harOf } from './har.ts';
import { exchangeOf, type ReceivedCall } from './incoming.ts';
import { createRecorder } from './recorder.ts';
import { emptyMarketplace } from './reset.ts';
import { SCENARIOS, scenarioOf } from './scenario-table.ts';
import type {
  ClockCommand,
  Exchange,
  ExchangePage,
  ExchangeSummary,
  FaultCommand,
  ReplayCommand,
  ResetCommand,
  SandboxClockView,
  SandboxEvent,
  SandboxFault,
  SandboxMove,
  SandboxState,
  TriggerAnswer,
  TriggerCommand,
  UpcomingItem,
} from './schemas.ts';
import { buttonsOf, presentService, servicesOf } from './services.ts';
import {
  type JournalEntry,
  latestEventAt,
  loadClock,
  readJournal,
  saveClock,
  shiftSessions,
  takeAlong,
  writeJournal,
} from './store.ts';
import { PLAYS } from './triggers.ts';
import { nextUpcomingAt, upcomingOf } from './upcoming.ts';
import { explained } from './why.ts';
import type { SandboxWorld } from './world.ts';

export interface SandboxParts extends Omit<PlatformParts, 'clock' | 'wireClock' | 'random'> {
  /** true = the developer's own server, whose clock is the machine's: signatures are dated by that */
  readonly ownSeller: boolean;
  /** for runs that can be repeated; null = the machine's randomness */
  readonly seed: string | null;
  /** for programs on this machine; nobody else has it */
  readonly token: string;
  /** where a sandbox begins that was never driven; the machine's time unless given */
  readonly start?: Date;
  /** whether such a one plays; true unless given */
  readonly playing?: boolean;
  readonly machine?: Clock;
  /** of the Open API, below the marketplace's address */
  readonly openApiPrefix: string;
}

export interface Sandbox {
  readonly platform: Platform;
  readonly chance: Chance;
  readonly token: string;
  /** the recording client, for whoever else calls sellers in this process */
  readonly outbound: ReturnType<typeof createRecorder>['outbound'];
  /** begins to work; `emptySeller` makes the demo seller forget, at each reset */
  start(emptySeller?: () => Promise<void>): void;
  stop(): Promise<void>;
  state(): Promise<SandboxState>;
  clock(): SandboxClockView;
  upcoming(limit: number): Promise<UpcomingItem[]>;
  /** Answers when the clock is there. Refuses as the driver does, and VALIDATION. */
  moveClock(command: ClockCommand): Promise<Result<null>>;
  /** Plays a scenario and does everything that is due then. Refuses with the domain's own codes. */
  trigger(command: TriggerCommand): Promise<Result<TriggerAnswer>>;
  faults(): readonly SandboxFault[];
  addFault(command: FaultCommand): Promise<SandboxFault>;
  clearFaults(): Promise<void>;
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  exchange(exchangeId: string): Promise<Exchange | null>;
  /** HAR 1.2 in parts */
  har(version: string): AsyncGenerator<string>;
  replay(command: ReplayCommand): Promise<Result<ExchangeSummary>>;
  reset(command: ResetCommand): Promise<void>;
  /** what was done through the commands above since the last reset */
  journal(): Promise<JournalEntry[]>;
  /** a call of the seller to the Open API */
  received(call: ReceivedCall): Promise<void>;
  /** @returns stops it */
  subscribe(listener: (event: SandboxEvent) => void): () => void;
  publish(event: SandboxEvent): void;
}

/** A jump of more than this is a typing error; nobody waits for the daily probes of a century. */
const LONGEST_MOVE_MS = 20 * 366 * 86_400_000;
const PROGRESS_MS = 100;
const ANNOUNCED_DAYS = 90;
const HAR_PAGE = 100;

/** On a database with the marketplace's and SANDBOX_MIGRATIONS; the demo facts are looked for when they are needed. */
export async function createSandbox(parts: SandboxParts): Promise<Sandbox> {
  const { db, config, machine = systemClock } = parts;
  const chance = createChance(parts.seed);
  const clock = sandboxClock(machine, await beginning(parts, machine), (to) => driver.moved(to));
  const platform = createPlatform({
    ...parts,
    clock,
    wireClock: parts.ownSeller ? machine : clock,
    random: chance.marketplace,
  });
  const closing = new AbortController();
  const listeners = new Set<(event: SandboxEvent) => void>();
  let faults: readonly SandboxFault[] = [];
  let emptySeller = (): Promise<void> => Promise.resolve();
  let demo: Promise<DemoFacts> | null = null;

  const publish = (event: SandboxEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const setFaults = (next: readonly SandboxFault[]): void => {
    if (next === faults) return;
    faults = next;
    publish({ event: 'fault', data: { faults: [...faults] } });
  };
  const client = createOutbound({
    allowInternal: config.mode === 'sandbox',
    timeoutMs: config.callTimeoutMs,
    connectionsPerOrigin: config.callsPerSeller * 2,
  });
  const recorder = createRecorder({
    ...platform,
    outbound: client,
    nonces: parts.ownSeller && parts.seed !== null ? systemRandom : null,
    async accessKeys() {
      const ids = (await accessKeysOfSeller(db, (await facts()).sellerId)).map(({ keyId }) => keyId);
      return [...(await accessKeys(platform, ids)).values()];
    },
    takeFault(activity) {
      const { fault, left } = takeFault(faults, activity);
      if (fault) setFaults(left);
      return fault;
    },
    recorded: (exchange) => publish({ event: 'exchange', data: exchange }),
    sleep: (delayMs) => wait(delayMs, undefined, { signal: closing.signal }).catch(() => {}),
  });
  const caller = createCaller(platform, recorder.outbound);
  const simulator = createSimulator(platform, clock, recorder.outbound);

  const facts = (): Promise<DemoFacts> => {
    demo ??= loadDemo(platform).then((found) => {
      if (!found) throw new Error('this database holds no demo: it was not seeded as a sandbox');
      return found;
    });
    return demo;
  };
  const world = async (): Promise<SandboxWorld> => ({ platform, demo: await facts(), caller });
  const moveView = (move: Move): SandboxMove => ({
    from: move.from.toISOString(),
    to: move.to.toISOString(),
    at: move.at.toISOString(),
    calling: recorder.calling(),
  });
  const clockView = (): SandboxClockView => {
    const moving = driver.moving();
    return { now: clock.now().toISOString(), playing: clock.isPlaying(), moving: moving && moveView(moving) };
  };
  let toldMs = Number.NEGATIVE_INFINITY;
  const driver = createDriver({
    clock,
    wake: platform.wake,
    log: platform.log,
    simulator,
    startWorkers: () => startWorkers(platform, recorder.outbound),
    beforeMove: (from, to) => shiftSessions(db, to.getTime() - from.getTime()),
    afterMove: (from, at) => takeAlong(db, from, at),
    async clockChanged() {
      await saveClock(db, clock.state());
      publish({ event: 'clock', data: clockView() });
    },
    progress(move) {
      if (performance.now() - toldMs < PROGRESS_MS) return;
      toldMs = performance.now();
      publish({ event: 'moving', data: moveView(move) });
    },
  });
  const noted = (kind: JournalEntry['kind'], at: Date, body: object, made: object): Promise<void> =>
    writeJournal(db, { kind, at, body: { ...body }, made: { ...made } });

  return {
    platform,
    chance,
    token: parts.token,
    outbound: recorder.outbound,
    start(empty) {
      emptySeller = empty ?? emptySeller;
      driver.start();
    },
    async stop() {
      closing.abort();
      await driver.stop();
      await saveClock(db, clock.state());
      await simulator.close();
      await client.close();
    },
    clock: clockView,
    async state() {
      const here = await world();
      const { goodsId } = here.demo;
      const [production, services, specifications] = await Promise.all([
        productionInterfaces(db, [goodsId]),
        servicesOf(here),
        specificationsOf(db, goodsId),
      ]);
      const { production_url: url = '', protocol = 'saas-v2' } = production.get(goodsId) ?? {};
      return {
        clock: clockView(),
        seller: { url, protocol, own: parts.ownSeller },
        seed: chance.seed(),
        faults: [...faults],
        scenarios: await buttonsOf(here, services, specifications, protocol),
        services: services.map(presentService),
        specifications: specifications.map(presentSpecification),
        changes: upcomingChanges(clock.now(), config.site, ANNOUNCED_DAYS).map(({ from, ...change }) => ({
          ...change,
          at: new Date(from).toISOString(),
        })),
      };
    },
    upcoming: (limit) => upcomingOf(db, limit),
    async moveClock(command) {
      const at = clock.now();
      const moved = await moveBy(command);
      if (!moved.ok) return { ok: false, refusal: explained(moved.refusal) };
      await noted('clock', at, command, { now: clock.now().toISOString() });
      return moved;
    },
    async trigger(command) {
      const row = scenarioOf(command.scenario);
      if (!row) {
        const known = SCENARIOS.map(({ name }) => name).join(', ');
        return refuse('VALIDATION', `there is no scenario "${command.scenario}": ${known}`);
      }
      const moving = driver.moving();
      if (moving) return { ok: false, refusal: explained(isMoving(moving)) };
      return driver.alone(async ({ drain }) => {
        const [before, at] = [await lastExchangeId(db), clock.now()];
        const played = await PLAYS[row.name](await world(), command, drain);
        await drain();
        if (!played.ok) return { ok: false, refusal: explained(played.refusal) };
        await noted('trigger', at, { ...command, scenario: row.name }, played.value);
        const made = await exchangesAfter(db, before, MOST_NAMED);
        return ok({ scenario: row.name, ...played.value, exchanges: made.map(({ exchangeId }) => exchangeId) });
      });
    },
    faults: () => faults,
    async addFault(command) {
      const next = withFault(faults, uuid(chance.requests), command);
      setFaults(next);
      await noted('fault', clock.now(), command, {});
      const added = next.at(-1);
      if (!added) throw new Error('unreachable: it was just added');
      return added;
    },
    async clearFaults() {
      setFaults([]);
      await noted('faults-cleared', clock.now(), {}, {});
    },
    exchanges: (query) => exchangePage(db, query),
    exchange: (exchangeId) => exchangeById(db, exchangeId),
    har: (version) => harOf(allExchanges(), version),
    async replay({ exchangeId, how }) {
      const found = await exchangeById(db, exchangeId);
      if (!found) return refuse('NOT_FOUND', 'there is no such exchange, or it is gone: the last 10,000 are kept');
      if (found.direction !== 'to-seller')
        return refuse('VALIDATION', 'a call of the seller can only be repeated by the seller');
      const repeated = await recorder.repeat(found, how);
      await noted(
        'replay',
        clock.now(),
        { exchangeId, how },
        { exchangeId: repeated.exchangeId, activity: found.activity },
      );
      return ok(repeated);
    },
    async reset({ start, seed, playing }) {
      driver.endMove();
      // First, so that not a moment passes between the new beginning and standing still.
      if (playing === false) await driver.pause();
      await driver.alone(async () => {
        const from = clock.now();
        const to = start ? new Date(start) : machine.now();
        chance.restart(seed ?? null);
        await emptySeller();
        await emptyMarketplace(platform, (await facts()).buyerId, to);
        await shiftSessions(db, to.getTime() - from.getTime());
        clock.reset(to);
        setFaults([]);
      }, true);
      if (playing === true) await driver.play();
      await saveClock(db, clock.state());
      publish({ event: 'reset', data: clockView() });
    },
    journal: () => readJournal(db),
    async received(call) {
      publish({ event: 'exchange', data: await insertExchange(db, exchangeOf(call, parts.openApiPrefix)) });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish,
  };

  async function moveBy(command: ClockCommand): Promise<Result<null>> {
    if (command.action === 'play' || command.action === 'pause') {
      await (command.action === 'play' ? driver.play() : driver.pause());
      return ok(null);
    }
    if (command.action === 'next') return driver.move((from) => nextUpcomingAt(db, from));
    const targetOf = (from: Date): Date | null =>
      command.action === 'to' ? new Date(command.instant) : laterBy(from, command.by, SITES[config.site].timeZone);
    const target = targetOf(clock.now());
    if (!target || target.getTime() - clock.now().getTime() > LONGEST_MOVE_MS)
      return refuse('VALIDATION', 'the clock moves by at most 20 years at once');
    return driver.move((from) => Promise.resolve(targetOf(from)));
  }

  async function* allExchanges(): AsyncGenerator<Exchange[]> {
    let after = '0';
    for (;;) {
      const page = await exchangesAfter(db, after, HAR_PAGE);
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.exchangeId ?? after;
    }
  }
}

/** exchanges that an answer names; more stand in the list */
const MOST_NAMED = 200;
const isMoving = ({ to }: Move) => ({
  code: 'CLOCK_MOVING',
  message: `the clock is on its way to ${to.toISOString()}`,
});

/** Where the clock goes on: as it was kept, but not before the last thing that happened. */
async function beginning({ db, start, playing = true }: SandboxParts, machine: Clock): Promise<ClockState> {
  const known = await loadClock(db);
  const latest = await latestEventAt(db);
  const nowMs = machine.now().getTime();
  if (known?.playing === false) return { playing: false, at: latest && latest > known.at ? latest : known.at };
  const offsetMs = known?.offsetMs ?? (start ? start.getTime() - nowMs : 0);
  const atMs = Math.max(nowMs + offsetMs, latest?.getTime() ?? 0);
  return known || playing ? { playing: true, offsetMs: atMs - nowMs } : { playing: false, at: new Date(atMs) };
}
