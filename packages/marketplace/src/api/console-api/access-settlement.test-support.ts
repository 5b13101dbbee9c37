/** Who may do what: settlement, pay-outs, invoices and partners. */
import { PAID_OUT } from '../../../../../tests/support/paid-out.ts';
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import {
  type Access,
  billOf,
  broughtOf,
  invoiceOf,
  leavingOf,
  SOME_FILE,
  sellerOf,
} from './access-objects.test-support.ts';

const billId = ({ goodsId }: Objects) => ({ billId: billOf.get(goodsId) ?? '' });
const invoiceIds = ({ goodsId }: Objects) => ({ ...invoiceOf.get(goodsId) });
const sellerIds = ({ goodsId }: Objects) => ({ sellerId: sellerOf.get(goodsId) ?? '' });
const requisitionId = ({ goodsId }: Objects) => ({ requisitionId: `R-${billOf.get(goodsId)}` });
const TITLE = {
  title: { type: 'PERSONAL', name: 'Ann', taxNumber: null, address: null, phone: null, bank: null, account: null },
  receiver: { email: 'ann@example.com', name: null, phone: null, address: null },
};
const leavingId = ({ goodsId }: Objects) => ({ leavingId: leavingOf.get(goodsId) ?? '' });
const brought = ({ goodsId }: Objects) => ({ ...broughtOf.get(goodsId) });
const partner = { x: 'OF', object: brought };
const ALONE = { scene: 'SOLO', ratio: null, payer: 'GENERAL' };
let members = 0;

export const SETTLEMENT_ACCESS: Readonly<Record<string, Access>> = {
  'read /operator/ledger': { x: 'OF OA' },
  'read /operator/ledger/trial': { x: 'OF OA', query: () => '?month=202601' },
  'read /operator/ledger/accounts': { x: 'OF OA', query: () => '?month=202601&kind=buyer:balance' },
  'read /operator/ledger/statement': { x: 'OF OA', query: () => '?month=202601&account=platform:bank&currency=CNY' },
  'read /operator/ledger/verification': { x: 'OF OA' },
  'command /operator/ledger/months/{month}/closing': {
    x: 'OF',
    object: () => ({ month: '209901' }),
    refusedByRule: true,
  },
  'read /seller/settlement/lines': { x: 'SO SF OF OA' },
  'read /seller/settlement/lines/{lineId}': {
    x: 'SO SF OF OA',
    object: ({ orderLineId: lineId }) => ({ lineId }),
  },
  'read /seller/settlement/bills': { x: 'SO SF OF OA' },
  'read /seller/settlement/bills/{billId}': { x: 'SO SF OF OA', object: billId },
  'read /seller/settlement/forecast': { x: 'SO SF OF OA', query: () => '?sellerId=s' },
  'read /seller/settlement/income': { x: 'SO SF OF OA' },
  'read /operator/settlement/periods': { x: 'OF OA' },
  'read /operator/settlement/periods/{period}/preview': { x: 'OF OA', object: () => ({ period: '202601' }) },
  // its day has not come
  'command /operator/settlement/periods/{period}/run': {
    x: 'OF',
    object: () => ({ period: '202601' }),
    refusedByRule: true,
  },
  'read /operator/settlement/bills': { x: 'OF OA' },
  'read /operator/settlement/bills/{billId}': { x: 'OF OA', object: billId },
  'command /operator/settlement/bills/{billId}/transition': {
    x: 'OF',
    object: billId,
    body: () => ({ to: 'PAID' }),
    refusedByRule: true,
  },
  'command /operator/settlement/bills/{billId}/hold': {
    x: 'OF',
    object: billId,
    body: () => ({ hold: true, reason: 'a test' }),
    refusedByRule: true,
  },
  'read /seller/invoice-demands': { x: 'SO SF OF OA' },
  'read /seller/invoice-demands/{requisitionId}': { x: 'SO SF OF OA', object: requisitionId },
  'command /seller/invoice-demands/{requisitionId}/invoices': {
    x: 'SO SF',
    object: requisitionId,
    body: () => ({
      invoices: [
        {
          ...{ number: '1', issuedOn: '2025-12-01', rate: '0.06', net: '1', tax: '0', gross: '1', remark: '' },
          fileId: SOME_FILE,
        },
      ],
    }),
    refusedByRule: true,
  },
  'command /operator/invoice-demands/{requisitionId}/decision': {
    x: 'OF',
    object: requisitionId,
    body: () => ({ accept: true }),
    refusedByRule: true,
  },
  'read /seller/fee-invoices': { x: 'SO SF OF OA' },
  'read /seller/fee-invoice-offers': { x: 'SO SF' },
  'command /seller/fee-invoices': {
    x: 'SO SF',
    body: () => ({ requisitionIds: ['nothing'], kind: 'ORDINARY_DIGITAL' }),
    refusedByRule: true,
  },
  'command /operator/fee-invoices/{feeInvoiceId}/decision': {
    x: 'OF',
    object: invoiceIds,
    body: () => ({ issue: false, reason: 'a test' }),
    refusedByRule: true,
  },
  'read /seller/invoice-template': { x: 'SO SF' },
  'command /seller/invoice-template': { x: 'SO SF', body: () => TITLE },
  'read /invoiceable-orders': { x: 'BO BF' },
  'read /invoiceable-usage': { x: 'BO BF' },
  'read /invoice-kinds': { x: 'BO BF SO SF OF OA' },
  'command /seller/invoice-kinds': { x: 'SO SF', body: () => ({ kinds: ['ORDINARY_DIGITAL'] }) },
  'read /invoices': { x: 'BO BF SO SF OF OA' },
  'read /invoices/{invoiceId}': { x: 'BO BF SO SF OF OA', object: invoiceIds },
  'command /invoices': {
    x: 'BO BF',
    body: ({ orderId }) => ({ issuer: 'SELLER:nobody', orderIds: [orderId], kind: 'ORDINARY_PAPER', ...TITLE }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/buyer-steps': {
    x: 'BO BF',
    object: invoiceIds,
    body: () => ({ step: 'cancel' }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/issuer-steps': {
    x: 'SO SF OF',
    object: invoiceIds,
    body: () => ({ step: 'accept' }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/letter': { x: 'BO BF', object: invoiceIds, refusedByRule: true },
  'read /invoice-titles': { x: 'BO BF' },
  'command /invoice-titles': { x: 'BO BF', body: () => ({ titleId: null, ...TITLE }) },
  'command /invoice-titles/{titleId}/removal': { x: 'BO BF', object: invoiceIds },
  'read /spending': { x: 'BO BF' },
  'read /spending/overview': { x: 'BO BF' },
  'command /operator/settlement/adjustments': {
    x: 'OF',
    body: ({ goodsId }) => ({
      ...{ sellerId: sellerOf.get(goodsId) ?? '', class: 'GENERAL' },
      ...{ amount: '1.00', reason: 'a test' },
    }),
  },
  'read /operator/settlement/sellers': { x: 'OF OA' },
  'command /operator/settlement/sellers/{sellerId}/certification': {
    x: 'OF',
    object: ({ goodsId }) => ({ sellerId: sellerOf.get(goodsId) ?? '' }),
    body: () => ({ certified: true }),
  },
  'read /operator/partners': { x: 'OF OA' },
  'read /operator/partners/{distributorId}': { x: 'OF OA', object: brought },
  'command /operator/partners': { x: 'OF', body: () => ({ kind: 'DISTRIBUTOR', name: 'n', terms: ALONE }) },
  'command /operator/partners/{distributorId}/terms': {
    ...partner,
    body: () => ({ validFrom: null, terms: ALONE }),
  },
  'command /operator/partners/{distributorId}/certification': { ...partner, body: () => ({ certified: true }) },
  'command /operator/partners/{distributorId}/members': {
    ...partner,
    body: () => ({ loginName: `member-${++members}`, displayName: 'n' }),
  },
  'read /operator/trade-terms': { x: 'OF OA' },
  'command /operator/trade-terms': {
    x: 'OF',
    body: () => ({ kind: 'site', validFrom: null, terms: { vat: '0', customerWht: '0', sellerWht: '0', dst: '0' } }),
  },
  'read /operator/working-calendar': { x: 'OF OA' },
  'command /operator/working-calendar/{year}': {
    x: 'OF',
    object: () => ({ year: '2027' }),
    body: () => ({ off: ['2027-01-01'], worked: [] }),
  },
  'read /distributor/commissions/months': { x: 'DO OF OA', query: () => '?distributorId=d' },
  'read /distributor/commissions/lines': { x: 'DO OF OA', query: () => '?distributorId=d' },
  'read /distributor/commissions/lines/{lineId}': { x: 'DO OF OA', object: brought },
  'read /seller/agreement': { x: 'SO SP SD SS SF' },
  // none was published
  'command /seller/agreement/acceptance': { x: 'SO', body: () => ({ version: 1 }), refusedByRule: true },
  'read /operator/seller-agreements': { x: 'OF OA' },
  'command /operator/seller-agreements': { x: 'OF', body: () => ({ title: 'n', text: '' }), refusedByRule: true },
  'read /seller/leaving': { x: 'SO SF' },
  // something hinders, nothing waits, nothing is held, there is no such order
  'command /seller/leaving': { x: 'SO', body: () => ({ reason: 'a test' }), refusedByRule: true },
  'command /seller/leaving/withdrawal': { x: 'SO', refusedByRule: true },
  'command /seller/leaving/rest': { x: 'SO', refusedByRule: true },
  'command /seller/leaving/statements': {
    x: 'SO SF',
    body: () => ({ orders: [{ buyerId: 'b', orderKey: 'CS1' }], statement: 'a test', fileId: null }),
    refusedByRule: true,
  },
  'read /operator/leavings': { x: 'OR OM OF OA' },
  'read /operator/leavings/{leavingId}': { x: 'OR OM OF OA', object: leavingId },
  // it was taken back
  'command /operator/leavings/{leavingId}/decision': {
    x: 'OR OM',
    object: leavingId,
    body: () => ({ approve: false, comment: 'a test' }),
    refusedByRule: true,
  },
  'read /distributor/bills': { x: 'DO OF OA' },
  'read /distributor/bills/{billId}': { x: 'DO OF OA', object: brought },
  // it was confirmed
  'command /distributor/bills/decision': {
    x: 'DO',
    body: (objects) => ({ billIds: [brought(objects).billId ?? ''], accept: true }),
    refusedByRule: true,
  },
  'command /operator/commission-bills/{billId}/transition': {
    x: 'OF',
    object: brought,
    body: () => ({ to: 'PAID' }),
    refusedByRule: true,
  },
  'command /operator/commission-bills/{billId}/hold': {
    x: 'OF',
    object: brought,
    body: () => ({ hold: true, reason: 'a test' }),
    refusedByRule: true,
  },
  'command /operator/commission-bills/{billId}/adjustments': {
    x: 'OF',
    object: brought,
    body: () => ({ amount: '1.00', reason: 'a test' }),
  },
  'read /operator/payout/due': { x: 'OF OA' },
  'read /operator/payout/runs': { x: 'OF OA' },
  // nothing is due, and the run that there is was decided
  'command /operator/payout/preview': { x: 'OF', body: () => ({ requisitionIds: ['R-1'] }), refusedByRule: true },
  'command /operator/payout/runs': { x: 'OF', body: () => ({ requisitionIds: ['R-1'] }), refusedByRule: true },
  'read /operator/payout/runs/{runId}': { x: 'OF OA', object: () => PAID_OUT },
  'command /operator/payout/runs/{runId}/approval': { x: 'OF', object: () => PAID_OUT, refusedByRule: true },
  'command /operator/payout/runs/{runId}/rejection': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'command /operator/payout/runs/{runId}/files': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ form: 'PAIN_001' }),
    refusedByRule: true,
  },
  'read /operator/payout/files/{fileId}': { x: 'OF', object: () => PAID_OUT },
  'command /operator/payout/payments/{paymentId}/failure': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  // a file with a fault changes nothing
  'command /operator/payout/statements': { x: 'OF', body: () => ({ name: 'a.csv', content: 'YSxi' }) },
  'read /operator/payout/statements': { x: 'OF OA' },
  'read /operator/payout/bookings': { x: 'OF OA' },
  'command /operator/payout/bookings/{entryId}/match': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ paymentId: PAID_OUT.paymentId }),
    refusedByRule: true,
  },
  'command /operator/payout/bookings/set-aside': {
    x: 'OF',
    body: () => ({ entryIds: [PAID_OUT.entryId], reason: 'a test' }),
    refusedByRule: true,
  },
  'read /operator/payout/accounts': { x: 'OF OA' },
  'command /operator/payout/accounts': {
    x: 'OF',
    body: () => ({
      owner: { kind: 'PLATFORM', id: 'CN' },
      ...{ holder: 'Jishi', bankName: 'Bank', bankCode: '104100000004', number: '6217000012345678' },
    }),
  },
  'command /operator/payout/accounts/{sellerId}/number': { x: 'OF', object: sellerIds, refusedByRule: true },
  'command /operator/payout/accounts/{sellerId}/decision': {
    x: 'OF',
    object: sellerIds,
    body: () => ({ askedAt: '2026-01-05T02:00:00.000Z', approve: true, reason: 'a test' }),
    refusedByRule: true,
  },
  'read /seller/bank-account': { x: 'SO' },
  'command /seller/bank-account/code': { x: 'SO', refusedByRule: true },
  'command /seller/bank-account': {
    x: 'SO',
    body: () => ({ holder: 'S', bankName: 'Bank', bankCode: '104100000004', number: '6217000012345678' }),
    refusedByRule: true,
  },
  'read /exports': { x: 'BO BF EA SO SP SD SS SF DO OM OF OA' },
  // each of them may export orders; what a kind asks for beyond that: exports.db.test.ts
  'command /exports': {
    x: 'BO BF SO SP SD SS SF OM OF OA',
    body: () => ({ kind: 'ORDERS', format: 'csv', language: 'en', filter: {} }),
  },
};
