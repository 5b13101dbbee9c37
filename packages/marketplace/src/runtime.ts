/**
 * The running marketplace: one composition of stations, and what works in the background. In real time pumps take
 * what is due; in virtual time `drain` and `advanceTo` do the same work in order, so that a run can be repeated.
 */
import { EXPORT_SOURCES } from './api/console-api/export-sources.ts';
import {
  ASSET_VERSIONS,
  builtInScanner,
  findingSubscriptions,
  findingTasks,
  offersSubscriptions,
  offersTasks,
  recordingCopier,
  refreshSales,
  stepAssets,
} from './catalog/index.ts';
import {
  createDebugger,
  debuggingSubscriptions,
  forgetRuns,
  makeDueRuns,
  PROBE,
  probe,
  RUNS,
  startDebugger,
} from './debugging/index.ts';
import {
  alignImages,
  deliverySubscriptions,
  GRANTS,
  REMIND,
  recordingCouriers,
  recordingImages,
  remind,
  trackParcels,
} from './delivery/index.ts';
import { IMPORTS, stepImports } from './directory/index.ts';
import {
  CALLS,
  type Caller,
  createCaller,
  forgetCalls,
  fulfilmentSubscriptions,
  makeDueCalls,
  startCalling,
} from './fulfilment/index.ts';
import { COMPARISONS, INSTANCES, instancesSubscriptions, runComparisons, runDue } from './instances/index.ts';
import { sealEntries } from './ledger/index.ts';
import { licensingSubscriptions } from './licensing/index.ts';
import { BILLED_AT_ONCE, forgetUsage, METERS, meteringSubscriptions, runMetering } from './metering/index.ts';
import {
  closeSenders,
  createSenders,
  createSending,
  DELIVERIES,
  forgetNotices,
  GIVE_PASSWORDS,
  givePasswords,
  notificationSubscriptions,
  SEND_DIGEST,
  sendDigest,
  sendDue,
  startSending,
} from './notification/index.ts';
import { orderingSubscriptions, orderingTasks } from './ordering/index.ts';
import {
  foldSignals,
  forgetSignals,
  forgetSignOns,
  peopleSubscriptions,
  runSyncTask,
  SIGNALS,
  SYNC_TASKS,
  type SyncTask,
  stepSync,
  takeSyncTasks,
} from './people/index.ts';
import { sealAudit } from './platform/audit-seals.ts';
import { type Clock, systemClock, type VirtualClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/database/database.ts';
import { nextDue, type Sources, whatIsDue } from './platform/due.ts';
import { createEventBus, dispatchOnce, EVENTS_BATCH, EVENTS_REST_MS } from './platform/events.ts';
import { EXPORTS, stepExports } from './platform/exports/index.ts';
import { forgetUnclaimed } from './platform/files/index.ts';
import { API_REQUEST_DAYS, forgetApiRequests } from './platform/http/api-requests.ts';
import { forgetKeys } from './platform/http/idempotency.ts';
import { createKeyRing } from './platform/key-ring.ts';
import { type Log, silentLog } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import type { Outbound } from './platform/outbound.ts';
import { createPausePoints, type PausePoints } from './platform/pause-points.ts';
import type { Platform } from './platform/platform.ts';
import { type Random, systemRandom, uuid } from './platform/random.ts';
import { atMost } from './platform/tasks/at-most.ts';
import { listenForDue } from './platform/tasks/due-now.ts';
import { forgetTasks, runTask, TASKS, type TaskContext, takeTasks } from './platform/tasks/marketplace-tasks.ts';
import {
  createRest,
  createWake,
  forgetful,
  type Pump,
  type Rest,
  startPump,
  type Wake,
} from './platform/tasks/pump.ts';
import { reclaim } from './platform/tasks/task-table.ts';
import { SELDOM_MS, startWatch } from './platform/tasks/watch.ts';
import { settlementSubscriptions, settlementTasks } from './settlement/index.ts';
import { walletTasks } from './wallet/index.ts';
import {
  createWebhookSender,
  forgetDeliveries,
  sendDueWebhooks,
  startWebhooks,
  WEBHOOK_RETENTION_DAYS,
  WEBHOOKS,
  webhooksSubscriptions,
} from './webhooks/index.ts';

export interface PlatformParts {
  readonly config: Config;
  readonly db: Db;
  readonly clock?: Clock;
  /** for signatures; the clock unless given */
  readonly wireClock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly metrics?: Metrics;
  readonly pause?: PausePoints;
}

/** Puts the stations together. Subscribers ask for the platform late, because the bus is part of it. */
export function createPlatform(parts: PlatformParts): Platform {
  const random = parts.random ?? systemRandom;
  const clock = parts.clock ?? systemClock;
  const self = (): Platform => platform;
  const platform: Platform = {
    config: parts.config,
    db: parts.db,
    clock,
    wireClock: parts.wireClock ?? clock,
    random,
    keys: createKeyRing(parts.config.masterKeys, random),
    events: createEventBus([
      ...findingSubscriptions(),
      ...offersSubscriptions(),
      ...orderingSubscriptions(self),
      ...licensingSubscriptions(self),
      ...fulfilmentSubscriptions(self),
      ...deliverySubscriptions(self),
      ...debuggingSubscriptions(self),
      ...instancesSubscriptions(self),
      ...peopleSubscriptions(self),
      ...meteringSubscriptions(self),
      ...settlementSubscriptions(self),
      ...notificationSubscriptions(self),
      ...webhooksSubscriptions(self),
    ]),
    log: parts.log ?? silentLog,
    metrics: parts.metrics ?? createMetrics(),
    pause: parts.pause ?? createPausePoints(),
    wake: createWake(),
  };
  return platform;
}

function taskContext(platform: Platform): TaskContext {
  return {
    db: platform.db,
    log: platform.log,
    metrics: platform.metrics,
    owner: uuid(platform.random),
    handlers: {
      [PROBE]: probe(platform),
      ...findingTasks(platform),
      ...offersTasks(platform),
      ...walletTasks(platform),
      ...orderingTasks(platform),
      [REMIND]: remind(platform),
      ...settlementTasks(platform),
      [SEND_DIGEST]: sendDigest(platform),
      [GIVE_PASSWORDS]: givePasswords(platform),
    },
  };
}

/** whatever may wait to be done */
const TASK_TABLES = [TASKS, CALLS, RUNS, DELIVERIES, WEBHOOKS];
const STEPPING_TABLES = [
  ...[INSTANCES, METERS, COMPARISONS, GRANTS, ASSET_VERSIONS],
  ...[EXPORTS, SYNC_TASKS, SIGNALS, IMPORTS],
];
const sourcesOf = ({ events }: Platform): Sources => ({
  subscribers: events.subscriptions.map(({ name }) => name),
  taskTables: TASK_TABLES,
  steppingTables: STEPPING_TABLES,
});

const LOOK_MS = 200;
/** life-cycle steps in one transaction */
const LIVES_BATCH = 200;
/** meters in one turn, each a transaction */
const METERS_BATCH = 50;
const HOUSEKEEPING_MS = 10_000;

/** Works until stopped: calls sellers, delivers events, runs tasks. Any number of processes may do so at once. */
export function startWorkers(platform: Platform, outbound?: Outbound): { stop(): Promise<void> } {
  const { wake, log } = platform;
  const watch = startWatch({
    ...{ wake, log, pollMs: LOOK_MS },
    look: () => whatIsDue(platform.db, sourcesOf(platform), platform.clock.now()),
  });
  const deaf = listenForDue(platform.db, (sources) => watch.tell(sources));
  const caller = createCaller(platform, outbound);
  const calling = startCalling(platform, caller, watch.wakeOf(CALLS));
  const debug = createDebugger(platform, outbound ? { outbound } : {});
  const debugging = startDebugger(platform, debug, watch.wakeOf(RUNS));
  const senders = createSending(platform, createSenders(platform.config));
  const sending = startSending(platform, senders, watch.wakeOf(DELIVERIES));
  const webhooks = startWebhooks(platform, createWebhookSender(platform), watch.wakeOf(WEBHOOKS));
  /** One batch a turn, which is done when it is taken; a full one calls for the next turn at once. */
  const steps = (name: string, sources: readonly string[], step: () => Promise<boolean>): Pump =>
    stepsWhen(name, watch.wakeOf(...sources), step);
  const stepsWhen = (name: string, when: Wake, step: () => Promise<boolean>): Pump =>
    startPump<true>({
      ...{ name, capacity: 1, pollMs: SELDOM_MS, wake: when, log },
      take: async () => ((await step()) ? [true] : []),
      run: () => Promise.resolve(),
    });
  // Side by side they would only share the processors, in smaller batches, and each connection plans every statement anew.
  const oneOfFew = atMost(Math.max(2, Math.floor(platform.config.databasePoolSize / 4)));
  const rests: Rest[] = [];
  const deliveries = platform.events.subscriptions.map((subscription) => {
    const when = forgetful(watch.wakeOf(subscription.name));
    const rest = createRest(EVENTS_REST_MS[subscription.urgent ? 'urgent' : 'other']);
    rests.push(rest);
    return stepsWhen(subscription.name, when, async () => {
      await rest.over();
      let seen = when.kicks();
      const taken = await oneOfFew(() => {
        seen = when.kicks();
        return dispatchOnce(platform, subscription, platform.clock.now());
      });
      if (taken > 0 && taken < EVENTS_BATCH) rest.begin();
      if (taken > 0) {
        // A look until now may have seen what was being taken. What follows from it, and what came after it for the same things, is seen by the next one.
        when.forgetSince(seen);
        wake.kick();
      }
      return taken >= EVENTS_BATCH;
    });
  });
  const images = recordingImages(platform);
  const couriers = recordingCouriers(platform);
  const scanner = builtInScanner(platform);
  // side by side: an hour's usage of many services is billed at once, a large package is read and a long table written for minutes
  const stepping = [
    steps('instances', [INSTANCES, COMPARISONS, GRANTS], async () => {
      const lives = (await runDue(platform, LIVES_BATCH)) + (await runComparisons(platform));
      return lives + (await alignImages(platform, images)) + (await trackParcels(platform, couriers)) > 0;
    }),
    steps('metering', [METERS], async () => (await runMetering(platform, METERS_BATCH, BILLED_AT_ONCE)) > 0),
    steps('assets', [ASSET_VERSIONS], async () => (await stepAssets(platform, scanner, recordingCopier)) > 0),
    steps('exports', [EXPORTS, IMPORTS, SIGNALS], async () => {
      const written = await stepExports(platform, EXPORT_SOURCES);
      return written + (await stepImports(platform)) + (await foldSignals(platform)) > 0;
    }),
  ];
  // some side by side: each step waits for a seller
  const synchronising = startPump<SyncTask>({
    ...{ name: 'synchronisation', capacity: 8, pollMs: SELDOM_MS, wake: watch.wakeOf(SYNC_TASKS), log },
    take: (limit) => takeSyncTasks(platform, limit),
    run: (task) => runSyncTask(platform, caller, task),
  });
  const context = taskContext(platform);
  const tasks = startPump({
    ...{ name: 'tasks', capacity: 8, pollMs: SELDOM_MS, wake: watch.wakeOf(TASKS), log },
    take: (limit) => takeTasks(context, platform.clock.now(), limit),
    async run(task) {
      await runTask(context, task, platform.clock.now());
      wake.kick();
    },
  });
  const housekeeping = setInterval(() => {
    const now = platform.clock.now();
    keepHouse(platform, now).catch((error: unknown) => platform.log.error({ err: error }, 'housekeeping failed'));
  }, HOUSEKEEPING_MS);
  return {
    async stop() {
      clearInterval(housekeeping);
      deaf();
      for (const rest of rests) rest.end();
      await Promise.all([
        calling.stop(),
        debugging.stop(),
        sending.stop(),
        webhooks.stop(),
        tasks.stop(),
        synchronising.stop(),
        ...[...stepping, ...deliveries].map((pump) => pump.stop()),
      ]);
      await watch.stop();
      // what was posted last need not wait for the next start
      await sealEntries(platform.db, platform.clock.now()).catch((error: unknown) =>
        platform.log.warn({ err: error }, 'the last entries are not sealed'),
      );
      await sealAudit(platform.db, platform.clock.now()).catch((error: unknown) =>
        platform.log.warn({ err: error }, 'the last rows of the audit log are not sealed'),
      );
    },
  };
}

const DAY_MS = 86_400_000;
/** finished tasks stay visible to operators for a month */
const TASK_RETENTION_DAYS = 30;
const FORGET_BATCH = 1_000;
/** a product of many members has as many signals a day */
const FORGET_SIGNALS = 10_000;
/** each is a few steps on a disk that may be far away */
const FORGET_FILES = 50;

/** Small steps often, so that nothing grows for ever and no statement takes long. */
async function keepHouse(platform: Platform, now: Date): Promise<void> {
  const { db, config } = platform;
  await reclaim(db, TASKS, now);
  await reclaim(db, DELIVERIES, now);
  await reclaim(db, WEBHOOKS, now);
  await refreshSales(db);
  await sealEntries(db, now);
  await sealAudit(db, now);
  await forgetKeys(db, now);
  await forgetSignOns(db, now, FORGET_BATCH);
  await forgetUnclaimed(platform, now, FORGET_FILES);
  await forgetTasks(db, new Date(now.getTime() - TASK_RETENTION_DAYS * DAY_MS), FORGET_BATCH);
  const told = new Date(now.getTime() - config.messageRetentionDays * DAY_MS);
  await forgetRuns(db, new Date(now.getTime() - config.messageRetentionDays * DAY_MS), FORGET_BATCH);
  await forgetCalls(db, told, FORGET_BATCH);
  await forgetUsage(platform, FORGET_BATCH);
  await forgetSignals(platform, FORGET_SIGNALS);
  await forgetApiRequests(db, new Date(now.getTime() - API_REQUEST_DAYS * DAY_MS), FORGET_BATCH);
  await forgetDeliveries(db, new Date(now.getTime() - WEBHOOK_RETENTION_DAYS * DAY_MS), FORGET_BATCH);
  await forgetNotices(db, { told, failures: new Date(now.getTime() - DAY_MS) }, FORGET_BATCH);
}

export interface Simulator {
  /** does everything that is due now */
  drain(): Promise<void>;
  /** moves the clock from due time to due time up to `instant`, doing everything in order */
  advanceTo(instant: Date): Promise<void>;
  close(): Promise<void>;
}

/** Virtual time, one process (design.md 4.1, 4.11). */
export function createSimulator(platform: Platform, clock: VirtualClock, outbound?: Outbound): Simulator {
  const caller: Caller = createCaller(platform, outbound);
  const debug = createDebugger(platform, outbound ? { outbound } : {});
  const context = taskContext(platform);
  const sending = createSending(platform, createSenders(platform.config));
  const webhooks = createWebhookSender(platform);
  const images = recordingImages(platform);
  const couriers = recordingCouriers(platform);
  const scanner = builtInScanner(platform);
  const sources = sourcesOf(platform);

  const once = async (): Promise<number> => {
    let done = 0;
    const due = await whatIsDue(platform.db, sources, clock.now());
    for (const subscription of platform.events.subscriptions)
      if (due.subscribers.has(subscription.name)) done += await dispatchOnce(platform, subscription, clock.now());
    for (const task of due.tables.has(TASKS) ? await takeTasks(context, clock.now(), 50) : []) {
      await runTask(context, task, clock.now());
      done += 1;
    }
    if (due.tables.has(INSTANCES)) done += await runDue(platform, LIVES_BATCH);
    if (due.tables.has(METERS)) done += await runMetering(platform, METERS_BATCH);
    if (due.tables.has(COMPARISONS)) done += await runComparisons(platform);
    if (due.tables.has(GRANTS))
      done += (await alignImages(platform, images)) + (await trackParcels(platform, couriers));
    if (due.tables.has(ASSET_VERSIONS)) done += await stepAssets(platform, scanner, recordingCopier);
    if (due.tables.has(EXPORTS)) done += await stepExports(platform, EXPORT_SOURCES);
    if (due.tables.has(IMPORTS)) done += await stepImports(platform);
    if (due.tables.has(SYNC_TASKS)) done += await stepSync(platform, caller);
    if (due.tables.has(SIGNALS)) done += await foldSignals(platform);
    if (due.tables.has(CALLS)) done += await makeDueCalls(platform, caller);
    if (due.tables.has(RUNS)) done += await makeDueRuns(debug);
    if (due.tables.has(DELIVERIES)) done += await sendDue(platform, sending);
    if (due.tables.has(WEBHOOKS)) done += await sendDueWebhooks(platform, webhooks);
    return done;
  };
  const drain = async () => {
    while ((await once()) > 0);
  };
  return {
    drain,
    async advanceTo(instant) {
      for (;;) {
        await drain();
        const due = await nextDue(platform.db, sources, clock.now());
        if (due === null || due > instant) break;
        clock.moveTo(due);
      }
      if (instant > clock.now()) clock.moveTo(instant);
      await drain();
    },
    async close() {
      await caller.close();
      await debug.close();
      await closeSenders(sending);
      await webhooks.outbound.close();
    },
  };
}
