/** What the suite is made of: cases, which make signed calls through a session and say what they found. */
import type { Diagnosis, Words } from '@jishi/protocol';
import type { Exchange, WireRequest } from './exchange.ts';

export type ProtocolName = 'saas-v2' | 'saas-v1' | 'kit' | 'license';

export interface ConformanceCase {
  /** `<activity or topic>.<what>`, e.g. `newInstance.repeat`. A name, once published, stays. */
  readonly name: string;
  readonly title: Words;
  /** the section that demands it, e.g. `saas-v2.md 5.1` */
  readonly reference: string;
  /** true = sends requests that change live data; only with `--live-cycle` */
  readonly live?: boolean;
  /**
   * cases that must have passed, by name; else this one is skipped, because it would only repeat their finding. Where single
   * cases are asked for, these run first too: what is learnt from them is there.
   */
  readonly after?: readonly string[];
  /** true = the demand is a reading where the pages are silent: with `lenient` its errors become warnings */
  readonly reading?: boolean;
  /** true = nothing but `after` matters to it, and it changes nothing for others: beside slow servers it may run beside others */
  readonly independent?: boolean;
  /** Makes its calls and says what is wrong, the cause first; an empty list = passed. Throws `Skip` where it can not be judged. */
  run(session: Session): Promise<readonly Diagnosis[]>;
}

/** What a case may do. Everything random and every time comes from here. */
export interface Session {
  readonly target: URL;
  readonly accessKey: string;
  readonly settings: SessionSettings;
  /** milliseconds since 1970, the clock of this machine unless a test says otherwise */
  now(): number;
  /** what calls of this run were dated by, milliseconds since 1970: where nothing else tells calls apart, none is used twice */
  readonly moments: Set<number>;
  /** letters and digits */
  randomText(length: number): string;
  uuid(): string;
  wait(milliseconds: number): Promise<void>;
  /** Makes one call, records it with the running case, and gives what came back. Never throws for what the network does. */
  call(request: WireRequest): Promise<Exchange>;
}

export interface SessionSettings {
  /** the marketplace's limit for one call, milliseconds (20 s) */
  readonly timeoutMs: number;
  /** how long asynchronous provisioning is waited for, and how often it is asked, milliseconds */
  readonly asyncWindowMs: number;
  readonly asyncIntervalMs: number;
  /** readings that no page establishes count as warnings */
  readonly lenient: boolean;
  /** kit only: the seller's RSA public key, PEM or bare base64 */
  readonly publicKey: string | null;
}

/** So long the cause of a refusal is looked for: with slow servers that is cut short, not the user's patience. Milliseconds. */
export const SEARCH_MS = 15_000;

/** Thrown by a case that can not be judged, with the reason in both languages. */
export class Skip extends Error {
  readonly reason: Words;

  constructor(reason: Words) {
    super(reason.en);
    this.reason = reason;
  }
}
