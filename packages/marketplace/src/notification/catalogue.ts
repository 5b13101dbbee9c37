/**
 * The catalogue of notices (consoles-and-processes.md 5.2) as data: what is told to whom, in which class, by which
 * channels, how often. Texts stand in `texts-zh.ts` and `texts-en.ts` under the same keys; what happened is read out of
 * events in `notices.ts`. N-10 tells of an approval alone (the operator opens sellers, nobody applies who could be rejected),
 * N-70 of questions (there are no work orders), N-11 of bank accounts and of leaving, N-72 of withdrawn products. N-47 has no event: it is of
 * the old rule, which holds for no order here. N-35 is sent by `member-passwords.ts`, because it holds a password.
 */
import type { LocalizedText } from '../catalog/index.ts';
import type { Role } from '../directory/index.ts';

/** SITE = message in the console. */
export const CHANNELS = ['SMS', 'EMAIL', 'SITE'] as const;
export type Channel = (typeof CHANNELS)[number];
/** What leaves the house, and therefore can fail. */
export type OutsideChannel = Exclude<Channel, 'SITE'>;

interface ClassRow {
  /** number of the cloud message class where one is published (N-3) */
  readonly number: string | null;
  /** money, refunds, freeze, release, sanctions: can not be switched off (N-6) */
  readonly mandatory: boolean;
  readonly name: LocalizedText;
}
const CLASS_ROWS = {
  OPENING: {
    number: '101',
    mandatory: true,
    name: { zh: '商品创建与开通', en: 'Product creation and opening' },
  },
  RENEWAL: { number: null, mandatory: false, name: { zh: '商品续费', en: 'Product renewal' } },
  OPERATIONS: { number: '501', mandatory: false, name: { zh: '运营提醒', en: 'Operations reminder' } },
  MONEY: { number: null, mandatory: true, name: { zh: '资金与退款', en: 'Money and refunds' } },
  SUSPENSION: { number: null, mandatory: true, name: { zh: '冻结与释放', en: 'Freeze and release' } },
} as const satisfies Record<string, ClassRow>;
export type MessageClass = keyof typeof CLASS_ROWS;
export const CLASSES: Readonly<Record<MessageClass, ClassRow>> = CLASS_ROWS;

/** OPERATOR = the marketplace's own people, in the console only. DISTRIBUTOR = a channel partner of any kind. */
export type Audience = 'BUYER' | 'SELLER' | 'DISTRIBUTOR' | 'OPERATOR';

interface Row {
  /** row of the published catalogue */
  readonly id: `N-${number}`;
  readonly class: MessageClass;
  readonly audience: Audience;
  readonly channels: readonly Channel[];
  /** who of the tenant reads it in the console: roles that see the whole tenant's objects of this kind */
  readonly roles: readonly Role[];
  /** ONCE per event; GATHERED: when many come at once the rest of ten minutes is one message */
  readonly rhythm: 'ONCE' | 'GATHERED';
  /** also goes to the service mailbox of the seller data, as long as the account wants mails of the class */
  readonly serviceMailbox?: true;
  /** page of the object; names in braces are facts of the notice */
  readonly page: string;
}

const M_E_I = CHANNELS;
const E_I = ['EMAIL', 'SITE'] as const;
const M_I = ['SMS', 'SITE'] as const;
const service = '/services/{resource}';
const handover = '/deliveries/{delivery}';
const sellerHandover = '/seller/deliveries/{delivery}';
const toBuyer = { audience: 'BUYER', roles: ['BO'], rhythm: 'ONCE', channels: M_E_I } as const;
const toPayer = { ...toBuyer, roles: ['BO', 'BF'] } as const;
const toSeller = { audience: 'SELLER', roles: ['SO'], rhythm: 'ONCE', channels: M_E_I } as const;
const toTechnician = { ...toSeller, roles: ['SO', 'SD'] } as const;
const toManager = { audience: 'OPERATOR', roles: ['OM'], rhythm: 'ONCE', channels: ['SITE'] } as const;
const toPublisher = { ...toSeller, roles: ['SO', 'SP'] } as const;
const toReviewer = { audience: 'OPERATOR', roles: ['OR', 'OM'], rhythm: 'ONCE', channels: ['SITE'] } as const;
const toDealer = { ...toSeller, roles: ['SO', 'SS'] } as const;
const toAccountant = { ...toSeller, roles: ['SO', 'SF'] } as const;
const toSettler = { audience: 'OPERATOR', roles: ['OF'], rhythm: 'ONCE', channels: ['SITE'] } as const;
const toPartner = { audience: 'DISTRIBUTOR', roles: ['DO'], rhythm: 'ONCE', channels: E_I } as const;
const toTrader = { ...toSeller, roles: ['SO', 'SF'] } as const;

const ROWS = {
  'N-10.approved': {
    id: 'N-10',
    class: 'OPERATIONS',
    ...toSeller,
    channels: ['SMS', 'EMAIL'],
    serviceMailbox: true,
    page: '/seller/bank-account',
  },
  'N-11.account-approved': {
    id: 'N-11',
    class: 'MONEY',
    ...toSeller,
    channels: ['SMS', 'EMAIL'],
    serviceMailbox: true,
    page: '/seller/bank-account',
  },
  'N-11.account-rejected': {
    id: 'N-11',
    class: 'MONEY',
    ...toSeller,
    channels: ['SMS', 'EMAIL'],
    serviceMailbox: true,
    page: '/seller/bank-account',
  },
  'N-11.account-asked': { id: 'N-11', class: 'OPERATIONS', ...toSettler, page: '/operator/payout/accounts' },
  'N-11.leaving-asked': { id: 'N-11', class: 'OPERATIONS', ...toReviewer, page: '/operator/leavings/{leaving}' },
  'N-11.leaving-approved': {
    id: 'N-11',
    class: 'MONEY',
    ...toSeller,
    channels: ['SMS', 'EMAIL'],
    serviceMailbox: true,
    page: '/seller/leaving',
  },
  'N-11.leaving-rejected': {
    id: 'N-11',
    class: 'MONEY',
    ...toSeller,
    channels: ['SMS', 'EMAIL'],
    serviceMailbox: true,
    page: '/seller/leaving',
  },
  'N-13.approved': { id: 'N-13', class: 'OPERATIONS', ...toPublisher, page: '/seller/products/{goods}' },
  'N-13.change-approved': { id: 'N-13', class: 'OPERATIONS', ...toPublisher, page: '/seller/products/{goods}' },
  'N-13.removal-approved': { id: 'N-13', class: 'SUSPENSION', ...toPublisher, page: '/seller/products/{goods}' },
  'N-13.rejected': { id: 'N-13', class: 'OPERATIONS', ...toPublisher, page: '/seller/applications/{application}' },
  'N-13.submitted': { id: 'N-13', class: 'OPERATIONS', ...toReviewer, page: '/operator/reviews/{application}' },
  'N-72.withdrawn': { id: 'N-72', class: 'SUSPENSION', ...toPublisher, page: '/seller/products/{goods}' },
  'N-14.probe-failed': { id: 'N-14', class: 'OPERATIONS', ...toTechnician, page: '/seller/probes/{goods}' },
  'N-14.trading-frozen': { id: 'N-14', class: 'SUSPENSION', ...toTechnician, page: '/seller/probes/{goods}' },
  'N-14.frozen-by-operator': { id: 'N-14', class: 'SUSPENSION', ...toTechnician, page: '/seller/probes/{goods}' },
  'N-14.flagged': { id: 'N-14', class: 'OPERATIONS', ...toTechnician, page: '/seller/probes/{goods}' },
  'N-14.flagged-to-operators': { id: 'N-14', class: 'OPERATIONS', ...toManager, page: '/operator/probes/{goods}' },
  'N-16.will-repeat': {
    id: 'N-16',
    class: 'OPERATIONS',
    ...toTechnician,
    serviceMailbox: true,
    rhythm: 'GATHERED',
    page: '/seller/calls/{call}',
  },
  'N-16.stopped': {
    id: 'N-16',
    class: 'OPERATIONS',
    ...toTechnician,
    serviceMailbox: true,
    rhythm: 'GATHERED',
    page: '/seller/calls/{call}',
  },
  'N-16.many': { id: 'N-16', class: 'OPERATIONS', ...toTechnician, serviceMailbox: true, page: '/seller/calls' },
  'N-17.to-seller': { id: 'N-17', class: 'OPENING', ...toTrader, page: '/seller/orders/{order}' },
  'N-17.to-buyer': { id: 'N-17', class: 'OPENING', ...toPayer, page: '/orders/{order}' },
  'N-20.paid': { id: 'N-20', class: 'MONEY', ...toPayer, channels: E_I, page: '/orders/{order}' },
  'N-21.to-deliver': { id: 'N-21', class: 'OPENING', ...toTechnician, page: '/seller/orders/{order}' },
  'N-22.ready': { id: 'N-22', class: 'OPENING', ...toBuyer, page: service },
  'N-23.renewed': { id: 'N-23', class: 'RENEWAL', ...toTrader, channels: E_I, page: '/seller/orders/{order}' },
  'N-24.trial-ends': { id: 'N-24', class: 'RENEWAL', ...toBuyer, page: service },
  'N-25.ends': { id: 'N-25', class: 'RENEWAL', ...toBuyer, page: service },
  'N-25.ended': { id: 'N-25', class: 'RENEWAL', ...toBuyer, page: service },
  'N-26.done': { id: 'N-26', class: 'MONEY', ...toPayer, page: '/orders/{order}' },
  'N-26.failed': { id: 'N-26', class: 'MONEY', ...toPayer, page: service },
  'N-26.refused': { id: 'N-26', class: 'MONEY', ...toPayer, page: service },
  'N-27.frozen-expired': { id: 'N-27', class: 'SUSPENSION', ...toBuyer, page: service },
  'N-27.frozen-violation': { id: 'N-27', class: 'SUSPENSION', ...toBuyer, page: service },
  'N-27.frozen-arrears': { id: 'N-27', class: 'SUSPENSION', ...toBuyer, page: service },
  'N-27.release-near': { id: 'N-27', class: 'SUSPENSION', ...toBuyer, page: service },
  'N-27.released': { id: 'N-27', class: 'SUSPENSION', ...toBuyer, page: service },
  'N-28.low': { id: 'N-28', class: 'OPERATIONS', ...toPayer, page: '/usage/packages' },
  'N-28.used-up': { id: 'N-28', class: 'OPERATIONS', ...toPayer, page: '/usage/packages' },
  'N-28.ending': { id: 'N-28', class: 'OPERATIONS', ...toPayer, page: '/usage/packages' },
  'N-29.owed': { id: 'N-29', class: 'MONEY', ...toPayer, page: '/usage/{resource}' },
  'N-31.failed': { id: 'N-31', class: 'OPERATIONS', ...toTechnician, channels: M_E_I, page: '/seller/calls/{call}' },
  'N-32.decide': {
    id: 'N-32',
    class: 'OPENING',
    ...toBuyer,
    channels: M_I,
    page: '/enterprise/{enterpriseId}/applications',
  },
  'N-33.failed': { id: 'N-33', class: 'OPERATIONS', ...toTechnician, channels: M_E_I, page: '/seller/calls/{call}' },
  'N-34.decide': {
    id: 'N-34',
    class: 'OPENING',
    ...toBuyer,
    roles: ['EA'],
    channels: M_I,
    page: '/enterprise/{enterpriseId}/applications',
  },
  // to the person alone: in the console, and at the addresses that the person has as a receiver
  'N-36.invited': { id: 'N-36', class: 'OPERATIONS', ...toBuyer, roles: [], page: '/enterprise' },
  'N-36.removed': { id: 'N-36', class: 'OPERATIONS', ...toBuyer, roles: [], page: '/enterprise' },
  'N-40.submitted': { id: 'N-40', class: 'OPERATIONS', ...toTechnician, page: '/seller/deliveries/{delivery}' },
  'N-41.confirmed': { id: 'N-41', class: 'OPENING', ...toBuyer, page: handover },
  'N-41.rejected': { id: 'N-41', class: 'OPENING', ...toBuyer, page: handover },
  'N-42.to-review': { id: 'N-42', class: 'OPERATIONS', ...toManager, page: '/operator/deliveries/{delivery}' },
  'N-42.delivered': { id: 'N-42', class: 'OPENING', ...toBuyer, page: '/deliveries/{delivery}' },
  'N-43.accepted': { id: 'N-43', class: 'OPENING', ...toTechnician, page: '/seller/deliveries/{delivery}' },
  'N-43.rejected': { id: 'N-43', class: 'OPENING', ...toTechnician, page: sellerHandover },
  'N-44.to-buyer': { id: 'N-44', class: 'OPENING', ...toBuyer, channels: M_I, page: handover },
  'N-44.to-seller': { id: 'N-44', class: 'OPERATIONS', ...toTechnician, channels: M_I, page: sellerHandover },
  'N-45.overdue': { id: 'N-45', class: 'OPERATIONS', ...toTechnician, channels: E_I, page: sellerHandover },
  'N-45.overdue-to-operators': {
    id: 'N-45',
    class: 'OPERATIONS',
    ...toManager,
    page: '/operator/deliveries/{delivery}',
  },
  'N-46.opened-to-buyer': { id: 'N-46', class: 'OPENING', ...toBuyer, page: handover },
  'N-46.opened-to-seller': { id: 'N-46', class: 'OPENING', ...toTechnician, page: sellerHandover },
  'N-46.opened-to-operators': {
    id: 'N-46',
    class: 'OPERATIONS',
    ...toManager,
    page: '/operator/deliveries/{delivery}',
  },
  'N-46.stated-to-buyer': { id: 'N-46', class: 'OPENING', ...toBuyer, page: handover },
  'N-46.stated-to-seller': { id: 'N-46', class: 'OPENING', ...toTechnician, page: sellerHandover },
  'N-46.decided-to-buyer': { id: 'N-46', class: 'OPENING', ...toBuyer, page: handover },
  'N-46.decided-to-seller': { id: 'N-46', class: 'OPENING', ...toTechnician, page: sellerHandover },
  'N-48.signed': { id: 'N-48', class: 'OPENING', ...toBuyer, channels: M_I, page: handover },
  'N-48.accepted': { id: 'N-48', class: 'OPENING', ...toBuyer, channels: M_I, page: handover },
  'N-48.unmatched': { id: 'N-48', class: 'OPERATIONS', ...toTechnician, channels: M_I, page: sellerHandover },
  'N-52.send-back': { id: 'N-52', class: 'MONEY', ...toPayer, channels: M_I, page: '/refunds/{refund}' },
  'N-52.inspect': { id: 'N-52', class: 'OPENING', ...toTrader, channels: M_I, page: '/seller/refunds/{refund}' },
  'N-48.shipped': {
    id: 'N-48',
    class: 'OPENING',
    ...toBuyer,
    channels: ['SMS', 'SITE'],
    page: '/deliveries/{delivery}',
  },
  'N-50.decide': { id: 'N-50', class: 'OPENING', ...toTrader, page: '/seller/refunds' },
  'N-50.unsubscribed': { id: 'N-50', class: 'OPENING', ...toTrader, page: '/seller/refunds' },
  'N-51.agreed': { id: 'N-51', class: 'MONEY', ...toPayer, page: '/refunds/{refund}' },
  'N-51.rejected': { id: 'N-51', class: 'MONEY', ...toPayer, page: '/refunds/{refund}' },
  'N-51.paid': { id: 'N-51', class: 'MONEY', ...toPayer, page: '/refunds/{refund}' },
  'N-62.sent': {
    id: 'N-62',
    class: 'MONEY',
    ...toAccountant,
    channels: ['SMS', 'EMAIL'],
    page: '/seller/settlement/bills/{bill}',
  },
  'N-63.invoice': {
    id: 'N-63',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/settlement/bills/{bill}',
  },
  'N-60.requested': { id: 'N-60', class: 'MONEY', ...toAccountant, channels: E_I, page: '/seller/invoices/{invoice}' },
  'N-60.due': { id: 'N-60', class: 'MONEY', ...toAccountant, channels: E_I, page: '/seller/invoices/{invoice}' },
  'N-60.overdue': { id: 'N-60', class: 'MONEY', ...toAccountant, channels: E_I, page: '/seller/invoices/{invoice}' },
  'N-60.cancel-asked': {
    id: 'N-60',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoices/{invoice}',
  },
  'N-60.return-asked': {
    id: 'N-60',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoices/{invoice}',
  },
  'N-60.to-operators': { id: 'N-60', class: 'OPERATIONS', ...toSettler, page: '/operator/invoices/{invoice}' },
  'N-61.issued': { id: 'N-61', class: 'MONEY', ...toPayer, page: '/invoices/{invoice}' },
  'N-61.refused': { id: 'N-61', class: 'MONEY', ...toPayer, page: '/invoices/{invoice}' },
  'N-61.cancel-answered': { id: 'N-61', class: 'MONEY', ...toPayer, page: '/invoices/{invoice}' },
  'N-61.returned': { id: 'N-61', class: 'MONEY', ...toPayer, page: '/invoices/{invoice}' },
  'N-61.return-refused': { id: 'N-61', class: 'MONEY', ...toPayer, page: '/invoices/{invoice}' },
  'N-63.due': {
    id: 'N-63',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoice-demands/{requisition}',
  },
  'N-63.overdue': {
    id: 'N-63',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoice-demands/{requisition}',
  },
  'N-63.overdue-to-operators': {
    id: 'N-63',
    class: 'OPERATIONS',
    ...toSettler,
    page: '/operator/invoice-demands/{requisition}',
  },
  'N-63.rejected': {
    id: 'N-63',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoice-demands/{requisition}',
  },
  'N-63.verified': {
    id: 'N-63',
    class: 'MONEY',
    ...toAccountant,
    channels: E_I,
    page: '/seller/invoice-demands/{requisition}',
  },
  'N-63.submitted': { id: 'N-63', class: 'OPERATIONS', ...toSettler, page: '/operator/invoice-demands/{requisition}' },
  // the published catalogue has no row for platform-fee invoices, so the number is ours
  'N-64.requested': { id: 'N-64', class: 'OPERATIONS', ...toSettler, page: '/operator/fee-invoices' },
  'N-64.issued': { id: 'N-64', class: 'MONEY', ...toAccountant, channels: E_I, page: '/seller/fee-invoices' },
  'N-64.refused': { id: 'N-64', class: 'MONEY', ...toAccountant, channels: E_I, page: '/seller/fee-invoices' },
  // a year without holidays is refused, not guessed; the published catalogue is for sellers, so the number is ours
  'N-75.run-refused': { id: 'N-75', class: 'OPERATIONS', ...toSettler, page: '/operator/settlement' },
  // the published catalogue has no row for a balance that runs low, so the number is ours
  'N-76.balance-low': { id: 'N-76', class: 'MONEY', ...toPayer, page: '/wallet' },
  // nor rows for coupons, stored-value cards and the statements of credit
  'N-78.granted': { id: 'N-78', class: 'MONEY', ...toPayer, channels: E_I, page: '/wallet' },
  'N-78.ending': { id: 'N-78', class: 'MONEY', ...toPayer, page: '/wallet' },
  'N-78.withdrawn': { id: 'N-78', class: 'MONEY', ...toPayer, channels: E_I, page: '/wallet' },
  'N-79.issued': { id: 'N-79', class: 'MONEY', ...toPayer, page: '/wallet' },
  'N-79.due': { id: 'N-79', class: 'MONEY', ...toPayer, page: '/wallet' },
  'N-79.overdue': { id: 'N-79', class: 'MONEY', ...toPayer, page: '/wallet' },
  'N-79.overdue-to-operators': { id: 'N-79', class: 'OPERATIONS', ...toSettler, page: '/operator/wallets' },
  // it is for sellers and buyers: bills of distributors (4.6) and milestones (S6-6) have no row either
  'N-80.to-confirm': { id: 'N-80', class: 'MONEY', ...toPartner, page: '/distributor/bills/{bill}' },
  'N-80.invoice': { id: 'N-80', class: 'MONEY', ...toPartner, page: '/distributor/bills/{bill}' },
  'N-80.paid': { id: 'N-80', class: 'MONEY', ...toPartner, page: '/distributor/bills/{bill}' },
  'N-80.rejected-to-operators': {
    id: 'N-80',
    class: 'OPERATIONS',
    ...toSettler,
    page: '/operator/commission-bills/{bill}',
  },
  'N-81.planned': { id: 'N-81', class: 'OPENING', ...toBuyer, page: handover },
  'N-81.accepted': { id: 'N-81', class: 'OPENING', ...toTechnician, page: sellerHandover },
  // the published catalogue knows no webhooks, so the number is ours
  'N-77.webhook-off': { id: 'N-77', class: 'OPERATIONS', ...toTechnician, channels: E_I, page: '/seller/webhooks' },
  'N-70.question': { id: 'N-70', class: 'OPERATIONS', ...toTechnician, page: '/seller/questions' },
  // of a service provider (S9-3); what becomes of its demand is told to it, which the published catalogue has no row for
  'N-73.partner-demand': { id: 'N-73', class: 'OPERATIONS', ...toDealer, channels: E_I, page: '/seller/demands' },
  'N-73.accepted': { id: 'N-73', class: 'OPERATIONS', ...toPartner, page: '/distributor/demands' },
  'N-73.refused': { id: 'N-73', class: 'OPERATIONS', ...toPartner, page: '/distributor/demands' },
  'N-73.offered': { id: 'N-73', class: 'OPERATIONS', ...toPartner, page: '/distributor/demands' },
  'N-73.demand': { id: 'N-73', class: 'OPERATIONS', ...toDealer, channels: E_I, page: '/seller/demands' },
  // C50 tells the seller; the published catalogue has no row for it, so the number is ours
  'N-74.sold-out': {
    id: 'N-74',
    class: 'OPERATIONS',
    ...toDealer,
    channels: E_I,
    page: '/seller/products/{goods}/sales',
  },
} as const satisfies Record<string, Row>;
export type Variant = keyof typeof ROWS;
export const CATALOGUE: Readonly<Record<Variant, Row>> = ROWS;
export const VARIANTS = Object.keys(ROWS).filter(isVariant);

export function isVariant(text: string): text is Variant {
  return text in ROWS;
}
export const isMessageClass = (text: string): text is MessageClass => text in CLASS_ROWS;

/** Classes that an audience can choose from, each with the channels that some notice of it uses. */
export function classesFor(audience: Audience): { class: MessageClass; channels: Channel[] }[] {
  return Object.keys(CLASS_ROWS)
    .filter(isMessageClass)
    .map((name) => {
      const rows = Object.values(CATALOGUE).filter((row) => row.class === name && row.audience === audience);
      return {
        class: name,
        channels: CHANNELS.filter((channel) => rows.some((row) => row.channels.includes(channel))),
      };
    })
    .filter(({ channels }) => channels.length > 0);
}
