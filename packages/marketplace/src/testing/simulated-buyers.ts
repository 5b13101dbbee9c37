/** Buyers of a simulation: signed in for good, some with too little money. */
import { createBuyer } from '../directory/index.ts';
import { tokenHash } from '../directory/service.ts';
import { insertSession, insertUser } from '../directory/store.ts';
import { BANK, credit } from '../ledger/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import type { Dice } from './dice.ts';

export interface SimulatedBuyer {
  readonly buyerId: string;
  readonly token: string;
}
const YEAR_MS = 366 * 86_400_000;
// An order of the simulation costs 600 to 21,600.
const OPENING_BALANCES = ['700.00', '20000.00', '60000.00', '1000000.00'] as const;

export function createSimulatedBuyers(platform: Platform, count: number, dice: Dice): Promise<SimulatedBuyer[]> {
  const now = platform.clock.now();
  return inTransaction(platform.db, async (tx) => {
    const buyers: SimulatedBuyer[] = [];
    for (let place = 1; place <= count; place += 1) {
      const name = `buyer-${place}`;
      const buyerId = await createBuyer(platform, tx, { accountName: name, name, site: platform.config.site }, now);
      const [userId, token] = [uuid(platform.random), uuid(platform.random)];
      const user = { userId, loginName: name, displayName: name, passwordHash: 'none', role: 'BO' as const };
      await insertUser(tx, { ...user, buyerId, sellerId: null }, now);
      await insertSession(tx, tokenHash(token), userId, now, new Date(now.getTime() + YEAR_MS));
      // the first can always pay
      const amount = money(place === 1 ? '1000000.00' : dice.pick(OPENING_BALANCES), 'CNY');
      const movement = {
        entryId: uuid(platform.random),
        kind: 'TOP_UP' as const,
        reference: `opening:${buyerId}`,
        debit: BANK,
      };
      await credit(tx, buyerId, { ...movement, amount, traceId: uuid(platform.random) }, now);
      buyers.push({ buyerId, token });
    }
    return buyers;
  });
}
