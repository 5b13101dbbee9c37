/** Which refund a resource may have (settlement.md 7.1, 7.2). Pure; the caller brings the facts. */
import type { ChargingMode } from '../catalog/index.ts';
import { type Result, refuse } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';
import type { RefundKind } from './refund-model.ts';

export interface RefundFacts {
  readonly site: Site;
  readonly chargingMode: ChargingMode;
  readonly trial: boolean;
  readonly supervised: boolean;
  /** service supervision is complete: the guarantee period is over (S7-1) */
  readonly supervisionCompleted: boolean;
  /** when the resource was opened for good (a converted trial: its conversion); null = not yet */
  readonly activatedAt: Date | null;
  readonly expireAt: Date | null;
  /** what is to be given back: the whole resource, or its last renewal only */
  readonly subject: 'RESOURCE' | 'RENEWAL';
  /** begin of the last renewal that was paid and not given back; null = none */
  readonly renewalFrom: Date | null;
  readonly quotaLeft: number;
}

export interface RefundPath {
  readonly kind: RefundKind;
  /** self-service, or the seller decides */
  readonly decidedBy: 'SELF' | 'SELLER';
  readonly usesQuota: boolean;
  /** exclusive end of the right; null = none is known */
  readonly until: Date | null;
}

/** Refuses REFUND_NOT_ALLOWED with the rule id S7-x in its message. */
export function refundPath(facts: RefundFacts, now: Date): Result<RefundPath> {
  return refuse('REFUND_NOT_ALLOWED', `S7-8: ${facts.subject} ${now.toISOString()}`);
}
