import type { FileRulesView } from '@jishi/marketplace/console-api';

/** What is known of a file before it is sent: the server looks at its content, this only saves a useless wait. */

type Kind = FileRulesView['kinds'][number];

const extensions: Readonly<Record<Kind, readonly string[]>> = {
  png: ['.png'],
  jpg: ['.jpg', '.jpeg'],
  gif: ['.gif'],
  mp4: ['.mp4'],
  webm: ['.webm'],
  pdf: ['.pdf'],
  doc: ['.doc'],
  docx: ['.docx'],
  xls: ['.xls'],
  xlsx: ['.xlsx'],
  ppt: ['.ppt'],
  pptx: ['.pptx'],
  zip: ['.zip'],
  tar: ['.tar'],
  'tar.gz': ['.tar.gz', '.tgz'],
  other: [],
};

/** For `<input accept>`; empty where any file may be chosen. */
export const acceptOf = ({ kinds }: FileRulesView): string =>
  kinds.includes('other') ? '' : kinds.flatMap((kind) => extensions[kind]).join(',');

/** The kinds in words that both languages share: `PNG, JPG`. */
export const kindNames = ({ kinds }: FileRulesView): string =>
  kinds
    .filter((kind) => kind !== 'other')
    .map((kind) => (kind === 'tar.gz' ? kind : kind.toUpperCase()))
    .join(', ');

/** The first rule that a file breaks by its name and size; null = it may be sent. */
export function earlyFault(
  rules: FileRulesView,
  file: { readonly name: string; readonly size: number },
): 'FILE_EMPTY' | 'FILE_TOO_LARGE' | 'FILE_TYPE' | null {
  if (file.size === 0) return 'FILE_EMPTY';
  if (file.size > rules.maximumBytes) return 'FILE_TOO_LARGE';
  const name = file.name.toLowerCase();
  const fits = rules.kinds.some((kind) => kind === 'other' || extensions[kind].some((ending) => name.endsWith(ending)));
  return fits ? null : 'FILE_TYPE';
}
