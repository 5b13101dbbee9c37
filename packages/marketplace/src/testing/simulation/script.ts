/**
 * A simulation is a script: what buyers, sellers, the operator, the clock and bad luck do, one after the other. It is data,
 * so that a failing one can be printed, shortened and played again. Places (`instance: 7`) count among those for which
 * the action makes sense at that moment, round and round.
 */
import { z } from 'zod';
import { PAUSE_POINTS } from '../../platform/pause-points.ts';
import { createDice, type Dice } from '../dice.ts';
import { peopleAction, peopleEpisode } from './people.ts';
import { usageEpisode, useAction } from './usage.ts';

const place = z.number().int().min(0);
const count = z.number().int().min(1);
const periodType = z.enum(['month', 'year']);
/** how the new order is paid: not, once, or by somebody who presses again because no answer came */
const pay = z.enum(['no', 'once', 'twice']);
/** `well` still has its accidents, `sound` has none */
const MOODS = ['sound', 'well', 'flaky', 'down', 'silent', 'refusing', 'never-ready'] as const;
export type Mood = (typeof MOODS)[number];

export const action = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('buy'),
    buyer: place,
    product: place,
    specification: place,
    periodType,
    periods: count,
    quantity: count,
    lines: count,
    pay,
  }),
  useAction,
  peopleAction,
  z.object({ do: z.literal('try'), buyer: place, product: place }),
  z.object({ do: z.literal('pay'), order: place, pay }),
  z.object({ do: z.literal('cancel'), order: place }),
  z.object({
    do: z.literal('renew'),
    instance: place,
    several: count,
    periodType,
    periods: count,
    unifyDay: count.nullable(),
    pay,
  }),
  z.object({ do: z.literal('renew-with-change'), instance: place, sku: place, quantity: count, pay }),
  z.object({ do: z.literal('convert'), instance: place, periodType, periods: count, pay }),
  z.object({ do: z.literal('change'), instance: place, sku: place, quantity: count, pay }),
  z.object({ do: z.literal('policy'), instance: place, policy: z.enum(['MANUAL', 'AUTO', 'NONE']) }),
  z.object({ do: z.literal('refund'), instance: place, subject: z.enum(['RESOURCE', 'RENEWAL']) }),
  z.object({ do: z.literal('decide'), refund: place, agree: z.boolean() }),
  z.object({ do: z.literal('withdraw'), refund: place }),
  z.object({ do: z.literal('freeze'), instance: place }),
  z.object({ do: z.literal('cure'), instance: place }),
  z.object({ do: z.literal('top-up'), buyer: place }),
  z.object({ do: z.literal('view'), instance: place }),
  z.object({ do: z.literal('call'), call: place, hand: z.enum(['restart', 'stop', 'close']) }),
  z.object({ do: z.literal('seller'), seller: place, mood: z.enum(MOODS) }),
  /** the marketplace works and the clock goes from due time to due time */
  z.object({ do: z.literal('work'), minutes: place }),
  /** nobody works; what became due meanwhile is made up for afterwards */
  z.object({ do: z.literal('sleep'), minutes: place }),
  /** as `work` or `sleep`, to so many minutes before (−) or after a turning point of an instance */
  z.object({
    do: z.literal('until'),
    instance: place,
    moment: z.enum(['expiry', 'freeze', 'release', 'begin']),
    minutes: z.number().int(),
    working: z.boolean(),
  }),
  /** during the next action the process dies: before it uses the database for the n-th time … */
  z.object({ do: z.literal('die'), use: count }),
  /** … or where it is, in an open transaction or next to a call to a seller */
  z.object({ do: z.literal('die-at'), point: z.enum(PAUSE_POINTS), passing: count }),
]);
export type Action = z.infer<typeof action>;
export const script = z.object({ seed: z.string(), actions: z.array(action) });
export type Script = z.infer<typeof script>;

/** One action a line. */
export const scriptText = ({ seed, actions }: Script): string =>
  `{"seed": ${JSON.stringify(seed)}, "actions": [\n${actions.map((each) => JSON.stringify(each)).join(',\n')}\n]}\n`;

const DAY = 1440;
const PURCHASES = 3;
const ACTIONS = 46;
const USED_PERCENT = 40;
const PEOPLED_PERCENT = 15;

export function writeScript(seed: string): Script {
  const dice = createDice(`${seed} script`);
  const actions: Action[] = Array.from({ length: PURCHASES }, () => purchase(dice, 'once'));
  while (actions.length < ACTIONS) {
    if (dice.chance(40)) actions.push(death(dice));
    actions.push(...(dice.chance(45) ? episode(dice) : [pickWeighted(dice)(dice)]));
  }
  // Services that are used, in some seeds; thrown apart, so that the others stay as they are.
  const apart = createDice(`${seed} usage`);
  if (apart.chance(USED_PERCENT)) actions.splice(apart.below(actions.length), 0, ...usageEpisode(apart));
  const peopled = createDice(`${seed} people`);
  if (peopled.chance(PEOPLED_PERCENT)) actions.splice(peopled.below(actions.length), 0, ...peopleEpisode(peopled));
  // At the end everybody's time runs out, or life goes on.
  if (dice.chance(50)) actions.push({ do: 'sleep', minutes: dice.pick([40 * DAY, 120 * DAY, 400 * DAY]) });
  return { seed, actions };
}

const someone = (dice: Dice): number => dice.below(1000);
const periods = (dice: Dice) => ({
  periodType: dice.pick(['month', 'month', 'month', 'year'] as const),
  periods: 1 + dice.below(2),
});
const payment = (dice: Dice) => dice.pick(['once', 'once', 'once', 'twice', 'no'] as const);

function purchase(dice: Dice, paid = payment(dice)): Extract<Action, { do: 'buy' }> {
  const specification = dice.pick([0, 0, 0, 1, 1, 1, 2, 3, 4]);
  const quantity = dice.pick([10, 20, 20, 200]);
  const lines = dice.pick([1, 1, 1, 2, 3]);
  return {
    do: 'buy',
    buyer: someone(dice),
    product: someone(dice),
    specification,
    ...periods(dice),
    quantity,
    lines,
    pay: paid,
  };
}

const death = (dice: Dice): Action =>
  dice.chance(60)
    ? { do: 'die', use: 1 + dice.below(40) }
    : {
        do: 'die-at',
        point: PAUSE_POINTS[dice.below(PAUSE_POINTS.length)] ?? PAUSE_POINTS[0],
        passing: 1 + dice.below(3),
      };

/** Things that are done one after the other to the same instance, which chance alone seldom does. */
function episode(dice: Dice): Action[] {
  const instance = dice.below(12);
  const newest = 0;
  const renew = (paid = payment(dice)): Action => ({
    do: 'renew',
    instance,
    several: dice.pick([1, 1, 3]),
    ...periods(dice),
    unifyDay: null,
    pay: paid,
  });
  const refund = (of: number, subject: 'RESOURCE' | 'RENEWAL'): Action => ({ do: 'refund', instance: of, subject });
  const work = (minutes: number): Action => ({ do: 'work', minutes });
  const until = (moment: Moment, minutes: number, working = dice.chance(50)): Action => ({
    do: 'until',
    instance,
    moment,
    minutes,
    working,
  });
  const around = () => dice.pick([-5, -1, 0, 1, 5, 60]);
  const bought: Extract<Action, { do: 'buy' }> = { ...purchase(dice, 'once'), lines: 1 };
  const moods = (...of: readonly [Mood, ...Mood[]]) =>
    PRODUCTS.map((seller): Action => ({ do: 'seller', seller, mood: dice.pick(of) }));
  const away = moods('down', 'silent', 'refusing');
  const back = moods('well');
  const mayDie = (): Action[] => (dice.chance(30) ? [death(dice)] : []);
  return dice.pick<() => Action[]>([
    // comes back in grace or retention, or too late
    () => [
      until(dice.pick(['expiry', 'freeze', 'release']), around()),
      ...mayDie(),
      renew('once'),
      ...mayDie(),
      work(120),
    ],
    () => [until('freeze', 5, true), renew('once'), work(300)],
    // its seller is away when it is told
    () => [
      ...away,
      dice.pick([renew('once'), change(dice, instance), until('freeze', 5, true), until('release', 5, true)]),
      work(dice.pick([30, 400])),
      ...back,
      { do: 'call', call: someone(dice), hand: 'restart' },
      work(60),
    ],
    // an order that waits for its money while the time runs out
    () => [renew('no'), until(dice.pick(['freeze', 'release']), around(), true), { do: 'pay', order: 0, pay: 'twice' }],
    () => [
      { do: 'policy', instance, policy: 'AUTO' },
      until('expiry', dice.pick([-6 * DAY, -2 * DAY, 300]), true),
      ...mayDie(),
      work(120),
    ],
    // renews itself, but its buyer has spent the money elsewhere
    () => [
      { ...bought, buyer: POOR, specification: dice.pick([0, 1]), periodType: 'month', periods: 1 },
      work(60),
      { do: 'policy', instance: newest, policy: 'AUTO' },
      ...[200, 200, 20, 10].map((quantity): Action => ({ ...bought, buyer: POOR, specification: 1, quantity })),
      work(26 * DAY),
      ...(dice.chance(50) ? [{ do: 'top-up' as const, buyer: POOR }, work(2 * DAY)] : []),
    ],
    // taken back; a large amount is decided by somebody, or by the time
    () => [
      ...(dice.chance(40) ? [{ ...bought, ...LARGE }] : [bought]),
      work(120),
      ...mayDie(),
      refund(newest, 'RESOURCE'),
      ...mayDie(),
      ...(dice.chance(60) ? [{ do: 'decide' as const, refund: someone(dice), agree: dice.chance(70) }] : []),
      work(60),
    ],
    () => [
      bought,
      work(120),
      change(dice, newest),
      ...(dice.chance(50) ? [work(120)] : mayDie()),
      refund(newest, 'RESOURCE'),
    ],
    () => [
      renew('once'),
      ...(dice.chance(50) ? [work(60)] : []),
      ...mayDie(),
      refund(instance, 'RENEWAL'),
      ...mayDie(),
      work(60),
    ],
    () => [
      until('expiry', -6 * DAY, false),
      changingRenewal(dice, instance),
      ...mayDie(),
      dice.chance(50) ? refund(instance, 'RENEWAL') : until('begin', 5),
    ],
    () => [
      { do: 'freeze', instance },
      ...mayDie(),
      work(30),
      dice.chance(50) ? renew('once') : until('freeze', 5),
      { do: 'cure', instance },
      work(30),
    ],
    () => [
      { do: 'try', buyer: someone(dice), product: someone(dice) },
      work(300),
      ...(dice.chance(50) ? [until('release', -60)] : []),
      conversion(dice, newest),
      work(60),
    ],
    // a change that its seller does not make; people end what would be tried again
    () => [
      ...(dice.chance(60) ? away : []),
      { ...change(dice, instance), pay: 'once' },
      work(10),
      ...mayDie(),
      { do: 'call', call: newest, hand: dice.pick(['stop', 'stop', 'close', 'restart']) },
      work(400),
      ...back,
    ],
  ])();
}

const PRODUCTS = [0, 1, 2];
/** a buyer whose money may end (market.ts) */
const POOR = 1;
const LARGE = { buyer: 0, specification: 1, quantity: 200, periodType: 'year', periods: 2 } as const;
type Moment = 'expiry' | 'freeze' | 'release' | 'begin';
const change = (dice: Dice, instance: number): Action => ({
  do: 'change',
  instance,
  sku: someone(dice),
  quantity: 5 * (1 + dice.below(8)),
  pay: payment(dice),
});
const changingRenewal = (dice: Dice, instance: number): Action => ({
  do: 'renew-with-change',
  instance,
  sku: someone(dice),
  quantity: 5 * (1 + dice.below(8)),
  pay: payment(dice),
});
const conversion = (dice: Dice, instance: number): Action => ({
  do: 'convert',
  instance,
  ...periods(dice),
  pay: payment(dice),
});

type Writer = (dice: Dice) => Action;
const WRITERS: readonly (readonly [weight: number, write: Writer])[] = [
  [8, purchase],
  [6, (dice) => ({ do: 'try', buyer: someone(dice), product: someone(dice) })],
  [3, (dice) => ({ do: 'pay', order: someone(dice), pay: dice.pick(['once', 'twice']) })],
  [2, (dice) => ({ do: 'cancel', order: someone(dice) })],
  [
    12,
    (dice) => ({
      do: 'renew',
      instance: someone(dice),
      several: dice.pick([1, 1, 2, 3]),
      ...periods(dice),
      unifyDay: dice.chance(30) ? 1 + dice.below(31) : null,
      pay: payment(dice),
    }),
  ],
  [5, (dice) => changingRenewal(dice, someone(dice))],
  [5, (dice) => conversion(dice, someone(dice))],
  [8, (dice) => change(dice, someone(dice))],
  [6, (dice) => ({ do: 'policy', instance: someone(dice), policy: dice.pick(['AUTO', 'AUTO', 'MANUAL', 'NONE']) })],
  [
    10,
    (dice) => ({
      do: 'refund',
      instance: someone(dice),
      subject: dice.pick(['RESOURCE', 'RENEWAL']),
    }),
  ],
  [4, (dice) => ({ do: 'decide', refund: someone(dice), agree: dice.chance(70) })],
  [1, (dice) => ({ do: 'withdraw', refund: someone(dice) })],
  [4, (dice) => ({ do: 'freeze', instance: someone(dice) })],
  [4, (dice) => ({ do: 'cure', instance: someone(dice) })],
  [2, (dice) => ({ do: 'top-up', buyer: someone(dice) })],
  [2, (dice) => ({ do: 'view', instance: someone(dice) })],
  [5, (dice) => ({ do: 'call', call: someone(dice), hand: dice.pick(['restart', 'restart', 'stop', 'close']) })],
  [
    7,
    (dice) => ({
      do: 'seller',
      seller: someone(dice),
      mood: dice.pick(['well', 'well', 'flaky', 'flaky', 'down', 'silent', 'refusing', 'never-ready']),
    }),
  ],
  [14, (dice) => ({ do: 'work', minutes: dice.pick([30, 120, 300, DAY, 4 * DAY, 12 * DAY]) })],
  [6, (dice) => ({ do: 'sleep', minutes: dice.pick([300, DAY, 6 * DAY, 20 * DAY, 40 * DAY]) })],
  [
    14,
    (dice) => ({
      do: 'until',
      instance: someone(dice),
      moment: dice.pick(['expiry', 'expiry', 'freeze', 'release', 'begin']),
      minutes: dice.pick([-6 * DAY, -DAY, -90, -5, 0, 5, 300]),
      working: dice.chance(40),
    }),
  ],
];
const TOTAL = WRITERS.reduce((sum, [weight]) => sum + weight, 0);

function pickWeighted(dice: Dice): Writer {
  let left = dice.below(TOTAL);
  for (const [weight, write] of WRITERS) {
    if (left < weight) return write;
    left -= weight;
  }
  return purchase;
}
