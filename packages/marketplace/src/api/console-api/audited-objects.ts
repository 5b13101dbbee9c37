/**
 * Which rows a command is about, by the names in its address and its body, and whose they are (P-4, O-50). The audit log keeps
 * what changed in them, and names their party when an operator changes them. An address that names what is not listed here is
 * about the marketplace itself (months, runs, the calendar) or only about what its entry says.
 */
import { type AuditedTable, type Facts, factsOf } from '../../platform/audit-changes.ts';
import type { Executor } from '../../platform/database/database.ts';
import { isUuid } from '../../platform/uuid.ts';

/** a column of the row; undefined = it is empty */
type Column = (name: string) => string | undefined;
interface Audited extends AuditedTable {
  /** whose it is: `seller:…`, `buyer:…`, `distributor:…` */
  readonly party?: (column: Column) => string | null;
}
type Named = Readonly<Record<string, string>>;

const party =
  (...kinds: readonly ('seller' | 'distributor' | 'buyer')[]) =>
  (column: Column): string | null => {
    const kind = kinds.find((each) => column(`${each}_id`) !== undefined);
    return kind === undefined ? null : `${kind}:${column(`${kind}_id`)}`;
  };
const [SELLER, BUYER, EITHER] = [party('seller'), party('buyer'), party('seller', 'distributor', 'buyer')];
const payee = (column: Column) => `${column('payee_kind')?.toLowerCase()}:${column('payee_id')}`;
/** of the marketplace's own people: no party */
const tenant = (column: Column) => /^(?:seller|buyer|distributor):.+$/.exec(column('tenant') ?? '')?.[0] ?? null;

/** Services and what is paid for them are the buyer's; products, their calls, hand-overs and refunds the seller's to look after. */
const OBJECTS: Readonly<Record<string, readonly Audited[]>> = {
  sellerId: [{ table: 'directory.sellers', key: 'seller_id', party: SELLER }],
  buyerId: [
    { table: 'directory.buyers', key: 'buyer_id', party: BUYER },
    { table: 'wallet.credit_lines', key: 'buyer_id', each: 'currency' },
    { table: 'delivery.tracks', key: 'buyer_id', party: BUYER },
  ],
  distributorId: [{ table: 'directory.distributors', key: 'distributor_id', party: EITHER }],
  userId: [{ table: 'directory.users', key: 'user_id', party: EITHER }],
  loginName: [{ table: 'directory.users', key: 'login_name', party: EITHER }],
  goodsId: [
    { table: 'catalog.products', key: 'goods_id', party: SELLER },
    { table: 'catalog.sale_rules', key: 'goods_id', each: 'specification_id' },
    { table: 'catalog.stock', key: 'goods_id', each: 'sku_code' },
    { table: 'people.credentials', key: 'goods_id', party: SELLER },
  ],
  attributeId: [{ table: 'catalog.attributes', key: 'attribute_id', uuid: true, party: SELLER }],
  assetId: [
    { table: 'catalog.assets', key: 'asset_id', uuid: true, party: SELLER },
    { table: 'catalog.asset_versions', key: 'asset_id', uuid: true, each: 'version' },
  ],
  offerId: [{ table: 'catalog.offers', key: 'offer_id', party: SELLER }],
  demandId: [{ table: 'catalog.demands', key: 'demand_id', party: SELLER }],
  voucherId: [{ table: 'catalog.vouchers', key: 'voucher_id', party: SELLER }],
  reviewId: [{ table: 'catalog.reviews', key: 'review_id', uuid: true, party: BUYER }],
  questionId: [{ table: 'catalog.questions', key: 'question_id', uuid: true, party: BUYER }],
  purseId: [{ table: 'wallet.purses', key: 'purse_id', party: BUYER }],
  resourceId: [{ table: 'instances.instances', key: 'resource_id', party: BUYER }],
  chargeId: [{ table: 'metering.charges', key: 'charge_id', uuid: true, party: BUYER }],
  refundId: [{ table: 'ordering.refunds', key: 'refund_id', party: SELLER }],
  // a hand-over, or a message that was sent
  deliveryId: [
    { table: 'delivery.deliveries', key: 'delivery_id', party: SELLER },
    { table: 'notification.deliveries', key: 'id', uuid: true, party: tenant },
  ],
  callId: [{ table: 'fulfilment.seller_calls', key: 'id', uuid: true, party: SELLER }],
  addressId: [{ table: 'debugging.addresses', key: 'address_id', uuid: true, party: SELLER }],
  caseId: [{ table: 'debugging.cases', key: 'case_id', uuid: true, party: SELLER }],
  keyId: [{ table: 'directory.access_keys', key: 'key_id', party: SELLER }],
  ak: [{ table: 'directory.api_keys', key: 'ak', party: EITHER }],
  endpointId: [{ table: 'webhooks.endpoints', key: 'endpoint_id', party: SELLER }],
  codeId: [{ table: 'licensing.codes', key: 'code_id', uuid: true, party: SELLER }],
  billId: [{ table: 'settlement.bills', key: 'bill_id', party: EITHER }],
  paymentId: [{ table: 'settlement.payments', key: 'payment_id', party: payee }],
  entryId: [{ table: 'settlement.statement_entries', key: 'entry_id' }],
  runId: [{ table: 'settlement.payout_runs', key: 'run_id' }],
  requisitionId: [{ table: 'settlement.requisitions', key: 'requisition_id', party: EITHER }],
  leavingId: [{ table: 'settlement.leavings', key: 'leaving_id', uuid: true, party: SELLER }],
  feeInvoiceId: [{ table: 'settlement.fee_invoices', key: 'fee_invoice_id', uuid: true, party: SELLER }],
  invoiceId: [{ table: 'settlement.buyer_invoices', key: 'invoice_id', uuid: true, party: BUYER }],
  enterpriseId: [{ table: 'directory.enterprises', key: 'enterprise_id', party: BUYER }],
  memberId: [{ table: 'directory.members', key: 'member_id', uuid: true }],
  groupId: [{ table: 'directory.groups', key: 'group_id', uuid: true }],
  importId: [{ table: 'directory.imports', key: 'import_id', uuid: true }],
};
/** `applicationId` is a binding within an enterprise, an application of a seller elsewhere */
const WITHIN_ENTERPRISE: typeof OBJECTS = {
  applicationId: [{ table: 'people.applications', key: 'application_id', uuid: true, party: BUYER }],
  taskId: [{ table: 'people.sync_tasks', key: 'task_id', uuid: true, party: BUYER }],
};
const ELSEWHERE: typeof OBJECTS = {
  applicationId: [{ table: 'catalog.applications', key: 'application_id', uuid: true, party: SELLER }],
};

interface AuditedObjects {
  readonly facts: Facts;
  /** `seller:…`, `buyer:…`, `distributor:…`; null = the marketplace's own */
  readonly party: string | null;
}

/** Rows that are not there are no fault: they may come to be, or the command refuses. */
export async function auditedObjects(executor: Executor, names: Named): Promise<AuditedObjects> {
  const place = 'enterpriseId' in names ? WITHIN_ENTERPRISE : ELSEWHERE;
  const facts = new Map<string, string>();
  let party: string | null = null;
  for (const [name, id] of Object.entries(names)) {
    for (const audited of OBJECTS[name] ?? place[name] ?? []) {
      if (audited.uuid ? !isUuid(id) : !AN_ID.test(id)) continue;
      const found = await factsOf(executor, audited, id);
      for (const [field, value] of found) facts.set(field, value);
      party ??= partyOf(audited, found);
    }
  }
  return { facts, party };
}
const AN_ID = /^[\x21-\x7e]{1,100}$/;

function partyOf({ table, party: whose }: Audited, facts: Facts): string | null {
  if (whose === undefined || facts.size === 0) return null;
  const name = table.slice(table.indexOf('.') + 1);
  return whose((column) => facts.get(`${name}.${column}`));
}

/** What a command names: in its address, then by texts at the top of its body. */
export function namesIn(params: Named, body: unknown): Named {
  const texts = body !== null && typeof body === 'object' ? Object.entries(body) : [];
  const named = texts.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { ...params, ...Object.fromEntries(named.filter(([name]) => !(name in params))) };
}
