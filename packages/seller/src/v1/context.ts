import type { decryptPrivateMemberV1 } from '@jishi/protocol';
import type { ServingContext } from '../context.ts';
import type { Reporter } from '../report.ts';
import type { SellerHandlersV1 } from './handlers.ts';

/** What serving a call of V1.0 needs, once it is verified. */
export interface ContextV1 extends ServingContext {
  readonly handlers: SellerHandlersV1;
  /** Opens a `mobilePhone` or `email` with the key of the request. */
  readonly decrypt: (value: string) => ReturnType<typeof decryptPrivateMemberV1>;
  readonly report: Reporter;
}
