import type { SubscriptionView } from '@jishi/marketplace/console-api';

/**
 * The life of a subscription as a bar of time: what is over, in effect, renewed ahead, then grace, retention and the
 * release (settlement.md 7.5). Pure geometry in per cent of the bar.
 */
export type SegmentKind = 'past' | 'current' | 'ahead' | 'grace' | 'retention';

export interface Segment {
  readonly kind: SegmentKind;
  readonly from: string;
  readonly to: string;
  readonly left: number;
  readonly width: number;
}

export interface Plot {
  readonly segments: readonly Segment[];
  /** where the present stands; null outside the bar */
  readonly now: number | null;
  /** true when short sections are drawn wider than they are, so that a day beside a year can still be seen */
  readonly stretched: boolean;
}

/** The least width of a section, per cent of the bar. */
const leastWidth = 7;

type Facts = Pick<SubscriptionView, 'periods' | 'freezeAt' | 'releaseAt'>;

/** The plot of a subscription, null when it has no end (pay-per-use, one-time) and so nothing to draw. */
export function plotOf(subscription: Facts, now: string): Plot | null {
  const spans = spansOf(subscription);
  if (spans.length === 0) return null;
  const total = spans.reduce((sum, span) => sum + lengthOf(span), 0);
  const shares = spans.map((span) => (lengthOf(span) / total) * 100);
  const widths = widen(shares);
  const segments: Segment[] = [];
  let left = 0;
  for (const [index, span] of spans.entries()) {
    const width = widths[index] ?? 0;
    segments.push({ ...span, left, width });
    left += width;
  }
  const stretched = shares.some((share, index) => Math.abs(share - (widths[index] ?? 0)) > 0.01);
  return { segments, now: positionOf(segments, now), stretched };
}

type Span = Pick<Segment, 'kind' | 'from' | 'to'>;

const kinds = { ENDED: 'past', IN_EFFECT: 'current', NOT_IN_EFFECT: 'ahead' } as const;

/** Paid periods in order of time, what is over drawn as one; then grace and retention up to the release. */
function spansOf({ periods, freezeAt, releaseAt }: Facts): Span[] {
  const spans: Span[] = [];
  for (const { state, from, to } of [...periods].sort((left, right) => at(left.from) - at(right.from))) {
    if (state === 'REVOKED' || to === null) continue;
    const kind = kinds[state];
    const last = spans.at(-1);
    if (kind === 'past' && last?.kind === 'past') spans[spans.length - 1] = { ...last, to };
    else spans.push({ kind, from, to });
  }
  const paidUntil = spans.at(-1)?.to;
  if (paidUntil !== undefined) {
    const frozenFrom = freezeAt ?? paidUntil;
    spans.push({ kind: 'grace', from: paidUntil, to: frozenFrom });
    if (releaseAt !== null) spans.push({ kind: 'retention', from: frozenFrom, to: releaseAt });
  }
  return spans.filter((span) => lengthOf(span) > 0);
}

/** Shares that are too narrow get the least width; the others give it in proportion. */
function widen(shares: readonly number[]): number[] {
  const least = Math.min(leastWidth, 100 / shares.length);
  let narrow = shares.map((share) => share < least);
  for (;;) {
    const fixed = narrow.filter(Boolean).length * least;
    const rest = shares.reduce((sum, share, index) => (narrow[index] ? sum : sum + share), 0);
    const factor = rest === 0 ? 0 : (100 - fixed) / rest;
    const widths = shares.map((share, index) => (narrow[index] ? least : share * factor));
    // giving may have made another one too narrow
    const next = widths.map((width, index) => narrow[index] === true || width < least);
    if (next.every((is, index) => is === narrow[index])) return widths;
    narrow = next;
  }
}

function positionOf(segments: readonly Segment[], now: string): number | null {
  const here = segments.find((one) => at(one.from) <= at(now) && at(now) <= at(one.to));
  if (here === undefined) return null;
  return here.left + (here.width * (at(now) - at(here.from))) / lengthOf(here);
}

function lengthOf({ from, to }: Span): number {
  return at(to) - at(from);
}

function at(instant: string): number {
  return Date.parse(instant);
}
