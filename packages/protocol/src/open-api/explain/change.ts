import type { DiagnosisCode } from '../../diagnosis/diagnosis.ts';
import type { CanonicalParts } from '../canonical.ts';

/** A request whose signature does not fit. */
export interface WrongAkSk {
  readonly sk: string;
  readonly signature: string;
  readonly sdkDate: string;
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly parts: CanonicalParts;
}

/** One thing done otherwise: what it changes in the canonical request. */
export interface Change {
  readonly code: DiagnosisCode;
  readonly zh: string;
  readonly en: string;
  readonly parts: Partial<CanonicalParts>;
}
