/**
 * Scenarios: each is what a person would do in the consoles, in one step, through the same commands. Refusals are the
 * domain's own. Called while nothing else drives the marketplace; what follows from it is done by whoever called.
 */

import { productionInterfaces } from '../catalog/index.ts';
import { debugBench, probeNow, startDebugging } from '../debugging/index.ts';
import { orderNotices, removeOrderNotice, setOrderNotice, viewAccess } from '../fulfilment/index.ts';
import {
  change,
  checkRenewalChange,
  convert,
  cure,
  freezeForViolation,
  type Instance,
  renew,
  resourceOf,
  setExpiryPolicy,
  unsubscribe,
} from '../instances/index.ts';
import {
  changeTargets,
  decideRefund,
  type Order,
  payOrder,
  placeOrder,
  placeTrial,
  type Refund,
  type Target,
} from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { traceId } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { choose, priceOf, specificationsOf } from './catalogue.ts';
import type { ScenarioName, TriggerCommand } from './schemas.ts';
import { serviceFor } from './services.ts';
import { buyerScope, buyerUser, commanded, EVERYTHING, type SandboxWorld } from './world.ts';

export interface Triggered {
  readonly orderId: string | null;
  readonly resourceId: string | null;
}
/** @param drain does everything that is due now */
export type Scenario = (
  world: SandboxWorld,
  wanted: TriggerCommand,
  drain: () => Promise<void>,
) => Promise<Result<Triggered>>;

export const PLAYS: { readonly [N in ScenarioName]: Scenario } = {
  newInstance: (world, wanted) => ordering(world, (tx, by, now) => buy(world, wanted, tx, by, now)),
  trial: (world, wanted) => ordering(world, (tx, by, now) => startTrial(world, wanted, tx, by, now)),
  convert: (world, wanted) =>
    withService(world, 'convert', wanted, ({ resourceId }) =>
      ordering(world, (tx, by, now) => convert(world.platform, tx, { ...by, resourceId, ...period(wanted) }, now)),
    ),
  renew: (world, wanted) =>
    withService(world, 'renew', wanted, ({ resourceId }) => renewal(world, wanted, resourceId, null)),
  renewAndChange: (world, wanted) =>
    withTarget(world, 'renewAndChange', wanted, async ({ resourceId }, target) => {
      const asked = await check(world, resourceId, target, undefined);
      return asked.ok ? renewal(world, wanted, resourceId, target) : asked;
    }),
  unsubscribeRenewal: (world, wanted) => giveBack(world, wanted, 'unsubscribeRenewal'),
  release: (world, wanted) => giveBack(world, wanted, 'release'),
  upgrade: (world, wanted) =>
    withTarget(world, 'upgrade', wanted, ({ resourceId }, target) =>
      ordering(world, (tx, by, now) => change(world.platform, tx, { ...by, resourceId, target }, now)),
    ),
  changeCheck: (world, wanted) =>
    withTarget(world, 'changeCheck', wanted, ({ resourceId }, target) => check(world, resourceId, target, 0)),
  query: (world, wanted) =>
    withService(world, 'query', wanted, async (instance) => {
      const { instanceId, resourceId } = instance;
      if (instanceId === null) return refuse('INSTANCE_STATE', 'B-45: there is nothing to ask for');
      await viewAccess(world.platform, world.caller, { ...instance, instanceId, orderLineId: resourceId }, 0);
      return about(resourceId);
    }),
  freeze: (world, wanted) =>
    withService(world, 'freeze', wanted, ({ resourceId }) =>
      set(world, resourceId, (tx, now) =>
        freezeForViolation(world.platform, tx, { scope: EVERYTHING, resourceId, reason: 'sandbox' }, now),
      ),
    ),
  unfreeze: (world, wanted) =>
    withService(world, 'unfreeze', wanted, ({ resourceId }) =>
      set(world, resourceId, (tx, now) => cure(world.platform, tx, { scope: EVERYTHING, resourceId }, now)),
    ),
  autoRenew: (world, wanted) =>
    withService(world, 'autoRenew', wanted, ({ resourceId }) =>
      set(world, resourceId, (tx, now) =>
        setExpiryPolicy(world.platform, tx, { scope: buyerScope(world), resourceId, policy: 'AUTO' }, now),
      ),
    ),
  orderNotify: notifyOfOrder,
  probe: probeAll,
};

const about = (resourceId: string | null): Result<Triggered> => ok({ orderId: null, resourceId });

interface Orderer {
  readonly scope: ReturnType<typeof buyerScope>;
  readonly userId: string;
  readonly traceId: string;
}
/** Places an order and pays it, in one transaction: a short balance leaves no unpaid order behind. */
function ordering(
  world: SandboxWorld,
  place: (tx: Tx, by: Orderer, now: Date) => Promise<Result<Order>>,
): Promise<Result<Triggered>> {
  const { platform, demo } = world;
  return commanded(world, async (tx, now) => {
    const userId = await buyerUser(tx, demo);
    const placed = await place(tx, { scope: buyerScope(world), userId, traceId: traceId(platform.random) }, now);
    if (!placed.ok) return placed;
    const { orderId } = placed.value;
    const paid = await payOrder(platform, tx, { orderId, scope: buyerScope(world) }, now);
    return paid.ok ? ok({ orderId, resourceId: paid.value.lines[0]?.resourceId ?? null }) : paid;
  });
}

async function buy(
  world: SandboxWorld,
  wanted: TriggerCommand,
  tx: Tx,
  by: Orderer,
  now: Date,
): Promise<Result<Order>> {
  const { platform, demo } = world;
  const specification = choose(await specificationsOf(tx, demo.goodsId), wanted);
  if (!specification.ok) return specification;
  const price = priceOf(specification.value, wanted.periodType ?? null);
  if (!price.ok) return price;
  const { linearAttribute, chargingMode } = specification.value;
  const quantity = wanted.quantity ?? linearAttribute?.minimum;
  const periodNumber = wanted.periodNumber ?? (chargingMode === 'PERIOD' ? 1 : undefined);
  const line = { priceItemId: price.value.priceItemId, quantity, periodNumber, parameters: [] };
  return placeOrder(platform, tx, { ...by, buyerId: demo.buyerId, lines: [line] }, now);
}

async function startTrial(
  world: SandboxWorld,
  wanted: TriggerCommand,
  tx: Tx,
  by: Orderer,
  now: Date,
): Promise<Result<Order>> {
  const { platform, demo } = world;
  const specifications = await specificationsOf(tx, demo.goodsId);
  const offered = wanted.specificationId ? specifications : specifications.filter(({ trial }) => trial !== null);
  const specification = choose(offered, wanted);
  if (!specification.ok) return specification;
  const skuCode = specification.value.skus[0]?.skuCode ?? '';
  const input = { ...by, buyerId: demo.buyerId, skuCode, quantity: wanted.quantity ?? undefined, parameters: [] };
  return placeTrial(platform, tx, input, now);
}

const period = ({ periodType, periodNumber }: TriggerCommand) => ({
  periodType: periodType ?? ('year' as const),
  periodNumber: periodNumber ?? 1,
});

function renewal(world: SandboxWorld, wanted: TriggerCommand, resourceId: string, target: Target | null) {
  const item = { resourceId, ...period(wanted), unifyDay: null, target };
  return ordering(world, (tx, by, now) => renew(world.platform, tx, { ...by, items: [item] }, now));
}

async function withService(
  world: SandboxWorld,
  name: ScenarioName,
  wanted: TriggerCommand,
  play: (instance: Instance) => Promise<Result<Triggered>>,
): Promise<Result<Triggered>> {
  const instance = await serviceFor(world, name, wanted);
  return instance.ok ? play(instance.value) : instance;
}

/** What a change goes to: the quantity asked for, or one step more; another SKU where that is the only way up. */
function withTarget(
  world: SandboxWorld,
  name: ScenarioName,
  wanted: TriggerCommand,
  play: (instance: Instance, target: Target) => Promise<Result<Triggered>>,
): Promise<Result<Triggered>> {
  return withService(world, name, wanted, async (instance) => {
    const targets = await changeTargets(world.platform.db, resourceOf(instance));
    const running = name === 'upgrade' ? targets.filter((each) => each.running) : targets;
    const chosen = running.find(({ skuCode }) => skuCode === instance.skuCode) ?? running[0];
    // Without a target the rules say why: those of the instance itself, asked for one that is its own.
    const skuCode = chosen?.skuCode ?? instance.skuCode;
    const step = chosen?.quantityStep ?? instance.linearAttribute?.step ?? 1;
    const more = skuCode === instance.skuCode ? instance.quantity + step : instance.quantity;
    return play(instance, { skuCode, quantity: wanted.quantity ?? more });
  });
}

/** @param freshMs 0 = asked anew, whatever the seller said a moment ago */
async function check(world: SandboxWorld, resourceId: string, target: Target, freshMs: number | undefined) {
  const { platform, caller } = world;
  const input = { scope: buyerScope(world), resourceId, target, ...(freshMs === undefined ? {} : { freshMs }) };
  const answered = await checkRenewalChange(platform, caller, input, platform.clock.now());
  return answered.ok ? about(resourceId) : answered;
}

async function set(
  world: SandboxWorld,
  resourceId: string,
  work: (tx: Tx, now: Date) => Promise<Result<unknown>>,
): Promise<Result<Triggered>> {
  const done = await commanded(world, work);
  return done.ok ? about(resourceId) : done;
}

/** Asked for by the buyer; where the seller or the operator decides, they agree at once. */
function giveBack(world: SandboxWorld, wanted: TriggerCommand, name: 'release' | 'unsubscribeRenewal') {
  const { platform, demo } = world;
  return withService(world, name, wanted, ({ resourceId }) =>
    commanded(world, async (tx, now) => {
      const userId = await buyerUser(tx, demo);
      const input = { scope: buyerScope(world), resourceId, userId, reason: 'sandbox', contactConsent: false };
      const subject = name === 'release' ? ('RESOURCE' as const) : ('RENEWAL' as const);
      const asked = await unsubscribe(platform, tx, { ...input, subject, traceId: traceId(platform.random) }, now);
      let refund: Result<Refund> = asked;
      for (const as of ['SELLER', 'OPERATOR'] as const) {
        if (!refund.ok || refund.value.state !== (as === 'SELLER' ? 'SELLER_REVIEW' : 'LARGE_REVIEW')) continue;
        const decision = {
          refundId: refund.value.refundId,
          scope: EVERYTHING,
          userId,
          agree: true,
          comment: 'sandbox',
        };
        refund = await decideRefund(platform, tx, { ...decision, as }, now);
      }
      return refund.ok ? ok({ orderId: refund.value.unsubscribeOrderId, resourceId }) : refund;
    }),
  );
}

/** A purchase whose order the seller is told of (saas-v2.md 5.8); a notice of one's own choice stays, ours goes again. */
async function notifyOfOrder(
  world: SandboxWorld,
  wanted: TriggerCommand,
  drain: () => Promise<void>,
): Promise<Result<Triggered>> {
  const { platform, demo } = world;
  const { goodsId, sellerId } = demo;
  const known = await orderNotices(platform.db, [sellerId]);
  const ours = { sellerId, kind: 'PRODUCT' as const, value: goodsId };
  const covered = known.some(({ kind, value }) => (kind === 'PRODUCT' ? value === goodsId : value === 'SAAS'));
  const production = (await productionInterfaces(platform.db, [goodsId])).get(goodsId);
  if (!production) return refuse('NOT_FOUND', 'there is no such product');
  if (!covered) {
    const notice = { ...ours, address: production.production_url, keyId: production.key_id };
    const made = await commanded(world, (tx, now) => setOrderNotice(tx, notice, now));
    if (!made.ok) return made;
  }
  const bought = await ordering(world, (tx, by, now) => buy(world, wanted, tx, by, now));
  await drain();
  if (!covered) await commanded(world, async (tx, now) => ok(await removeOrderNotice(tx, ours, now)));
  return bought;
}

/** The saved cases, now. Where none was saved a query with its presets is debugged first, and kept if it passes. */
async function probeAll(
  world: SandboxWorld,
  _wanted: TriggerCommand,
  drain: () => Promise<void>,
): Promise<Result<Triggered>> {
  const { platform, demo } = world;
  const { goodsId } = demo;
  const bench = await debugBench(platform.db, EVERYTHING, goodsId);
  if (!bench.ok) return bench;
  if (bench.value.cases.length === 0) {
    for (const { activity, fields } of bench.value.forms.filter((form) => form.activity === 'queryInstance')) {
      const parameters = Object.fromEntries(fields.map(({ name, preset }) => [name, preset]));
      const input = { scope: EVERYTHING, goodsId, activity, parameters, target: null, save: true, actor: 'sandbox' };
      const started = await commanded(world, (tx, now) => startDebugging(platform, tx, input, now));
      if (!started.ok) return started;
    }
    await drain();
  }
  const probed = await commanded(world, (tx, now) =>
    probeNow(platform, tx, { goodsId, scope: EVERYTHING, actor: 'sandbox' }, now),
  );
  return probed.ok ? about(null) : probed;
}
