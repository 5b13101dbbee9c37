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

/** Longer values are cut: a hostile message must not fill the page, the log and the database. */
const VALUE_MAX_CHARACTERS = 1_000;

/**
 * Builds a diagnosis from the catalogue. What others sent may stand in it: values are cut after 1000 characters, and control
 * characters and halves of surrogate pairs, which terminals obey and databases refuse, become U+FFFD.
 *
 * @example
 * diagnose('body.member-missing', { member: 'instanceId', seen: 'absent' });
 */
export function diagnose(code: DiagnosisCode, given: DiagnosisValues = {}): Diagnosis {
  const entry = CATALOGUE[code];
  const values = Object.fromEntries(Object.entries(given).map(([place, value]) => [place, value && printable(value)]));
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

function printable(value: string): string {
  const cut = value.length > VALUE_MAX_CHARACTERS ? `${value.slice(0, VALUE_MAX_CHARACTERS)}…` : value;
  return cut.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '\ufffd');
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
