/** A played life as people read it: what happened, and under it each call, the marketplace's record beside the seller's. */
import type { Life, PlayedStep } from './play.ts';
import { atOf, type CallPair } from './record.ts';
import type { LoggedCall } from './sellers.ts';

const WIDTH = 88;
const beijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const time = (instant: string): string => beijing.format(new Date(instant));
const day = (instant: string | null): string => (instant === null ? '–' : time(instant).slice(0, 10));

export function lifeTable(life: Life): string {
  const head = `${life.protocol} · ${life.seller} seller (Beijing time; marketplace’s record | seller’s own log)`;
  return [head, '', ...life.steps.flatMap(stepLines), '', closingLine(life), ''].join('\n');
}

export function closingLine({ matching, differences, tookMs }: Life): string {
  if (differences.length === 0) return `${matching} calls match (${(tookMs / 1000).toFixed(1)} s)`;
  return [`${differences.length} differences, ${matching} calls match:`, ...differences].join('\n  ');
}

function stepLines({ at, title, of, marketplace, seller, calls }: PlayedStep): string[] {
  const ours = `${marketplace.state} until ${day(marketplace.expireAt)}, ${marketplace.quantity} users`;
  const theirs = seller && [
    seller.status,
    ...(seller.expireAt === null ? [] : [`until ${day(seller.expireAt)}`]),
    ...(seller.quantity === null ? [] : [`${seller.quantity} users`]),
  ];
  const whose = of === 'trial' ? 'trial: ' : '';
  return [
    `${time(at)}  ${whose}${title}`,
    ...calls.map(callLine),
    `${''.padEnd(21)}${`= ${ours}`.padEnd(WIDTH)}  | ${theirs?.join(' ') ?? 'unknown'}`,
  ];
}

function callLine(pair: CallPair): string {
  const left = pair.marketplace ? `→ ${shown(pair.marketplace)} ${pair.marketplace.about}` : '→ nothing';
  const right = pair.seller ? shown(pair.seller) : 'nothing';
  const sign = pair.differs.length === 0 ? '✓' : `✗ ${pair.differs.join(', ')}`;
  return `${time(atOf(pair))}  ${left.padEnd(WIDTH)}  | ${right}  ${sign}`;
}

const shown = ({ activity, orderId, instanceId, resultCode }: LoggedCall): string =>
  `${activity} ${orderId ?? instanceId?.slice(0, 13) ?? ''} ${resultCode ?? ''}`;
