import { useEffect, useReducer, useRef } from 'react';
import { hasCode, problemOf } from '../../api/problem.ts';
import { saveDraft } from '../../api/publication.ts';
import type { DraftView } from '../../api/publication-types.ts';
import { type DraftAction, type DraftState, isDirty, openDraft, phaseOf, reduceDraft } from './draft-state.ts';

/** so long that a word is typed to its end, so short that nothing is lost when the lights go out */
const pauseMs = 700;
const againMs = 5_000;

/** The draft with its saving: some moments after the last change, one request at a time, again after a failure. */
export function useDraft(draft: DraftView): readonly [DraftState, (action: DraftAction) => void] {
  const [state, act] = useReducer(reduceDraft, draft, openDraft);
  const phase = phaseOf(state);
  const latest = useRef(state);
  latest.current = state;
  const { content, interface: address } = state;
  useEffect(() => {
    if (phase !== 'unsaved' && phase !== 'failed') return;
    const written = { content, interface: address };
    // each change begins the pause anew
    const timer = setTimeout(
      () => void save(draft.goodsId, { ...latest.current, ...written }, act),
      phase === 'failed' ? againMs : pauseMs,
    );
    return () => clearTimeout(timer);
  }, [phase, content, address, draft.goodsId]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (isDirty(latest.current)) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      // leaving for another page of the console: what was typed last is not lost
      if (isDirty(latest.current) && latest.current.sent === null) void save(draft.goodsId, latest.current, () => {});
    };
  }, [draft.goodsId]);
  return [state, act];
}

async function save(goodsId: string, state: DraftState, act: (action: DraftAction) => void): Promise<void> {
  const { revision, content, interface: address } = state;
  act({ kind: 'sent', written: { content, interface: address } });
  try {
    act({ kind: 'saved', answer: await saveDraft(goodsId, { revision, content, interface: address }) });
  } catch (error) {
    const revision = Number(problemOf(error).facts?.revision);
    if (hasCode(error, 'DRAFT_CHANGED') && revision > 0) act({ kind: 'conflict', revision });
    else act({ kind: 'failed', error });
  }
}
