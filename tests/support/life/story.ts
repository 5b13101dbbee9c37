/**
 * Two years of one subscription, and a trial beside it, as a list of what people do and of what the clock does, each
 * with the state that has to follow (saas-v2.md 6, saas-v1.md 6, consoles-and-processes.md 7.3).
 */
import { accessDataOf, viewAccess } from '../../../packages/marketplace/src/fulfilment/index.ts';
import {
  change,
  checkRenewalChange,
  convert,
  cure,
  freezeForViolation,
  type InstanceState,
  type Ordering,
  setExpiryPolicy,
  unsubscribe,
} from '../../../packages/marketplace/src/instances/index.ts';
import type { Tx } from '../../../packages/marketplace/src/platform/database/database.ts';
import type { Result } from '../../../packages/marketplace/src/platform/result.ts';
import { ALL, askToRenew, instanceOf, inTx, ordering, onTrial as orderTrial, payFor, subscribed } from '../lives.ts';
import { granted } from '../resources.ts';
import type { Stage } from './stage.ts';

/** the two instances of the story */
export type Role = 'subscription' | 'trial';
export interface Step {
  /** in Beijing time, to the minute */
  readonly at: string;
  readonly title: string;
  readonly of: Role;
  readonly state: InstanceState;
  /** end of the paid time then, a day in Beijing; null = not looked at */
  readonly until: string | null;
  /** absent: the clock does it */
  readonly act?: (stage: Stage, cast: Cast) => Promise<unknown>;
}
/** resource ids, once there are any */
export type Cast = Map<Role, string>;

const TOO_MUCH = { reason: 'not needed after all', contactConsent: false };
const idOf = (cast: Cast, role: Role): string => cast.get(role) ?? '';

/** Something that the buyer of a role orders, and pays where it is an order. */
const orders =
  (
    role: Role,
    what: (stage: Stage, tx: Tx, input: Ordering & { resourceId: string }) => Promise<Result<{ orderId: string }>>,
  ) =>
  async (stage: Stage, cast: Cast) => {
    const input = { ...ordering(stage.world), resourceId: idOf(cast, role) };
    await payFor(stage.world, granted(await inTx(stage.world, (tx) => what(stage, tx, input))));
  };
const renews =
  (periodType: 'month' | 'year', periodNumber: number) =>
  async ({ world }: Stage, cast: Cast) =>
    payFor(world, granted(await askToRenew(world, idOf(cast, 'subscription'), { periodType, periodNumber })));
const givesBack =
  (role: Role, kind: 'RENEWAL' | 'FIVE_DAY') =>
  ({ world }: Stage, cast: Cast) =>
    inTx(world, async (tx) => {
      const input = { ...ordering(world), ...TOO_MUCH, resourceId: idOf(cast, role), kind };
      granted(await unsubscribe(world.platform, tx, input, world.clock.now()));
    });
const sets =
  (policy: 'AUTO' | 'MANUAL') =>
  ({ world }: Stage, cast: Cast) =>
    inTx(world, async (tx) => {
      const input = { scope: ALL, resourceId: idOf(cast, 'subscription'), policy };
      granted(await setExpiryPolicy(world.platform, tx, input, world.clock.now()));
    });

/** V1.0 knows no change together with a renewal: there it is a plain one (saas-v1.md 6.0.5). */
async function renewsWithMore(stage: Stage, cast: Cast): Promise<void> {
  const { world, protocol, caller } = stage;
  const { resourceId, skuCode } = await instanceOf(world, idOf(cast, 'subscription'));
  const target = protocol === 'saas-v2' ? { skuCode, quantity: 30 } : null;
  if (target) {
    const input = { scope: ALL, resourceId, target };
    const asked = granted(await checkRenewalChange(world.platform, caller, input, world.clock.now()));
    if (!asked.allowed) throw new Error(`the seller refuses the change: ${asked.message ?? asked.resultCode}`);
  }
  await payFor(world, granted(await askToRenew(world, resourceId, { target })));
}

async function looks({ world, caller }: Stage, cast: Cast): Promise<void> {
  const instance = await instanceOf(world, idOf(cast, 'subscription'));
  const { resourceId: orderLineId, instanceId } = instance;
  const subject = { ...instance, orderLineId, instanceId: instanceId ?? '' };
  const viewed = await viewAccess(world.platform, caller, subject);
  const kept = await accessDataOf(world.platform, world.platform.db, orderLineId);
  if (viewed?.stale !== false || !viewed.access.frontEndUrl || !kept) throw new Error('no access data were shown');
}

const buys = async ({ world }: Stage, cast: Cast) =>
  cast.set('subscription', (await subscribed(world, { periodNumber: 3, quantity: 10 })).resourceId);
const tries = async ({ world }: Stage, cast: Cast) => cast.set('trial', (await orderTrial(world)).resourceId);

const A = { of: 'subscription', state: 'ACTIVE' } as const;
const T = { of: 'trial' } as const;

export const STORY: readonly Step[] = [
  { ...A, at: '2026-01-05 10:00', title: 'buys 3 months for 10 users', until: '2026-04-05', act: buys },
  { ...T, at: '2026-01-06 09:00', title: 'tries it for 14 days', state: 'TRIAL', until: '2026-01-20', act: tries },
  {
    ...T,
    ...{ at: '2026-01-15 09:00', title: 'turns the trial into a month', state: 'ACTIVE', until: '2026-02-15' },
    act: orders('trial', ({ world }, tx, input) =>
      convert(world.platform, tx, { ...input, periodType: 'month', periodNumber: 1 }, world.clock.now()),
    ),
  },
  {
    ...T,
    ...{ at: '2026-01-18 09:00', title: 'gives it back within 5 days', state: 'RELEASED', until: null },
    act: givesBack('trial', 'FIVE_DAY'),
  },
  { ...A, at: '2026-01-20 11:30', title: 'opens the details', until: '2026-04-05', act: looks },
  {
    ...A,
    ...{ at: '2026-02-10 15:00', title: 'changes to 20 users', until: '2026-04-05' },
    act: orders('subscription', async ({ world }, tx, input) => {
      const { skuCode } = await instanceOf(world, input.resourceId);
      return change(world.platform, tx, { ...input, target: { skuCode, quantity: 20 } }, world.clock.now());
    }),
  },
  {
    ...A,
    ...{ at: '2026-03-20 10:00', title: 'renews for a year: months become years', until: '2027-04-05' },
    act: renews('year', 1),
  },
  {
    ...{ of: 'subscription', state: 'VIOLATION_FROZEN', until: '2027-04-05' },
    ...{ at: '2026-06-01 16:00', title: 'the operator freezes it: violation' },
    act: ({ world }, cast) =>
      inTx(world, async (tx) => {
        const input = { scope: ALL, resourceId: idOf(cast, 'subscription'), reason: 'unlicensed content' };
        granted(await freezeForViolation(world.platform, tx, input, world.clock.now()));
      }),
  },
  {
    ...A,
    ...{ at: '2026-06-04 10:00', title: 'the violation is cured', until: '2027-04-05' },
    act: ({ world }, cast) =>
      inTx(world, async (tx) => {
        const input = { scope: ALL, resourceId: idOf(cast, 'subscription') };
        granted(await cure(world.platform, tx, input, world.clock.now()));
      }),
  },
  {
    ...A,
    ...{ at: '2027-03-20 10:00', title: 'renews for a month, with 30 users (V2.0)', until: '2027-05-05' },
    act: renewsWithMore,
  },
  { ...A, at: '2027-04-06 00:00', title: 'the old time is over: the change takes effect', until: '2027-05-05' },
  { ...A, at: '2027-04-20 10:00', title: 'lets it renew itself', until: '2027-05-05', act: sets('AUTO') },
  { ...A, at: '2027-04-28 03:00', title: 'is renewed automatically', until: '2027-06-05' },
  { ...A, at: '2027-05-29 03:00', title: 'is renewed automatically again', until: '2027-07-05' },
  { ...A, at: '2027-06-01 10:00', title: 'wants to renew by hand again', until: '2027-07-05', act: sets('MANUAL') },
  { ...A, at: '2027-07-06 00:00', state: 'GRACE', title: 'its time is over: grace', until: '2027-07-05' },
  { ...A, at: '2027-07-07 00:00', state: 'FROZEN', title: 'the grace is over: frozen', until: '2027-07-05' },
  {
    ...A,
    ...{ at: '2027-07-07 12:00', title: 'renews for 6 months: unfrozen', until: '2028-01-05' },
    act: renews('month', 6),
  },
  {
    ...A,
    ...{ at: '2027-11-01 10:00', title: 'renews for another year, in advance', until: '2029-01-05' },
    act: renews('year', 1),
  },
  {
    ...A,
    ...{ at: '2027-11-03 10:00', title: 'gives the renewal back before it starts', until: '2028-01-05' },
    act: givesBack('subscription', 'RENEWAL'),
  },
  { ...A, at: '2028-01-06 00:00', state: 'GRACE', title: 'its time is over: grace', until: '2028-01-05' },
  { ...A, at: '2028-01-07 00:00', state: 'FROZEN', title: 'the grace is over: frozen', until: '2028-01-05' },
  { ...A, at: '2028-01-08 00:00', state: 'RELEASED', title: 'the retention is over: released', until: '2028-01-05' },
];
