/**
 * What the SDK must remember to be idempotent: which order line got which instance, which upgrade or renewal was
 * already applied, which nonce was already used. Three steps and a nonce: small enough for any database.
 *
 * A key is free → claimed (somebody works on it, until its lease runs out) → done (for ever). A claim that is abandoned
 * or outlives its lease can be claimed again. `first`, the value given with the very first claim, never changes: for
 * newInstance it is the businessId of the first request, which saas-v2.md 5.1 recommends as the instanceId.
 */
export type Claim =
  /** Yours: do the work, then `complete` or `abandon`. `attempt` counts the claims of this key from 1. */
  | { readonly state: 'claimed'; readonly first: string; readonly attempt: number }
  /** Another request is at work on it. */
  | { readonly state: 'busy'; readonly first: string }
  | { readonly state: 'done'; readonly first: string; readonly result: string };

export interface SellerStore {
  /** Atomic: of any number of simultaneous callers, on any number of machines, exactly one gets `claimed`. */
  claim(key: string, input: { first: string; nowMs: number; leaseMs: number }): Promise<Claim>;
  /** Record the result, once: when there already is one it stays. Returns the result that counts. */
  complete(key: string, result: string): Promise<string>;
  /** Free a claim whose work was refused or failed, if `attempt` is still the latest; `first` is kept. */
  abandon(key: string, attempt: number): Promise<void>;
  /** True when the nonce was new. It must be remembered until `untilMs`, and may be forgotten after it. */
  rememberNonce(nonce: string, input: { nowMs: number; untilMs: number }): Promise<boolean>;
}
