import type { DraftFaultView, Section } from '../../api/publication-types.ts';

/** From the server's faults to the fields of the form: each field is named by the path of the member that it holds. Pure. */
export const sections = ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS'] as const satisfies readonly Section[];
export const steps = [...sections, 'SUBMIT'] as const;
export type Step = (typeof steps)[number];

type Fault = Pick<DraftFaultView, 'path' | 'severity' | 'section'>;

/** Faults of this very field. */
export const faultsAt = <T extends Fault>(faults: readonly T[], path: string): T[] =>
  faults.filter((fault) => fault.path === path);

/** Faults of this field and of all fields in it. */
export const faultsWithin = <T extends Fault>(faults: readonly T[], path: string): T[] =>
  faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));

/** What keeps the draft from being submitted, in the order in which the form asks. */
export function inFormOrder<T extends Fault>(faults: readonly T[]): T[] {
  const place = ({ section }: T): number => sections.indexOf(section);
  return faults
    .map((fault, index) => ({ fault, index }))
    .sort((left, right) => place(left.fault) - place(right.fault) || left.index - right.index)
    .map(({ fault }) => fault);
}

export const blocking = <T extends Fault>(faults: readonly T[]): T[] =>
  faults.filter(({ severity }) => severity === 'FAULT');

export const hints = <T extends Fault>(faults: readonly T[]): T[] =>
  faults.filter(({ severity }) => severity === 'HINT');

/** The paths of fields that may show a fault, nearest first: a fault of a member without field shows at what holds it. */
export function nearest(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}

/** Place of the specification that the path leads into; null = none. */
export function specificationOf(path: string): number | null {
  const [first, second] = path.split('.');
  return first === 'specifications' && second !== undefined && /^\d+$/.test(second) ? Number(second) : null;
}

/** True when a released version forbids to change the member at `path` (C37); `*` stands for any one part. */
export function isFixed(fixed: readonly string[], path: string): boolean {
  const parts = path.split('.');
  return fixed.some((pattern) => {
    const wanted = pattern.split('.');
    return wanted.length <= parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
  });
}
