import { describe, expect, it } from 'vitest';
import type { DraftContent, DraftView } from '../../api/publication-types.ts';
import { type DraftState, openDraft, phaseOf, reduceDraft, type Written } from './draft-state.ts';
import { emptySpecification } from './new-parts.ts';
import { sampleDraft } from './sample-draft.ts';

const draft: DraftView = sampleDraft();
const rename = (state: DraftState, zh: string) =>
  reduceDraft(state, {
    kind: 'edit',
    change: (written) => ({ ...written, content: { ...written.content, name: { ...written.content.name, zh } } }),
  });
const sent = (state: DraftState, { content, interface: address }: Written = state) =>
  reduceDraft(state, { kind: 'sent', written: { content, interface: address } });
const answer = (state: DraftState, content: DraftContent) =>
  reduceDraft(state, {
    kind: 'saved',
    answer: {
      revision: state.revision + 1,
      savedAt: '2026-11-26T01:00:00Z',
      content,
      interface: state.interface,
      faults: [],
    },
  });
/** as the server gives ids */
const numbered = (content: DraftContent): DraftContent => ({
  ...content,
  specifications: content.specifications.map((one, index) => ({
    ...one,
    specificationId: one.specificationId ?? `spec-${index}`,
    skus: one.skus.map((sku) => ({ ...sku, skuCode: sku.skuCode ?? `sku-${index}` })),
  })),
});

describe('a draft that is being written', () => {
  it('is saved, unsaved, saving, saved', () => {
    const opened = openDraft(draft);
    expect(phaseOf(opened)).toBe('saved');
    const typed = rename(opened, '甲');
    expect(phaseOf(typed)).toBe('unsaved');
    const under = sent(typed);
    expect(phaseOf(under)).toBe('saving');
    const saved = answer(under, under.content);
    expect([phaseOf(saved), saved.revision]).toEqual(['saved', draft.revision + 1]);
  });

  it('keeps what was typed while it was being saved, and saves again', () => {
    const under = sent(rename(openDraft(draft), '甲'));
    const saved = answer(rename(under, '甲乙'), under.content);
    expect([saved.content.name.zh, phaseOf(saved)]).toEqual(['甲乙', 'unsaved']);
  });

  it('does not take for saved what was typed in the moment of sending', () => {
    const older = rename(openDraft(draft), '甲');
    const saved = answer(sent(rename(older, '甲乙'), older), older.content);
    expect([saved.content.name.zh, phaseOf(saved)]).toEqual(['甲乙', 'unsaved']);
  });

  it('takes the ids of new parts over, those that were changed meanwhile too', () => {
    const two = reduceDraft(openDraft(draft), {
      kind: 'edit',
      change: (written) => ({
        ...written,
        content: {
          ...written.content,
          specifications: [emptySpecification('PERIOD', 'CNY'), emptySpecification('PERIOD', 'CNY')],
        },
      }),
    });
    const under = sent(two);
    const changed = reduceDraft(under, {
      kind: 'edit',
      change: (written) => ({
        ...written,
        content: {
          ...written.content,
          specifications: written.content.specifications.map((one, index) =>
            index === 1 ? { ...one, changeable: true } : one,
          ),
        },
      }),
    });
    const saved = answer(changed, numbered(under.content));
    expect(saved.content.specifications.map((one) => one.specificationId)).toEqual(['spec-0', 'spec-1']);
    expect(saved.content.specifications.map((one) => one.changeable)).toEqual([false, true]);
    expect(saved.content.specifications[1]?.skus[0]?.skuCode).toBe('sku-1');
  });

  it('stands still when somebody else saved; mine goes on with the newer revision', () => {
    const stopped = reduceDraft(sent(rename(openDraft(draft), '甲')), { kind: 'conflict', revision: 9 });
    expect(phaseOf(stopped)).toBe('conflict');
    const mine = reduceDraft(stopped, { kind: 'keepMine' });
    expect([phaseOf(mine), mine.revision, mine.content.name.zh]).toEqual(['unsaved', 9, '甲']);
    const theirs = reduceDraft(stopped, { kind: 'load', draft: { ...draft, revision: 9 } });
    expect([phaseOf(theirs), theirs.content.name.zh]).toEqual(['saved', draft.content.name.zh]);
  });

  it('a save that failed loses nothing', () => {
    const failed = reduceDraft(sent(rename(openDraft(draft), '甲')), { kind: 'failed', error: new Error('down') });
    expect([phaseOf(failed), failed.content.name.zh]).toEqual(['failed', '甲']);
    expect(phaseOf(sent(failed))).toBe('saving');
  });
});
