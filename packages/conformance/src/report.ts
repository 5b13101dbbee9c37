/** The result of a run, the same for terminal, JSON, HTML, JUnit and a test of one's own (contracts/cli.md). */
import type { Diagnosis, Words } from '@jishi/protocol';
import type { ProtocolName } from './case.ts';
import type { Exchange } from './exchange.ts';

export type CaseStatus = 'passed' | 'failed' | 'skipped' | 'warned';

export interface CaseReport {
  readonly name: string;
  readonly title: Words;
  readonly reference: string;
  /** failed: at least one error; warned: warnings only */
  readonly status: CaseStatus;
  readonly durationMs: number;
  readonly diagnosis: readonly Diagnosis[];
  /** why it was skipped */
  readonly reason: Words | null;
  readonly exchanges: readonly Exchange[];
}

export interface ConformanceReport {
  readonly protocol: ProtocolName;
  readonly target: string;
  /** milliseconds since 1970 */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly warned: number;
  /** every finding once, causes before their consequences: what to put right first stands first */
  readonly causes: readonly Diagnosis[];
  readonly cases: readonly CaseReport[];
}
