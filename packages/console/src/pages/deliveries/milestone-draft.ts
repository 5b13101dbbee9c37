/** A plan of milestones as it is written, and what is wrong with it before it is sent. Pure. */

export interface MilestoneDraft {
  /** of the row, while it is edited */
  readonly key: number;
  readonly name: string;
  /** whole percent */
  readonly share: number | null;
  /** YYYY-MM-DD */
  readonly plannedOn: string | null;
}
export const mostMilestones = 20;

export const emptyPlan = (): MilestoneDraft[] => [
  { key: 1, name: '', share: 50, plannedOn: null },
  { key: 2, name: '', share: 50, plannedOn: null },
];

export type PlanFault = 'incomplete' | 'sameName' | 'sum' | 'order';

/** The first thing that is wrong; the server holds to the same rules (consoles-and-processes.md 3.5). */
export function planFaultOf(plan: readonly MilestoneDraft[]): PlanFault | null {
  if (plan.some(({ name, share, plannedOn }) => name.trim() === '' || share === null || plannedOn === null))
    return 'incomplete';
  if (new Set(plan.map(({ name }) => name.trim())).size !== plan.length) return 'sameName';
  if (sumOf(plan) !== 100) return 'sum';
  const days = plan.map(({ plannedOn }) => plannedOn ?? '');
  return days.some((day, place) => day < (days[place - 1] ?? '')) ? 'order' : null;
}

export const sumOf = (plan: readonly MilestoneDraft[]): number =>
  plan.reduce((sum, { share }) => sum + (share ?? 0), 0);

export const planOf = (plan: readonly MilestoneDraft[]): { name: string; share: number; plannedOn: string }[] =>
  plan.map(({ name, share, plannedOn }) => ({ name: name.trim(), share: share ?? 0, plannedOn: plannedOn ?? '' }));
