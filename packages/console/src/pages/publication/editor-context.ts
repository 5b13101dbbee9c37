import { createContext, useContext } from 'react';
import type {
  AccessTypeRules,
  DraftContent,
  DraftFaultView,
  DraftInterface,
  DraftSpecification,
  DraftView,
  PublicationFormView,
} from '../../api/publication-types.ts';
import { faultsAt, isFixed } from './faults.ts';

/** What every field of the product editor needs: the content, a way to change it, the faults that may be shown. */
export interface Editor {
  readonly draft: DraftView;
  readonly form: PublicationFormView;
  readonly rules: AccessTypeRules;
  readonly content: DraftContent;
  readonly interface: DraftInterface;
  readonly faults: readonly DraftFaultView[];
  /** a field shows its fault once the person was there, or asked for everything */
  readonly shows: (path: string) => boolean;
  readonly touch: (path: string) => void;
  readonly change: (patch: Partial<DraftContent>) => void;
  readonly changeInterface: (patch: Partial<DraftInterface>) => void;
  readonly changeSpecification: (index: number, next: (one: DraftSpecification) => DraftSpecification) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error('a field of the product editor stands outside of it');
  return editor;
}

/** The faults to show at this field, and whether a released version fixes it (C37). */
export function useFieldState(path: string): { faults: readonly DraftFaultView[]; fixed: boolean } {
  const { faults, shows, draft } = useEditor();
  const here = faultsAt(faults, path);
  return {
    faults: shows(path) ? here : here.filter(({ severity }) => severity === 'HINT'),
    fixed: fixedIn(draft, path),
  };
}

/** What is fixed of specifications is so only of those that were released: new ones are free. */
export function fixedIn(draft: DraftView, path: string): boolean {
  if (!isFixed(draft.fixed, path)) return false;
  const [first, index] = path.split('.');
  if (first !== 'specifications' || index === undefined) return true;
  return isReleased(draft, draft.content.specifications[Number(index)]?.specificationId ?? null);
}

/** True for a specification that buyers can buy or could buy once (C36). */
export function isReleased(draft: DraftView, specificationId: string | null): boolean {
  return (
    specificationId !== null &&
    (draft.released?.specifications.some((one) => one.specificationId === specificationId) ?? false)
  );
}
