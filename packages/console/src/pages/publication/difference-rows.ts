import type { DifferenceItemView, Section } from '../../api/publication-types.ts';
import { sections } from './faults.ts';

/** The differences of two versions for people: by section, a part that was added or removed as one row with its members. */
export interface DifferenceRow {
  readonly path: string;
  readonly kind: DifferenceItemView['kind'];
  readonly about: DifferenceItemView['about'];
  /** name of the member, without places: `specifications.skus.prices.brackets.unitPrice` */
  readonly member: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface DifferenceGroup {
  readonly section: Section;
  readonly rows: readonly DifferenceRow[];
}

/** Every section, those without a change too: the page folds them. */
export function differenceGroups(differences: readonly DifferenceItemView[]): DifferenceGroup[] {
  return sections.map((section) => ({
    section,
    rows: differences.filter((one) => one.section === section).map(rowOf),
  }));
}

function rowOf({ path, kind, about, before, after }: DifferenceItemView): DifferenceRow {
  return { path, kind, about, member: memberOf(path), before: readable(before), after: readable(after) };
}

/** The member's name without the places in lists and the ids in braces. */
export function memberOf(path: string): string {
  return path
    .split('.')
    .filter((part) => !/^\d+$|^\{/.test(part))
    .join('.');
}

/** A value as text that can be compared line by line; null = it is absent. */
export function readable(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return lines(value, '').join('\n');
}

function lines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null) return [`${indent}- ${readable(one) ?? '—'}`];
      return lines(one, `${indent}  `).map((line, index) => (index === 0 ? `${indent}- ${line.trimStart()}` : line));
    });
  }
  if (typeof value !== 'object' || value === null) return [`${indent}${readable(value) ?? '—'}`];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (member === null || member === undefined || member === '') return [];
    if (typeof member === 'object') return [`${indent}${name}:`, ...lines(member, `${indent}  `)];
    return [`${indent}${name}: ${member}`];
  });
}
