/**
 * Everything that is wrong with a draft: one function for the form as it is typed and for the submission that it
 * refuses (C35). Members that a released product has had since its last review are hints when they break a rule of
 * texts and files: they were approved so. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { productContent } from '../definition.ts';
import { accessFaults } from './access-faults.ts';
import { changeFaults } from './change-faults.ts';
import { draftOf, withIds } from './content.ts';
import type { Draft, DraftContent } from './draft.ts';
import { type DraftFacts, type DraftFault, fault } from './faults.ts';
import { fileFaults } from './file-faults.ts';
import { memberAt } from './member.ts';
import { specificationFaults } from './specification-faults.ts';
import { textFaults } from './text-faults.ts';

export function draftFaults(draft: Draft, facts: DraftFacts): DraftFault[] {
  const { content } = draft;
  const found = [
    ...accessFaults(content, draft.interface, facts),
    ...reviewedBefore([...textFaults(content), ...fileFaults(content, facts)], content, facts),
    ...specificationFaults(content, facts),
    ...(facts.released ? changeFaults(content, facts.released) : []),
  ];
  return found.some(({ severity }) => severity === 'FAULT') ? found : [...found, ...structureFaults(content)];
}

export const mayBeSubmitted = (faults: readonly DraftFault[]): boolean =>
  faults.every(({ severity }) => severity === 'HINT');

/** What the rules above did not name and the definition refuses all the same: sizes, forms. */
function structureFaults(content: DraftContent): DraftFault[] {
  const parsed = productContent.safeParse(withIds(content));
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) =>
        fault(path.map(String).join('.') || 'product', 'catalogue.md 1', `内容不符合要求：${message}`, message),
      );
}

function reviewedBefore(faults: readonly DraftFault[], content: DraftContent, { released }: DraftFacts): DraftFault[] {
  if (!released) return [...faults];
  const before = draftOf(released.content);
  return faults.map((each) =>
    isDeepStrictEqual(memberAt(content, each.path), memberAt(before, each.path)) ? { ...each, severity: 'HINT' } : each,
  );
}
