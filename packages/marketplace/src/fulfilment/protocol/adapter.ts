/** One interface between the calls of the marketplace and the protocols of sellers: build a signed request, read an answer. */
import type { Diagnosis } from '@jishi/protocol';
import type { HttpAnswer, OutboundResult } from '../../platform/outbound.ts';
import type { Random } from '../../platform/random.ts';
import type { CallDetails, DetailsOf } from '../details.ts';
import type { Purchase } from '../purchase.ts';

export interface CallTarget {
  readonly productionUrl: string;
  readonly accessKey: string;
}
export interface CallSubject {
  readonly id: string;
  readonly protocol: string;
  readonly activity: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly resourceId: string | null;
  readonly instanceId: string | null;
  readonly details: CallDetails | null;
  /** V1.0's newInstance and getLicense: what they tell of the order */
  readonly purchase: Purchase | null;
  /** authorisation code 2.0: the code that the call is about, in clear */
  readonly code: string | null;
}

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a customer uses the product, in clear; sealed before it is stored. */
export interface AccessData {
  readonly frontEndUrl: string;
  readonly adminUrl: string | null;
  readonly userName: string | null;
  readonly password: string | null;
  readonly memo: string | null;
}
/** An instance that the seller says it has. */
export interface SeenInstance {
  readonly instanceId: string;
  readonly frontEndUrl: string | null;
}

/** What one answer says. */
export interface Reading {
  /** ok = done; accepted = 000004 to newInstance; pending = not ready yet; failed = everything else */
  readonly outcome: 'ok' | 'accepted' | 'pending' | 'failed';
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly diagnosis: readonly Diagnosis[];
  /** newInstance: the seller's id */
  readonly instanceId: string | null;
  /** what the customer needs; V2.0 tells it by queryInstance, V1.0 by newInstance too */
  readonly access: AccessData | null;
  /** a comparison: which of the instances asked for exist */
  readonly seen: readonly SeenInstance[] | null;
  /** getLicense: the licence, in clear; sealed before it is stored */
  readonly license: string | null;
}

export interface ProtocolAdapter {
  /** Signs with a new nonce or time each time. Throws when the call holds no such request. */
  build(subject: CallSubject, target: CallTarget, at: Date, random: Random): SignedRequest;
  read(subject: CallSubject, sent: SignedRequest, answer: HttpAnswer, durationMs: number, accessKey: string): Reading;
  diagnoseFault(fault: Extract<OutboundResult, { ok: false }>): Diagnosis;
}

export function detailsOf<P extends CallDetails['purpose']>(subject: CallSubject, purpose: P): DetailsOf<P> {
  const { details } = subject;
  if (!has(details, purpose)) throw new Error(`call ${subject.id}: ${subject.activity} needs its ${purpose} details`);
  return details;
}
function has<P extends CallDetails['purpose']>(details: CallDetails | null, purpose: P): details is DetailsOf<P> {
  return details?.purpose === purpose;
}

export function instanceOf(subject: CallSubject): string {
  if (subject.instanceId === null)
    throw new Error(`call ${subject.id}: ${subject.activity} needs the seller's instanceId`);
  return subject.instanceId;
}

export const plain = (reading: {
  readonly outcome: string;
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly diagnosis: readonly Diagnosis[];
}): Reading => ({
  outcome: reading.outcome === 'ok' ? 'ok' : 'failed',
  resultCode: reading.resultCode,
  resultMsg: reading.resultMsg,
  diagnosis: reading.diagnosis,
  instanceId: null,
  access: null,
  seen: null,
  license: null,
});
