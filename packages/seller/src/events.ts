/** What a seller server tells its owner. No event contains a key. */
import type { Diagnosis } from '@jishi/protocol';

export type SellerEvent =
  /** A call was answered, by a handler or from the store. */
  | {
      readonly kind: 'answered';
      readonly activity: string;
      readonly resultCode: string;
      readonly resultMsg: string;
      readonly test: boolean;
      readonly durationMs: number;
      readonly orderLineId?: string;
      readonly instanceId?: string;
    }
  /** A request was turned away before a handler saw it: signature, window, nonce, size, form. */
  | { readonly kind: 'rejected'; readonly resultCode: string; readonly diagnosis: readonly Diagnosis[] }
  /** A handler gave an answer that the protocol does not allow; `000005` was sent in its place. */
  | { readonly kind: 'bad-answer'; readonly activity: string; readonly diagnosis: readonly Diagnosis[] }
  /** A handler, the store or the key source threw; `000005` was sent. */
  | { readonly kind: 'failed'; readonly activity: string | null; readonly error: unknown };
