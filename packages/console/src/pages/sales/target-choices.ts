import type { TargetKind } from '../../api/sales.ts';

/** Who may buy (catalogue.md 9.1), with the combinations of product and specification that are possible (C45a). Pure. */
export const TARGETS = [
  'ALL',
  'ENTERPRISE',
  'INDIVIDUAL',
  'SPECIFIED',
  'RELATED',
] as const satisfies readonly TargetKind[];

/** Why a choice is not possible, by the word that its sentence stands under; null = it is. */
export type TargetHindrance = 'narrower' | 'fixed' | 'site' | null;

export interface TargetChoice {
  readonly target: TargetKind;
  readonly hindrance: TargetHindrance;
}

/**
 * C45a: what a specification may narrow its product's sale object to, each impossible choice with its reason. A product
 * for listed customers or buyers of related products fixes its specifications; any other one may only be narrowed.
 * @param possible what the server lets choose
 */
export function specificationChoices(product: TargetKind, possible: readonly TargetKind[]): TargetChoice[] {
  return TARGETS.filter((target) => target !== 'ALL').map((target) => ({
    target,
    hindrance: possible.includes(target) ? null : hindranceOf(product, target),
  }));
}

function hindranceOf(product: TargetKind, target: TargetKind): TargetHindrance {
  if (product === 'SPECIFIED' || product === 'RELATED') return 'fixed';
  // buyers of related products are known on the Chinese site only
  return target === 'RELATED' ? 'site' : 'narrower';
}
