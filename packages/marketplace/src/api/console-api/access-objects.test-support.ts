/** What a test asks of a route: objects of the two tenants, and the rows of the matrix that several routes share. */
import type { AskedInvoices } from '../../../../../tests/support/asked-invoices.ts';
import type { Brought } from '../../../../../tests/support/brought-line.ts';
import type { DebugObjects } from '../../../../../tests/support/debug-objects.ts';
import type { EnterpriseObjects } from '../../../../../tests/support/enterprise-objects.ts';
import type { MeteredObjects } from '../../../../../tests/support/metered-objects.ts';
import type { PublicationObjects } from '../../../../../tests/support/publication-objects.ts';
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import type { WalletObjects } from '../../../../../tests/support/wallet-objects.ts';
import { ROLES } from '../../directory/index.ts';

export interface Access {
  /** roles that may, for all objects of their tenant (operators: of everyone) */
  readonly x: string;
  /** roles that may, for own or assigned objects only */
  readonly o?: string;
  /** where the object stands in the address; absent = the route has no object of a tenant */
  readonly object?: (objects: Objects) => Record<string, string>;
  readonly query?: (objects: Objects) => string;
  readonly body?: (objects: Objects) => object;
  /** whoever may reaches the rules of the object, which then say no: done before, another price, wrong time */
  readonly refusedByRule?: true;
}
export const SOME_FILE = '00000000-0000-4000-8000-000000000001';
export const ALL = ROLES.join(' ');
export const orderId = ({ orderId }: Objects) => ({ orderId });
export const resourceId = ({ resourceId }: Objects) => ({ resourceId });
/** What a seller debugs with, by product. */
export const debugOf = new Map<string, DebugObjects>();
export const debugIds = ({ goodsId }: Objects) => ({ ...debugOf.get(goodsId) });
export const goods = ({ goodsId }: Objects) => ({ goodsId });
/** Usage of a service, and an access key of its seller, by resource. */
export const meteredOf = new Map<string, MeteredObjects>();
/** An image of the seller of a product; assets belong to the seller as a whole. */
export const assetOf = new Map<string, string>();
/** Bills that were sent to the seller of a product. */
export const billOf = new Map<string, string>();
/** Invoices of the seller and the buyer of a product. */
export const invoiceOf = new Map<string, AskedInvoices>();
/** Applications of the seller of a product to leave, taken back. */
export const leavingOf = new Map<string, string>();
export const sellerOf = new Map<string, string>();
/** Enterprises of buyers by the product that is bound to them; the administrator (EA) manages one of the buyer's two. */
export const enterpriseOf = new Map<string, EnterpriseObjects>();
/** What the buyer has to pay with, by product; it belongs to the account as a whole. */
export const walletOf = new Map<string, WalletObjects>();
/** Who brought the buyer of a product, and the line of it. */
export const broughtOf = new Map<string, Brought>();
/** the operator says why (O-31) */
export const REASON = { reason: 'a test' };
/** What a seller publishes with, by product. */
export const publicationOf = new Map<string, PublicationObjects>();
