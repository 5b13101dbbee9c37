import { type CommonOptions, checkCommonOptions, checkHandlers, checkKeySize } from '../options.ts';
import type { SellerHandlersV1 } from './handlers.ts';

/** `accessKey` is the Key of the page Seller Information: V1.0 has one for tokens, Body-Sign and encryption. */
export interface SellerServerV1Options extends CommonOptions {
  readonly handlers: SellerHandlersV1;
  /**
   * Answers for the debugger's and the probe's calls (testFlag "1"). Where none is given the SDK answers a well-formed
   * success by itself; the handlers above never see such a call.
   */
  readonly test?: Partial<SellerHandlersV1>;
  /** How userName and password are encrypted, which V1.0 always wants: "1" AES-256 (default), "2" AES-128. */
  readonly encryptType?: '1' | '2';
  /** The size chosen in the publishing form for `mobilePhone` and `email`; default "1". The other one is tried too. */
  readonly privateMembersType?: '1' | '2';
  /**
   * Refuses calls whose `timeStamp` differs by more from this server's clock, in milliseconds. Default: none, as V1.0 has no
   * such rule; how much a call differed stands in the event `answered` (saas-v1.md 2.3).
   */
  readonly windowMs?: number;
}

const REQUIRED = ['newInstance', 'queryInstance', 'releaseInstance'] as const;
const OPTIONAL = ['refreshInstance', 'expireInstance', 'upgrade', 'instanceStatus'] as const;

/** Throws a `TypeError` with a sentence that tells what to do. The access key is checked where it is read. */
export function checkServerV1Options(options: SellerServerV1Options): void {
  checkHandlers(options.handlers, REQUIRED, OPTIONAL);
  checkCommonOptions(options);
  checkKeySize('encryptType', options.encryptType, 'leave it out for AES-256');
  checkKeySize('privateMembersType', options.privateMembersType, 'leave it out for AES-256');
  const { windowMs } = options;
  if (windowMs !== undefined && !(Number.isFinite(windowMs) && windowMs > 0)) {
    throw new TypeError(`windowMs: expected a positive number of milliseconds, or leave it out; got ${windowMs}.`);
  }
}
