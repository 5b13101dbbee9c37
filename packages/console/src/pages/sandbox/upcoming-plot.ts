import type { UpcomingItem } from '@jishi/marketplace/console-api';

/** A moment of the strip: what falls on (nearly) the same place is one mark. */
export interface Mark {
  /** per cent of the strip */
  readonly left: number;
  readonly kind: UpcomingItem['kind'];
  readonly count: number;
  readonly first: UpcomingItem;
}

/** marks nearer than this are one, per cent */
const nearest = 1.5;

/** What will be due, as marks on a strip from `now` to the last of them; pure geometry. */
export function marksOf(items: readonly UpcomingItem[], now: string): readonly Mark[] {
  const from = Date.parse(now);
  const to = Math.max(...items.map((item) => Date.parse(item.at)));
  if (items.length === 0 || !(to > from)) return [];
  const marks: Mark[] = [];
  for (const item of items) {
    const left = Math.min(100, Math.max(0, ((Date.parse(item.at) - from) / (to - from)) * 100));
    const near = marks.findIndex((mark) => mark.kind === item.kind && Math.abs(mark.left - left) < nearest);
    const mark = marks[near];
    if (mark === undefined) marks.push({ left, kind: item.kind, count: 1, first: item });
    else marks[near] = { ...mark, count: mark.count + 1 };
  }
  return marks;
}
