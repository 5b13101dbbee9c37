import type { Words } from './catalogue/entry.ts';
import { CATALOGUE, type DiagnosisCode } from './catalogue.ts';

export type { Words } from './catalogue/entry.ts';
export type { DiagnosisCode } from './catalogue.ts';

/** What is wrong, in words that a seller's developer can act on. */
export interface Diagnosis {
  code: DiagnosisCode;
  severity: 'error' | 'warning';
  summary: { zh: string; en: string };
  expected: string;
  seen: string;
  fix: { zh: string; en: string };
  /** The section of the protocol specification, e.g. `saas-v2.md 3.1`. */
  reference: string;
}

/** `expected` and `seen` replace the catalogue's; further values fill the `{places}` of its texts (`changeZh` for Chinese). */
export type DiagnosisValues = { readonly [place: string]: string | undefined };

/**
 * Builds a diagnosis from the catalogue.
 *
 * @example
 * diagnose('body.member-missing', { member: 'instanceId', seen: 'absent' });
 */
export function diagnose(code: DiagnosisCode, values: DiagnosisValues = {}): Diagnosis {
  const entry = CATALOGUE[code];
  return {
    code,
    severity: entry.severity,
    summary: fillWords(entry.summary, values),
    expected: values.expected ?? fill(entry.expected, values),
    seen: values.seen ?? '',
    fix: fillWords(entry.fix, values),
    reference: entry.reference,
  };
}

/** Whether a code of the catalogue has that text; useful where codes come from outside. */
export function isDiagnosisCode(text: string): text is DiagnosisCode {
  return Object.hasOwn(CATALOGUE, text);
}

function fillWords(words: Words, values: DiagnosisValues): { zh: string; en: string } {
  return { zh: fill(words.zh, withChinese(values)), en: fill(words.en, values) };
}

/** In Chinese texts `{change}` stands for the value `changeZh` where there is one. */
function withChinese(values: DiagnosisValues): DiagnosisValues {
  const chinese = Object.entries(values)
    .filter(([place]) => place.endsWith('Zh'))
    .map(([place, value]) => [place.slice(0, -2), value]);
  return { ...values, ...Object.fromEntries(chinese) };
}

/** A place without a value is left out together with the colon before it, or keeps its bare name, which still reads. */
function fill(text: string, values: DiagnosisValues): string {
  return text.replace(/([:：] ?)?\{(\w+)\}/g, (_, colon: string | undefined, place: string) => {
    const value = values[place];
    if (value !== undefined) return (colon ?? '') + value;
    return colon === undefined ? place : '';
  });
}
