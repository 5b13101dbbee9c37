/** Everything that was told, in order, with the members that invariants look at. */
import { z } from 'zod';
import { type Db, sql } from '../../platform/database/database.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const payload = z.looseObject({
  orderId: z.string().nullish(),
  orderLineId: z.string().nullish(),
  resourceId: z.string().nullish(),
  refundId: z.string().nullish(),
  orderType: z.string().nullish(),
  occasion: z.string().nullish(),
  kind: z.string().nullish(),
  reason: z.string().nullish(),
  cause: z.string().nullish(),
  state: z.string().nullish(),
  agreed: z.boolean().nullish(),
  originalLineIds: z.array(z.string()).nullish(),
  lines: z
    .array(z.looseObject({ orderLineId: z.string(), resourceId: z.string(), expireAt: instant.nullish() }))
    .nullish(),
  ref: z
    .looseObject({
      resourceId: z.string(),
      buyerId: z.string(),
      goodsId: z.string(),
      state: z.string(),
      expireAt: instant.nullable(),
      trial: z.boolean(),
      chargingMode: z.string(),
    })
    .nullish(),
  call: z.union([z.boolean(), z.looseObject({ scene: z.string().nullish() })]).nullish(),
});
export type Told = z.infer<typeof payload>;

export interface Event {
  readonly id: number;
  readonly type: string;
  readonly aggregate: string;
  readonly at: Date;
  readonly told: Told;
  readonly raw: Readonly<Record<string, unknown>>;
}
export type History = readonly Event[];

export async function historyOf(db: Db): Promise<History> {
  const { rows } = await sql<{
    id: number;
    type: string;
    aggregate: string;
    at: Date;
    payload: Record<string, unknown>;
  }>`
    SELECT event_id AS id, type, aggregate, occurred_at AS at, payload FROM platform.events ORDER BY event_id`.execute(
    db,
  );
  return rows.map(({ payload: raw, ...row }) => ({ ...row, raw, told: payload.parse(raw) }));
}

/** The order that an event is about: ordering names it by the aggregate. */
export const orderOf = ({ told, aggregate }: Event): string =>
  aggregate.startsWith('order:') ? aggregate.slice('order:'.length) : (told.orderId ?? '');
