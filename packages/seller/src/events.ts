/** What a seller server tells its owner. No event contains a key. */
import type { Diagnosis } from '@jishi/protocol';

/** What a verified call was about. */
export interface CallFacts {
  readonly test: boolean;
  readonly instanceId?: string;
  readonly orderLineId?: string;
  /** V1.0 only, which has no order lines. */
  readonly orderId?: string;
  /** V1.0 only, which has no window: how much later than its `timeStamp` the request came by this server's clock. */
  readonly skewMs?: number;
}

export type SellerEvent =
  /** A call was answered, by a handler or from the store. */
  | ({
      readonly kind: 'answered';
      readonly activity: string;
      readonly resultCode: string;
      readonly resultMsg: string;
      readonly durationMs: number;
    } & CallFacts)
  /** A request was turned away before a handler saw it: signature, window, nonce, size, form. */
  | { readonly kind: 'rejected'; readonly resultCode: string; readonly diagnosis: readonly Diagnosis[] }
  /** A handler gave an answer that the protocol does not allow; `000005` was sent in its place. */
  | { readonly kind: 'bad-answer'; readonly activity: string; readonly diagnosis: readonly Diagnosis[] }
  /** `mobilePhone` or `email` of a newInstance (V1.0) could not be decrypted; the handler got undefined in its place. */
  | {
      readonly kind: 'unreadable';
      readonly activity: string;
      readonly orderId: string;
      readonly member: 'mobilePhone' | 'email';
      readonly diagnosis: readonly Diagnosis[];
    }
  /** A handler, the store or the key source threw; `000005` was sent. */
  | { readonly kind: 'failed'; readonly activity: string | null; readonly error: unknown };
