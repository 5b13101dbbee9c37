import type {
  DraftContent,
  DraftFaultView,
  DraftInterface,
  DraftSavedView,
  DraftView,
} from '../../api/publication-types.ts';

/**
 * A draft while it is being written. What is typed counts at once; saving follows, one at a time. A save answers with the
 * ids that the server gave to new parts: only those are taken over, so that nothing that was typed meanwhile is lost.
 * Somebody else's change makes it stand still until the person chooses whose content goes on.
 */
export interface DraftState {
  readonly content: DraftContent;
  readonly interface: DraftInterface;
  readonly revision: number;
  readonly savedAt: string;
  readonly faults: readonly DraftFaultView[];
  /** as the server has it */
  readonly saved: Written;
  /** as it was sent; null = nothing is under way */
  readonly sent: Written | null;
  readonly error: unknown;
  /** the server's revision, when it is another one than ours */
  readonly conflict: number | null;
}

export interface Written {
  readonly content: DraftContent;
  readonly interface: DraftInterface;
}

export type DraftAction =
  | { readonly kind: 'edit'; readonly change: (written: Written) => Written }
  /** what is under way, which may be older than what was typed since */
  | { readonly kind: 'sent'; readonly written: Written }
  | { readonly kind: 'saved'; readonly answer: DraftSavedView }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'conflict'; readonly revision: number }
  | { readonly kind: 'keepMine' }
  | { readonly kind: 'load'; readonly draft: DraftView };

export type Phase = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

export function openDraft(draft: DraftView): DraftState {
  const written = { content: draft.content, interface: draft.interface };
  const { revision, savedAt, faults } = draft;
  return { ...written, revision, savedAt, faults, saved: written, sent: null, error: null, conflict: null };
}

export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  switch (action.kind) {
    case 'edit':
      return { ...state, ...action.change({ content: state.content, interface: state.interface }) };
    case 'sent':
      return { ...state, sent: action.written, error: null };
    case 'saved':
      return afterSave(state, action.answer);
    case 'failed':
      return { ...state, sent: null, error: action.error };
    case 'conflict':
      return { ...state, sent: null, conflict: action.revision };
    case 'keepMine':
      return state.conflict === null ? state : { ...state, revision: state.conflict, conflict: null };
    case 'load':
      return openDraft(action.draft);
  }
}

export function phaseOf(state: DraftState): Phase {
  if (state.conflict !== null) return 'conflict';
  if (state.sent !== null) return 'saving';
  if (state.error !== null) return 'failed';
  return isDirty(state) ? 'unsaved' : 'saved';
}

export const isDirty = ({ content, interface: address, saved }: DraftState): boolean =>
  content !== saved.content || address !== saved.interface;

function afterSave(state: DraftState, answer: DraftSavedView): DraftState {
  const sent = state.sent ?? state.saved;
  const content = withIds(sent.content, answer.content, state.content);
  const { revision, savedAt, faults } = answer;
  const saved = {
    content: state.content === sent.content ? content : sent.content,
    interface: sent.interface,
  };
  return { ...state, content, revision, savedAt, faults, saved, sent: null, error: null };
}

/** `current` with the ids that `answer` has for the parts of `sent`. */
export function withIds(sent: DraftContent, answer: DraftContent, current: DraftContent): DraftContent {
  const specifications = pair(
    sent.specifications,
    answer.specifications,
    current.specifications,
    (one, before, after) => ({
      ...one,
      specificationId: after.specificationId,
      skus: pair(before.skus, after.skus, one.skus, (sku, skuBefore, skuAfter) => ({
        ...sku,
        skuCode: skuAfter.skuCode,
        prices: pair(skuBefore.prices, skuAfter.prices, sku.prices, (price, _, priceAfter) => ({
          ...price,
          priceItemId: priceAfter.priceItemId,
        })),
      })),
    }),
  );
  return { ...current, specifications };
}

/** Parts are the same when they are the very same object, or stand at the same place of lists of one length. */
function pair<T>(
  sent: readonly T[],
  answer: readonly T[],
  current: readonly T[],
  take: (one: T, before: T, after: T) => T,
): T[] {
  return current.map((one, index) => {
    const same = sent.indexOf(one);
    const place = same >= 0 ? same : current.length === sent.length ? index : -1;
    const before = sent[place];
    const after = answer[place];
    return before === undefined || after === undefined ? one : take(one, before, after);
  });
}
