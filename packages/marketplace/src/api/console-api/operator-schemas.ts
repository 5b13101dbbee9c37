/** What operators see first, and what the search finds. */
import { z } from 'zod';
import { callState } from './call-schemas.ts';
import { orderState } from './order-schemas.ts';
import { instant, localized, page, pageQuery, uuidCursor } from './schemas.ts';
import { instanceState } from './service-schemas.ts';

export const overview = z
  .object({
    orders: z.array(z.object({ state: orderState, count: z.number().int() })),
    instances: z.array(z.object({ state: instanceState, count: z.number().int() })),
    calls: z.array(z.object({ state: callState, count: z.number().int() })),
    /** attempts in the last 24 hours by outcome, one element an hour, oldest first */
    callsByOutcome: z.array(
      z.object({
        hour: instant,
        ok: z.number().int(),
        pending: z.number().int(),
        failed: z.number().int(),
      }),
    ),
    tasks: z.object({
      due: z.number().int(),
      running: z.number().int(),
      overdue: z.number().int(),
      failed: z.number().int(),
    }),
    ledger: z.object({ balanced: z.boolean(), debits: z.string(), credits: z.string() }),
  })
  .openapi('Overview');

export const task = z
  .object({
    taskId: z.string(),
    /** `seller-call` or the kind of a marketplace task such as `ordering.cancel-unpaid` */
    kind: z.string(),
    subject: z.string(),
    state: z.enum(['DUE', 'RUNNING', 'SUCCEEDED', 'STOPPED', 'RESOLVED']),
    dueAt: instant,
    attempts: z.number().int(),
    lastError: z.string().nullable(),
    leaseUntil: instant.nullable(),
  })
  .openapi('Task');
export const taskQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: task.shape.state.optional(),
  kind: z.string().max(64).optional(),
});
export const taskPage = page(task).openapi('TaskPage');

export const searchQuery = z.object({ q: z.string().trim().min(1).max(100) });
export const searchHit = z.object({
  kind: z.enum(['order', 'instance', 'call', 'product']),
  id: z.string(),
  title: localized,
  state: z.string().nullable(),
});
export const searchResult = z.object({ items: z.array(searchHit) }).openapi('SearchResult');

export type OverviewView = z.infer<typeof overview>;
export type TaskView = z.infer<typeof task>;
export type SearchHitView = z.infer<typeof searchHit>;
