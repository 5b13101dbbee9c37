/** Requests of the protocol are below one kilobyte; 1 MiB is the same limit that the marketplace sets for answers. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** saas-v2.md 5.2, the count is the limit (Q6). */
export const MAX_INSTANCE_IDS = 100;
/** saas-v2.md 3.1: |now − timestamp| ≤ 60 s. */
export const WINDOW_MS = 60_000;
/** For an order query inside a call: leaves a second of the five in which a seller should answer (Q15). */
export const ORDER_BUDGET_MS = 4_000;
