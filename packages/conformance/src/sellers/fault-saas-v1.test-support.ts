/** A wrong V1.0 seller: the right one with one step done otherwise. */
import type { DiagnosisCode } from '@jishi/protocol';
import type { SellerHooks } from './right-saas-v1.test-support.ts';

export interface Fault {
  readonly name: string;
  /** the case that finds it */
  readonly in: string;
  /** the first finding of its severity that the suite must come to */
  readonly code: DiagnosisCode;
  /** what its English summary must say as well */
  readonly summary?: RegExp;
  /** what it must have seen */
  readonly seen?: RegExp;
  /** found only where a life is played without the test mark */
  readonly live?: boolean;
  /** whether the seller stores test instances, apart from the live ones */
  readonly keepsTests?: boolean;
  /** made anew for each seller, so that its state is its own */
  hooks(): Partial<SellerHooks>;
}
