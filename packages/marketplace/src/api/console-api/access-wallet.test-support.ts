/** Who may do what: wallets and payments. */
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { WALLET_MONTH } from '../../../../../tests/support/wallet-objects.ts';
import { type Access, REASON, walletOf } from './access-objects.test-support.ts';

const wallet = ({ goodsId }: Objects) => ({ buyerId: '', ...walletOf.get(goodsId) });

export const WALLET_ACCESS: Readonly<Record<string, Access>> = {
  'read /wallet/overview': { x: 'BO BP BF' },
  'read /wallet/statement': { x: 'BO BP BF', query: () => `?month=${WALLET_MONTH}` },
  'command /wallet/repayments': {
    x: 'BO BF',
    body: () => ({ month: WALLET_MONTH, amount: '1.00' }),
    refusedByRule: true,
  },
  'command /wallet/cards': { x: 'BO BF', body: () => ({ amount: '1.00' }) },
  'command /wallet/online-payments': { x: 'BO BF', body: () => ({ amount: '1.00' }) },
  'read /wallet/online-payments/{paymentId}': { x: 'BO BP BF', object: wallet },
  'command /cashier/{paymentId}': {
    x: 'BO BP BF',
    object: wallet,
    body: () => ({ outcome: 'PAID' }),
  },
  'read /operator/wallets/purses': { x: 'OF OA' },
  'read /operator/wallets/credit': { x: 'OF OA' },
  'read /operator/wallets/{buyerId}': { x: 'OF OA', object: wallet },
  'command /operator/wallets/purses': {
    x: 'OF',
    body: (objects) => ({
      buyerId: wallet(objects).buyerId,
      kind: 'CARD',
      amount: '1.00',
      validTo: null,
      reason: 'a test',
    }),
  },
  'command /operator/wallets/purses/{purseId}/withdrawal': {
    x: 'OF',
    object: wallet,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /operator/wallets/credit': {
    x: 'OF',
    body: (objects) => ({ buyerId: wallet(objects).buyerId, limit: '1.00', termDays: 15, reason: 'a test' }),
  },
  'command /operator/wallets/credit/{buyerId}/withdrawal': { x: 'OF', object: wallet, body: () => REASON },
  'read /wallet': { x: 'BO BP BF' },
  'command /wallet/top-ups': { x: 'BO BF', body: () => ({ amount: '10.00' }) },
  'command /buyer-tracks': { x: 'OM', body: () => ({ buyerId: 'nobody', track: 'BASE' }), refusedByRule: true },
};
