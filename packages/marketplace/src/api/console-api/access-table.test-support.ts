/**
 * Who may do what: each route of the console API with the roles of consoles-and-processes.md 6.2, written from there and not
 * from the program, and with what a test asks it. One row a route.
 */
import { ACCOUNTS_ACCESS } from './access-accounts.test-support.ts';
import { ENTERPRISE_ACCESS } from './access-enterprise.test-support.ts';
import { MARKET_ACCESS } from './access-market.test-support.ts';
import type { Access } from './access-objects.test-support.ts';
import { PUBLICATION_ACCESS } from './access-publication.test-support.ts';
import { SERVICES_ACCESS } from './access-services.test-support.ts';
import { SETTLEMENT_ACCESS } from './access-settlement.test-support.ts';
import { USAGE_ACCESS } from './access-usage.test-support.ts';
import { WALLET_ACCESS } from './access-wallet.test-support.ts';

export {
  type Access,
  assetOf,
  billOf,
  broughtOf,
  debugOf,
  enterpriseOf,
  invoiceOf,
  leavingOf,
  meteredOf,
  publicationOf,
  sellerOf,
  walletOf,
} from './access-objects.test-support.ts';

export const ACCESS: Readonly<Record<string, Access>> = {
  ...ACCOUNTS_ACCESS,
  ...ENTERPRISE_ACCESS,
  ...MARKET_ACCESS,
  ...PUBLICATION_ACCESS,
  ...SERVICES_ACCESS,
  ...SETTLEMENT_ACCESS,
  ...USAGE_ACCESS,
  ...WALLET_ACCESS,
};
