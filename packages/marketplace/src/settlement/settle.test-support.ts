/** Scenarios for tests: one seller, one product, lines with what a story is about; the result as people would read it. */
import { z } from 'zod';
import { writeSettled } from './present.ts';
import { settleScenario } from './run-scenario.ts';
import { scenarioHead } from './scenario.ts';
import { diskSpool, memorySpool } from './spool.ts';

const step = z.object({ rule: z.string(), text: z.string(), value: z.string() });
const billLine = z.object({
  id: z.string(),
  kind: z.string(),
  sales: z.string(),
  settlement: z.string(),
  derivation: z.array(step),
  conditions: z.array(z.object({ rule: z.string(), met: z.string() })),
});
export const resultSchema = z.object({
  bills: z.array(
    z.object({
      id: z.string(),
      seller: z.string(),
      class: z.string(),
      period: z.object({ from: z.string(), to: z.string() }),
      nominalRunDate: z.string(),
      runDate: z.string(),
      state: z.string(),
      held: z.boolean(),
      heldReason: z.string().nullable(),
      lines: z.array(billLine),
      total: z.string(),
      platformFee: z.string(),
      distributors: z.array(
        z.object({ id: z.string(), settlement: z.string(), lines: z.array(z.object({ id: z.string() })) }),
      ),
    }),
  ),
  releases: z.array(
    z.object({
      runDate: z.string(),
      bills: z.array(z.string()),
      total: z.string(),
      schedule: z.array(z.object({ step: z.string(), by: z.string() })),
    }),
  ),
  unbilled: z.array(
    z.object({
      id: z.string(),
      waitingFor: z.array(z.object({ rule: z.string(), text: z.string() })),
      earliestBill: z.string().optional(),
    }),
  ),
  errors: z.array(z.object({ id: z.string(), rule: z.string(), text: z.string() })),
});
export type ScenarioResult = z.infer<typeof resultSchema>;

export interface Told {
  readonly site?: 'CN' | 'INTL' | 'EU';
  readonly policy?: object;
  readonly sellers?: readonly object[];
  readonly product?: object;
  readonly products?: readonly object[];
  readonly lines: readonly object[];
  readonly billRuns: string | readonly string[];
  /** put aside in files, in so many parts */
  readonly onDisk?: number;
}

const PRODUCT = { id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' };

/** A purchase of 100 × 12 that counted on 2024-01-05, unless told otherwise. */
export const sale = (id: string, changes: object = {}): object => ({
  id,
  product: 'p1',
  kind: 'NEW',
  mode: 'PERIOD',
  unitPrice: '100',
  periods: '12',
  placedAt: '2024-01-05',
  payment: { paidAt: '2024-01-05' },
  activatedAt: '2024-01-05',
  ...changes,
});
export const refund = (id: string, refundOf: string, amount: string, at: string, changes: object = {}): object =>
  sale(id, { kind: 'REFUND', refundOf, amount, placedAt: at, refundCompletedAt: at, activatedAt: null, ...changes });

export async function settled(told: Told): Promise<ScenarioResult> {
  const head = scenarioHead.parse({
    site: told.site ?? 'CN',
    currency: told.site === 'EU' ? 'EUR' : told.site === 'INTL' ? 'USD' : 'CNY',
    ...(told.policy ? { policy: told.policy } : {}),
    sellers: told.sellers ?? [{ id: 's1', certifiedAt: '2019-01-01' }],
    products: told.products ?? [{ ...PRODUCT, ...told.product }],
    billRuns: told.billRuns,
  });
  const spool = told.onDisk ? diskSpool() : memorySpool();
  const lines = () => [told.lines.map((line) => JSON.stringify(line))];
  try {
    let text = '';
    for await (const piece of writeSettled(settleScenario(head, lines, spool, told.onDisk ?? 1))) text += piece;
    return resultSchema.parse(JSON.parse(text));
  } finally {
    spool.close();
  }
}
