/** What every competitor is given, equal for all. */
import { z } from 'zod';

export const settings = z.object({
  databaseUrl: z.string(),
  productionUrl: z.string(),
  /** lines to deliver */
  lines: z.number(),
  /** calls in flight, and connections to the seller */
  concurrency: z.number(),
  /** connections to PostgreSQL */
  poolSize: z.number(),
});
export type Settings = z.infer<typeof settings>;

/** Starts the measured work; `done` is called once, after the last line is delivered (Jishi is watched from outside). */
export type Begin = (done: () => void) => Promise<void>;

export const COMPETITOR_NAMES = ['jishi', 'bare loop', 'graphile-worker', 'pg-boss'] as const;
export type CompetitorName = (typeof COMPETITOR_NAMES)[number];
