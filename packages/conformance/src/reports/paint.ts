/** Colours of a terminal; without them the signs still tell everything. */
import type { CaseStatus } from '../report.ts';

export interface Paint {
  readonly status: (status: CaseStatus, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const painted = (codes: string) => (text: string) => (text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`);
const COLOURS: Readonly<Record<CaseStatus, (text: string) => string>> = {
  passed: painted('32'),
  failed: painted('31'),
  warned: painted('33'),
  skipped: painted('90'),
};

export function paintOf(color: boolean): Paint {
  if (color) return { status: (status, text) => COLOURS[status](text), strong: painted('1'), faint: painted('90') };
  const plain = (text: string) => text;
  return { status: (_, text) => text, strong: plain, faint: plain };
}
