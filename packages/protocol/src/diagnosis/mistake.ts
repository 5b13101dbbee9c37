import { type Diagnosis, type DiagnosisCode, diagnose, type Words } from './diagnosis.ts';

/** One mistake that people make when they sign: the code that names it, and what was done instead. */
export interface Mistake {
  readonly code: DiagnosisCode;
  readonly change: Words;
}

export function mistake(code: DiagnosisCode, zh: string, en: string): Mistake {
  return { code, change: { zh, en } };
}

/** `seen` says what reproduces the signature, for codes whose summary does not. */
export function diagnoseMistake({ code, change }: Mistake): Diagnosis {
  return diagnose(code, { change: change.en, changeZh: change.zh, seen: `fits: ${change.en}` });
}
