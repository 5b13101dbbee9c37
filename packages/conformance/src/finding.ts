import type { Diagnosis } from '@jishi/protocol';

/** The same finding where it is no fault yet: of a reading, or of what no marketplace sends. */
export function asWarning(diagnosis: Diagnosis): Diagnosis {
  return { ...diagnosis, severity: 'warning' };
}
