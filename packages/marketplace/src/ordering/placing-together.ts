/**
 * Orders of many buyers, placed in one transaction: each is judged by the function that judges it alone, all are written
 * with the statements of one (docs/decisions/0015).
 */
import { type SaleRow, saleRows } from '../catalog/index.ts';
import { settled, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result } from '../platform/result.ts';
import { addTasks } from '../platform/tasks/marketplace-tasks.ts';
import { placedEvent } from './news.ts';
import { cancelling, type Draft, draftOf, type PlaceOrder, writeOrders } from './placing.ts';
import { takesOfStock } from './sale.ts';
import type { Order } from './store.ts';

/** It takes or locks what others may want: to be placed by itself, where a refusal is undone with its transaction. */
export const ALONE = 'ALONE';
export type Alone = typeof ALONE;

/** Whose names an answer shows. */
export interface Parties {
  readonly buyerId: string;
  readonly lines: readonly { readonly sellerId: string }[];
}
/**
 * @param chosen of those that were made ready
 * @param meanwhile statements of the caller that travel with those that write; told of orders that the answers may show
 * @returns in the order of the list; `ALONE` = for the function that does one, nothing was done
 */
export type DoTogether<Input> = (
  chosen: readonly Input[],
  meanwhile?: (orders: readonly Parties[]) => Promise<void>,
) => Promise<(Result<Order> | Alone)[]>;

/**
 * Purchases that take nothing but what is their buyer's own: reads what they need. @returns places those that are chosen;
 * what may not be placed is refused as `placeOrder` refuses it, and has written nothing
 */
export async function placeTogether(
  platform: Platform,
  tx: Tx,
  asked: readonly PlaceOrder[],
  now: Date,
): Promise<DoTogether<PlaceOrder>> {
  const ids = asked.flatMap(({ lines }) => lines.map(({ priceItemId }) => priceItemId));
  const rows = await saleRows(tx, [...new Set(ids)]);
  return async (chosen, meanwhile = async () => {}) => {
    const judged = await settled(
      chosen.map(async (input) => (takes(input, rows) ? ALONE : plainDraft(tx, input, rows, now))),
    );
    const drafts = judged.flatMap((each) => (each !== ALONE && each.ok ? [each.value] : []));
    const writing = writeOrders(platform, tx, drafts, now);
    await settled<unknown>([writing, meanwhile(drafts)]);
    const orders = await writing;
    const tasks = orders.map((order) => cancelling(platform, order));
    await addTasks(tx, tasks, now);
    await platform.events.publish(tx, orders.map(placedEvent), now);
    const placed = new Map(drafts.map((draft, place) => [draft, orders[place]]));
    return judged.map((each) => {
      if (each === ALONE || !each.ok) return each;
      const order = placed.get(each.value);
      if (!order) throw new Error('a draft was not written');
      return ok(order);
    });
  };
}

/** An offer or a voucher is used up, what is sent has a receiver, a limit holds off other orders of the buyer (C49). */
const takes = ({ offerId, voucherId, receiver, lines }: PlaceOrder, rows: ReadonlyMap<string, SaleRow>): boolean =>
  offerId !== undefined ||
  voucherId !== undefined ||
  receiver !== undefined ||
  lines.some(({ priceItemId }) => {
    const rules = rows.get(priceItemId)?.rules;
    return rules?.product.limit !== undefined || rules?.specification.limit !== undefined;
  });

async function plainDraft(
  tx: Tx,
  input: PlaceOrder,
  rows: ReadonlyMap<string, SaleRow>,
  now: Date,
): Promise<Result<Draft> | Alone> {
  const drafted = await draftOf(tx, input, now, rows);
  if (!drafted.ok) return drafted;
  return takesOfStock(drafted.value.draft) ? ALONE : ok(drafted.value.draft);
}
