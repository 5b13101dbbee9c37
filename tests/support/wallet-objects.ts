/** What a buyer has in its wallet: a card, an online payment that was started, a month on credit that was repaid. */
import { inTransaction, sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { money } from '../../packages/marketplace/src/platform/money.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { grantCredit, grantPurse, startPayment } from '../../packages/marketplace/src/wallet/index.ts';
import { granted } from './resources.ts';

export interface WalletObjects {
  readonly buyerId: string;
  readonly purseId: string;
  readonly paymentId: string;
}
export const WALLET_MONTH = '202512';

export async function walletObjectsOf(platform: Platform, buyerId: string): Promise<WalletObjects> {
  const now = platform.clock.now();
  const amount = money('1', 'CNY');
  const card = { buyerId, kind: 'CARD', amount, validFrom: now, validTo: null, reason: 'a test', by: 'test' } as const;
  return inTransaction(platform.db, async (tx) => {
    granted(await grantCredit(tx, { buyerId, limit: amount, termDays: 15, reason: 'a test', by: 'test' }, now));
    await sql`
      INSERT INTO wallet.statements (buyer_id, currency, month, state, charged, issued_at, due_at, repaid_at)
      VALUES (${buyerId}, 'CNY', ${WALLET_MONTH}, 'REPAID', 1, ${now}, ${now}, ${now})`.execute(tx);
    const { purseId } = granted(await grantPurse(platform, tx, card, now));
    const { paymentId } = granted(
      await startPayment(platform, tx, { buyerId, orderId: null, purseIds: [], amount }, now),
    );
    return { buyerId, purseId, paymentId };
  });
}
